"""The chapter of the two years: residents, then part by part what an earlier system kept, by the bulk commands.

A part is some months, one at scale 1, in a transaction of its own: a loading that was killed goes on with the parts
that are left, and several processes may bring them over beside each other.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from functools import partial
from itertools import islice
from typing import Final, Protocol
from uuid import UUID

from watchward.demo.calendar import shown
from watchward.demo.chapters import PARTS, finished, machinery
from watchward.demo.commands import finish_chapter
from watchward.demo.history import happened, residents, scenes, volumes
from watchward.demo.history.happened import END
from watchward.demo.history.plan import Month, Plan, Staff
from watchward.demo.history.response import Response
from watchward.demo.stage import Cast
from watchward.demo.whole import alone, load_whole
from watchward.domains.contact import commands as contact
from watchward.domains.crimes import commands as crimes
from watchward.domains.incidents import commands as incidents
from watchward.domains.incidents import queries as known
from watchward.domains.organisation import queries as organisation
from watchward.domains.victims import commands as victims
from watchward.foundation.access.context import within
from watchward.foundation.acting import Acting
from watchward.foundation.bringing import ahead, behind
from watchward.kernel.periods import instant

MOVED_IN: Final = instant(date(2018, 7, 1), time(3))
"""When the residents' records came over."""

AT_ONCE: Final = 10_000
"""Calls that are brought over at once, in whole months: each part is one transaction."""

_AREAS: Final = {
    "stoke": "response-a", "newcastle": "response-b", "moorlands": "response-b", "stafford": "response-c",
    "south-staffs": "response-c", "cannock": "response-d", "lichfield": "response-d", "tamworth": "response-e",
    "east-staffs": "response-e",
}  # fmt: skip
_TAKERS: Final = ("bhatt", "colclough", "whitlow", "mazur", "odell", "tranter")
_DESK: Final = ("rudge", "pointon")
_INVESTIGATORS: Final = ("ostrowski", "vernon", "boon", "dawes", "lowndes")
_SUPERVISORS: Final = ("sharpe", "tideswell", "akhtar", "nandra")


def steps(people: int) -> int:
    """Return how often ``step`` is called for so many residents."""
    return 2 * (1 + round(people / 2.4) // residents.AT_ONCE) + 1 + len(volumes.MONTHS)


class Beside(Protocol):
    """Another process that brings a share of it over."""

    def begin(self, work: Work, parts: Sequence[int]) -> None: ...
    def done(self) -> int: ...
    def finish(self, step: Callable[[], None]) -> None: ...


@dataclass(frozen=True)
class Work:
    """What there is to bring over of the two years, as any process may do a part of it.

    Args:
        plan: makes the months.
        parts: the places of the months, from 0, that are brought over at once.
        scale: 1 for the whole force.
        until: what came later is not brought over.
    """

    plan: Plan
    parts: Sequence[Sequence[int]]
    scale: float
    until: datetime

    def name(self, part: int) -> str:
        """Return the name under which it is noted that a part stands."""
        months = [volumes.MONTHS[month] for month in self.parts[part]]
        return f"{begins_with(self.scale, self.until)}{months[0]:%Y-%m} to {months[-1]:%Y-%m}"

    @property
    def left(self) -> list[int]:
        """The numbers of the parts that do not stand; in a transaction of its own."""
        with within(machinery(self.until)):
            stand = finished(PARTS)
        return [part for part in range(len(self.parts)) if self.name(part) not in stand]

    def do(self, parts: Sequence[int], *, step: Callable[[], None]) -> None:
        """Bring over some of the parts, each whole or not at all.

        Args:
            parts: their numbers.
            step: called after each month.
        """
        for part, month in ahead(self._made(parts)):
            at = min(END, self.until)
            load_whole(self.name(part), at, partial(_bring, month), key=PARTS, turn=part + 1)
            for _month in self.parts[part]:
                step()

    def _made(self, parts: Sequence[int]) -> Iterator[tuple[int, Month]]:
        months = self.plan.months({month for part in parts for month in self.parts[part]})
        for part in parts:
            gathered = Month()
            for month in islice(months, len(self.parts[part])):
                gathered.add(cut(month, self.until) if self.until < END else month)
            yield part, gathered


def begins_with(scale: float, until: datetime) -> str:
    """Return how the names of the parts of such a loading begin."""
    return f"scale {scale:g} until {shown(until)}, "


def prepare(
    acting: Acting, cast: Cast, *, scale: float, further: int, year: volumes.Year, until: datetime, seed: str,
    step: Callable[[], None],
) -> Work:  # fmt: skip
    """Load the residents and the scenes, those that stand excepted, and return what there is to bring over.

    Args:
        acting: the machinery.
        cast: who is there.
        scale: 1 for the whole force.
        further: how many residents the force knows beyond the first town.
        year: what the crimes of the last twelve months must come to.
        until: what came later is not brought over.
        seed: of the whole population.
        step: called after each part.
    """
    homes, name = residents.homes(further, seed), f"{begins_with(scale, until)}residents"
    alone()
    stand = name in finished(PARTS)
    residents.load(acting.at_time(MOVED_IN), homes, stand=stand, step=step)
    if not stand:
        finish_chapter.once(acting, PARTS + name, chapter=name)
    found = scenes.load(acting.at_time(MOVED_IN), scale, seed)
    step()
    staff = Staff(
        takers=_accounts(cast, _TAKERS), desk=_accounts(cast, _DESK), investigators=_accounts(cast, _INVESTIGATORS),
        supervisors=_accounts(cast, _SUPERVISORS),
    )  # fmt: skip
    drawn = happened.crimes(homes, year, seed=seed)
    plan = Plan(scale, seed, homes, drawn, found, _response(acting, cast), staff)
    return Work(plan, _parts(plan.calls), scale, until)


def _parts(calls: Sequence[int]) -> list[list[int]]:
    """Return the places of the months that are brought over at once, of so many calls in each month."""
    found, gathered = list[list[int]](), 0
    for month, number in enumerate(calls):
        if not found or gathered >= AT_ONCE:
            found.append([])
            gathered = 0
        found[-1].append(month)
        gathered += number
    return found


def bring(work: Work, beside: Sequence[Beside], *, step: Callable[[], None]) -> None:
    """Bring over what is left of the two years, other processes taking their share of it.

    Args:
        work: what there is.
        beside: the other processes.
        step: called after each month.
    """
    left, share = work.left, len(beside) + 1
    for _month in range(len(volumes.MONTHS) - sum(len(work.parts[part]) for part in left)):
        step()
    for number, one in enumerate(beside, 1):
        one.begin(work, left[number::share])

    def stepped() -> None:
        step()
        for one in beside:
            for _month in range(one.done()):
                step()

    work.do(left[::share], step=stepped)
    for one in beside:
        one.finish(step)
    if left := work.left:  # of a process that was ended
        work.do(left, step=step)


def _bring(month: Month, system: Acting) -> None:
    with behind():
        incidents.bring_incidents(system, rows=month.incidents)
        contact.bring_calls(system, rows=month.calls)
        crimes.bring_crimes(system, rows=month.crimes, refused=month.refused)
        victims.bring_victims(system, rows=month.victims)


def cut(month: Month, until: datetime) -> Month:
    """Return what of a month had happened by a moment: later outcomes and contact are not there yet."""
    undecided = {row.incident for row in month.crimes if row.allocated > until}
    undecided |= {row.incident for row in month.refused if row.at > until}
    closed = [row for row in month.incidents if row.closed <= until and row.id not in undecided]
    there = {row.id for row in closed}
    made = [
        replace(row, outcome=row.outcome if row.outcome and row.outcome.given <= until else None)
        for row in month.crimes
        if row.allocated <= until and (row.incident is None or row.incident in there)
    ]
    stand = {row.id: row for row in made}
    return Month(
        incidents=closed,
        calls=[row for row in month.calls if row.ended <= until and (row.incident is None or row.incident in there)],
        crimes=made,
        refused=[row for row in month.refused if row.incident in there],
        victims=[
            replace(
                row, asked=min(row.asked, until), reached=None,
                contacts=tuple(one for one in row.contacts if one.when <= until and
                               (stand[row.crime].outcome is not None or not one.outcome)),
                statement=row.statement if row.statement and row.statement <= until else None,
                offered=row.offered if row.statement and row.statement <= until else None,
                withdrew=row.withdrew if stand[row.crime].outcome is not None else None,
            )
            for row in month.victims
            if row.crime in stand
        ],
    )  # fmt: skip


def _accounts(cast: Cast, usernames: tuple[str, ...]) -> tuple[UUID, ...]:
    return tuple(cast.accounts[one] for one in usernames)


def _response(acting: Acting, cast: Cast) -> Response:
    """Return the units and the team of each area."""
    areas: Mapping[str, UUID] = {row.key: row.pk for row in organisation.areas(acting, on=date(2019, 6, 30))}
    units: dict[UUID | None, list[UUID]] = {None: []}
    for unit in sorted(known.units(acting), key=lambda one: one.call_sign):
        units.setdefault(unit.area_id, []).append(unit.pk)
        units[None].append(unit.pk)
    teams: dict[UUID | None, int] = {areas[key]: cast.teams[team] for key, team in _AREAS.items()}
    teams[None] = cast.teams["response"]
    return Response(units, teams)
