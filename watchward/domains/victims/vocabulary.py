"""The words of this domain: contact, what a victim is told, who has enhanced rights, and why somebody withdraws."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID


class Permission(StrEnum):
    """What roles let people do here.

    READ: see what is owed to a victim and what they were told.
    CARE: record contact, needs, how they are reached, offers and decisions.
    LOAD: bring over what an earlier system kept of victims.
    """

    READ = "victims.read"
    CARE = "victims.care"
    LOAD = "victims.load"


class Method(StrEnum):
    """How somebody is reached."""

    PERSON = "in person"
    TELEPHONE = "telephone"
    LETTER = "letter"
    MAIL = "mail"
    TEXT = "text message"
    SUPPORTER = "through a supporter"

    @property
    def label(self) -> str:
        """Its words."""
        return self.value[:1].upper() + self.value[1:]


class Result(StrEnum):
    """What became of contact; only the first two tell them anything."""

    SPOKE = "spoke"
    SENT = "sent in writing"
    MESSAGE = "message left"
    NO_ANSWER = "no answer"
    DECLINED = "would not speak"

    @property
    def is_contact(self) -> bool:
        """Whether they were told: an attempt keeps no promise."""
        return self in (Result.SPOKE, Result.SENT)

    @property
    def label(self) -> str:
        """Its words."""
        return self.value[:1].upper() + self.value[1:]


class Tells(StrEnum):
    """What contact told beside what happened in the case."""

    EXPECT = "expect"
    SUPPORT = "support"

    @property
    def label(self) -> str:
        """Its words."""
        return {
            "expect": "What to expect, in writing, with the crime number and who investigates",
            "support": "Referred to the support service",
        }[self.value]


class Trigger(StrEnum):
    """What the Code says a victim is told, and within what time."""

    EXPECT = "written information on what to expect"
    SUPPORT = "referral to a support service"
    NOT_INVESTIGATED = "decision not to investigate"
    ARREST = "suspect arrested"
    INTERVIEW = "suspect interviewed under caution"
    RELEASED = "suspect released without charge"
    BAIL = "suspect bailed, or bail changed"
    UNDER_INVESTIGATION = "suspect released under investigation"
    CHARGED = "suspect charged"
    NOT_CHARGED = "suspect not charged"
    OUT_OF_COURT = "caution or other disposal out of court"
    HEARING = "first hearing"
    BAIL_HEARING = "outcome of a bail hearing"
    WARRANT = "warrant for failure to appear"
    COURT = "outcome of a later hearing, trial or sentence"
    CLOSED = "investigation concluded without a charge"

    @property
    def label(self) -> str:
        """Its words."""
        return self.value[:1].upper() + self.value[1:]


NOTED = tuple(
    trigger
    for trigger in Trigger
    if trigger not in (Trigger.EXPECT, Trigger.SUPPORT, Trigger.CHARGED, Trigger.NOT_CHARGED, Trigger.OUT_OF_COURT,
                       Trigger.CLOSED)
)  # fmt: skip
"""What is noted as it happens; the rest follows from the crime's own report and outcome."""


class Category(StrEnum):
    """Why a victim has enhanced rights."""

    MOST_SERIOUS = "most serious crime"
    PERSISTENT = "persistently targeted"
    VULNERABLE = "vulnerable"
    INTIMIDATED = "intimidated"
    DISCRETION = "given at discretion"

    @property
    def label(self) -> str:
        """Its words."""
        return self.value[:1].upper() + self.value[1:]


class Withdraws(StrEnum):
    """Why a victim does not support police action, as a reason that can be counted."""

    REPRISAL = "afraid of what would follow"
    RELATIONSHIP = "the relationship goes on"
    FAMILY = "for the sake of children or family"
    MOVED_ON = "wants to put it behind them"
    NOT_PROSECUTED = "does not want them prosecuted"
    COURT = "does not want to go to court"
    DELAY = "it took too long"
    CONFIDENCE = "does not believe that it would help"
    SETTLED = "it is settled otherwise"
    NOT_VICTIM = "does not see it as a crime"
    OTHER = "another reason"
    NOT_SAID = "would not say"

    @property
    def label(self) -> str:
        """Its words."""
        return self.value[:1].upper() + self.value[1:]


class Response(StrEnum):
    """What somebody said when a personal statement was offered."""

    ACCEPTED = "accepted"
    DECLINED = "declined"
    LATER = "later"

    @property
    def label(self) -> str:
        """Its words."""
        return self.value[:1].upper() + self.value[1:]


@dataclass(frozen=True, slots=True, kw_only=True)
class EarlierContact:
    """Contact with a victim that an earlier system kept.

    Args:
        when: the moment, aware UTC.
        by: id of the account of whoever made it.
        words: what was said.
        tells: what it told beside the case.
        outcome: whether it told how the crime ended.
    """

    when: datetime
    by: UUID
    words: str
    tells: tuple[Tells, ...] = ()
    outcome: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class EarlierVictim:
    """What an earlier system kept of one victim, to be brought over; all moments are aware UTC.

    Args:
        crime: id of the crime, which has been brought over.
        asked: when they were asked what they need and how they are reached.
        by: id of the account of whoever asked.
        needs: what they need.
        method: how they are reached.
        to: the number or address.
        reached: when that was last verified; when they were asked, where nobody did again.
        contacts: contact that reached them, first to last.
        statement: when a witness statement was taken from them.
        offered: what they answered when a personal statement was offered; None where none was.
        withdrew: why they did not support police action.
        own_words: what they said then.
        said_on: on which day.
    """

    crime: UUID
    asked: datetime
    by: UUID
    needs: str
    method: Method
    to: str
    reached: datetime | None = None
    contacts: tuple[EarlierContact, ...] = ()
    statement: datetime | None = None
    offered: Response | None = None
    withdrew: Withdraws | None = None
    own_words: str = ""
    said_on: date | None = None

    def faults(self, at: datetime) -> Iterator[str]:
        """Yield why it cannot be brought over at a moment, in words."""
        moments = (self.asked, self.reached, self.statement, *(one.when for one in self.contacts))
        if any(moment is not None and moment > at for moment in moments):
            yield "It lies in the future."
        if len(self.needs.split()) < 2 or not self.to.strip():
            yield "It lacks what they need, or how they are reached."
        if any(len(one.words.split()) < 2 for one in self.contacts):
            yield "It lacks what was said."
        if self.offered is not None and self.statement is None:
            yield "A personal statement is offered with a witness statement."
        if self.withdrew is not None and (self.said_on is None or len(self.own_words.split()) < 3):
            yield "Who withdraws says why in their own words, on a day."
