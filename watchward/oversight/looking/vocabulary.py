"""The words of this room."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final
from uuid import UUID


class Permission(StrEnum):
    """What roles let people do here.

    REVIEW: see the findings, and say what came of them.
    DECLARE: record where staff live, and whose records attract looks.
    """

    REVIEW = "looking.review"
    DECLARE = "looking.declare"


class Reason(StrEnum):
    """Why a look is unusual.

    NOTHING_IN_HAND: no incident, call, duty or work of theirs concerned the person.
    OWN: their own record.
    HOUSEHOLD: somebody who lives where they live.
    NEIGHBOUR: somebody who lives a few doors away.
    COLLEAGUE: somebody who works for the force.
    WITH_COLLEAGUE: somebody who lives where a colleague lives.
    SURNAME: somebody of the same seldom surname.
    WELL_KNOWN: somebody whose record attracts looks.
    AGAIN: the same person again and again.
    VOLUME: far more people than others in the same role.
    """

    NOTHING_IN_HAND = "nothing in hand"
    OWN = "own record"
    HOUSEHOLD = "household"
    NEIGHBOUR = "neighbour"
    COLLEAGUE = "colleague"
    WITH_COLLEAGUE = "colleague's household"
    SURNAME = "same surname"
    WELL_KNOWN = "well known"
    AGAIN = "again and again"
    VOLUME = "how many"


class Outcome(StrEnum):
    """What a review found."""

    GOOD_REASON = "good reason"
    NOT_PROVED = "no reason found, none ruled out"
    ADVICE = "no good reason: advice given"
    SENT_ON = "no good reason: sent to professional standards"


UNFOUNDED: Final = frozenset({Outcome.GOOD_REASON})
"""Outcomes that say that the finding was a false alarm."""

FOUNDED: Final = frozenset({Outcome.ADVICE, Outcome.SENT_ON})
"""Outcomes that say that it was not."""

TEAM: Final = "audit"
"""Key of the team that answers for findings."""


@dataclass(frozen=True, slots=True)
class Home:
    """Where somebody lives, in parts of one spelling.

    Args:
        house: number with its letter.
        street: with its kind written out.
        postcode: without its space.
    """

    house: str
    street: str
    postcode: str

    @property
    def whole(self) -> bool:
        """Whether it says enough to tell one house from another."""
        return bool(self.house and self.street and self.postcode)


@dataclass(frozen=True, slots=True)
class Reader:
    """Somebody who looks.

    Args:
        account: their account.
        first: first forename, in lower case.
        surname: in lower case.
        role: the one they hold, for counting beside others.
        home: where they said they live; None where they have not.
    """

    account: UUID
    first: str
    surname: str
    role: str
    home: Home | None = None


@dataclass(frozen=True, slots=True)
class Subject:
    """Whose record it is.

    Args:
        person: id of the record.
        names: first forename and surname, in lower case: of now and before.
        homes: where they live now.
        well_known: why their record attracts looks; empty where it does not.
        known_until: from when on it does no longer; None while it does.
    """

    person: UUID
    names: frozenset[tuple[str, str]]
    homes: tuple[Home, ...] = ()
    well_known: str = ""
    known_until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Look:
    """One record opened.

    Args:
        id: of its trace.
        at: when, aware UTC.
        account: who looked.
        person: at whose record.
        in_hand: the task that concerned the person, in words; empty where there was none.
    """

    id: UUID
    at: datetime
    account: UUID
    person: UUID
    in_hand: str = ""


@dataclass(frozen=True, slots=True)
class Ground:
    """One reason why looks are unusual, in words for whoever reviews them."""

    reason: Reason
    words: str


@dataclass(frozen=True, slots=True)
class Unusual:
    """Looks of one person at one record, or at many, that somebody should ask about.

    Args:
        account: who looked.
        person: at whose record; None where it is about how many.
        looks: which ones, first to last.
        grounds: why, the gravest first.
        weight: of all of them.
    """

    account: UUID
    person: UUID | None
    looks: tuple[Look, ...]
    grounds: tuple[Ground, ...]
    weight: int
