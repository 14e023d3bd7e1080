"""Which months of which measures the changes since a moment reach."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import CharField, Func, QuerySet, Value
from django.db.models.expressions import RawSQL
from django.db.models.functions import TruncMonth

from watchward.foundation.measures.declared import Measure
from watchward.foundation.measures.kept.deciding import Decided, Reach
from watchward.foundation.statements import any_of
from watchward.kernel.periods import LONDON

FRESH = """(
    select c."table", c.record from audit_change c
    where c.transaction >= (
        select pg_snapshot_xmin(snapshot::pg_snapshot)::text::bigint from measures_keptuntil
    )
    and not pg_visible_in_snapshot(
        c.transaction::text::xid8, (select snapshot::pg_snapshot from measures_keptuntil)
    )
    and c."table" = any(%s) order by c.transaction limit %s
) fresh"""
"""The changes of some tables, up to a number, that were not there yet when kept months were last held against them.

Whichever was committed first. In the order of their transactions: so they are found by that index alone, and a log of
millions is not gone through where the database cannot tell how few of it are meant.
"""

EVERY = "every"
"""What stands for a month where nobody can say which."""

_MOVED = """
select distinct case when c."row" is null then 'every' else {month} end
from audit_change c where c."table" = %s and c.record = any(%s)
"""
_MOMENT = "to_char((c.\"row\" ->> %s)::timestamptz at time zone 'Europe/London', 'YYYY-MM-01')"
_DAY = "left(c.\"row\" ->> %s, 7) || '-01'"
_NAMED = """(select (c."row" ->> %s)::uuid from audit_change c where c."table" = %s and c.record = any(%s))"""

Records = Mapping[str, Sequence[UUID]]
"""Records that changed, by their table."""


@dataclass
class Reached:
    """What changes reach.

    Args:
        months: of each measure that they reach, the months.
        whole: keys of the measures of which they may reach any month.
    """

    months: dict[str, set[date]] = field(default_factory=lambda: defaultdict(set))
    whole: set[str] = field(default_factory=set)

    def holds(self, key: str, month: date) -> bool:
        """Return whether a month of a measure stands as it was."""
        return key not in self.whole and month not in self.months.get(key, ())


def reached(which: Iterable[tuple[Measure, Decided]], fresh: Records) -> Reached:
    """Return what these changes reach; at most one statement.

    Args:
        which: the measures, each with what decides about it.
        fresh: the records that changed, by table.
    """
    found = Reached()
    asking: dict[tuple[Any, ...], tuple[str, list[Any], set[str]]] = {}
    for measure, known in which:
        for table, reach in known.reaches.items():
            if not fresh.get(table):
                continue
            if reach.whole:
                found.whole.add(measure.key)
                continue
            for name, sql, given in _questions(measure.date, known, table, reach, fresh[table]):
                asking.setdefault(name, (sql, given, set()))[2].add(measure.key)
    for months, keys in zip(_answers(asking.values()), (each[2] for each in asking.values()), strict=True):
        for key in keys:
            if EVERY in months:
                found.whole.add(key)
            found.months[key] |= {date.fromisoformat(month) for month in months if month and month != EVERY}
    return found


def _answers(asked: Collection[tuple[str, list[Any], set[str]]]) -> list[list[str | None]]:
    if not asked:
        return []
    parts = [f"(select json_agg(m)::text from ({sql}) r (m))" for sql, _given, _keys in asked]  # noqa: S608
    with connection.cursor() as cursor:
        cursor.execute("select " + ", ".join(parts), [value for _sql, given, _keys in asked for value in given])
        told = cursor.fetchone()
    return [json.loads(said) if said else [] for said in told]


def _questions(
    dated: str, known: Decided, table: str, reach: Reach, records: Sequence[UUID]
) -> Iterable[tuple[tuple[Any, ...], str, list[Any]]]:
    """Yield the questions that find the months, each with a name under which it is asked once for all measures."""
    root = (known.model, dated, table)
    if reach.own:
        # Every month in which the row has ever stood: it may have left one, and may have come into another.
        sql = _MOVED.format(month=_MOMENT if known.timed else _DAY)
        yield (*root, "own"), sql, [dated, table, list(records)]
    rows = known.model._default_manager
    for path in reach.paths:
        yield (*root, "path", path), *_months_of(rows.filter(any_of(f"{path}__pk", records)), dated, known)
    for column in reach.columns:
        named = RawSQL(_NAMED, [column, table, list(records)])  # noqa: S611 - no value in its words
        yield (*root, "column", column), *_months_of(rows.filter(pk__in=named), dated, known)


def _months_of(rows: QuerySet[Any], dated: str, known: Decided) -> tuple[str, list[Any]]:
    month = Func(
        TruncMonth(dated, tzinfo=LONDON) if known.timed else TruncMonth(dated), Value("YYYY-MM-01"),
        function="to_char", output_field=CharField(),
    )  # fmt: skip
    sql, given = rows.order_by().annotate(month=month).values_list("month").distinct().query.sql_with_params()
    return sql, list(given)
