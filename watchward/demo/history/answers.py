"""What must be counted because of the two years: worked out from how they are made, never from the database."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import cache
from typing import Final
from uuid import UUID

from watchward.demo.crowd.population import SEED, crowd, town
from watchward.demo.history import happened, residents, volumes
from watchward.demo.history.plan import Month, Plan, Staff
from watchward.demo.history.response import Response
from watchward.demo.history.scenes import Scene, Scenes
from watchward.demo.telling import Answers, Ends
from watchward.domains.contact.vocabulary import Which
from watchward.domains.crimes.vocabulary import EarlierCrime
from watchward.domains.incidents.vocabulary import Grade
from watchward.kernel.periods import day_starts

NOWHERE: Final = UUID(int=0)
"""Stands for every place, unit and person of the force: nothing that is counted here depends on which."""

DELAYS: Final = ("incidents.reassess", "incidents.recontact")
"""Kinds of duties that depend on whether a place counts as a town's, which only the database says."""

_AGREED_SINCE: Final = date(2018, 4, 1)


def further(scale: float, seed: str = SEED) -> int:
    """Return how many residents the force knows beyond those of the first town."""
    return max(0, round(volumes.RESIDENTS * scale) - len(set(crowd(town(scale), seed).truth().values())))


@cache
def months(scale: float, year: volumes.Year, seed: str = SEED) -> tuple[Month, ...]:
    """Return the two years as they are brought over, without their places.

    Args:
        scale: 1 for the whole force.
        year: what the crimes of the last twelve months must come to.
        seed: of the whole population.
    """
    homes = residents.homes(further(scale, seed), seed)
    scenes = Scenes([(Scene(NOWHERE, "", None, None), "")])
    staff = Staff(*((NOWHERE,) * count for count in (6, 2, 5, 4)))
    plan = Plan(scale, seed, homes, happened.crimes(homes, year, seed=seed), scenes,
                Response({None: [NOWHERE]}, {None: 0}), staff)  # fmt: skip
    return tuple(plan.months())


def answers(scale: float, year: volumes.Year) -> Answers:
    """Return what must be counted because of the two years, when all of them are brought over."""
    found: dict[str, Ends] = {}
    calls = incidents = 0
    for month in months(scale, year):
        calls += sum(row.answered is not None for row in month.calls)
        incidents += len(month.incidents)
        for kind, ends in _ends(month):
            found[kind] = found.get(kind, Ends()) + ends
    return Answers(calls=calls, incidents=incidents, duties=found)


def rang_off(scale: float, year: volumes.Year) -> int:
    """Return how many calls nobody answered."""
    return sum(row.answered is None for month in months(scale, year) for row in month.calls)


MET, OPEN, RELEASED = Ends(met=1), Ends(open=1), Ends(released=1)


def _ends(month: Month) -> Iterator[tuple[str, Ends]]:
    """Yield how each duty of a month ended, but for those of delays."""
    for call in month.calls:
        if call.answered is not None:
            yield "contact.identify", MET if len(call.identified) == len(Which) else RELEASED
            yield "contact.complete", MET
    since = day_starts(_AGREED_SINCE)
    for one in month.incidents:
        yield "incidents.assess", MET if one.thrive is not None else RELEASED
        if one.grade.sends:
            yield "incidents.attend", MET if one.there is not None else RELEASED
        if one.grade is Grade.SCHEDULED and one.rang >= since:
            yield "incidents.agree-time", MET if one.agreed is not None else RELEASED
    yield "crimes.record-incident", Ends(met=len(month.refused))
    for crime in month.crimes:
        yield "crimes.record-report" if crime.incident is None else "crimes.record-incident", MET
        yield "crimes.allocate", MET
        if crime.outcome is not None and crime.outcome.agreed is not None:
            yield "crimes.agree-outcome", MET
    yield from _of_victims(month)


def _of_victims(month: Month) -> Iterator[tuple[str, Ends]]:
    crimes: dict[UUID, EarlierCrime] = {row.id: row for row in month.crimes}
    for victim in month.victims:
        for kind in ("needs", "reach", "expect", "support"):
            yield f"victims.{kind}", MET
        ended = crimes[victim.crime].outcome is not None
        if ended:
            yield "victims.tell-outcome", MET if any(one.outcome for one in victim.contacts) else OPEN
        if victim.reached is not None and victim.reached > victim.asked:
            yield "victims.reach-again", MET
        yield "victims.reach-again", RELEASED if ended else OPEN
        if victim.statement is not None:
            yield "victims.offer-statement", MET if victim.offered is not None else RELEASED
