"""The map of published crime: every row read is in its sum, every area in its table."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final

from watchward.domains.offences.vocabulary import Category
from watchward.domains.organisation.vocabulary import DISTRICTS
from watchward.foundation.ui.parts import Table
from watchward.oversight.open_data.pages.counting import Area, Asked, Counted, count, csv_rows, measured
from watchward.oversight.open_data.pages.saying import (
    NUMBERED,
    Part,
    drawing,
    editions_said,
    editions_table,
    lead,
    months_said,
    notes,
    parts,
    written,
)
from watchward.oversight.open_data.rules.pins import Pin, apart
from watchward.oversight.open_data.rules.published import SOURCES, WEIGHT_SOURCES, is_settled
from watchward.oversight.open_data.rules.stepping import FEW, Steps, steps_of
from watchward.oversight.open_data.vocabulary import EditionLoaded, MonthLoaded, Outlined

__all__ = ["Asked", "Counted", "MapPage", "count", "csv_rows", "editions_said", "map_page"]

LISTED: Final = 12
MONTHS_APART: Final = 4
"""A table has a column for each month up to so many."""

COUNTY: Final = "Staffordshire and Stoke-on-Trent"


@dataclass(frozen=True)
class Shape:
    """An area as it is drawn."""

    code: str
    path: str
    step: int
    says: str
    number: int


@dataclass(frozen=True)
class Line:
    """A row of the table: the number on the map or none, and its cells as text."""

    number: int
    name: str
    total: str
    months: tuple[str, ...]
    crimes: str
    share: str


@dataclass(frozen=True)
class Choice:
    """A word that can be chosen."""

    value: str
    words: str
    chosen: bool


@dataclass(frozen=True)
class MapPage:
    """The map, its table, its key and its sum."""

    title: str
    lead: str
    asked: Asked
    crimes: tuple[Choice, ...]
    since: tuple[Choice, ...]
    until: tuple[Choice, ...]
    districts: tuple[Choice, ...]
    shapes: tuple[Shape, ...]
    view: str
    pins: tuple[Pin, ...]
    pins_narrow: tuple[Pin, ...]
    pin: float
    pin_narrow: float
    drawing: str
    key_title: str
    key: tuple[str, ...]
    months: tuple[str, ...]
    total_title: str
    lines: tuple[Line, ...]
    others: Line | None
    whole: Line
    all_query: str
    csv_query: str
    read: Part
    parts: tuple[Part, ...]
    notes: tuple[str, ...]
    sources: tuple[str, ...]
    weighs: tuple[tuple[str, str], ...]
    editions: Table

    @property
    def astray(self) -> int:
        """Return how many rows read stand in none of the parts."""
        return abs(self.read.number - sum(part.number for part in self.parts))


def map_page(
    asked: Asked,
    loaded: Sequence[MonthLoaded],
    counted: Counted,
    outlines: Sequence[Outlined],
    *,
    repeats: int = 0,
    editions: Mapping[date, EditionLoaded] | None = None,
    weights: Mapping[Category, Decimal] | None = None,
) -> MapPage:
    """Return the page.

    Args:
        asked: what it is narrowed down to.
        loaded: every month that is loaded.
        counted: rows by area.
        outlines: of the areas of the map.
        repeats: rows that bear the Crime ID of another row of these months.
        editions: the edition of each month that is counted, by month.
        weights: of categories, where harm is asked for.
    """
    kept = editions or {}
    months = [one for one in loaded if asked.since <= one.month <= asked.until]
    steps = _steps(counted, asked)
    numbered = [area for area in counted.areas[:NUMBERED] if area.crimes >= FEW]
    shown = counted.areas if asked.everything else counted.areas[:LISTED]
    rest = counted.areas[len(shown) :]
    by_code = {outline.code: outline for outline in outlines}
    view, wide = _view(outlines)
    points = [(by_code[area.code].x, by_code[area.code].y) for area in numbered if area.code in by_code]
    places = {area.code: area for area in counted.areas}
    what = asked.category.value if asked.category else "All crime and anti-social behaviour"
    where = DISTRICTS.get(asked.district, COUNTY)
    return MapPage(
        title=f"{what} in {where}" + (", weighted by harm" if asked.harm else ""),
        lead=lead(counted, asked, months),
        asked=asked,
        crimes=(
            Choice("", "All crime and anti-social behaviour", asked.category is None),
            *(Choice(one.value, one.value, asked.category is one) for one in Category),
        ),
        since=tuple(_month_choice(one.month, asked.since) for one in loaded),
        until=tuple(_month_choice(one.month, asked.until) for one in loaded),
        districts=(
            Choice("", "Whole county", not asked.district),
            *(Choice(code, name, code == asked.district) for code, name in _by_name(DISTRICTS)),
        ),
        shapes=_shapes(outlines, places, steps, asked, {area.code: number for number, area in enumerate(numbered, 1)}),
        view=view,
        pins=apart(points, wide / 46),
        pins_narrow=apart(points, wide / 24),
        pin=round(wide / 46, 1),
        pin_narrow=round(wide / 24, 1),
        drawing=drawing(what, where, counted, asked, months),
        key_title=("Days of sentence in each area, " if asked.harm else "Rows in each area, ") + months_said(months),
        key=steps.words(),
        months=tuple(_month_head(one, kept.get(one.month)) for one in months) if len(months) <= MONTHS_APART else (),
        total_title="Harm" if asked.harm else months_said(months),
        lines=tuple(
            _line(area, months, asked, number if number <= len(numbered) else 0) for number, area in enumerate(shown, 1)
        ),
        others=_line(_together(rest, f"{len(rest)} other areas"), months, asked) if rest else None,
        whole=_line(_together(counted.areas, "All"), months, asked),
        all_query=asked.query(all="" if asked.everything else "yes"),
        csv_query=asked.query(all=""),
        read=Part(counted.read, f"{'row' if counted.read == 1 else 'rows'} read, {months_said(months)}"),
        parts=parts(counted, asked, where),
        notes=notes(asked, months, repeats),
        sources=(*SOURCES, *(WEIGHT_SOURCES if asked.harm else ())),
        editions=editions_table(months, kept),
        weighs=tuple((one.value, f"{weight:,.1f}") for one, weight in (weights or {}).items()) if asked.harm else (),
    )


def _by_name(districts: Mapping[str, str]) -> list[tuple[str, str]]:
    return sorted(districts.items(), key=lambda pair: pair[1])


def _month_choice(month: date, chosen: date) -> Choice:
    return Choice(f"{month:%Y-%m}", f"{month:%B %Y}", month == chosen)


def _month_head(one: MonthLoaded, edition: EditionLoaded | None) -> str:
    settled = is_settled(with_outcome=one.with_outcome, open_=one.open)
    later = f", edition {edition.number}" if edition is not None and edition.number > 1 else ""
    return f"{one.month:%b %Y}" + later + ("" if settled else ", not settled")


def _steps(counted: Counted, asked: Asked) -> Steps:
    numbers = [measured(area, asked) for area in counted.areas if area.crimes >= FEW]
    return steps_of(numbers, least=1 if asked.harm else FEW)


def _view(outlines: Sequence[Outlined]) -> tuple[str, float]:
    """Return the box of the drawing as SVG writes it, with a margin, and its width."""
    if not outlines:
        return "0 0 1 1", 1.0
    left, top = min(one.box[0] for one in outlines), min(one.box[1] for one in outlines)
    right, bottom = max(one.box[2] for one in outlines), max(one.box[3] for one in outlines)
    margin = round((right - left) * 0.03)
    width, height = right - left + 2 * margin, bottom - top + 2 * margin
    return f"{left - margin} {top - margin} {width} {height}", float(width)


def _shapes(
    outlines: Sequence[Outlined], places: Mapping[str, Area], steps: Steps, asked: Asked, numbers: Mapping[str, int]
) -> tuple[Shape, ...]:
    """Return the shapes, those that are numbered last, so that their edge lies over their neighbours'."""
    made = []
    for outline in outlines:
        area = places.get(outline.code) or Area(outline.code, outline.name)
        few = 0 < area.crimes < FEW
        said = "fewer than 5" if few else written(measured(area, asked))
        step = steps.class_of(measured(area, asked), crimes=area.crimes)
        made.append(Shape(outline.code, outline.path, step, f"{outline.name}: {said}", numbers.get(outline.code, 0)))
    return tuple(sorted(made, key=lambda shape: shape.number > 0))


def _line(area: Area, months: Sequence[MonthLoaded], asked: Asked, number: int = 0) -> Line:
    apart_ = tuple(written(area.by_month.get(one.month, 0)) for one in months) if len(months) <= MONTHS_APART else ()
    return Line(number, area.name, written(measured(area, asked)), apart_, written(area.crimes), area.share())


def _together(areas: Sequence[Area], name: str) -> Area:
    whole = Area("", name)
    for area in areas:
        whole.crimes += area.crimes
        whole.unable += area.unable
        whole.open += area.open
        whole.with_outcome += area.with_outcome
        whole.harm += area.harm
        for month, crimes in area.by_month.items():
            whole.by_month[month] += crimes
    return whole
