"""Reading measures: their figures with chart and judgement, what changed, others' figures, and what was published."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from watchward.foundation.access.policy import has_handling
from watchward.foundation.acting import Acting
from watchward.foundation.measures.counting import (
    Asked,
    Counter,
    Figure,
    by_month,
    counted_rows,
    counting,
)
from watchward.foundation.measures.counting import within as rows_within
from watchward.foundation.measures.declared import Comparison, Measure, Share, Spread, measures
from watchward.foundation.measures.judging import Chart, Point, judge
from watchward.foundation.measures.models import OthersFigure, Published, RecordedChange
from watchward.foundation.measures.spans import Span, months_before, next_month
from watchward.foundation.measures.telling import Judgement, judgement
from watchward.foundation.records import Handling
from watchward.kernel.periods import local_day

DRAWN = 24
"""Months of a chart."""


@dataclass(frozen=True)
class Noted:
    """A recorded change, as charts have it.

    Args:
        letter: by which the chart marks it; those of one day share one.
        day: on which.
        words: what changed.
        source: where that stands.
        id: of its row.
    """

    letter: str
    day: date
    words: str
    source: str
    id: UUID


@dataclass(frozen=True)
class Told:
    """A measure with all that its page and its tile say, counted at one moment.

    Args:
        measure: which.
        span: the period of its figure.
        only: the group within which it was counted.
        at: when it was counted.
        figure: of the period.
        before: of the same period a year before.
        apart: of the sealed rows of the reader's teams, which are in no other number; None where there are none.
        beside: of the same thing on another basis.
        months: every month drawn.
        chart: those months, judged.
        says: what the chart says.
        changes: recorded within it.
        others: figures of others whose period is nearest, one of each.
    """

    measure: Measure
    span: Span
    only: Mapping[str, str | None]
    at: datetime
    figure: Figure
    before: Figure
    apart: Figure | None
    beside: tuple[Measure, Figure] | None
    months: Mapping[date, Figure]
    chart: Chart
    says: Judgement
    changes: tuple[Noted, ...]
    others: tuple[Comparison, ...]

    @property
    def value(self) -> float | None:
        """The figure as it is said."""
        return self.figure.value(self.measure, self.span)

    @property
    def value_before(self) -> float | None:
        """The figure of the year before, as it is said."""
        return self.before.value(self.measure, year_before(self.span))


def year_before(span: Span) -> Span:
    """Return the same period a year before; 29 February becomes the 28th."""

    def back(day: date) -> date:
        leap = day.month == 2 and day.day == 29
        return day.replace(year=day.year - 1, day=28 if leap else day.day)

    return Span(back(span.first), back(span.last))


def drawn(span: Span) -> Span:
    """Return the months that a chart of this period draws: 24 up to its end, or all of a longer one."""
    return Span(min(span.first.replace(day=1), months_before(span.last, DRAWN - 1)), span.last)


def tell(acting: Acting, measure: Measure, *, span: Span, only: Mapping[str, str | None] | None = None) -> Told:
    """Return one measure, told."""
    with counting(acting) as counter:
        return tell_with(counter, acting, [measure], span=span, only=only)[0]


def tell_all(
    acting: Acting, which: Sequence[Measure], *, span: Span, only: Mapping[str, str | None] | None = None
) -> list[Told]:
    """Return several measures, told; all that is counted for them is one statement.

    Args:
        acting: the reader.
        which: the measures.
        span: the period.
        only: the group within which they are counted, for those that have that breakdown.
    """
    with counting(acting) as counter:
        return tell_with(counter, acting, which, span=span, only=only, apart=False)


def tell_with(
    counter: Counter, acting: Acting, which: Sequence[Measure], *, span: Span,
    only: Mapping[str, str | None] | None = None, apart: bool = True,
) -> list[Told]:  # fmt: skip
    """Return several measures, told, with a counter that is open already; ``apart``: what is sealed as well."""
    asking = _Asking()
    before, sealed = year_before(span), apart and bool(acting.teams)
    taken: list[tuple[Measure, Mapping[str, str | None], dict[str, int]]] = []
    for measure in which:
        own = _possible(measure, only or {})
        places = {"months": asking.ask(Asked(measure, drawn(span), months=True, only=own))}
        if not _summed(measure, span):
            places["whole"] = asking.ask(Asked(measure, span, only=own))
            places["before"] = asking.ask(Asked(measure, before, only=own))
        if measure.beside in measures:
            other = measures[measure.beside]
            places["beside"] = asking.ask(Asked(other, span, only=_possible(other, own)))
        if sealed:
            places["apart"] = asking.ask(Asked(measure, span, only=own, apart=True))
        taken.append((measure, own, places))
    counted = counter.several(asking.asked)
    noted, others = list(changes(acting)), list(others_figures(acting))

    def found(places: dict[str, int], name: str) -> Figure:
        return counted[places[name]].get((), Figure()) if name in places else Figure()

    told = []
    for measure, own, places in taken:
        months = by_month(counted[places["months"]], drawn(span))
        here = _lettered([each for each in noted if not each.keys or measure.key in each.keys], drawn(span))
        chart = chart_of(measure, months, span, [each.day for each in here], today=local_day(acting.at))
        kept = found(places, "apart")
        told.append(
            Told(
                measure=measure, span=span, only=own, at=acting.at,
                figure=found(places, "whole") if "whole" in places else _sum(months, span),
                before=found(places, "before") if "before" in places else _sum(months, before),
                apart=kept if kept.rows else None, months=months, chart=chart, says=judgement(measure, chart),
                beside=(measures[measure.beside], found(places, "beside")) if "beside" in places else None,
                changes=here, others=_nearest(measure, others, span),
            )
        )  # fmt: skip
    return told


class _Asking:
    """What is asked in one statement, each with its place."""

    def __init__(self) -> None:
        self.asked: list[Asked] = []

    def ask(self, one: Asked) -> int:
        """Ask one more and return its place."""
        self.asked.append(one)
        return len(self.asked) - 1


def _summed(measure: Measure, span: Span) -> bool:
    """Return whether period and year before are sums of months that are drawn: so for all but medians."""
    whole = span.first.day == 1 and next_month(span.last) == span.last + timedelta(days=1)
    return whole and not isinstance(measure, Spread) and drawn(span).first <= year_before(span).first


def _sum(months: Mapping[date, Figure], span: Span) -> Figure:
    here = [figure for month, figure in months.items() if span.first <= month <= span.last]
    return Figure(
        rows=sum(each.rows for each in here), counted=sum(each.counted for each in here),
        open=sum(each.open for each in here), seen=sum(each.seen for each in here),
        seen_rows=sum(each.seen_rows for each in here),
    )  # fmt: skip


def _possible(measure: Measure, only: Mapping[str, str | None]) -> Mapping[str, str | None]:
    """Return those of the chosen groups by which a measure can be counted."""
    has = {each.key for each in measure.breakdowns}
    return {key: group for key, group in only.items() if key in has}


def chart_of(
    measure: Measure, months: Mapping[date, Figure], span: Span, days: Sequence[date], *, today: date
) -> Chart:
    """Return the months of a measure, judged.

    Args:
        measure: which.
        months: what was counted of each, in order.
        span: the period; its last month may not be whole.
        days: of recorded changes.
        today: the local day; a month that is not over is not settled.
    """
    points, begun = [], False
    for month, figure in months.items():
        begun = begun or figure.rows > 0
        days_of = drawn(span).within_month(month)
        value = figure.value(measure, days_of) if begun else None
        whole = next_month(month) <= today and days_of.last == next_month(month) - timedelta(days=1)
        points.append(Point(month, value, settled=whole and figure.open_share <= measure.settled))
    return judge(points, days, least=0.0, most=100.0 if isinstance(measure, Share) else None)


def _lettered(rows: Sequence[RecordedChange], span: Span) -> tuple[Noted, ...]:
    here = [row for row in rows if span.first <= row.day <= span.last]
    days = sorted({row.day for row in here})
    letters = {day: chr(65 + place % 26) for place, day in enumerate(days)}
    ordered = sorted(here, key=lambda row: (row.day, row.at))
    return tuple(Noted(letters[row.day], row.day, row.words, row.source, row.pk) for row in ordered)


def _nearest(measure: Measure, rows: Sequence[OthersFigure], span: Span) -> tuple[Comparison, ...]:
    """Return of each of the others the figure whose period ends nearest to ours."""
    entered = [
        Comparison(who=row.who, value=row.value, first=row.first, last=row.last, source=row.source)
        for row in rows
        if row.measure == measure.key
    ]
    found: dict[str, Comparison] = {}
    for each in sorted([*measure.compares, *entered], key=lambda one: abs((one.last - span.last).days)):
        found.setdefault(each.who, each)
    return tuple(found.values())


def behind(
    acting: Acting, measure: Measure, *, span: Span, only: Mapping[str, str | None] | None = None,
    which: str = "counted",
) -> QuerySet[Any]:  # fmt: skip
    """Return the rows behind a figure that this person may see, latest first.

    Args:
        acting: the reader.
        measure: which.
        span: the period.
        only: the group.
        which: `counted`, or `all` the rows that they were counted among.
    """
    rows = rows_within(acting, measure, span, only)
    if has_handling(rows.model):  # sealed rows are in no figure, not even for those who may see them
        rows = rows.filter(handling__lt=Handling.SEALED)
    if which == "counted":
        rows = counted_rows(acting, measure, rows)
    return rows.select_related(*measure.joins).order_by(f"-{measure.date}", "-pk")


def changes(acting: Acting, *, key: str = "") -> QuerySet[RecordedChange]:
    """Return the recorded changes that stand, of one measure or of all, by their day."""
    rows = RecordedChange.visible_to(acting).filter(withdrawn_at__isnull=True).order_by("day", "at")
    return rows.filter(Q(keys__len=0) | Q(keys__contains=[key])) if key else rows


def others_figures(acting: Acting, *, key: str = "") -> QuerySet[OthersFigure]:
    """Return the figures of others that stand, of one measure or of all, latest period first."""
    rows = OthersFigure.visible_to(acting).filter(withdrawn_at__isnull=True).order_by("-last", "who")
    return rows.filter(measure=key) if key else rows


def published(acting: Acting, *, key: str) -> QuerySet[Published]:
    """Return what was published of a measure, latest first."""
    return Published.visible_to(acting).filter(measure=key).select_related("by").order_by("-counted_at")
