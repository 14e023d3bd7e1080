"""Counting: every figure is one statement over all rows, whoever asks; what they may open is counted beside it.

The reader's scope is lifted while it is counted, as for the ledgers. Sealed rows are in no figure: those of the
reader's own teams are counted apart, for them alone.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import (
    Aggregate,
    Case,
    Count,
    DateTimeField,
    DurationField,
    Exists,
    ExpressionWrapper,
    F,
    FloatField,
    Func,
    Q,
    QuerySet,
    TextField,
    Value,
    When,
)
from django.db.models.functions import Cast, Coalesce, TruncMonth
from django.db.models.sql.datastructures import Join

from watchward.foundation.access.context import as_engine
from watchward.foundation.access.policy import has_handling
from watchward.foundation.acting import Acting
from watchward.foundation.commands import current
from watchward.foundation.measures.declared import Condition, Dimension, Measure, Share, Spread, Unit
from watchward.foundation.measures.figures import Asked, Counted, Figure, Group
from watchward.foundation.measures.spans import Span
from watchward.foundation.records import Handling
from watchward.kernel.periods import LONDON, day_ends, day_starts

__all__ = [
    "SECONDS", "Asked", "Centiles", "Counted", "Counter", "Figure", "Group", "by_month", "counted_rows", "counting",
    "lasted", "met", "within",
]  # fmt: skip

ONE = Value(1)
"""What is counted of each row: nothing of it, so that no column is read for the count alone."""

NO_TEAM = -1
"""Stands for the team of a locked row that belongs to none, and is closed to all."""


class Centiles(Aggregate):
    """The median and the 90th centile, continuous as PostgreSQL counts them, from one sorting of the rows."""

    function = "percentile_cont"
    template = "%(function)s(array[0.5, 0.9]) within group (order by %(expressions)s)"
    output_field = ArrayField(FloatField())


class _Seconds(Func):
    """The seconds of a length of time, as a float: many times faster than as the decimal of `extract`."""

    template = "date_part('epoch', %(expressions)s)"
    output_field = FloatField()


def lasted(since: str, until: str, *, unit: Unit = Unit.MINUTES) -> Any:
    """Return how long it took from one moment of a row to another, in minutes, hours or days: what a spread is of.

    Args:
        since: name of the field with the first moment.
        until: name of the field with the second; a row where it is null has no quantity.
        unit: in which.
    """
    span = ExpressionWrapper(F(until) - F(since), output_field=DurationField())
    return ExpressionWrapper(_Seconds(span) / SECONDS[unit], output_field=FloatField())


SECONDS = {Unit.MINUTES: 60.0, Unit.HOURS: 3600.0, Unit.DAYS: 86400.0}


@contextmanager
def counting(acting: Acting) -> Iterator[Counter]:
    """Lift the reader's scope for counting, and give it back at the end.

    Args:
        acting: the reader: what they may open is counted beside each figure.
    """
    with as_engine(acting, command=_open_command()) as engine:
        yield Counter(acting, engine, kept=True)


def _open_command() -> str:
    """Return the id of the command that is open here, which goes on after counting; empty where none is."""
    try:
        return str(current().id)
    except RuntimeError:
        return ""


class Counter:
    """Counts for one reader.

    Args:
        reader: what they may open is counted beside each figure.
        engine: sees all.
        kept: take months that are over and stand as they were counted from what is kept of them.
    """

    def __init__(self, reader: Acting, engine: Acting, *, kept: bool = False) -> None:
        self.reader, self.engine = reader, engine
        self._kept = kept

    def count(self, asked: Asked) -> Counted:
        """Return one figure by its groups; the empty group where it is not parted. One statement."""
        return self.several([asked])[0]

    def whole(self, measure: Measure, span: Span, only: Mapping[str, str | None] | None = None) -> Figure:
        """Return the figure of a period."""
        return self.count(Asked(measure, span, only=only or {})).get((), Figure())

    def several(self, asked: Sequence[Asked]) -> list[Counted]:
        """Return several figures in their order: months that are kept, and all else in one statement."""
        if not self._kept:
            return self.count_now(asked)
        from watchward.foundation.measures.kept import from_kept  # what is kept is counted with what stands here

        return from_kept(self, asked)

    def count_now(self, asked: Sequence[Asked]) -> list[Counted]:
        """Return several figures in one statement over the rows themselves, in their order."""
        parts: list[str] = []
        values: list[Any] = []
        at: list[int] = []
        for place, each in enumerate(asked):
            try:
                sql, given = self.rows_of(each).query.sql_with_params()
            except EmptyResultSet:
                continue
            parts.append(f"(select json_agg(r)::text from ({sql}) r)")  # noqa: S608 - compiled by Django
            values.extend(given)
            at.append(place)
        found: list[Counted] = [{} for _ in asked]
        if parts:
            with connection.cursor() as cursor:
                cursor.execute("select " + ", ".join(parts), values)
                told = cursor.fetchone()
            for place, said in zip(at, told, strict=True):
                found[place] = _read(asked[place], json.loads(said) if said else [])
        return found

    def rows_of(self, asked: Asked) -> QuerySet[Any]:
        """Return the statement of one figure, for counting and for explaining it."""
        measure = asked.measure
        rows = within(self.engine, measure, asked.span, asked.only, asked.within).order_by()
        if has_handling(rows.model):
            sealed = Q(handling=Handling.SEALED, team_id__in=sorted(self.reader.teams))
            rows = rows.filter(sealed) if asked.apart else rows.filter(handling__lt=Handling.SEALED)
        groups: dict[str, Any] = {}
        if asked.months:
            moment = isinstance(_date_field(rows, measure), DateTimeField)
            groups["month"] = TruncMonth(measure.date, tzinfo=LONDON) if moment else TruncMonth(measure.date)
        for place, dimension in enumerate(asked.by):
            groups[f"g{place}"] = _key_of(dimension)
        if asked.locks:
            team = Coalesce(F("team_id"), Value(NO_TEAM)) if has_handling(rows.model) else Value(NO_TEAM)
            lock = Q(handling=Handling.LOCKED) if has_handling(rows.model) else Q(pk__isnull=True)
            groups["lock"] = Case(When(lock, then=Cast(team, TextField())), output_field=TextField())
        if not groups:
            groups["whole"] = Value(1)
        counts = self._counts(measure, rows.model)
        made: QuerySet[Any] = rows.values(**groups).annotate(**counts).values(*groups, *counts)
        _refuse_multiplied(measure, made)
        return made

    def _counts(self, measure: Measure, model: Any) -> dict[str, Any]:
        seen = model.policy.visible_to(self.reader)
        counts: dict[str, Any] = {"n": Count(ONE)}
        if isinstance(measure, Share):
            meets = met(measure.counted, self.engine)
            counts["k"] = Count(ONE, filter=meets)
            counts["seen"] = Count(ONE, filter=_both(meets, seen))
        elif isinstance(measure, Spread):
            counts["k"] = Count(measure.of)
            counts["centiles"] = Centiles(measure.of)
        if measure.open is not None:
            counts["open"] = Count(ONE, filter=met(measure.open, self.engine))
        counts["seen_rows"] = Count(ONE, filter=seen) if seen else Count(ONE)
        return counts


class _Each(Func):
    """Every value of an array, a row for each; a row with none has one without a value."""

    set_returning = True
    template = (
        "unnest(case when cardinality(%(expressions)s) = 0 then array[null]::text[] else %(expressions)s::text[] end)"
    )
    output_field = TextField()


def within(
    acting: Acting, measure: Measure, span: Span, only: Mapping[str, str | None] | None = None,
    parts: Sequence[Span] = (),
) -> QuerySet[Any]:  # fmt: skip
    """Return the rows of a period, of one group where it is named.

    Args:
        acting: who asks; the rows begin with what they may see.
        measure: of which.
        span: the period.
        only: the group by the breakdown's key; None stands for rows without one.
        parts: only these parts of the period, where there are any.

    Raises:
        LookupError: the measure is not counted by that.
    """
    rows = measure.rows(acting)
    moment = isinstance(_date_field(rows, measure), DateTimeField)
    dated = Q()
    for each in parts or (span,):
        ends = (day_starts(each.first), day_ends(each.last)) if moment else (each.first, each.last)
        dated |= Q((f"{measure.date}__gte", ends[0]), (f"{measure.date}__{'lt' if moment else 'lte'}", ends[1]))
    rows = rows.filter(dated)
    for key, group in (only or {}).items():
        rows = _only(rows, measure.dimension(key), group)
    return rows


def _only(rows: QuerySet[Any], dimension: Dimension, group: str | None) -> QuerySet[Any]:
    if dimension.overlaps:
        there: dict[str, Any] = {f"{dimension.of}__len": 0} if group is None else {f"{dimension.of}__contains": [group]}
        return rows.filter(**there)
    name = f"only_{dimension.key.replace('-', '_')}"
    rows = rows.alias(**{name: _key_of(dimension)})
    chosen: dict[str, Any] = {f"{name}__isnull": True} if group is None else {name: group}
    return rows.filter(**chosen)


def met(condition: Condition, acting: Acting) -> Q | Exists:
    """Return a condition, given who asks where it depends on the moment."""
    return condition(acting) if callable(condition) and not isinstance(condition, Q | Exists) else condition


def counted_rows(acting: Acting, measure: Measure, rows: QuerySet[Any]) -> QuerySet[Any]:
    """Return those of the rows that are counted: that meet the condition, or have a quantity."""
    if isinstance(measure, Share):
        return rows.filter(met(measure.counted, acting))
    if isinstance(measure, Spread):
        there: QuerySet[Any] = rows.alias(quantity=measure.of).filter(quantity__isnull=False)
        return there
    return rows


def _key_of(dimension: Dimension) -> Any:
    if dimension.overlaps:
        return _Each(F(dimension.of))
    return Cast(F(dimension.of) if isinstance(dimension.of, str) else dimension.of, TextField())


def _both(one: Q | Exists, other: Q) -> Q:
    return Q(one) & other if other else Q(one)


def _date_field(rows: QuerySet[Any], measure: Measure) -> Any:
    return rows.query.chain().resolve_ref(measure.date).output_field


def _refuse_multiplied(measure: Measure, rows: QuerySet[Any]) -> None:
    """Refuse a statement that would count one row several times: then a share could exceed its whole."""
    for alias, joined in rows.query.alias_map.items():
        if rows.query.alias_refcount.get(alias) and isinstance(joined, Join):
            field_: Any = joined.join_field
            if getattr(field_, "one_to_many", False) or getattr(field_, "many_to_many", False):
                raise ValueError(f"{measure.key} counts a row several times, by {alias}: ask with Exists instead")


def _read(asked: Asked, said: Iterable[dict[str, Any]]) -> Counted:
    found: dict[Group, Figure] = {}
    for row in said:
        group: Group = tuple(row[f"g{place}"] for place in range(len(asked.by)))
        if asked.locks:
            group = (*group, row["lock"])
        if asked.months:
            group = (row["month"][:10], *group)
        rows = row["n"]
        counted = row.get("k", rows)
        middle, ninetieth = row.get("centiles") or (None, None)
        found[group] = Figure(
            rows=rows, counted=counted, open=row.get("open", 0), seen=row.get("seen", row["seen_rows"]),
            seen_rows=row["seen_rows"], median=middle, ninetieth=ninetieth,
        )  # fmt: skip
    return found


def by_month(counted: Counted, span: Span) -> dict[date, Figure]:
    """Return a figure parted by months with every month of the period, those with no rows too."""
    return {month: counted.get((month.isoformat(),), Figure()) for month in span.months()}
