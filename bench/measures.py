"""Every measure over two years of a force's incidents, as the app counts it, beside the same statement unguarded."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import date
from functools import partial
from itertools import combinations
from statistics import median
from typing import Any

import psycopg

from bench.figures import Figure
from bench.ground import superuser
from watchward.foundation.database import Embedded

ONE, TWO = 0.3, 1.0
"""Seconds that one measure may take, whole and by two breakdowns."""
ROUNDS = 3

_INCIDENTS = """
insert into incidents_incident (id, reference, version, handling, made_at, kind, what, place_words, area_id, urban,
  rang_at, graded_at, at_scene_at, closed_at, grade, first_grade, clock_from, target_at, target_words, stage, harm,
  signs, qualifiers, closed_as, outcome, why_nobody_went)
select gen_random_uuid(), 'B-' || n, 1, 0, rang, (array['theft','concern','damage','violence'])[1 + n %% 4], 'x', '',
  (select id from organisation_area where key = 'area-' || (n %% 10)), n %% 3 > 0,
  rang, rang, rang + (3 + n %% 40) * interval '1 minute', rang + interval '3 hours', g, g, rang,
  rang + case g when 1 then interval '15 minutes' when 2 then interval '1 hour' else interval '48 hours' end, 'x',
  'closed', 'some', '{}',
  case when n %% 5 = 0 then array['vulnerable','domestic-abuse'] when n %% 7 = 0 then array['child'] else '{}' end,
  '', 'Dealt with', ''
from (select n, 1 + n %% 3 as g, timestamptz '2017-07-01' + n * (interval '729 days' / %(rows)s) as rang
      from generate_series(1, %(rows)s) n) made
"""


def measure(cluster: Embedded, database: str, *, rows: int) -> list[Figure]:
    """Return the figures of counting.

    Args:
        cluster: the bench's.
        database: with the tables of a force, and this process the app's on it.
        rows: incidents of two years.
    """
    _fill(cluster, database, rows)
    from watchward.foundation.measures.counting import Asked
    from watchward.foundation.measures.declared import measures
    from watchward.foundation.measures.queries import drawn, tell_all
    from watchward.foundation.measures.spans import Span

    year = Span(date(2018, 7, 1), date(2019, 6, 30))
    one = {each.key: Asked(each, year) for each in measures.values()}
    two = {
        f"{each.key} by {by[0].key} and {by[1].key}": Asked(each, year, by=by)
        for each in measures.values()
        for by in combinations(each.breakdowns, 2)
        if sum(dimension.overlaps for dimension in by) < 2
    }
    monthly = {each.key: Asked(each, drawn(year), months=True) for each in measures.values()}
    with superuser(cluster, database) as bare, _reader() as (_acting, counter):
        figures = [
            _figure(f"slowest of {len(one)} measures over {rows:,} incidents", counter, bare, one, ONE),
            _figure(f"slowest of {len(two)} pairs of breakdowns", counter, bare, two, TWO),
            _figure(f"slowest of {len(monthly)} by the month, over 24 months", counter, bare, monthly, None),
        ]
    tiles = [each for each in measures.values() if each.tile]
    with _reader() as (acting, _counter):
        board = _took(lambda: tell_all(acting, tiles, span=year))
    return [*figures, Figure(f"all {len(tiles)} tiles of the dashboard in one statement", f"{board * 1000:.0f} ms")]


def _figure(
    what: str, counter: Any, bare: psycopg.Connection[Any], asked: dict[str, Any], floor: float | None
) -> Figure:
    """Return the slowest of these as the app counts it, beside its statement where nothing guards it."""
    took = {name: _took(partial(counter.count, one)) for name, one in asked.items()}
    slowest = max(took, key=lambda name: took[name])
    sql, given = counter.rows_of(asked[slowest]).query.sql_with_params()
    unguarded = _took(lambda: bare.execute(sql, given).fetchall())
    return Figure(
        what, f"{took[slowest] * 1000:.0f} ms", f"the same as the superuser {unguarded * 1000:.0f} ms",
        f"{floor * 1000:.0f} ms" if floor else "", took[slowest] <= floor if floor else None,
        f"{slowest}; the middle one {median(took.values()) * 1000:.0f} ms",
    )  # fmt: skip


def _fill(cluster: Embedded, database: str, rows: int) -> None:
    with superuser(cluster, database) as connection:
        connection.execute("set session_replication_role = replica")  # no history of what is only counted
        if not _has(connection, "organisation_area"):
            connection.execute(
                "insert into organisation_area (id, key, name, since) "
                "select gen_random_uuid(), 'area-' || n, 'Area ' || n, '2016-04-01' from generate_series(0, 8) n"
            )
        connection.execute(_INCIDENTS, {"rows": rows})
        connection.execute("analyze incidents_incident")


def _has(connection: psycopg.Connection[Any], table: str) -> bool:
    found = connection.execute(f"select exists (select from {table})").fetchone()
    return bool(found and found[0])


class _reader:  # noqa: N801 - used as a word: with a reader
    """A person of the app's, with the scope lifted for counting as a page lifts it."""

    def __enter__(self) -> tuple[Any, Any]:
        from contextlib import ExitStack
        from datetime import UTC, datetime

        from watchward.foundation.access.context import within
        from watchward.foundation.acting import SYSTEM, Acting
        from watchward.foundation.measures.counting import counting

        self.stack = ExitStack()
        acting = self.stack.enter_context(within(Acting(SYSTEM, "a reader", datetime(2019, 7, 1, 7, tzinfo=UTC))))
        return acting, self.stack.enter_context(counting(acting))

    def __exit__(self, *_what: object) -> None:
        self.stack.close()


def _took(do: Callable[[], object]) -> float:
    times = []
    for _ in range(ROUNDS):
        begun = time.perf_counter()
        do()
        times.append(time.perf_counter() - begun)
    return median(times)
