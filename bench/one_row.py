"""What the protections add to writing one row, and what a trace adds to reading one: each beside its peer, in turn."""

from __future__ import annotations

import time
from collections.abc import Callable
from statistics import median
from typing import Any
from uuid import UUID, uuid4

import psycopg

from bench import copies
from bench.figures import Figure
from bench.ground import HOME
from watchward.foundation.database import Where

AT_MOST = 0.002
"""Seconds that writing or reading one row may take longer."""

COLUMNS = (
    "(id, reference, version, handling, made_at, forenames, surname, sex, date_of_birth, birth_certainty, source) "
    "values (%s, %s, 1, 0, now(), 'Ann', 'Example', 'F', '1980-01-01', 'stated', 'bench')"
)


def in_turn(rounds: int, **ways: Callable[[], object]) -> dict[str, list[float]]:
    """Run each way once a round, in turn, so that whatever disturbs the machine disturbs them alike."""
    spent: dict[str, list[float]] = {name: [] for name in ways}
    for n in range(rounds + 10):
        for name, do in ways.items():
            begun = time.perf_counter()
            do()
            if n >= 10:  # the first rounds fill caches and prepare statements
                spent[name].append(time.perf_counter() - begun)
    return spent


def measure(database: str, *, rounds: int, person: UUID) -> list[Figure]:
    """Return the figures of one row written and one record read."""
    return [_in_the_database(database, rounds), _by_command(rounds), _trace(rounds, person)]


def _added(what: str, peer: str, whole: list[float], bare: list[float], says: str) -> Figure:
    added = median(whole) - median(bare)
    return Figure(
        what,
        f"+{added * 1000:.2f} ms",
        f"{peer} {median(bare) * 1000:.2f} ms",
        "+2 ms",
        added <= AT_MOST,
        f"{median(whole) * 1000:.2f} ms in all; {says}",
    )


def _in_the_database(database: str, rounds: int) -> Figure:
    """Guard, command log, history and row security of one row, in the statements that the app sends."""
    conninfo = Where(HOME, database).conninfo("app")
    actor = UUID("00000000-0000-7000-8000-000000000001")
    with psycopg.connect(conninfo) as guarded, psycopg.connect(conninfo) as bare:

        def write_bare() -> None:
            bare.execute(f"insert into {copies.name_of('bare')} {COLUMNS}", [uuid4(), uuid4().hex[:24]])
            bare.commit()

        def write_guarded() -> None:
            command = uuid4()
            guarded.execute(_TELL, [str(actor)])
            guarded.execute(_BEGIN, [command, actor])
            guarded.execute(f"insert into people_person {COLUMNS}", [uuid4(), uuid4().hex[:24]])
            guarded.execute("select ww_end_command(%s, '')", [command])
            guarded.commit()

        spent = in_turn(rounds, bare=write_bare, guarded=write_guarded)
    return _added(
        "guard, command log, history and row security of one row",
        "bare insert and commit",
        spent["guarded"],
        spent["bare"],
        "three statements more, over the socket",
    )


_TELL = """
select set_config('watchward.actor', %s, true), set_config('watchward.teams', '{1}', true),
       set_config('watchward.supervises', '{}', true), set_config('watchward.opened', '{}', true),
       set_config('watchward.audits', '', true), set_config('watchward.command', '', true),
       set_config('watchward.engine', '', true)
"""
_BEGIN = "select ww_begin_command(%s, null, 'bench', %s, 'Bench', null, now(), 'measuring', '', 'cli')"


def _by_command(rounds: int) -> Figure:
    """The same through the door that everybody uses: @command, with duties and chronicle settled at its end."""
    from django.db import connection, transaction

    from watchward.domains.people.models import Person
    from watchward.foundation.access.context import within
    from watchward.foundation.access.queries import machinery
    from watchward.foundation.acting import Acting, now
    from watchward.foundation.commands import command

    fields: dict[str, Any] = {"forenames": "Ann", "surname": "Example", "sex": "F", "source": "bench"}

    @command(needs=None)
    def record_one(acting: Acting) -> Person:
        """Record one person and nothing else."""
        return Person.objects.create(reference=uuid4().hex[:24], made_at=acting.at, **fields)

    def write_guarded() -> None:
        acting = machinery(now(), "measuring", channel="cli")
        with within(acting):
            record_one(acting)

    def write_bare() -> None:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"insert into {copies.name_of('bare')} {COLUMNS}", [uuid4(), uuid4().hex[:24]])

    spent = in_turn(rounds, bare=write_bare, guarded=write_guarded)
    return _added(
        "the same by @command, with duties and chronicle settled",
        "bare insert and commit",
        spent["guarded"],
        spent["bare"],
        "Django's model, savepoints and the engines included",
    )


def _trace(rounds: int, person: UUID) -> Figure:
    """What opening a record costs more for the trace that it leaves."""
    from watchward.domains.people import queries
    from watchward.foundation import reading
    from watchward.foundation.access.context import within
    from watchward.foundation.access.queries import machinery
    from watchward.foundation.acting import now

    def look() -> None:
        acting = machinery(now(), "measuring", channel="cli")
        with within(acting):
            queries.person(acting, id_=person)

    def look_and_leave_a_trace() -> None:
        acting = machinery(now(), "measuring", channel="cli")
        with within(acting):
            reading.opened(acting, queries.person(acting, id_=person))

    spent = in_turn(rounds, bare=look, traced=look_and_leave_a_trace)
    return _added(
        "the trace of one record opened",
        "the same read without",
        spent["traced"],
        spent["bare"],
        "a write, so that the commit waits for the disk",
    )
