"""Every measure over two years of a force, as the app counts it, beside the same counted from all its rows."""

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

CALLS, CRIMES = 2.92, 0.336
"""Calls and crimes for each incident, as in a county of 1.1 million people."""

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

_CALLS = """
insert into contact_call (id, reference, version, handling, made_at, line, rang_at, answered_at, ended_at, abandoned,
  state, saved_at, number, caller, part, place_words, place_chosen, others, what, signs, draft, thrive, grade_reason,
  missing, incident_id)
select gen_random_uuid(), 'C-' || n, 1, case when n %% 500 = 0 then 1 else 0 end, rang,
  case when n %% 4 = 0 then '999' else '101' end, rang,
  case when n %% 17 > 0 then rang + n %% 14 * interval '1 second' end, rang + interval '4 minutes', n %% 17 = 0,
  'saved', rang, '', '', '', '', false, '', 'theft', '[]', '', '{}', '', '[]', i.id
from (select n, timestamptz '2017-07-01' + n * (interval '729 days' / %(calls)s) as rang
      from generate_series(1, %(calls)s) n) made
left join (select id, row_number() over () * 3 as at from incidents_incident) i on i.at = made.n
"""

_ANSWERS = """
insert into contact_identification (id, call_id, at, handling, which, answer, how, words)
select gen_random_uuid(), c.id, c.rang_at, c.handling, w.which, (array['yes','no'])[1 + (hashtext(c.reference) & 1)],
  'asked', ''
from contact_call c cross join unnest(%(which)s::text[]) as w (which)
where not c.abandoned and (hashtext(c.reference) & 3) > 0
"""

_CRIMES = """
insert into crimes_crime (id, reference, version, handling, made_at, decision_id, reported_at, recorded_at, recorded_on,
  recorded_by_id, limit_at, late_reason, offence, offence_words, offence_group, offence_subgroup, first_offence, flags,
  what, place_words, area_id, victimless, stage, outcome, outcome_on, cancelled_as, incident_id)
select gen_random_uuid(), 'R-' || n, 1, case when n %% 300 = 0 then 1 else 0 end, at, gen_random_uuid(), at,
  at + n %% 24 * interval '1 hour', (at + n %% 24 * interval '1 hour')::date, gen_random_uuid(),
  at + interval '24 hours', '', '105A', 'Assault',
  (array['Violence','Theft offences','Public order offences','Robbery'])[1 + n %% 4], '', '105A',
  case when n %% 6 = 0 then array['domestic abuse'] else '{}' end, 'x', '',
  (select array_agg(id order by key) from organisation_area where key like 'area-%%')[1 + n %% 9], false,
  case when n %% 5 = 4 then 'to allocate' else 'finished' end, (array['1','16','14','18',''])[1 + n %% 5],
  case when n %% 5 < 4 then (at + interval '20 days')::date end, '', gen_random_uuid()
from (select n, timestamptz '2017-07-01' + n * (interval '728 days' / %(crimes)s) as at
      from generate_series(1, %(crimes)s) n) made
"""

_OUTCOMES = """
insert into crimes_outcome (id, crime_id, at, by, by_name, handling, code, words, decided_on, state, said, given_at,
  agreed_words, ended_words)
select gen_random_uuid(), id, recorded_at, gen_random_uuid(), 'Bench', handling, outcome, 'x', recorded_on, 'given',
  '{}', recorded_at + interval '20 days', '', '' from crimes_crime where outcome <> ''
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
    keeping = _kept()
    one = {each.key: Asked(each, year) for each in measures.values()}
    two = {
        f"{each.key} by {by[0].key} and {by[1].key}": Asked(each, year, by=by)
        for each in measures.values()
        for by in combinations(each.breakdowns, 2)
        if sum(dimension.overlaps for dimension in by) < 2
    }
    monthly = {each.key: Asked(each, drawn(year), months=True) for each in measures.values()}
    said = f"{rows:,} incidents, {round(rows * CALLS):,} calls, {round(rows * CRIMES):,} crimes"
    with superuser(cluster, database) as bare, _reader() as (_acting, counter):
        figures = [
            _figure(f"slowest of {len(one)} measures over {said}", counter, bare, one, ONE),
            _figure(f"slowest of {len(two)} pairs of breakdowns", counter, bare, two, TWO),
            _figure(f"slowest of {len(monthly)} by the month, over 24 months", counter, bare, monthly, ONE),
        ]
    tiles = [each for each in measures.values() if each.tile]
    with _reader() as (acting, _counter):
        board = _took(lambda: tell_all(acting, tiles, span=year))
    return [
        *figures,
        Figure(f"all {len(tiles)} tiles of the dashboard", f"{board * 1000:.0f} ms", floor=f"{TWO * 1000:.0f} ms",
               holds=board <= TWO),
        Figure("every month that is over counted and kept, the first time", f"{keeping:.0f} s"),
    ]  # fmt: skip


def _kept() -> float:
    """Keep the months that are over, as the worker does; return the seconds that it took."""
    from datetime import UTC, datetime

    from watchward.foundation.access.context import within
    from watchward.foundation.access.queries import machinery
    from watchward.foundation.measures.commands import keep

    begun = time.perf_counter()
    with within(machinery(datetime(2019, 7, 1, 7, tzinfo=UTC), "measuring", channel="cli")) as acting:
        keep(acting)
    return time.perf_counter() - begun


def _figure(
    what: str, counter: Any, bare: psycopg.Connection[Any], asked: dict[str, Any], floor: float | None
) -> Figure:
    """Return the slowest of these as the app counts it, beside the same counted from all its rows with no guard."""
    took = {name: _took(partial(counter.count, one)) for name, one in asked.items()}
    slowest = max(took, key=lambda name: took[name])
    sql, given = counter.rows_of(asked[slowest]).query.sql_with_params()
    unguarded = _took(lambda: bare.execute(sql, given).fetchall())
    return Figure(
        what, f"{took[slowest] * 1000:.0f} ms", f"from all its rows, as the superuser {unguarded * 1000:.0f} ms",
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
        counts = {"rows": rows, "calls": round(rows * CALLS), "crimes": round(rows * CRIMES)}
        which = ["repeat-victim", "domestic-abuse", "mental-ill-health"]
        for statement in (_INCIDENTS, _CALLS, _ANSWERS, _CRIMES, _OUTCOMES):
            connection.execute(statement, {**counts, "which": which})
        connection.execute(
            "vacuum analyze incidents_incident, contact_call, contact_identification, crimes_crime, crimes_outcome"
        )


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
