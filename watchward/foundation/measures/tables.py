"""Figures as tables: of one period by months or by breakdowns, for the page, the file, the API and the command line."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from watchward.foundation.acting import Acting
from watchward.foundation.measures.beginning import Beginning, beginning
from watchward.foundation.measures.counting import Asked, Counted, Counter, Figure, Group, counting
from watchward.foundation.measures.declared import Dimension, Measure, Share, Spread
from watchward.foundation.measures.intervals import Interval, Verdict, beside, wilson
from watchward.foundation.measures.spans import Span
from watchward.foundation.measures.suppressing import Cell, Pair, hidden, hidden_in_both
from watchward.foundation.measures.telling import month as month_words

MONTH = "month"
"""What stands in `by` for the calendar month."""
AT_MOST = 2


class NotCounted(LookupError):  # noqa: N818 - said as it is read
    """The measure cannot be counted so."""


@dataclass(frozen=True)
class Line:
    """One line of a table.

    Args:
        keys: of its groups.
        names: of its groups, as people say them.
        figure: what was counted; None where it is hidden because it is small, or would give a small one away.
        span: the days that it covers.
        interval: of a share, 95 per cent.
        verdict: beside the whole.
    """

    keys: Group
    names: tuple[str, ...]
    figure: Figure | None
    span: Span
    interval: Interval | None = None
    verdict: Verdict = Verdict.NOT_COMPARED


@dataclass(frozen=True)
class Table:
    """A measure counted by months or breakdowns.

    Args:
        measure: of which.
        span: the period.
        only: the group within which it was counted.
        by: the titles of what it is parted by.
        keys: the keys of the same.
        lines: in their order.
        total: the whole.
        overlaps: a row may stand in several lines, so that they do not add up to the whole.
        at: when it was counted.
        leaving: small numbers are hidden.
        begins: from when it counts.
    """

    measure: Measure
    span: Span
    only: Mapping[str, str | None]
    by: tuple[str, ...]
    keys: tuple[str, ...]
    lines: tuple[Line, ...]
    total: Line
    overlaps: bool
    at: datetime
    leaving: bool
    begins: Beginning

    @property
    def hidden(self) -> int:
        """How many lines are hidden."""
        return sum(line.figure is None for line in self.lines)


def table(
    acting: Acting, measure: Measure, span: Span, by: Sequence[str] = (), *,
    only: Mapping[str, str | None] | None = None, leaving: bool = False,
) -> Table:  # fmt: skip
    """Count a measure by none, one or two of its breakdowns, the month being one.

    Args:
        acting: the reader.
        measure: which.
        span: the period.
        by: keys of breakdowns, or `month`.
        only: the group within which it is counted.
        leaving: hide small numbers, and enough beside them that no total gives them back.

    Raises:
        NotCounted: it is not counted by that, by more than two, or by two of which a row may have several each.
    """
    with counting(acting) as counter:
        return table_of(counter, acting, measure, span, by, only=only, leaving=leaving)


def table_of(
    counter: Counter, acting: Acting, measure: Measure, span: Span, by: Sequence[str] = (), *,
    only: Mapping[str, str | None] | None = None, leaving: bool = False,
) -> Table:  # fmt: skip
    """Count as `table` does, with a counter that is open already."""
    only = only or {}
    dimensions = _dimensions(measure, by)
    for key in only:
        _dimensions(measure, (key,))
    parts = Asked(measure, span, by=tuple(d for d in dimensions if d), months=MONTH in by, only=only)
    whole, found = counter.several([Asked(measure, span, only=only), parts]) if by else (
        counter.count(Asked(measure, span, only=only)), {}
    )  # fmt: skip
    total = whole.get((), Figure())
    names = [_month_names(span) if each is None else dict(each.words(acting)) for each in dimensions]
    groups = _in_place(found, by, span)
    out = _hidden(groups, dimensions) if leaving else frozenset()
    all_hidden = leaving and _cell(total).small()
    lines = [
        _line(measure, span, keys, dimensions, names, None if keys in out or all_hidden else figure, total)
        for keys, figure in groups.items()
    ]
    return Table(
        measure=measure, span=span, only=only, at=acting.at, leaving=leaving,
        begins=beginning(counter, measure),
        by=tuple("Month" if each is None else each.title for each in dimensions), keys=tuple(by),
        lines=tuple(_ordered(lines, dimensions, measure)),
        total=Line((), ("All",), None if all_hidden else total, span, *_compared(measure, total, None)),
        overlaps=any(each is not None and each.overlaps for each in dimensions),
    )  # fmt: skip


def _dimensions(measure: Measure, by: Sequence[str]) -> list[Dimension | None]:
    if len(by) > AT_MOST or len(set(by)) != len(by):
        raise NotCounted(f"{measure.key} is counted by two breakdowns at most, each once")
    known = {each.key: each for each in measure.breakdowns}
    for key in by:
        if key != MONTH and key not in known:
            raise NotCounted(f"{measure.key} is not counted by {key}, but by {', '.join([MONTH, *known])}")
    found = [None if key == MONTH else known[key] for key in by]
    if sum(each is not None and each.overlaps for each in found) > 1:
        raise NotCounted("A row may have several of each: count by one of them at a time")
    return found


def _in_place(found: Counted, by: Sequence[str], span: Span) -> dict[Group, Figure]:
    """Return the groups with the month where it was asked for, and every month of the period where it stands alone."""
    if MONTH not in by:
        return dict(found)
    if len(by) == 1:
        return {(month.isoformat(),): found.get((month.isoformat(),), Figure()) for month in span.months()}
    return {keys if by[0] == MONTH else (keys[1], keys[0]): figure for keys, figure in found.items()}


def _month_names(span: Span) -> dict[str, str]:
    return {month.isoformat(): month_words(month) for month in span.months()}


def _cell(figure: Figure) -> Cell:
    return Cell(figure.rows, figure.counted)


def _hidden(groups: Mapping[Group, Figure], dimensions: Sequence[Dimension | None]) -> frozenset[Group]:
    cells = {keys: _cell(figure) for keys, figure in groups.items()}
    several = next((place for place, each in enumerate(dimensions) if each is not None and each.overlaps), None)
    if len(dimensions) == 1:
        return hidden(cells, total_shown=several is None)
    if several is None:
        pairs: dict[Pair, Cell] = {(keys[0], keys[1]): cell for keys, cell in cells.items()}
        return frozenset(key for key in hidden_in_both(pairs))
    # Each group of what overlaps is a table of its own, whose total stands in the table of that breakdown alone.
    out: set[Group] = set()
    for group in {keys[several] for keys in cells}:
        out |= hidden({keys: cell for keys, cell in cells.items() if keys[several] == group})
    return frozenset(out)


def _line(
    measure: Measure, span: Span, keys: Group, dimensions: Sequence[Dimension | None],
    names: Sequence[Mapping[str, str]], figure: Figure | None, total: Figure,
) -> Line:  # fmt: skip
    said = tuple(
        known.get(key, key) if key is not None else (each.missing if each else "")
        for key, each, known in zip(keys, dimensions, names, strict=True)
    )
    within = span
    for key, each in zip(keys, dimensions, strict=True):
        if each is None and key is not None:
            within = span.within_month(date.fromisoformat(key))
    compared = _compared(measure, figure, total) if None not in keys else (None, Verdict.NOT_COMPARED)
    return Line(keys, said, figure, within, *compared)


def _compared(measure: Measure, figure: Figure | None, total: Figure | None) -> tuple[Interval | None, Verdict]:
    if figure is None or not isinstance(measure, Share):
        return None, Verdict.NOT_COMPARED
    interval = wilson(figure.counted, figure.rows)
    if total is None or not total.rows:
        return interval, Verdict.NOT_COMPARED
    return interval, beside(figure.counted, figure.rows, total.counted / total.rows)


def _ordered(lines: list[Line], dimensions: Sequence[Dimension | None], measure: Measure) -> list[Line]:
    """Return months and what has an order in it; else the highest figure first, and rows without the thing last."""
    if len(dimensions) == 1 and dimensions[0] is not None and not dimensions[0].ordered:

        def by_figure(line: Line) -> tuple[bool, float, str]:
            value = line.figure.value(measure, line.span) if line.figure else None
            return (line.keys[0] is None, -(value if value is not None else -1.0), line.names[0])

        return sorted(lines, key=by_figure)

    def by_name(line: Line) -> list[tuple[bool, str]]:
        natural = (each is None or each.ordered for each in dimensions)
        return [
            (key is None, (key or "") if first else name)
            for key, name, first in zip(line.keys, line.names, natural, strict=True)
        ]

    return sorted(lines, key=by_name)


def headings(table_: Table) -> tuple[str, ...]:
    """Return the headings of a table written as a file."""
    spread = isinstance(table_.measure, Spread)
    middle = ("Median", "90th centile") if spread else ("Figure",)
    share = ("Lower 95 %", "Upper 95 %", "Beside the whole") if isinstance(table_.measure, Share) else ()
    return (
        *table_.by,
        "From",
        "To",
        "Rows",
        "Counted",
        *middle,
        "Unit",
        "Still open",
        *share,
        "Basis",
        "Counted at",
        "Note",
    )


def cells(table_: Table, line: Line) -> tuple[str, ...]:
    """Return one line of a table written as a file; hidden numbers are empty, and said to be so."""
    measure, figure = table_.measure, line.figure
    names = line.names if line.keys else ("All",) + ("",) * (len(table_.by) - 1) if table_.by else ()
    counts: tuple[str, ...]
    if figure is None:
        counts = ("hidden: small", "hidden: small", *("",) * (2 if isinstance(measure, Spread) else 1))
    else:
        values = (figure.value(measure, line.span), *((figure.ninetieth,) if isinstance(measure, Spread) else ()))
        counts = (str(figure.rows), str(figure.counted), *(_number(value) for value in values))
    open_ = "" if figure is None or measure.open is None or (table_.leaving and line.keys) else str(figure.open)
    if table_.leaving and figure is not None and Cell(figure.open, figure.open).small():
        open_ = ""
    share: tuple[str, ...] = ()
    if isinstance(measure, Share):
        ends = (line.interval.lower, line.interval.upper) if line.interval and figure else (None, None)
        share = (*(_number(100 * end if end is not None else None) for end in ends), line.verdict.value)
    days = (line.span.first.isoformat(), line.span.last.isoformat())
    counted_at = table_.at.isoformat(timespec="seconds")
    note = " ".join(table_.begins.says(line.span))
    return (*names, *days, *counts, measure.unit.value, open_, *share, measure.basis, counted_at, note)


def _number(value: float | None) -> str:
    return "" if value is None else f"{value:.4f}".rstrip("0").rstrip(".")
