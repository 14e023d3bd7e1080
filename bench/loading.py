"""Loading people through the audited command: how fast, against a bare COPY, and where the time goes."""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from statistics import median
from typing import Any
from unittest.mock import patch

import polars as pl
import psycopg

from bench import copies
from bench.figures import Figure
from bench.ground import HOME, owner
from bench.population import Population
from watchward.foundation.database import Embedded, Where

AT_ONCE = 50_000
"""Rows of one command, as many as `watchward import` gives it."""

WRITTEN = ["record", "reference", "forenames", "surname", "sex", "date_of_birth"]


class Clockwork:
    """Seconds by what they were spent on."""

    def __init__(self) -> None:
        self.spent: defaultdict[str, float] = defaultdict(float)

    @contextmanager
    def on(self, what: str) -> Iterator[None]:
        """Count what happens inside as spent on this."""
        begun = time.perf_counter()
        try:
            yield
        finally:
            self.spent[what] += time.perf_counter() - begun

    def words(self, total: float) -> str:
        """Return the shares, largest first, with what was not named."""
        named = dict(self.spent)
        named["other Python"] = total - sum(named.values())
        parts = sorted(named.items(), key=lambda each: -each[1])
        return ", ".join(f"{what} {100 * seconds / total:.0f} %" for what, seconds in parts if seconds / total >= 0.005)


@contextmanager
def watched(clock: Clockwork, *, tokens: bool) -> Iterator[None]:
    """Time the parts of the loading; without tokens, leave out finding, staging and inserting them."""
    from django.db import connection

    from watchward.domains.people.commands import bulk
    from watchward.foundation.intake.bulk import stage

    tokens_of, as_recorded = bulk._tokens, bulk.as_recorded
    nothing = pl.DataFrame(schema={"record": pl.String, "key": pl.Int64})

    def timed_stage(name: str, frame: pl.DataFrame, **kwargs: Any) -> None:
        with clock.on("tokens: copy to staging" if "token" in name else "copy to staging"):
            stage(name, frame, **kwargs)

    def timed_tokens(people: pl.DataFrame, normals: list[str]) -> pl.DataFrame:
        with clock.on("tokens: Python"):
            return tokens_of(people, normals) if tokens else nothing

    def timed_as_recorded(rows: pl.DataFrame) -> pl.DataFrame:
        with clock.on("taking rows apart"):
            return as_recorded(rows)

    def timed_statement(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        with clock.on(_statement(sql)):
            return execute(sql, params, many, context)

    with ExitStack() as stack:
        stack.enter_context(patch.object(bulk, "stage", timed_stage))
        stack.enter_context(patch.object(bulk, "_tokens", timed_tokens))
        stack.enter_context(patch.object(bulk, "as_recorded", timed_as_recorded))
        stack.enter_context(connection.execute_wrapper(timed_statement))
        yield


def _statement(sql: str) -> str:
    said = sql.strip().lower()
    if said.startswith("insert into people_persontoken"):
        return "tokens: insert"
    if said.startswith("insert into people_"):
        return "insert of " + said.split()[2].removeprefix("people_") + " with its history"
    if "temp" in said and said.startswith(("create", "drop")):
        return "staging tables"
    return "command and duties"


def load(rows: pl.DataFrame, clock: Clockwork, *, tokens: bool) -> float:
    """Load rows by the command, so many at once, and return the seconds with every commit."""
    from watchward.domains.people.commands import bulk
    from watchward.foundation.access.context import within
    from watchward.foundation.access.queries import machinery
    from watchward.foundation.acting import now

    begun = time.perf_counter()
    for part in rows.iter_slices(AT_ONCE):
        acting = machinery(now(), "measuring the loading", channel="cli")
        with watched(clock, tokens=tokens):
            with within(acting):
                bulk.load_people(acting, rows=part, source="bench")
                closing = time.perf_counter()
            clock.spent["commit"] += time.perf_counter() - closing
    return time.perf_counter() - begun


def measure(cluster: Embedded, database: str, population: Population, *, rows: int) -> list[Figure]:
    """Return the figures of the loading."""
    plain = population.people(rows, everything=False)
    clock = Clockwork()
    seconds = load(plain, clock, tokens=False)
    copied = _bare_copy(cluster, database, plain)
    rate, bare = rows / seconds, rows / copied
    whole = [
        Figure(
            f"people loaded by the audited command, no tokens ({rows:,})",
            f"{rate:,.0f} rows/s",
            f"bare COPY {bare:,.0f} rows/s",
            "25,000 rows/s and 6x",
            rate >= 25_000 and bare / rate <= 6,
            f"{bare / rate:.1f} times the time of the COPY\n{clock.words(seconds)}",
        )
    ]
    for everything, what in ((False, "with tokens"), (True, "with tokens, homes and numbers")):
        part = population.people(rows // 2, everything=everything)
        clock = Clockwork()
        seconds = load(part, clock, tokens=True)
        whole.append(
            Figure(
                f"the same {what} ({part.height:,})",
                f"{part.height / seconds:,.0f} rows/s",
                says=clock.words(seconds),
            )
        )
    return [*whole, _layers(cluster, database, plain.head(min(rows, 100_000)))]


def _csv(rows: pl.DataFrame) -> bytes:
    return rows.select(
        pl.col("record"),
        pl.concat_str(pl.lit("B-190701-"), pl.int_range(pl.len()).cast(pl.String)).alias("reference"),
        pl.lit(1).alias("version"),
        pl.lit(0).alias("handling"),
        pl.lit("2019-07-01T07:45Z").alias("made_at"),
        "forenames", "surname", "sex", "date_of_birth",
        pl.lit("stated").alias("birth_certainty"),
        pl.lit("bench").alias("source"),
    ).write_csv(include_header=False, null_value="\\N", quote_style="non_numeric").encode()  # fmt: skip


COLUMNS = "id, reference, version, handling, made_at, forenames, surname, sex, date_of_birth, birth_certainty, source"


def _bare_copy(cluster: Embedded, database: str, rows: pl.DataFrame) -> float:
    """Return the median seconds of three bare COPYs with commit of the same rows, as the app, into the copy."""
    text, seconds = _csv(rows), []
    for _ in range(3):
        with owner(cluster, database) as connection:
            copies.empty(connection)
        with psycopg.connect(Where(HOME, database).conninfo("app")) as app:
            begun = time.perf_counter()
            statement = f"copy {copies.name_of('bare')} ({COLUMNS}) from stdin (format csv, null '\\N')"
            with app.cursor().copy(statement) as copy:
                copy.write(text)
            app.commit()
            seconds.append(time.perf_counter() - begun)
    return median(seconds)


def _layers(cluster: Embedded, database: str, rows: pl.DataFrame) -> Figure:
    """Return what each protection adds to one insert ... select of staged rows, medians of three rounds in turn."""
    text = _csv(rows)
    spent: dict[str, list[float]] = {layer: [] for layer in copies.LAYERS}
    for _ in range(3):
        with owner(cluster, database) as connection:
            copies.empty(connection)
        for layer in copies.LAYERS:
            with psycopg.connect(Where(HOME, database).conninfo("app")) as app:
                stage_and_begin(app, text)
                begun = time.perf_counter()
                app.execute(f"insert into {copies.name_of(layer)} ({COLUMNS}) select {COLUMNS} from pg_temp.staged")
                spent[layer].append(time.perf_counter() - begun)
                app.commit()
    times = {layer: median(seconds) for layer, seconds in spent.items()}
    said, before = [], 0.0
    for layer, seconds in times.items():
        said.append(f"{layer} {1e6 * (seconds - before) / rows.height:+.1f}")
        before = seconds
    return Figure(
        f"one insert ... select of {rows.height:,} staged people",
        f"{rows.height / times['history']:,.0f} rows/s",
        f"unguarded {rows.height / times['bare']:,.0f} rows/s",
        says=f"microseconds a row: {', '.join(said)}",
    )


def stage_and_begin(app: psycopg.Connection[Any], text: bytes) -> None:
    """Copy rows into a temporary table, tell who acts and open a command, all of it outside what is timed."""
    app.execute(
        f"create temporary table staged on commit drop as select {COLUMNS} from {copies.name_of('bare')} with no data"
    )
    with app.cursor().copy("copy pg_temp.staged from stdin (format csv, null '\\N')") as copy:
        copy.write(text)
    tell_and_begin(app)


def tell_and_begin(app: psycopg.Connection[Any]) -> str:
    """Tell who acts and open a command by the database's own functions; return its id."""
    app.execute(
        "select set_config('watchward.actor', '00000000-0000-7000-8000-000000000001', true), "
        "set_config('watchward.teams', '{1}', true), set_config('watchward.supervises', '{}', true), "
        "set_config('watchward.opened', '{}', true), set_config('watchward.engine', '', true)"
    )
    row = app.execute("select gen_random_uuid()::text").fetchone()
    assert row is not None
    app.execute(
        "select ww_begin_command(%s::uuid, null, 'bench', '00000000-0000-7000-8000-000000000001'::uuid, 'Bench', null, "
        "now(), 'measuring', '', 'cli')",
        [row[0]],
    )
    return str(row[0])
