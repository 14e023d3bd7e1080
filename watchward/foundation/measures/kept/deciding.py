"""What decides about the figures of a measure: the words of its statement, and how each table reaches its rows."""

from __future__ import annotations

import re
from collections import Counter as Tally
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import lru_cache
from hashlib import sha256
from typing import Any

from django.db.models import DateTimeField, QuerySet
from django.db.models.sql.datastructures import Join

from watchward.foundation.access.policy import has_handling
from watchward.foundation.acting import SYSTEM, Acting
from watchward.foundation.measures.counting import Counter
from watchward.foundation.measures.declared import Dimension, Measure, Spread, measures
from watchward.foundation.measures.figures import Asked
from watchward.foundation.measures.spans import Span
from watchward.foundation.records import Guarded, guarded_tables

_TABLE = re.compile(r'(?:FROM|JOIN) "(\w+)"')
_SOME_MONTH = Span(date(2019, 6, 1), date(2019, 6, 30))


@dataclass(frozen=True)
class Reach:
    """How a change in a table reaches the rows of a measure.

    Args:
        own: it is their own table.
        paths: from a row of the measure to the row that changed.
        columns: of the row that changed, which name a row of the measure.
        whole: nobody can say: it may reach any month.
    """

    own: bool = False
    paths: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()
    whole: bool = False


@dataclass(frozen=True)
class Decided:
    """What decides about the figures of a measure.

    Args:
        words: a digest of its statements: once it is declared otherwise, nothing that was kept holds.
        moment: whether the moment of asking decides about some rows; see `settled`.
        reaches: how each table that its statements read reaches its rows.
        model: the table of its rows.
        timed: whether a moment, and not a day, puts a row in a period.
    """

    words: str
    moment: bool
    reaches: Mapping[str, Reach]
    model: type[Guarded]
    timed: bool


def levels(measure: Measure) -> tuple[tuple[Dimension, ...], tuple[Dimension, ...]]:
    """Return the breakdowns of which a row has one each, and those of which it may have several."""
    if isinstance(measure, Spread):  # medians do not add up: its months are kept whole
        return (), ()
    several = tuple(each for each in measure.breakdowns if each.overlaps)
    return tuple(each for each in measure.breakdowns if not each.overlaps), several


def statements(measure: Measure) -> Iterator[tuple[Dimension, ...]]:
    """Yield by what a measure is counted to be kept: all others follow from these by adding up."""
    one, several = levels(measure)
    yield one
    for each in several:
        yield (*one, each)


def decided(measure: Measure) -> Decided | None:
    """Return what decides about a measure; None where its months cannot be kept."""
    return _decided(measure.key, id(measure)) if measures.get(measure.key) is measure else None


@lru_cache(maxsize=500)
def _decided(key: str, _which: int) -> Decided | None:
    measure = measures[key]
    now, later = (_compiled(measure, datetime(year, 1, 1, tzinfo=UTC)) for year in (2020, 2050))
    model = now[0].model
    dated = next((each for each in model._meta.concrete_fields if each.attname == measure.date == each.column), None)
    if dated is None or not _is_handled(model):
        return None
    words = "\n".join(f"{rows.query.sql_with_params()}" for rows in now)
    kept = {table._meta.db_table for table in guarded_tables() if table.history}
    reaches: dict[str, Reach] = {}
    for rows in now:
        for table in set(_TABLE.findall(rows.query.sql_with_params()[0])):
            if table not in kept:
                return None
            reaches[table] = _merged(reaches.get(table), _reach(measure, rows, table))
    moment = words != "\n".join(f"{rows.query.sql_with_params()}" for rows in later)
    return Decided(sha256(words.encode()).hexdigest(), moment, reaches, model, isinstance(dated, DateTimeField))


def _compiled(measure: Measure, at: datetime) -> list[QuerySet[Any]]:
    engine = Acting(SYSTEM, "", at, sees_all=True, engine=True)
    counter = Counter(engine, engine)
    return [
        counter.rows_of(Asked(measure, _SOME_MONTH, by=by, months=True, locks=not isinstance(measure, Spread)))
        for by in statements(measure)
    ]


def _is_handled(model: type[Guarded]) -> bool:
    """Return whether what a reader may open of its rows follows from handling and team, or is all of them."""
    return model.policy.name.startswith("handled") if has_handling(model) else model.policy.name == "everybody"


def _reach(measure: Measure, rows: QuerySet[Any], table: str) -> Reach:
    sql, _given = rows.query.sql_with_params()
    times = Tally(_TABLE.findall(sql))[table]
    used = [
        (alias, joined)
        for alias, joined in rows.query.alias_map.items()
        if joined.table_name == table and rows.query.alias_refcount.get(alias)
    ]
    paths = [path for alias, _joined in used if (path := _path(rows, alias))]
    columns = [measure.tied_by[table]] if table in measure.tied_by else []
    if table in measure.tied_to:
        paths.append(measure.tied_to[table])
    own = table == rows.model._meta.db_table
    explained = len(used) + (times - len(used) if columns or table in measure.tied_to else 0)
    return Reach(own=own, paths=tuple(sorted(set(paths))), columns=tuple(columns), whole=explained != times)


def _path(rows: QuerySet[Any], alias: str) -> str:
    joined = rows.query.alias_map[alias]
    if not isinstance(joined, Join):
        return ""
    field: Any = joined.join_field
    before = _path(rows, joined.parent_alias)
    return f"{before}__{field.name}" if before else str(field.name)


def _merged(one: Reach | None, other: Reach) -> Reach:
    if one is None:
        return other
    return Reach(
        own=one.own or other.own, paths=tuple(sorted({*one.paths, *other.paths})),
        columns=tuple(sorted({*one.columns, *other.columns})), whole=one.whole or other.whole,
    )  # fmt: skip
