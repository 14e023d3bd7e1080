"""The words of retention: groups, what holds a record, where a review stands, and who may decide."""

from __future__ import annotations

from enum import IntEnum, StrEnum
from typing import Final


class Permission(StrEnum):
    """What roles may do about retention.

    READ: see what is due, held and disposed of.
    REVIEW: decide reviews, and agree what somebody else proposed.
    HOLD: lay a hold and end it.
    """

    READ = "retention.read"
    REVIEW = "retention.review"
    HOLD = "retention.hold"


class Group(IntEnum):
    """The review groups of police information; the lower the number, the longer it is kept."""

    ONE = 1
    TWO = 2
    THREE = 3
    FOUR = 4

    @property
    def words(self) -> str:
        """The group as it is said."""
        return f"Group {self.value}"


class Source(StrEnum):
    """Why a record is held."""

    DISCLOSURE = "disclosure"
    INQUIRY = "inquiry"
    COMPLAINT = "complaint"
    LITIGATION = "litigation"
    CCRC = "ccrc"

    @property
    def words(self) -> str:
        """The source as people say it."""
        return {
            Source.DISCLOSURE: "Criminal proceedings or disclosure",
            Source.INQUIRY: "Public inquiry or inquest",
            Source.COMPLAINT: "Complaint or misconduct",
            Source.LITIGATION: "Civil litigation",
            Source.CCRC: "Criminal Cases Review Commission",
        }[self]

    @property
    def cite(self) -> str:
        """The law that asks for it, where one does."""
        return {
            Source.DISCLOSURE: "CPIA 1996 Code of Practice, duty to retain",
            Source.INQUIRY: "Inquiries Act 2005 s.35",
            Source.COMPLAINT: "Police Reform Act 2002 Sch 3",
            Source.LITIGATION: "CPR Practice Direction 31B",
            Source.CCRC: "Criminal Appeal Act 1995 s.17",
        }[self]


class State(StrEnum):
    """Where a review stands."""

    DUE = "due"
    PROPOSED = "disposal proposed"
    RETAINED = "retained"
    REGROUPED = "group changed"
    DISPOSED = "disposed of"
    LAPSED = "not due"


STANDING: Final = (State.DUE, State.PROPOSED)
"""States in which a review still asks for a decision."""
