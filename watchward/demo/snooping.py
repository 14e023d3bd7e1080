"""Simulated looks of several months with what each was for: the truth against which findings are measured.

No database: people and homes are the crowd's, some of whom work for the force. Most looks have a task in hand; some
that were right left none; and some people look at what is none of their business, in the ways that forces know.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Final
from uuid import UUID

from watchward.demo.crowd.households import Household, Resident
from watchward.demo.crowd.population import crowd
from watchward.demo.truth import record_id
from watchward.kernel.streams import Stream

BEGINS: Final = datetime(2019, 1, 1, 6, 0, tzinfo=UTC)
ROLES: Final = ("call handler", "response officer", "sergeant", "neighbourhood officer")
_SHARES: Final = (0.2, 0.5, 0.15, 0.15)
_A_SHIFT: Final = {"call handler": 14.0, "response officer": 6.0, "sergeant": 5.0, "neighbourhood officer": 4.0}
"""Records opened in a shift. Invented."""

NO_TRACE_OF_A_TASK: Final = 0.03
"""Of looks that were right, how many left no task: a question over the radio, a form at the counter. Invented."""


class Snoop(StrEnum):
    """A way of looking at what is none of one's business."""

    OWN = "their own record"
    FAMILY = "somebody they live with"
    NEIGHBOUR = "a neighbour"
    COLLEAGUE = "a colleague"
    WELL_KNOWN = "somebody well known"
    RELATIVE = "a relative elsewhere"
    OBSESSION = "somebody again and again"
    ONCE = "somebody, once or twice"
    COVERED = "somebody, under cover of a task"
    TRAWL = "many at random"


HIDDEN: Final = frozenset({Snoop.ONCE, Snoop.COVERED})
"""Ways that leave nothing in the traces by which they could be told from right ones."""

PLANTED: Final = {
    Snoop.OWN: 8, Snoop.FAMILY: 10, Snoop.NEIGHBOUR: 12, Snoop.COLLEAGUE: 12, Snoop.WELL_KNOWN: 14, Snoop.RELATIVE: 8,
    Snoop.OBSESSION: 12, Snoop.ONCE: 12, Snoop.COVERED: 8, Snoop.TRAWL: 2,
}  # fmt: skip
"""How often each is planted. Invented: how often it happens is known to nobody."""


@dataclass(frozen=True, slots=True)
class Worker:
    """Somebody of the crowd who works for the force."""

    account: UUID
    person: Resident
    household: Household
    role: str


@dataclass(frozen=True, slots=True)
class Glance:
    """One record opened, and what for."""

    id: UUID
    at: datetime
    account: UUID
    person: UUID
    task: str


@dataclass
class Truth:
    """What was simulated.

    Args:
        workers: who works for the force.
        people: everybody on record, with their household, by id.
        well_known: ids of those whose records attract looks.
        glances: every look.
        snooping: which pairs of account and person were none of their business, and how; of trawls the account alone.
    """

    workers: list[Worker] = field(default_factory=list)
    people: dict[UUID, tuple[Resident, Household]] = field(default_factory=dict)
    well_known: frozenset[UUID] = frozenset()
    glances: list[Glance] = field(default_factory=list)
    snooping: dict[tuple[UUID, UUID | None], Snoop] = field(default_factory=dict)

    @property
    def surnames(self) -> Counter[str]:
        """How many people on record have a surname, in lower case."""
        return Counter(person.surname.casefold() for person, _household in self.people.values())


def simulated(*, months: int = 6, workers: int = 80, scale: float = 5.0, seed: str = "snooping") -> Truth:
    """Return several months of looks.

    Args:
        months: of thirty days.
        workers: how many work for the force.
        scale: of the crowd.
        seed: any words.
    """
    stream, truth = Stream(seed), Truth()
    for home in crowd(scale).households:
        for person in home.residents:
            truth.people[record_id(person.key, seed)] = (person, home)
    grown = [(person, home) for person, home in truth.people.values() if 20 <= person.age <= 62]
    for n, (person, home) in enumerate(stream.of("workers").sample(grown, workers)):
        role = stream.of("role", n).weighted(ROLES, _SHARES)
        truth.workers.append(Worker(record_id(f"account {n}", seed), person, home, role))
    everybody = sorted(truth.people)
    truth.well_known = frozenset(stream.of("well known").sample(everybody, 6))
    for n, worker in enumerate(truth.workers):
        truth.glances += _work(stream.of("work", n), truth, worker, everybody, months * 30)
    for way, count in PLANTED.items():
        for n in range(count):
            truth.glances += _snoop(stream.of("snoop", way, n), truth, way, everybody, months * 30)
    truth.glances.sort(key=lambda glance: (glance.at, glance.id))
    return truth


def _glance(stream: Stream, at: datetime, account: UUID, person: UUID, task: str = "") -> Glance:
    return Glance(UUID(int=(stream.bits() << 64) | stream.bits()), at, account, person, task)


def _shift(stream: Stream, day: int) -> datetime:
    return BEGINS + timedelta(days=day, minutes=stream.integer(0, 9 * 60))


def _work(stream: Stream, truth: Truth, worker: Worker, everybody: list[UUID], days: int) -> Iterator[Glance]:
    """Yield the looks of somebody's work: mostly with a task, and at some people again in the days after."""
    for day in range(days):
        today = stream.of(day)
        if day % 7 >= 5 or today.chance(0.1):
            continue
        mean = _A_SHIFT[worker.role]
        for n in range(max(0, round(today.normal(mean, mean**0.5)))):
            one = today.of(n)
            person = one.choice(everybody)
            task = "" if one.chance(NO_TRACE_OF_A_TASK) else "an incident"
            yield _glance(one, _shift(one, day), worker.account, person, task)
            if one.chance(0.1):
                later = day + one.integer(1, 10)
                again = "" if one.chance(NO_TRACE_OF_A_TASK * 3) else "the same incident"
                yield _glance(one, _shift(one, later), worker.account, person, again)


def _snoop(stream: Stream, truth: Truth, way: Snoop, everybody: list[UUID], days: int) -> Iterator[Glance]:
    found = _whom(stream, truth, way, everybody)
    if found is None:
        return
    worker, person = found
    if way is Snoop.TRAWL:
        truth.snooping[worker.account, None] = way
        first = stream.integer(0, days // 7 - 1) * 7
        for n in range(240):
            one = stream.of("trawl", n)
            yield _glance(one, _shift(one, first + n % 5), worker.account, one.choice(everybody))
        return
    truth.snooping.setdefault((worker.account, person), way)
    first = stream.integer(0, days - 40)
    count = stream.integer(4, 12) if way is Snoop.OBSESSION else stream.integer(1, 2)
    for n in range(count):
        one = stream.of("look", n)
        day = first + (n * one.integer(2, 4) if way is Snoop.OBSESSION else n)
        yield _glance(one, _shift(one, day), worker.account, person, "an incident" if way is Snoop.COVERED else "")


def _whom(stream: Stream, truth: Truth, way: Snoop, everybody: list[UUID]) -> tuple[Worker, UUID] | None:
    """Return who snoops in this way, and at whom; None where there is nobody of the kind."""
    ids = {person.key: id_ for id_, (person, _home) in truth.people.items()}
    for worker in stream.shuffle(truth.workers):
        own = worker.household
        match way:
            case Snoop.OWN:
                near = [worker.person]
            case Snoop.FAMILY:
                near = [one for one in own.residents if one is not worker.person]
            case Snoop.NEIGHBOUR:
                near = [one for home in _next_door(truth, own) for one in home.residents]
            case Snoop.COLLEAGUE:
                near = [one.person for one in truth.workers if one is not worker]
            case Snoop.RELATIVE:
                near = [
                    one
                    for one, home in truth.people.values()
                    if one.surname == worker.person.surname and home is not own
                ]
            case Snoop.WELL_KNOWN:
                return worker, stream.choice(sorted(truth.well_known))
            case _:
                return worker, stream.choice(everybody)
        if near:
            return worker, ids[stream.choice(near).key]
    return None


def _next_door(truth: Truth, own: Household) -> list[Household]:
    """Return the households a few doors away in the same street."""
    number, _, street = own.address.line.partition(" ")
    near = {}
    for _person, home in truth.people.values():
        other, _, where = home.address.line.partition(" ")
        same = where == street and home.address.locality == own.address.locality and home is not own
        if same and number.isdecimal() and other.isdecimal() and 0 < abs(int(number) - int(other)) <= 6:
            near[home.key] = home
    return list(near.values())
