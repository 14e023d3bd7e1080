"""The chapter of the two years: residents, then month by month what an earlier system kept, by the bulk commands."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import date, datetime, time
from typing import Final
from uuid import UUID

from watchward.demo.history import happened, residents, scenes, volumes
from watchward.demo.history.happened import END
from watchward.demo.history.plan import Month, Plan, Staff
from watchward.demo.history.response import Response
from watchward.demo.stage import Cast
from watchward.domains.contact import commands as contact
from watchward.domains.crimes import commands as crimes
from watchward.domains.incidents import commands as incidents
from watchward.domains.incidents import queries as known
from watchward.domains.organisation import queries as organisation
from watchward.domains.victims import commands as victims
from watchward.foundation.acting import Acting
from watchward.foundation.bringing import ahead, behind
from watchward.kernel.periods import instant

MOVED_IN: Final = instant(date(2018, 7, 1), time(3))
"""When the residents' records came over."""

AT_ONCE: Final = 15_000
"""Calls that are brought over at once, in whole months."""

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


def bring(
    acting: Acting, cast: Cast, *, scale: float, further: int, year: volumes.Year, until: datetime, seed: str,
    step: Callable[[], None],
) -> None:  # fmt: skip
    """Bring over the two years.

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
    homes = residents.homes(further, seed)
    residents.load(acting.at_time(MOVED_IN), homes, step=step)
    found = scenes.load(acting.at_time(MOVED_IN), scale, seed)
    step()
    staff = Staff(
        takers=_accounts(cast, _TAKERS), desk=_accounts(cast, _DESK), investigators=_accounts(cast, _INVESTIGATORS),
        supervisors=_accounts(cast, _SUPERVISORS),
    )  # fmt: skip
    drawn = happened.crimes(homes, year, seed=seed)
    plan = Plan(scale, seed, homes, drawn, found, _response(acting, cast), staff)
    system = acting.at_time(min(END, until))
    with behind():
        for gathered, months in ahead(_gathered(plan, until)):
            _bring(system, gathered)
            for _month in range(months):
                step()


def _gathered(plan: Plan, until: datetime) -> Iterator[tuple[Month, int]]:
    """Yield what is brought over at once, and how many months that are."""
    gathered, months = Month(), 0
    for month in plan.months():
        gathered.add(cut(month, until) if until < END else month)
        months += 1
        if len(gathered.calls) >= AT_ONCE:
            yield gathered, months
            gathered, months = Month(), 0
    yield gathered, months


def _bring(system: Acting, month: Month) -> None:
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
