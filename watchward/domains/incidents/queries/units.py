"""Reading units: what each is doing, who crews it, and which are nearest."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet

from watchward.domains.incidents.models import Crew, Deployment, Unit
from watchward.domains.incidents.queries.where import Where
from watchward.domains.incidents.vocabulary import UnitState
from watchward.foundation.acting import Acting


@dataclass(frozen=True)
class Nearby:
    """A free unit and how far it is in a straight line, in metres; None where nobody knows."""

    unit: Unit
    metres: int | None


@dataclass(frozen=True)
class Crewed:
    """A unit and the names of who crews it."""

    unit: Unit
    crew: tuple[str, ...]


def units(acting: Acting) -> QuerySet[Unit]:
    """Return every unit with its area, by call sign."""
    return Unit.visible_to(acting).select_related("area").order_by("call_sign")


def on_duty(acting: Acting) -> QuerySet[Unit]:
    """Return the units on duty, by call sign."""
    return units(acting).filter(on_duty=True)


def unit_of(acting: Acting, *, account: UUID) -> Unit | None:
    """Return the unit that somebody crews now; None where they crew none."""
    found = crews_of(acting, account=account).select_related("unit").first()
    return found.unit if found else None


def crews_of(acting: Acting, *, account: UUID) -> QuerySet[Crew]:
    """Return the place that somebody has in a unit now: one or none."""
    return Crew.visible_to(acting).filter(account_id=account, until__isnull=True)


def task_of(acting: Acting, *, unit: Unit) -> Deployment | None:
    """Return what a unit is on now; None where it is free."""
    return Deployment.visible_to(acting).filter(unit=unit, cleared_at__isnull=True).select_related("incident").first()


def crewed(acting: Acting) -> tuple[Crewed, ...]:
    """Return every unit with who crews it now, by call sign."""
    by_unit: dict[UUID, list[str]] = defaultdict(list)
    rows = Crew.visible_to(acting).filter(until__isnull=True).order_by("since")
    for unit, name in rows.values_list("unit_id", "account__display_name"):
        by_unit[unit].append(name)
    return tuple(Crewed(unit, tuple(by_unit[unit.pk])) for unit in units(acting))


def nearest(acting: Acting, *, known: Where, among: Iterable[Unit]) -> tuple[Nearby, ...]:
    """Return the free units among these, nearest first in a straight line; those whose position is unknown come last.

    Roads, rivers and motorways are not taken into account.
    """
    free = [Nearby(unit, known.from_unit(unit)) for unit in among if unit.on_duty and unit.state == UnitState.FREE]
    return tuple(sorted(free, key=lambda near: (near.metres is None, near.metres or 0, near.unit.call_sign)))
