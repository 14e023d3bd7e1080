"""What is asked of response at this moment, beside who can meet it: by grade, by area and by skill."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from watchward.domains.incidents import rules
from watchward.domains.incidents.models import Deployment, Incident, Unit
from watchward.domains.incidents.models import Surge as Surge  # named again for the page
from watchward.domains.incidents.vocabulary import Grade, Skill, Stage, UnitState
from watchward.domains.organisation import queries as organisation
from watchward.foundation.acting import Acting
from watchward.foundation.records import get
from watchward.kernel.periods import local_day


def demand(acting: Acting) -> rules.Demand:
    """Return what is asked of response now, and who can meet it; of records out of sight nothing is counted."""
    sent = Deployment.visible_to(acting).filter(incident=OuterRef("pk"), cleared_at__isnull=True)
    waits = (
        Incident.visible_to(acting)
        .filter(~Q(stage=Stage.CLOSED), at_scene_at__isnull=True, target_at__isnull=False)
        .annotate(going=Exists(sent))
        .aggregate(
            waiting=Count("pk"),
            unsent=Count("pk", filter=Q(going=False)),
            past_target=Count("pk", filter=Q(target_at__lt=acting.at)),
        )
    )
    units = (
        Unit.visible_to(acting)
        .filter(on_duty=True)
        .aggregate(free=Count("pk", filter=Q(state=UnitState.FREE)), every=Count("pk"))
    )
    return rules.Demand(**waits, free=units["free"], on_duty=units["every"])


@dataclass(frozen=True)
class Asked:
    """What is asked of one area, beside its units on duty.

    Args:
        area: its id; None for where nobody knows the area.
        waiting: incidents with nobody there, by grade.
        past_target: of those, past their target.
        free: units that are free.
        busy: units on duty that are not.
    """

    area: UUID | None
    waiting: dict[Grade, int]
    past_target: int
    free: int
    busy: int


def asked_of_areas(acting: Acting, *, incidents: Sequence[Incident], units: Sequence[Unit]) -> tuple[Asked, ...]:
    """Return what is asked of each area that has incidents waiting or units on duty, the most past target first."""
    areas = {row.area_id for row in incidents} | {unit.area_id for unit in units}
    found = []
    for area in areas:
        here = [
            row for row in incidents if row.area_id == area and row.at_scene_at is None and row.target_at is not None
        ]
        cars = [unit for unit in units if unit.area_id == area]
        free = sum(1 for unit in cars if unit.state == UnitState.FREE)
        waiting = {grade: sum(1 for row in here if row.grade == grade) for grade in Grade if grade.sends}
        late = sum(1 for row in here if row.target_at is not None and row.target_at < acting.at)
        if here or cars:
            found.append(Asked(area, waiting, late, free, len(cars) - free))
    return tuple(sorted(found, key=lambda one: (-one.past_target, -sum(one.waiting.values()), str(one.area))))


@dataclass(frozen=True)
class Skilled:
    """How many units on duty have a skill, and how many of them are free."""

    skill: Skill
    on_duty: int
    free: int


def skills_on_duty(acting: Acting, *, units: Sequence[Unit]) -> tuple[Skilled, ...]:
    """Return the skills of the units on duty, every skill there is, also those that nobody on duty has."""
    return tuple(
        Skilled(
            skill,
            sum(1 for unit in units if skill in unit.skills),
            sum(1 for unit in units if skill in unit.skills and unit.state == UnitState.FREE),
        )
        for skill in Skill
    )


def surge_now(acting: Acting) -> Surge | None:
    """Return the surge of demand that lasts, if one does."""
    return Surge.visible_to(acting).filter(ended_at__isnull=True).select_related("answered_by").first()


def surge(acting: Acting, *, id_: UUID) -> Surge:
    """Return one surge of demand.

    Raises:
        NotHere: there is none.
    """
    return get(acting, Surge, id_)


def surges(acting: Acting) -> QuerySet[Surge]:
    """Return every surge of demand, latest first."""
    return Surge.visible_to(acting).select_related("answered_by").order_by("-began_at")


def car_out(acting: Acting, *, incident: Incident) -> bool:
    """Return whether a mental health triage car that covers the area of an incident is out now."""
    keys = {row.pk: row.key for row in organisation.areas(acting, on=local_day(acting.at))}
    return rules.covers(keys[incident.area_id], acting.at) if incident.area_id in keys else False
