"""The words of the map: its lead, its drawing's sentence, the parts of its sum and what must be known of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from watchward.domains.offences.vocabulary import Category
from watchward.domains.organisation.vocabulary import DISTRICTS
from watchward.foundation.ui import words
from watchward.foundation.ui.parts import Column, Row, Soft, Table
from watchward.oversight.open_data.pages.counting import Asked, Counted, measured
from watchward.oversight.open_data.rules.published import is_settled
from watchward.oversight.open_data.rules.weighing import RECORDED_IN
from watchward.oversight.open_data.vocabulary import UNABLE, EditionLoaded, MonthLoaded

NUMBERED: Final = 8
"""Areas that are numbered on the map and in the table."""


def written(value: float) -> str:
    """Return a number as people read it."""
    return f"{value:,.0f}"


def months_said(months: Sequence[MonthLoaded]) -> str:
    """Return the months of the map in words."""
    if not months:
        return "no month"
    first, last = months[0].month, months[-1].month
    if first == last:
        return f"{first:%B %Y}"
    return f"{first:%B} to {last:%B %Y}" if first.year == last.year else f"{first:%B %Y} to {last:%B %Y}"


def lead(counted: Counted, asked: Asked, months: Sequence[MonthLoaded]) -> str:
    """Return the sentence under the heading."""
    on_map = sum(area.crimes for area in counted.areas)
    if not on_map:
        return "None with an area here in these months."
    top = counted.areas[:NUMBERED]
    of = sum(measured(area, asked) for area in counted.areas) or 1.0
    share = 100 * sum(measured(area, asked) for area in top) / of
    span = "one month" if len(months) == 1 else f"{len(months)} months"
    what = "of the harm" if asked.harm else "of them"
    return f"{on_map:,} in {span}. {len(top)} of {len(counted.areas)} areas have {share:.0f} % {what}."


def drawing(what: str, where: str, counted: Counted, asked: Asked, months: Sequence[MonthLoaded]) -> str:
    """Return the sentence that says what the drawing shows."""
    highest = counted.areas[0] if counted.areas and counted.areas[0].crimes else None
    ends = f" Highest: {highest.name}, {written(measured(highest, asked))}." if highest else ""
    return (
        f"Map of the {len(counted.areas)} small areas of {where}, shaded by {what[:1].lower()}{what[1:]}"
        f"{', weighted by harm,' if asked.harm else ''} in {months_said(months)}. The table has the same rows.{ends}"
    )


@dataclass(frozen=True)
class Part:
    """A part of the sum of rows."""

    number: int
    words: str


def parts(counted: Counted, asked: Asked, where: str) -> tuple[Part, ...]:
    """Return the parts of the sum of rows, which never overlap."""
    here = Part(sum(area.crimes for area in counted.areas), f"on this map, {len(counted.areas)} areas of {where}")
    others = (Part(counted.elsewhere, f"in the other {len(DISTRICTS) - 1} districts"),) if asked.district else ()
    return (here, *others, Part(counted.nowhere, "with no area"), Part(counted.outside, "outside the force"))


def notes(asked: Asked, months: Sequence[MonthLoaded], repeats: int) -> tuple[str, ...]:
    """Return what must be known to read the map aright."""
    notes = [
        "Counts, not rates: no populations are loaded. Areas have about 1,500 residents each. The publisher moves "
        "places, so a street may fall next door.",
    ]
    if asked.category is not Category.ANTI_SOCIAL:
        notes.append(
            f"“{UNABLE}” is the publisher's word for several different outcomes together. It does not tell how many "
            "victims did not support action. Its share is of the rows that can have an outcome; anti-social behaviour "
            "has none."
        )
    notes += [
        f"{one.month:%B %Y} is not settled: {100 * one.open / one.with_outcome:.0f} % of its crimes are still open, so"
        " its shares will change."
        for one in months
        if not is_settled(with_outcome=one.with_outcome, open_=one.open)
    ]
    if repeats:
        rows = "1 row bears" if repeats == 1 else f"{repeats} rows bear"
        notes.append(f"{rows} the Crime ID of another row of these months. Each is counted, as published.")
    if asked.harm:
        notes.append(
            "Harm is approximate: published rows have no offence code. Each category weighs what its offences weigh on"
            f" average, by how often each was recorded here in {RECORDED_IN}. Within “Violence and"
            " sexual offences” the gravest and the slightest weigh the same. Anti-social behaviour weighs nothing."
        )
    return tuple(notes)


def editions_said(
    asked: Asked, loaded: Sequence[MonthLoaded], editions: Mapping[date, EditionLoaded]
) -> tuple[str, ...]:
    """Return for each month asked for which edition is counted and how it differs from the one before, in a line."""
    months = [one.month for one in loaded if asked.since <= one.month <= asked.until]
    return tuple(f"{month:%B %Y}: {_edition_said(editions.get(month))}" for month in months)


def _edition_said(edition: EditionLoaded | None) -> str:
    if edition is None:
        return "loaded before editions were kept"
    said = f"edition {edition.number}, loaded {words.moment(edition.at)}, {written(edition.rows)} rows"
    if edition.number == 1:
        return f"{said}, the first one"
    return (
        f"{said}: {written(edition.same)} the same, {written(edition.changed)} changed, {written(edition.added)} added,"
        f" {written(edition.gone)} gone"
    )


def editions_table(months: Sequence[MonthLoaded], editions: Mapping[date, EditionLoaded]) -> Table:
    """Return which edition of each month is counted, when it was loaded, and what changed against the one before."""
    columns = (
        Column("Month"), Column("Edition", True), Column("Loaded"), Column("Rows", True), Column("The same", True),
        Column("Changed", True), Column("Added", True), Column("Gone", True),
    )  # fmt: skip
    rows = []
    for one in months:
        edition = editions.get(one.month)
        if edition is None:
            told: tuple[str | Soft, ...] = ("", Soft("before editions were kept"), written(one.rows), "", "", "", "")
        else:
            sums = (edition.same, edition.changed, edition.added, edition.gone)
            against = tuple(map(written, sums)) if edition.number > 1 else (Soft("the first one"), "", "", "")
            told = (str(edition.number), words.moment(edition.at), written(edition.rows), *against)
        rows.append(Row((f"{one.month:%B %Y}", *told)))
    return Table(columns, tuple(rows), caption="Each month beside the edition before it")
