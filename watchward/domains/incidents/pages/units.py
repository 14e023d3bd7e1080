"""Every unit: what it is doing, where it belongs and who crews it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from watchward.domains.incidents.queries import Crewed
from watchward.domains.incidents.vocabulary import Skill, UnitState
from watchward.foundation.ui.words import hm

Choices = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class UnitRow:
    """One unit; ``changeable`` while it is on no incident."""

    id: UUID
    call_sign: str
    area: str
    state: str
    crew: str
    skills: str
    on_duty: bool
    changeable: bool


@dataclass(frozen=True)
class UnitsPage:
    """What the page of units shows."""

    rows: tuple[UnitRow, ...]
    on_duty: int
    areas: Choices
    skills: Choices
    people: Choices
    may_change: bool
    may_place: bool
    typed: Mapping[str, str]


def units_page(
    found: Sequence[Crewed], *, areas: Iterable[tuple[UUID, str]], people: Iterable[tuple[UUID, str]],
    may_change: bool, may_place: bool, typed: Mapping[str, str],
) -> UnitsPage:  # fmt: skip
    """Return the page of units.

    Args:
        found: every unit with who crews it.
        areas: that a new unit may cover.
        people: who may crew one.
        may_change: whether this person may change units.
        may_place: whether they may say where one is.
        typed: what stands in the boxes.
    """
    return UnitsPage(
        tuple(_row(one) for one in found),
        sum(1 for one in found if one.unit.on_duty),
        tuple((str(id_), name) for id_, name in areas),
        tuple((skill.value, skill.value.capitalize()) for skill in Skill),
        tuple((str(id_), name) for id_, name in people),
        may_change,
        may_place,
        typed,
    )


def _row(one: Crewed) -> UnitRow:
    unit = one.unit
    state = UnitState(unit.state).label if unit.on_duty else "Off duty"
    words = f", {unit.state_words}" if unit.state_words else ""
    return UnitRow(
        unit.pk,
        unit.call_sign,
        unit.area.name if unit.area else "No area",
        f"{state} since {hm(unit.state_since)}{words}",
        ", ".join(one.crew),
        ", ".join(unit.skills),
        unit.on_duty,
        unit.state in (UnitState.FREE, UnitState.OFF_ROAD),
    )
