"""The words of recognition: what was asked, what is known, how well they fit and why."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Protocol
from uuid import UUID


class Strength(StrEnum):
    """What one field says for or against a person."""

    STRONG = "Strong"
    SOME = "Some"
    AGAINST = "Against"
    NOT_ASKED = "Not asked"
    MISSING = "Missing"


class Standing(StrEnum):
    """How well somebody fits what was asked.

    A word of stated rules, and no probability: a figure is shown only by a model that measured it.
    """

    STRONG = "Strong fit"
    FAIR = "Some fit"
    WEAK = "Weak fit"


@dataclass(frozen=True, slots=True)
class Asked:
    """What is known of the person who is looked for; any part may be empty.

    Args:
        number: a telephone number; by the time it is compared, in its normal form.
        name: as said, in any order, a first name alone included.
        date_of_birth: as said.
        address: as said: house, street, town and postcode, or any part of these.
        place: id of the place, where one was chosen.
        reference: of the person's record.
        shared: who shares the number, where it is known to be nobody's own: a payphone, a ward.
    """

    number: str = ""
    name: str = ""
    date_of_birth: date | None = None
    address: str = ""
    place: UUID | None = None
    reference: str = ""
    shared: str = ""

    @property
    def empty(self) -> bool:
        """Return whether there is nothing to look for."""
        return not (
            self.number or self.name.strip() or self.date_of_birth or self.address.strip() or self.place
            or self.reference.strip()
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class KnownName:
    """A name somebody is known by.

    Args:
        forenames: all of them, in order.
        surname: as written.
        kind: empty for the name used now; birth, known as, alias, married for others.
    """

    forenames: str
    surname: str
    kind: str = ""

    @property
    def whole(self) -> str:
        """Return it as people say it."""
        return f"{self.forenames} {self.surname}".strip()


@dataclass(frozen=True, slots=True)
class KnownNumber:
    """A telephone number recorded for somebody, in its normal form and as people write it.

    Args:
        number: in its normal form.
        shown: as people write it.
        since: the day from which it is theirs.
        until: the day on which it was theirs no more.
        verified_on: the day on which somebody last made sure of it.
        safe: what to mind before ringing it.
    """

    number: str
    shown: str
    since: date | None = None
    until: date | None = None
    verified_on: date | None = None
    safe: str = ""


@dataclass(frozen=True, slots=True)
class Home:
    """Where somebody lives or lived."""

    line: str
    town: str = ""
    postcode: str = ""
    place: UUID | None = None
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Known:
    """What is recorded of one person, as far as the reader may see it.

    Args:
        same: all records that were decided to be this person, itself among them; empty where it was not read.
    """

    person: UUID
    names: tuple[KnownName, ...]
    date_of_birth: date | None = None
    estimated: bool = False
    sex: str = ""
    numbers: tuple[KnownNumber, ...] = ()
    homes: tuple[Home, ...] = ()
    reference: str = ""
    same: frozenset[UUID] = frozenset()


@dataclass(frozen=True, slots=True)
class Evidence:
    """What one field says, in words: the fact, and not the algorithm.

    Args:
        strength: for or against.
        words: one line.
        field: name, date of birth, number or address.
        weight: for the order of the lines; more is more for the person.
    """

    strength: Strength
    words: str
    field: str = ""
    weight: float = 0.0


@dataclass(frozen=True, slots=True)
class Score:
    """How well one person fits.

    Args:
        standing: None when nothing speaks for them: then they are not shown.
        weight: for the order among candidates.
        fits: the fields that fit, in a few words.
        household: only number or address fit, so that it may as well be somebody they live with.
        evidence: strongest first, what is against always among it.
        probability: between 0 and 1, from a model that measured it; None from stated rules.
    """

    standing: Standing | None
    weight: float
    fits: str
    household: bool
    evidence: tuple[Evidence, ...]
    probability: float | None = None


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody who may be the person asked about."""

    person: UUID
    standing: Standing
    evidence: tuple[Evidence, ...]
    fits: str = ""
    who: str = ""
    household: bool = False
    weight: float = 0.0
    probability: float | None = None
    same_as: tuple[UUID, ...] = ()


@dataclass(frozen=True, slots=True)
class Recognition:
    """Who this might be.

    Args:
        candidates: best first.
        locked: how many locked records may also fit; they may be opened with a reason.
        at: when it was asked.
        locked_records: their ids.
        too_many: what fits too many people to help, in words: "the name Smith".
        known: what is recorded of each candidate, so that whoever shows them need not ask again.
    """

    candidates: tuple[Candidate, ...]
    locked: int
    at: datetime
    locked_records: tuple[UUID, ...] = ()
    too_many: tuple[str, ...] = ()
    known: Mapping[UUID, Known] = field(default_factory=dict)


class Scorer(Protocol):
    """Says how well people fit: stated rules today, a trained model in its place."""

    def scores(self, asked: Asked, people: Sequence[Known]) -> Sequence[Score]:
        """Return the score of each person, in their order."""
        ...
