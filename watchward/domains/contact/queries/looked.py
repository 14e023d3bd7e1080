"""What is found when a call is looked up: people, facts that stand, what is owed, contacts before this one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from watchward.domains.contact import rules
from watchward.domains.contact.queries.calls import Whole
from watchward.domains.contact.vocabulary import Decision, Previous, Which
from watchward.domains.incidents.vocabulary import Graded, Sign, Target
from watchward.foundation.linkage.vocabulary import Evidence, KnownNumber, Standing


@dataclass(frozen=True)
class Shown:
    """Somebody who may be the caller, or was said to be.

    Args:
        numbers: what is recorded of their numbers; None where it was not read.
    """

    person: UUID
    name: str
    age_words: str
    born: date | None
    sex: str
    standing: Standing | None = None
    who: str = ""
    evidence: tuple[Evidence, ...] = ()
    decision: Decision | None = None
    household: bool = False
    probability: float | None = None
    same_as: frozenset[UUID] = frozenset()
    numbers: tuple[KnownNumber, ...] | None = None


@dataclass(frozen=True)
class Resident:
    """Somebody who lives at the place."""

    person: UUID
    name: str
    age_words: str
    child: bool | None
    since: date | None
    tie: str


@dataclass(frozen=True)
class Stands:
    """A fact that stands about somebody or something here: a marker, an order.

    Args:
        about: id of its subject; ``about_kind`` person, place or number.
        source: id of the record that says it; ``kind`` says in which kind of line.
    """

    about: UUID
    about_kind: str
    headline: str
    detail: str
    since: datetime
    until: datetime | None
    flags: frozenset[str]
    role: str
    source: UUID | None = None
    kind: str = ""


@dataclass(frozen=True)
class Owes:
    """What is owed to somebody here.

    Args:
        owner: who owes it, in words.
    """

    question: str
    what: str
    due: datetime
    about: UUID
    owner: str = ""


@dataclass(frozen=True)
class Contact:
    """One contact before this one, told once however many of its subjects are ours.

    Args:
        harm: 0 to 2: harm that is still unanswered.
        severity: 0 to 3: how urgent it was graded at the time, 3 for Immediate.
    """

    source: UUID
    kind: str
    at: datetime
    headline: str
    detail: str
    state: str
    harm: int
    flags: frozenset[str]
    victim: bool
    about_person: bool
    severity: int = 0

    @property
    def counted(self) -> Previous:
        """Return what the rules count of it."""
        return Previous(self.at, self.victim, self.about_person, self.severity, self.flags)


@dataclass(frozen=True)
class Found:
    """A place that may be meant."""

    place: UUID
    address: str
    area: str
    postcode: str
    urban: bool | None
    why: str


@dataclass(frozen=True)
class Looked:
    """A call, and what the force's records say about it at this moment.

    Args:
        held: the call with all that belongs to it.
        at: when it was looked up.
        confirmed: whom the call handler said the caller to be.
        guesses: who else it may be, at most three, those said not to be the caller left out.
        more: how many more fit.
        locked: ids of locked records that may fit.
        too_many: what fits too many to help, in words.
        residents: who lives at the place, so far as their records are open.
        hidden: how many more live there.
        stands: markers and orders about all of these.
        owed: what is owed to the person.
        previous: contacts before this one, latest first.
        locked_lines: how many lines about these are locked.
        safe: what to mind before ringing the number back.
        number_seen: moments of earlier contacts on this number; that it is on record would betray a sealed owner.
        alternatives: other places that may be meant.
        suggested: of the three identifications, what records answer.
        trend: how contact moves.
        graded: the grade suggested from what is known; None while nothing is.
    """

    held: Whole
    at: datetime
    confirmed: Shown | None = None
    guesses: tuple[Shown, ...] = ()
    more: int = 0
    locked: tuple[UUID, ...] = ()
    too_many: tuple[str, ...] = ()
    residents: tuple[Resident, ...] = ()
    hidden: int = 0
    stands: tuple[Stands, ...] = ()
    owed: tuple[Owes, ...] = ()
    previous: tuple[Contact, ...] = ()
    locked_lines: int = 0
    safe: str = ""
    number_seen: tuple[datetime, ...] = ()
    alternatives: tuple[Found, ...] = ()
    suggested: Mapping[Which, rules.Suggested] | None = None
    trend: rules.Trend = rules.FIRST
    graded: Graded | None = None
    target: Target | None = None
    signs: frozenset[Sign] = frozenset()

    @property
    def subject(self) -> Shown | None:
        """Return whom the page speaks of: the person confirmed, else one who fits strongly."""
        first = self.guesses[0] if self.guesses else None
        return self.confirmed or (first if first is not None and first.standing is Standing.STRONG else None)

    @property
    def children(self) -> tuple[Resident, ...]:
        """Return the children who live at the place."""
        return tuple(one for one in self.residents if one.child)
