"""What the page of the offence list shows, and its files."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from watchward.domains.offences.vocabulary import (
    FURTHER_FLAGS,
    OUTCOMES,
    Offence,
    OffenceGroup,
    OffenceList,
    Outcome,
    flags_in_force,
    outcome_group_of,
    outcomes_in_force,
)
from watchward.foundation.ui.parts import Column, Row, Soft, Table
from watchward.kernel.dated import NotInForce

OFFENCE_COLUMNS = (
    "Code", "Offence", "Group", "Subgroup", "Published as", "Harm weight", "New crimes", "From",
)  # fmt: skip
OUTCOME_COLUMNS = ("Code", "Outcome", "Counted as", "In the Home Office's tables", "Suspect", "Victim", "From")


@dataclass(frozen=True)
class Asked:
    """What the list is narrowed down to.

    Args:
        on: the day on which it is read.
        typed: words to look for.
        group: of this group alone.
        wrong: what could not be understood.
    """

    on: date
    typed: str = ""
    group: OffenceGroup | None = None
    wrong: str = ""


@dataclass(frozen=True)
class ListPage:
    """The offence list on a day.

    Args:
        on: the day.
        asked: what it is narrowed down to.
        groups: of offences, to choose from.
        found: how many of how many.
        offences: the table.
        outcomes: the table of outcome types.
        flags: what may be flagged, and what the force has not yet said.
        unset: what the force has not set.
        none: why there is nothing on this day; empty where there is something.
    """

    on: date
    asked: Asked
    groups: tuple[str, ...]
    found: str
    offences: Table
    outcomes: Table
    flags: tuple[str, ...]
    unset: str
    none: str


def list_page(asked: Asked, rows: Sequence[Offence], whole: OffenceList) -> ListPage:
    """Return the page of the list on a day."""
    standing = whole.standing(asked.on)
    first = min((row.since for row in whole.offences), default=None)
    none = ""
    if not standing:
        none = f"No edition of the list stands on {asked.on:%-d %B %Y}" + (
            f"; the first begins on {first:%-d %B %Y}" if first else ". Load it with watchward migrate"
        )
    return ListPage(
        on=asked.on,
        asked=asked,
        groups=tuple(group.value for group in OffenceGroup),
        found=f"{len(rows)} of {len(standing)}",
        offences=_offences(rows, whole, asked.on),
        outcomes=_outcomes(asked.on),
        flags=_flags(asked.on),
        unset=FURTHER_FLAGS.asks if not FURTHER_FLAGS.is_set_on(asked.on) else "",
        none=none,
    )


def _offences(rows: Iterable[Offence], whole: OffenceList, on: date) -> Table:
    return Table(
        columns=(
            Column("Code"),
            Column("Offence"),
            Column("Group"),
            Column("Published as"),
            Column("Harm weight", number=True),
        ),
        rows=tuple(
            Row(
                (
                    row.code,
                    row.words if row.recordable else (row.words, Soft(", outcomes only")),
                    row.group.value
                    if row.group.value == row.subgroup
                    else (row.group.value, Soft(f", {row.subgroup}")),
                    row.category.value,
                    _weight(whole.weight_of(row.code, on)),
                )
            )
            for row in rows
        ),
        caption="Offences, with group, street-level category and harm weight",
        stack=True,
        empty="No offence has these words",
    )


def _weight(weight: Decimal | None) -> str:
    return "none" if weight is None else f"{weight:,.1f} days"


def _outcomes(on: date) -> Table:
    return Table(
        columns=(Column("Code"), Column("Outcome"), Column("Counted as"), Column("From")),
        rows=tuple(
            Row((code, words, group if group == heading else (group, Soft(f". In tables: {heading}")), first))
            for code, words, group, heading, _suspect, _victim, first in outcome_rows(on)
        ),
        caption="Outcome types",
        stack=True,
        empty="The outcomes framework begins on 1 April 2014",
    )


def _flags(on: date) -> tuple[str, ...]:
    try:
        return tuple(flag.value for flag in flags_in_force(on))
    except NotInForce:
        return ()


def first_day(code: Outcome) -> date:
    """Return the first day on which an outcome may be recorded."""
    return next(one.in_force for one in OUTCOMES.versions if any(type_.code is code for type_ in one.value))


def outcome_rows(on: date) -> list[tuple[str, ...]]:
    """Return the outcome types of a day as rows of ``OUTCOME_COLUMNS``; none before the framework."""
    try:
        types = outcomes_in_force(on)
    except NotInForce:
        return []
    return [
        (
            type_.code.value, type_.words, (group := outcome_group_of(type_.code.value, on)).value, group.heading,
            type_.suspect.value, type_.victim.value, first_day(type_.code).isoformat(),
        )
        for type_ in types
    ]  # fmt: skip


def offence_rows(rows: Iterable[Offence], whole: OffenceList, on: date) -> list[tuple[str, ...]]:
    """Return offences as rows of ``OFFENCE_COLUMNS``."""
    return [
        (
            row.code, row.words, row.group.value, row.subgroup, row.category.value,
            "" if (weight := whole.weight_of(row.code, on)) is None else str(weight),
            "yes" if row.recordable else "outcomes only", row.since.isoformat(),
        )
        for row in rows
    ]  # fmt: skip
