"""Figures of months that are kept, and of whatever is not, counted now."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db import connection

from watchward.foundation.audit.entries import CLUSTER
from watchward.foundation.measures.declared import Measure, Spread
from watchward.foundation.measures.figures import Asked, Counted, Figure, Group
from watchward.foundation.measures.kept.cells import Cell, figure, hides, read
from watchward.foundation.measures.kept.deciding import Decided, decided
from watchward.foundation.measures.kept.reaching import FRESH, Reached, reached
from watchward.foundation.measures.spans import Span, last_of, next_month
from watchward.kernel.periods import local_day

if TYPE_CHECKING:
    from watchward.foundation.measures.counting import Counter

MOST_FRESH = 2_000
"""Records that have changed since, above which all is counted from its rows: the work of each time would be more."""

MOST_CHANGES = 10 * MOST_FRESH
"""Changes of them, above which it is not asked how many records these are."""

_FRESH = f"""
select u.cluster = ({CLUSTER}),
       (select json_build_array(count(*), json_agg(distinct jsonb_build_array(fresh."table", fresh.record)))::text
        from {FRESH})
from measures_keptuntil u
"""  # noqa: S608

_KEPT = """
select k.measure, k."by", k.month, k.words, k.cells::text from measures_keptmonth k
join unnest(%s::text[], %s::text[]) as w (measure, "by") using (measure, "by") where k.month between %s and %s
"""

Level = tuple[str, str]
Months = Mapping[date, dict[Group, Cell]]


@dataclass(frozen=True)
class _Wanted:
    """One figure that months may be kept of: where it stands, what decides about it, and by what it is parted."""

    place: int
    asked: Asked
    known: Decided
    level: Level


def by_words(keys: Iterable[str]) -> str:
    """Return breakdowns as a kept month names them."""
    return ",".join(sorted(keys))


def from_kept(counter: Counter, asked: Sequence[Asked]) -> list[Counted]:
    """Return several figures in their order, of kept months where these stand and else counted now.

    Args:
        counter: for one reader.
        asked: the figures.
    """
    wanted = [one for place, each in enumerate(asked) if (one := _wanted(place, each)) is not None]
    standing = _standing(wanted)
    if not wanted or standing is None:
        return counter.count_now(asked)
    kept = _kept(wanted, standing, counter)
    found: list[Counted] = [{} for _ in asked]
    live: list[tuple[int, Asked]] = []
    here = {one.place: one for one in wanted}
    for place, each in enumerate(asked):
        months = kept.get(here[place].level, {}) if place in here else {}
        inside = _inside(each, months, counter) if months else {}
        if inside:
            found[place] = _summed(each, inside, counter)
        rest = tuple(_rest(each.span, inside))
        if rest:
            live.append((place, replace(each, within=rest) if inside else each))
    for (place, _each), counted in zip(live, counter.count_now([each for _place, each in live]), strict=True):
        found[place] = _together(found[place], counted)
    return found


def _wanted(place: int, asked: Asked) -> _Wanted | None:
    keys = {*(each.key for each in asked.by), *asked.only}
    several = [key for key in keys if asked.measure.dimension(key).overlaps]
    if asked.apart or asked.locks or asked.within or len(keys) > 2 or len(several) > 1:
        return None
    if isinstance(asked.measure, Spread) and (keys or not asked.months):  # medians do not add up
        return None
    known = decided(asked.measure)
    return _Wanted(place, asked, known, (asked.measure.key, by_words(keys))) if known else None


def _standing(wanted: Sequence[_Wanted]) -> Reached | None:
    """Return what has changed since months were kept; None where none are, or where too much has."""
    if not wanted:
        return None
    measures = {one.asked.measure.key: (one.asked.measure, one.known) for one in wanted}
    tables = sorted({table for _measure, known in measures.values() for table in known.reaches})
    with connection.cursor() as cursor:
        cursor.execute(_FRESH, [tables, MOST_CHANGES + 1])
        told = cursor.fetchone()
    if told is None or not told[0]:
        return None
    fresh: defaultdict[str, list[UUID]] = defaultdict(list)
    changes, rows = json.loads(told[1])
    if changes > MOST_CHANGES or len(rows or ()) > MOST_FRESH:
        return None
    for table, record in rows or ():
        fresh[table].append(UUID(record))
    return reached(measures.values(), fresh)


def _kept(wanted: Sequence[_Wanted], standing: Reached, counter: Counter) -> Mapping[Level, Months]:
    """Return the kept months that stand and are over, by measure and breakdowns."""
    words = {one.asked.measure.key: one.known.words for one in wanted}
    levels = sorted({one.level for one in wanted})
    first = min(one.asked.span.first for one in wanted).replace(day=1)
    last = max(one.asked.span.last for one in wanted)
    today = local_day(counter.reader.at)
    found: dict[Level, dict[date, dict[Group, Cell]]] = defaultdict(dict)
    with connection.cursor() as cursor:
        cursor.execute(_KEPT, [[key for key, _by in levels], [by for _key, by in levels], first, last])
        for key, by, month, said, cells in cursor.fetchall():
            if said == words[key] and next_month(month) <= today and standing.holds(key, month):
                found[key, by][month] = read(json.loads(cells))
    return found


def _inside(asked: Asked, months: Months, counter: Counter) -> Months:
    """Return those of the months that lie wholly within the period, of the group where one is named."""
    span = asked.span
    inside = {month: cells for month, cells in months.items() if span.first <= month and last_of(month) <= span.last}
    reader = counter.reader
    if reader.opened and not reader.sees_all and any(hides(cells.values(), reader) for cells in inside.values()):
        return {}  # which of the locked rows they have opened is known of the rows alone
    return inside


def _summed(asked: Asked, months: Months, counter: Counter) -> Counted:
    keys = sorted({*(each.key for each in asked.by), *asked.only})
    places = [keys.index(each.key) for each in asked.by]
    wanted = {keys.index(key): group for key, group in asked.only.items()}
    found: defaultdict[Group, Cell] = defaultdict(Cell)
    for month, cells in months.items():
        for group, cell in cells.items():
            if all(group[place] == value for place, value in wanted.items()):
                parts = tuple(group[place] for place in places)
                found[(month.isoformat(), *parts) if asked.months else parts].add(cell)
    if not asked.months and not asked.by:
        found[()].add(Cell())  # a whole is counted where there is nothing, too
    return {group: figure(cell, asked.measure, counter.reader) for group, cell in found.items()}


def _rest(span: Span, months: Mapping[date, Any]) -> Iterable[Span]:
    """Yield the parts of a period that lie in none of these months."""
    first: date | None = None
    last = span.first
    for month in span.months():
        part = span.within_month(month)
        if month in months:
            if first is not None:
                yield Span(first, last)
            first = None
        else:
            first, last = first or part.first, part.last
    if first is not None:
        yield Span(first, last)


def _together(one: Counted, other: Counted) -> Counted:
    found = dict(one)
    for group, now in other.items():
        kept = found.get(group)
        found[group] = now if kept is None else _added(kept, now)
    return found


def _added(one: Figure, other: Figure) -> Figure:
    return Figure(
        rows=one.rows + other.rows, counted=one.counted + other.counted, open=one.open + other.open,
        seen=one.seen + other.seen, seen_rows=one.seen_rows + other.seen_rows, median=other.median,
        ninetieth=other.ninetieth,
    )  # fmt: skip


def settled(measure: Measure, known: Decided, cells: Iterable[Cell]) -> bool:
    """Return whether a month that is over can be kept: the moment of asking decides about none of its rows any more.

    What depends on the moment may let rows in up to it, and keep rows open until then; so a month of which none is
    open stands, whenever it is asked about.
    """
    return not known.moment or not any(cell.open for cell in cells)
