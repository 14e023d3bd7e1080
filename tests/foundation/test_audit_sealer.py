"""The process that seals: it goes when it is told to, whatever holds it, and comes back with its database."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from tests.foundation.sealed import Sealed, busy, sergeant
from tests.settings import ROOT, TEST_HOME
from watchward.foundation.audit.sealer import go_on
from watchward.foundation.database import Embedded, Where

pytestmark = pytest.mark.django_db(transaction=True)

LONG = 60.0
"""Seconds after which what was waited for does not come any more."""


@pytest.fixture
def force(cluster: Embedded, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Sealed:
    """A force with nothing sealed yet, and its key and heads in folders of its own."""
    monkeypatch.setenv("WATCHWARD_HEADS", str(tmp_path / "heads"))
    monkeypatch.setenv("WATCHWARD_AUDIT_KEY", str(tmp_path / "secrets" / "key"))
    return Sealed(cluster, Where.of_process(TEST_HOME))


@pytest.fixture
def sealer(force: Sealed) -> Iterator[subprocess.Popen[bytes]]:
    """A sealer at work."""
    process = subprocess.Popen(
        [sys.executable, "-m", "watchward.config.cli", "audit", "seal"], cwd=ROOT, env={**os.environ}
    )
    try:
        until(force, "select exists (select from pg_stat_activity where usename = 'ww_sealer')")
        yield process
    finally:
        process.kill()
        process.wait()


def until(force: Sealed, query: str) -> None:
    """Wait until the database says yes."""
    end = time.monotonic() + LONG
    while force.truth(query) != [(True,)]:
        assert time.monotonic() < end, query
        time.sleep(0.02)


SEALED = "select not exists (select from audit_commandlog l where not exists (select from audit_seal where log = l.id))"


def test_it_goes_when_it_is_told_to(force: Sealed, sealer: subprocess.Popen[bytes]) -> None:
    """Between two seals it ends at once, and well."""
    busy(sergeant(), 1)
    until(force, SEALED)
    sealer.terminate()
    assert sealer.wait(LONG) == 0


def test_it_goes_while_something_holds_it(force: Sealed, sealer: subprocess.Popen[bytes]) -> None:
    """It waits for a lock that nobody gives back, is told to go, and goes all the same; the log is whole."""
    with psycopg.connect(force.cluster.conninfo(name=force.where.name)) as holds:
        holds.execute("lock table audit_seal in access exclusive mode")
        busy(sergeant(), 1)
        until(
            force,
            "select exists (select from pg_stat_activity where usename = 'ww_sealer' and wait_event_type = 'Lock')",
        )
        sealer.terminate()
        assert sealer.wait(LONG) == 0
    force.seal()
    assert force.verified().faults == []


def test_it_comes_back_with_its_database(force: Sealed) -> None:
    """Its connection is cut again and again: the same sealer says so, goes on, and seals what was done meanwhile."""
    enough, said = threading.Event(), list[str]()
    sealing = threading.Thread(target=go_on, args=[force.where, enough], kwargs={"say": said.append})
    sealing.start()
    try:
        acting = sergeant()
        for _ in range(3):
            until(force, "select exists (select from pg_stat_activity where usename = 'ww_sealer')")
            force.truth("select pg_terminate_backend(pid) from pg_stat_activity where usename = 'ww_sealer'")
            busy(acting, 1)
            until(force, SEALED)
        assert sealing.is_alive()
    finally:
        enough.set()
        sealing.join()
    assert force.verified().faults == []
    assert any("sealing goes on" in line for line in said)


def test_it_waits_for_a_database_that_is_not_there(tmp_path: Path) -> None:
    """It begins before the database does: it says so once, and goes when it is told to."""
    enough, said = threading.Event(), list[str]()
    sealing = threading.Thread(target=go_on, args=[Where(tmp_path, "nothing"), enough], kwargs={"say": said.append})
    sealing.start()
    end = time.monotonic() + LONG
    while not said and time.monotonic() < end:
        time.sleep(0.02)
    time.sleep(1.2)  # it has tried again meanwhile
    enough.set()
    sealing.join(LONG)
    assert not sealing.is_alive()
    assert said == ["The database did not answer (OperationalError); sealing waits for it."]
