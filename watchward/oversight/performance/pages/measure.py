"""The page of one measure: its figure, its chart, what that says, its parts, and the rows behind it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import reverse

from watchward.foundation.measures.beginning import Beginning
from watchward.foundation.measures.counting import Figure
from watchward.foundation.measures.declared import Measure, Rate, Share, Spread, Unit
from watchward.foundation.measures.drawing import NARROW, WIDE, Drawing, Reach, draw, reaches
from watchward.foundation.measures.judging import Reading
from watchward.foundation.measures.models import Published
from watchward.foundation.measures.queries import Told, drawn
from watchward.foundation.measures.spans import Span
from watchward.foundation.measures.tables import Line, Table
from watchward.foundation.measures.telling import (
    Tone,
    basis_line,
    change_words,
    figure,
    month,
    number,
    of_words,
    span_words,
)
from watchward.foundation.ui.parts import Column, Link, Row
from watchward.foundation.ui.parts import Table as Shown
from watchward.foundation.ui.words import long_day
from watchward.oversight.performance.models import Signal
from watchward.oversight.performance.pages.behind import Behind, behind
from watchward.oversight.performance.pages.chosen import Chosen
from watchward.oversight.performance.pages.dashboard import GLYPHS, compared, last_day

VERDICT_GLYPHS = {"above the force": "up", "below the force": "down"}
LOOKS = {Tone.WORSE: "signal", Tone.SIGNAL: "note", Tone.BETTER: "good"}


@dataclass(frozen=True)
class PartLine:
    """One part of a measure: its figure, its interval beside the whole, and the verdict in words."""

    name: str
    url: str
    figure: str
    ninetieth: str
    reach: Reach | None
    of: str
    verdict: str
    glyph: str


@dataclass(frozen=True)
class Parts:
    """A measure by one breakdown."""

    title: str
    caption: str
    noun: str
    lines: tuple[PartLine, ...]
    total: PartLine
    intervals: bool
    spread: bool
    note: str
    csv: str


@dataclass(frozen=True)
class MeasurePage:
    """The page of one measure."""

    title: str
    theme: str
    asks: str
    within: str
    number: str
    unit: str
    ninetieth: str
    compared: tuple[str, ...]
    basis: str
    begins: tuple[str, ...]
    apart: str
    says_lead: str
    says: str
    look: str
    glyph: str
    chart_words: str
    wide: Drawing | None
    narrow: Drawing | None
    unit_words: str
    changes: tuple[tuple[str, str], ...]
    months: Shown
    months_csv: str
    inside: tuple[tuple[str, str], ...]
    both: Shown | None
    counts: tuple[str, ...]
    sources: tuple[str, ...]
    parts: Parts | None
    by: tuple[tuple[str, str, bool], ...]
    behind: Behind
    published: tuple[str, ...]
    signals: tuple[tuple[str, str, str], ...]
    keep_url: str
    json_url: str
    chosen: Chosen
    kept: tuple[tuple[str, str], ...]
    others_known: bool


def of(
    told: Told, table: Table | None, *, chosen: Chosen, latest: Sequence[Any], published: Sequence[Published],
    signals: Sequence[Signal], within: str, may_keep: bool, may_open: bool, due: Mapping[Any, datetime],
    begins: Beginning,
) -> MeasurePage:  # fmt: skip
    """Return the page of a measure.

    Args:
        told: the measure, counted.
        table: it by the chosen breakdown; None where it has none.
        chosen: the period and the group.
        latest: the latest rows that the reader may open.
        published: what was published of it, latest first.
        signals: those that were noticed, latest first.
        within: the chosen group in words.
        may_keep: the reader records changes and publishes.
        may_open: the reader may open the rows.
        due: when the explanation of a signal is due, by its id.
        begins: from when it counts.
    """
    measure, chart = told.measure, told.chart
    others = {each.who: each.value for each in told.others}
    letters = {each.day: each.letter for each in told.changes}
    has_values = any(each.point.value is not None for each in chart.points)
    wide, narrow = (
        (draw(chart, frame, unit=measure.unit.value, others=others, letters=letters) if has_values else None)
        for frame in (WIDE, NARROW)
    )
    address = reverse("performance:measure", args=[measure.key])
    key = table.keys[0] if table is not None else ""
    return MeasurePage(
        title=measure.title, theme=measure.theme, asks=measure.asks, within=within,
        number=number(told.value, measure.unit), unit=measure.unit.value,
        ninetieth=figure(told.figure.ninetieth, measure.unit) if isinstance(measure, Spread) else "",
        compared=_compared(told), basis=basis_line(measure, told.figure, told.span, told.at),
        begins=begins.says(told.span), apart=_apart(told),
        says_lead=told.says.lead, says=told.says.rest + _owed(signals, due), look=LOOKS.get(told.says.tone, ""),
        glyph=GLYPHS[told.says.tone],
        chart_words=_chart_words(told), wide=wide, narrow=narrow, unit_words=_unit_words(measure),
        changes=tuple(_changes(told)), months=_months(told),
        months_csv=_file(measure, chosen, "csv", by="month", leaving=True),
        inside=(
            ("By month, with small numbers: for use within the force", _file(measure, chosen, "csv", by="month")),
            *((("By the breakdown above, with small numbers: for use within the force",
                _file(measure, chosen, "csv", by=key)),) if key else ()),
        ),
        both=_both(told), counts=measure.counts, sources=_sources(told),
        parts=_parts(told, table, chosen) if table is not None else None,
        by=tuple((each.title, address + chosen.query(by=each.key), each.key == key) for each in measure.breakdowns),
        behind=behind(told, chosen, latest, may_open=may_open),
        published=tuple(_published(told, each) for each in published if not told.only),
        signals=tuple(_signal(each, due) for each in signals),
        keep_url=reverse("performance:keep", args=[measure.key]) if may_keep else "",
        json_url=_file(measure, chosen, "json", by=key or "month"), chosen=chosen, kept=chosen.groups(),
        others_known=bool(others),
    )  # fmt: skip


def _file(measure: Measure, chosen: Chosen, kind: str, *, by: str, leaving: bool = False) -> str:
    more = {"by": by, **({"leaving": "yes"} if leaving else {})}
    return reverse(f"performance:{kind}", args=[measure.key]) + chosen.query(**more)


def _compared(told: Told) -> tuple[str, ...]:
    """Return what the figure is compared with, and by how much, where both are figures of the same kind."""
    unit, value = told.measure.unit, told.value
    found = []
    for each in told.others:
        found.append(f"{each.who} {each.value:g} {unit.value}")
        if value is not None:
            points = "points" if isinstance(told.measure, Share) else unit.value
            away = round(value, 1) - each.value
            same = each.first == told.span.first and each.last == told.span.last
            side = "the same" if abs(away) < 0.05 else f"{abs(away):.1f} {points} {'above' if away > 0 else 'below'}"
            found.append(f"{side}, {'same period' if same else span_words(Span(each.first, each.last))}")
    return tuple(found) or (compared(told),)


def _apart(told: Told) -> str:
    """Return the sealed rows of the reader's own teams in a sentence: they are in no other number on the page."""
    if told.apart is None:
        return ""
    words = of_words(told.measure, told.apart)
    return f"Sealed to your team, and in no number on this page: {words}, {figure(_value(told), told.measure.unit)}."


def _value(told: Told) -> float | None:
    return told.apart.value(told.measure, told.span) if told.apart else None


def _owed(signals: Sequence[Signal], due: Mapping[Any, datetime]) -> str:
    owing = next((each for each in signals if each.explained_at is None), None)
    if owing is None:
        return ""
    by = due.get(owing.pk)
    return f" An explanation is owed by {last_day(by)}." if by else " An explanation is owed."


def _chart_words(told: Told) -> str:
    months = list(told.months)
    between = f"{month(months[0])} to {month(months[-1])}" if months else ""
    return f"Control chart, {between}, {_unit_words(told.measure)}. {told.says.lead} {told.says.rest}"


def _unit_words(measure: Measure) -> str:
    if isinstance(measure, Share):
        return f"per cent of {measure.basis} in the month"
    if isinstance(measure, Rate):
        return f"{measure.basis} a day, in the month"
    return f"median {_UNITS[measure.unit]} of {measure.basis} in the month"


_UNITS = {Unit.MINUTES: "minutes", Unit.HOURS: "hours", Unit.DAYS: "days"}


def _changes(told: Told) -> list[tuple[str, str]]:
    """Return what each letter stands for, and what the chart did at it: a date, and not a cause."""
    found = []
    for day in sorted({each.day for each in told.changes}):
        here = [each for each in told.changes if each.day == day]
        words = "; ".join(f"{each.words} ({each.source})" for each in here)
        said = change_words(told.chart, day)
        if len(here) > 1:
            said = f"{len(here)} changes share this day: nobody has shown which of them moved the figure. {said}"
        found.append((here[0].letter, f"{long_day(day)}: {words}. {said}"))
    return found


def _months(told: Told) -> Shown:
    measure, whole = told.measure, drawn(told.span)
    spread = isinstance(measure, Spread)
    columns = [Column("Month"), Column("Rows", True), Column("Counted", True), Column(_value_word(measure), True)]
    columns += [Column("90th centile", True)] if spread else []
    columns += [Column("Still open", True)] if measure.open is not None else []
    rows = []
    for (day, counted), judged in zip(told.months.items(), told.chart.points, strict=True):
        cells: list[Any] = [month(day), f"{counted.rows:,}", f"{counted.counted:,}"]
        cells.append(figure(counted.value(measure, whole.within_month(day)), measure.unit))
        cells += [figure(counted.ninetieth, measure.unit)] if spread else []
        cells += [f"{100 * counted.open_share:.0f} %"] if measure.open is not None else []
        rows.append(Row((*cells, _reading(judged.reading, judged.signal))))
    return Shown((*columns, Column("Reading")), tuple(rows), caption=f"{measure.title}, month by month")


def _value_word(measure: Measure) -> str:
    return "Share" if isinstance(measure, Share) else "Median" if isinstance(measure, Spread) else "A day"


def _reading(reading: Reading, signal: object) -> str:
    if signal is None:
        return reading.value
    return f"Signal: {signal}. {reading.value}"


def _both(told: Told) -> Shown | None:
    if told.beside is None:
        return None
    measure, own = told.measure, told.figure
    other, counted = told.beside

    def line(which: Measure, found: Figure) -> Row:
        value = figure(found.value(which, told.span), which.unit)
        name = which.title if which is measure else Link(which.title, reverse("performance:measure", args=[which.key]))
        return Row((name, value, of_words(which, found), which.asks))

    columns = (Column("Basis"), Column(_value_word(measure), True), Column("Of"), Column("What it answers"))
    return Shown(columns, (line(measure, own), line(other, counted)), caption="Both ways of counting", stack=True)


def _sources(told: Told) -> tuple[str, ...]:
    found = [f"Asked for by: {told.measure.source}."]
    found += [f"{each.who}: {each.source}, {span_words(Span(each.first, each.last))}." for each in told.others]
    return tuple(found)


def _parts(told: Told, table: Table, chosen: Chosen) -> Parts:
    measure = told.measure
    dimension = measure.dimension(table.keys[0])
    share = isinstance(measure, Share)
    total = table.total.figure or Figure()
    shares = [
        (line.interval.lower, line.figure.counted / line.figure.rows, line.interval.upper)
        if share and line.interval and line.figure and line.keys[0] is not None
        else None
        for line in table.lines
    ]
    drawn_ = reaches(shares, total.counted / total.rows) if share and total.rows else [None] * len(shares)
    address = reverse("performance:measure", args=[measure.key])
    lines = tuple(
        _part(measure, line, reach, address + chosen.within(dimension, line.keys[0]).query(by=dimension.key))
        for line, reach in zip(table.lines, drawn_, strict=True)
    )
    line = f" Upright line: all, {figure(total.value(measure, table.span), measure.unit)}" if share else ""
    note = "A row may stand in several lines, so they do not add up to the whole." if table.overlaps else ""
    return Parts(
        title=dimension.title, noun=measure.noun[1].capitalize(),
        caption=f"By {dimension.title.lower()}, {span_words(table.span)}.{line}", lines=lines,
        total=_part(measure, table.total, None, ""), intervals=share, spread=isinstance(measure, Spread), note=note,
        csv=_file(measure, chosen, "csv", by=dimension.key, leaving=True),
    )  # fmt: skip


def _part(measure: Measure, line: Line, reach: Reach | None, url: str) -> PartLine:
    found = line.figure or Figure()
    return PartLine(
        name=line.names[0], url=url, figure=figure(found.value(measure, line.span), measure.unit),
        ninetieth=figure(found.ninetieth, measure.unit) if isinstance(measure, Spread) else "", reach=reach,
        of=f"{found.counted:,} of {found.rows:,}" if not isinstance(measure, Rate) else f"{found.rows:,}",
        verdict=line.verdict.value, glyph=VERDICT_GLYPHS.get(line.verdict.value, "none"),
    )  # fmt: skip


def _published(told: Told, row: Published) -> str:
    """Return a published figure beside the live one of the same period."""
    measure = told.measure
    words = (
        f"Published {figure(row.value, measure.unit)} ({row.counted:,} of {row.rows:,} {row.basis},"
        f" {span_words(Span(row.first, row.last))}), counted {long_day(row.counted_at)} by {row.by.display_name}."
    )
    if (row.first, row.last) != (told.span.first, told.span.last):
        return f"{words} Another period than the one shown."
    if told.value is None or row.value is None:
        return words
    away = told.value - row.value
    if (row.counted, row.rows) == (told.figure.counted, told.figure.rows):
        return f"{words} Counted now it is the same."
    side = "higher" if away > 0 else "lower"
    moved = f"{abs(away):.1f} {side}" if abs(away) >= 0.05 else "the same to one place"
    now = f"{figure(told.value, measure.unit)} ({told.figure.counted:,} of {told.figure.rows:,})"
    return f"{words} Counted now: {now}, {moved}."


def _signal(row: Signal, due: Mapping[Any, datetime]) -> tuple[str, str, str]:
    words = f"{row.side.capitalize()} since {month(row.since)}, noticed {long_day(row.noticed_at)}"
    url = reverse("performance:signal", args=[row.pk])
    if row.explained_at is not None:
        return (words, url, f"Explained {long_day(row.explained_at)}: {row.explanation}")
    by = due.get(row.pk)
    return (words, url, f"Explanation owed by {last_day(by)}" if by else "Explanation owed")
