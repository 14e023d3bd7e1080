"""Sealing: how soon after it was done, what it costs whoever does it, and how long a million changes take to verify."""

from __future__ import annotations

import os
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from statistics import median
from typing import Any
from uuid import uuid4

from bench.figures import Figure, p95
from bench.ground import HOME, WATCHWARD, environment, run, superuser
from bench.one_row import in_turn
from watchward.foundation.database import Embedded, Where
from watchward.foundation.database.home import ROOT

A_SECOND = 50
"""Commands a second while the lag is measured."""

LAG_P99 = 2.0
VERIFIED_WITHIN = 10.0
"""Seconds for a million changes on two cores; scaled to as many as there are."""

AT_MOST = 0.002
"""Seconds that a command may take longer while its log is sealed."""


@contextmanager
def sealer(database: str) -> Iterator[None]:
    """Keep a sealer running, as `watchward up` does."""
    process = subprocess.Popen([*WATCHWARD, "audit", "seal"], cwd=ROOT, env=environment(database))
    try:
        yield
    finally:
        process.terminate()
        process.wait()


def measure(cluster: Embedded, database: str, *, seconds: float, changes: int) -> list[Figure]:
    """Return the figures of sealing and verifying.

    Args:
        cluster: the bench's.
        database: one of its own, made here: copies of tables that other parts lay have no place among records.
        seconds: for how long commands run while the lag is measured.
        changes: how many are verified.
    """
    from django.db import connections

    run("migrate", database=database)
    connection = connections["default"]
    connection.close()
    before, connection.settings_dict["NAME"] = connection.settings_dict["NAME"], database
    try:
        run("audit", "seal", "--once", database=database)
        return _figures(cluster, database, seconds, changes)
    finally:
        connection.close()
        connection.settings_dict["NAME"] = before


def _figures(cluster: Embedded, database: str, seconds: float, changes: int) -> list[Figure]:
    return [_lag(cluster, database, seconds), _cost(database), *_verified(cluster, database, changes)]


def _command() -> Any:
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

    def write() -> None:
        acting = machinery(now(), "measuring", channel="cli")
        with within(acting):
            record_one(acting)

    return write


def _lag(cluster: Embedded, database: str, seconds: float) -> Figure:
    """How long a command waits for its seal: from its own true time to the first moment at which the seal is there."""
    write = _command()
    seen: list[float] = []
    enough = threading.Event()

    def watch() -> None:
        """Look ten times a second for commands newly sealed, and note how old they are by then."""
        with superuser(cluster, database) as connection:
            last = 0
            while not enough.wait(0.05):
                rows = connection.execute(
                    "select a.seq, extract(epoch from clock_timestamp() - l.real_at) from audit_seal a "
                    "join audit_commandlog l on l.id = a.log where a.source = 1 and a.seq > %s",
                    [last],
                ).fetchall()
                last = max([last, *(int(str(row[0])) for row in rows)])
                seen.extend(float(str(row[1])) for row in rows)

    with sealer(database):
        time.sleep(3)
        with superuser(cluster, database) as connection:
            connection.execute("select 1")
        watcher = threading.Thread(target=watch)
        watcher.start()
        time.sleep(1)
        seen.clear()
        due, done = time.perf_counter(), 0
        until = due + seconds
        while due < until:
            write()
            done += 1
            due += 1 / A_SECOND
            time.sleep(max(0.0, due - time.perf_counter()))
        took = time.perf_counter() - (until - seconds)
        time.sleep(2.5)
        enough.set()
        watcher.join()
    p99 = sorted(seen)[max(0, round(0.99 * len(seen)) - 1)]
    return Figure(
        f"from a command to its seal, at {done / took:.0f} commands a second",
        f"p50 {median(seen):.2f} s, p99 {p99:.2f} s",
        "a seal each second",
        f"p99 {LAG_P99:g} s",
        p99 < LAG_P99 and done / took > A_SECOND * 0.9,
        f"{len(seen)} commands, seen sealed by a look each 50 ms",
    )


def _cost(database: str) -> Figure:
    """A command with a sealer running and without, in turn: the sealer is stopped and goes on by signals."""
    import signal

    write = _command()
    process = subprocess.Popen([*WATCHWARD, "audit", "seal"], cwd=ROOT, env=environment(database))
    try:
        time.sleep(3)
        spent: dict[str, list[float]] = {"without": [], "with": []}
        for _ in range(6):
            for name, sign in (("without", signal.SIGSTOP), ("with", signal.SIGCONT)):
                process.send_signal(sign)
                time.sleep(0.2)
                spent[name] += in_turn(50, one=write)["one"]
    finally:
        process.send_signal(signal.SIGCONT)
        process.terminate()
        process.wait()
    added = median(spent["with"]) - median(spent["without"])
    return Figure(
        "what sealing adds to a command",
        f"{added * 1000:+.2f} ms",
        f"without a sealer {median(spent['without']) * 1000:.2f} ms",
        "+2 ms",
        added <= AT_MOST,
        f"p95 {p95(spent['with']) * 1000:.2f} ms with, {p95(spent['without']) * 1000:.2f} ms without",
    )


def _verified(cluster: Embedded, database: str, changes: int) -> list[Figure]:
    """Seal and verify so many changes, of records nearly all of which stand."""
    from watchward.foundation.audit.keys import public_key
    from watchward.foundation.audit.queries import tables_with_history
    from watchward.foundation.audit.verifying import verify

    with superuser(cluster, database) as connection:
        ((there,),) = connection.execute("select count(*) from audit_change").fetchall()
        if int(str(there)) < changes:
            _fill(connection, changes - int(str(there)))
        connection.execute("vacuum analyze audit_change")
        connection.execute("vacuum analyze people_person")
    begun = time.perf_counter()
    run("audit", "seal", "--once", database=database)
    sealed = time.perf_counter() - begun
    with superuser(cluster, database) as connection:
        connection.execute("vacuum analyze audit_seal")
        connection.execute("checkpoint")
        ((count, entries),) = connection.execute(
            "select (select count(*) from audit_change), (select count(*) from audit_seal)"
        ).fetchall()
    count = int(str(count))
    taken, used = [], []
    for _ in range(2):
        before, begun = _cpu(cluster), time.perf_counter()
        found = verify(Where(HOME, database), keys=[public_key(HOME)], tables=tables_with_history())
        taken.append(time.perf_counter() - begun)
        used.append(_cpu(cluster) - before)
        assert found.faults == [], found.faults[:5]
        assert found.entries == int(str(entries))
    whole = min(taken)
    limit = VERIFIED_WITHIN * count / 1_000_000
    return [
        Figure(
            f"{count:,} changes and their records verified",
            f"{whole:.1f} s",
            f"{min(used):.1f} s of processor time over {os.cpu_count()} cores",
            f"{limit:.1f} s (10 s a million)",
            whole <= limit,
            f"{found.rows:,} records compared, {found.entries:,} entries chained; the second of two runs "
            f"{taken[1]:.1f} s after {taken[0]:.1f} s",
        ),
        Figure(f"so many entries sealed at once ({found.entries:,})", f"{sealed:.1f} s", says="the process included"),
    ]


def _fill(connection: Any, count: int) -> None:
    """Write people in one command, and change a fifth of them."""
    made = count * 5 // 6
    with connection.transaction():
        connection.execute(
            "select set_config('watchward.actor', '00000000-0000-7000-8000-000000000001', true), "
            "ww_begin_command(gen_random_uuid(), null, 'bench', '00000000-0000-7000-8000-000000000001', 'Bench', null, "
            "now(), 'measuring', '', 'cli')"
        )
        connection.execute(
            "insert into people_person (id, reference, version, handling, made_at, forenames, surname, sex, "
            "date_of_birth, birth_certainty, source) select uuidv7(), 'V-' || n, 1, 0, now(), 'Ann ' || n %% 997, "
            "'Example ' || n %% 7919, 'F', date '1940-01-01' + n %% 28000, 'stated', 'bench' "
            "from generate_series(1, %s) n",
            [made],
        )
        connection.execute(
            "update people_person set version = 2 where reference in (select 'V-' || n from generate_series(1, %s) n)",
            [count - made],
        )


def _cpu(cluster: Embedded) -> float:
    """Return the seconds of processor time of this process and of the server's, those that ended among them."""
    tick = os.sysconf("SC_CLK_TCK")
    own = os.times()
    total = own.user + own.system
    for pid in os.listdir("/proc"):
        if not pid.isdecimal():
            continue
        try:
            with open(f"/proc/{pid}/stat") as file:
                fields = file.read().rpartition(")")[2].split()
        except (FileNotFoundError, ProcessLookupError):
            continue
        if int(pid) == (cluster.pid() or 0):  # what its children used counts once they have ended
            total += sum(int(fields[at]) for at in (11, 12, 13, 14)) / tick
    return total
