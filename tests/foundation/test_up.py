"""`watchward up` as a person meets it: one command, an address, and Ctrl-C."""

from __future__ import annotations

import contextlib
import http.client
import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
import pytest

from watchward.config.static import BUILT
from watchward.foundation.database import Embedded
from watchward.foundation.database.home import ROOT
from watchward.foundation.supervisor import die_with

pytestmark = pytest.mark.skipif(not BUILT.is_dir(), reason="the pages' styles and scripts have not been built")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Up:
    """A running installation."""

    def __init__(self, home: Path) -> None:
        self.home, self.port, self.portal = home, free_port(), free_port()
        self.cluster = Embedded(home)
        self.said = home / "said"
        with self.said.open("w") as output:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "watchward.config.cli", "up"],
                cwd=ROOT,
                env={
                    **{key: value for key, value in os.environ.items() if key != "WATCHWARD_DATABASE_NAME"},
                    "WATCHWARD_HOME": str(home),
                    "WATCHWARD_PORT": str(self.port),
                    "WATCHWARD_PORTAL_PORT": str(self.portal),
                },
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,  # it can be ended with what it runs itself, such as the migrations
                preexec_fn=die_with(os.getpid()),  # a test run that is killed leaves nothing up
            )

    def end(self) -> None:
        """End it and all that it started, however far it came."""
        if self.process.returncode is None:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self.process.pid, signal.SIGKILL)  # what it keeps alive dies with it
        self.process.wait()

    def until(self, true: Callable[[], bool], *, within: float = 300) -> None:
        """Wait until something is true, or fail with all that was said."""
        limit = time.monotonic() + within
        while not true():
            assert self.process.poll() is None, self.said.read_text()
            assert time.monotonic() < limit, self.said.read_text()
            time.sleep(0.1)

    def answers(self) -> bool:
        """Say whether the web serves: it checks the database before it begins, and a file needs nothing else."""
        return self._answers(self.port, "/static/favicon.svg", "localhost")

    def portal_answers(self) -> bool:
        """Say whether people outside the force get their page, on its own host."""
        return self._answers(self.portal, "/", "portal.localhost")

    @staticmethod
    def _answers(port: int, path: str, host: str) -> bool:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
        try:
            connection.request("GET", path, headers={"Host": host})
            return connection.getresponse().status == 200
        except (OSError, http.client.HTTPException):
            return False
        finally:
            connection.close()

    def watched(self) -> bool:
        """Return whether both hosts say that they live and are ready to a watcher who knows no host's name."""
        return all(
            self._answers(port, path, "10.0.0.7") for port in (self.port, self.portal) for path in ("/health", "/ready")
        )

    def web(self) -> int | None:
        """Return the web's process, if there is one."""
        table = subprocess.run(["ps", "-eo", "pid=,ppid=,args="], capture_output=True, text=True, check=True).stdout
        found = re.search(rf"^\s*(\d+)\s+{self.process.pid} .*config[.]wsgi", table, re.MULTILINE)
        return int(found[1]) if found else None

    def running(self) -> set[int]:
        """Return the processes that it started, and theirs."""
        parents = {pid: parent for pid, parent, _state in processes()}
        found = {self.process.pid}
        while more := {pid for pid, parent in parents.items() if parent in found} - found:
            found |= more
        return found - {self.process.pid}


def processes() -> list[tuple[int, int, str]]:
    """Return every process of this machine: its number, its parent's, and its state."""
    table = subprocess.run(["ps", "-eo", "pid=,ppid=,stat="], capture_output=True, text=True, check=True).stdout
    return [(int(pid), int(parent), state) for pid, parent, state in (line.split() for line in table.splitlines())]


def name_of(pid: int) -> str:
    """Return the name of a process's program; empty where it has ended."""
    try:
        return Path(f"/proc/{pid}/comm").read_text().strip()
    except OSError:
        return ""


def alive(pids: set[int]) -> set[int]:
    """Return which of these processes have not ended; one that only awaits burial has."""
    return {pid for pid, _parent, state in processes() if pid in pids and not state.startswith("Z")}


@pytest.fixture
def begun(home: Path) -> Iterator[Up]:
    """An installation that has just been told to come up; whatever becomes of it, it does not outlive its test."""
    Embedded(home, durable=False).ensure()  # made here, so that the test need not wait for the disk
    Embedded(home).stop()
    running = Up(home)
    try:
        yield running
    finally:
        running.end()


@pytest.fixture
def up(begun: Up) -> Up:
    """An installation that has said its address."""
    begun.until(lambda: f"Watchward is at http://localhost:{begun.port}" in begun.said.read_text())
    return begun


def test_everything_comes_up_survives_and_goes_down_together(up: Up) -> None:
    """It answers, answers again after web and database were killed, and leaves nothing behind when stopped."""
    assert up.answers()
    assert "Launching a worker" in up.said.read_text()
    up.until(up.portal_answers)
    assert up.watched()

    refused = subprocess.run(
        [sys.executable, "-m", "watchward.config.cli", "up"],
        cwd=ROOT,
        env={**os.environ, "WATCHWARD_HOME": str(up.home), "WATCHWARD_PORT": str(free_port())},
        capture_output=True,
        text=True,
        check=False,
    )
    assert refused.returncode == 2
    assert "is already up" in refused.stderr

    database = up.cluster.pid()
    assert database is not None
    web = up.web()
    assert web is not None
    os.kill(database, signal.SIGKILL)
    os.kill(web, signal.SIGKILL)
    up.until(lambda: up.cluster.ready() and up.cluster.pid() != database)
    up.until(lambda: up.web() not in (None, web) and up.answers())
    up.until(lambda: len(up.running()) >= 6)  # web and portal with their three workers, and the background's
    back = asked(up, "SELECT now() FROM django_migrations LIMIT 1")
    assert back is not None
    up.until(lambda: asked(up, SIGNED_ON, back) is not None)
    stops_in_order(up)
    up.cluster.ensure()
    assert asked(up, SIGNED_ON, back) is None, "the worker was killed: one that is asked to stop signs off"


SIGNED_ON = "SELECT id FROM procrastinate_workers WHERE last_heartbeat > %s"
"""Workers that gave a sign of life after a moment and have not signed off."""


def asked(up: Up, question: str, *values: object) -> object:
    """Return the first value that the database answers, or None."""
    with psycopg.connect(up.cluster.conninfo(name="watchward")) as connection:
        row = connection.execute(question, values or None).fetchone()
    return row[0] if row else None


def stops_in_order(up: Up) -> None:
    """Ctrl-C: none is killed, none is left, and the database goes last and tidily; no time is measured."""
    children, heard = up.running(), len(up.said.read_text())
    up.process.send_signal(signal.SIGINT)
    assert up.process.wait(300) == 0, up.said.read_text()
    assert not alive(children)
    assert not up.cluster.ready()
    said = up.said.read_text()[heard:]
    assert "SIGKILL" not in said
    assert "starting it again" not in said
    assert "database system is shut down" in up.cluster.log.read_text().splitlines()[-1]


def test_one_that_is_given_up_while_it_comes_up_leaves_nothing(begun: Up) -> None:
    """What the tests' own way of ending it must hold: even before it says its address, all of it goes."""
    begun.until(lambda: begun.cluster.ready() and bool(begun.running()))
    children = {pid for pid in begun.running() if name_of(pid) != "postgres"}  # the database outlives its starter
    begun.end()
    limit = time.monotonic() + 60
    while left := alive(children):
        assert time.monotonic() < limit, left
        time.sleep(0.05)


def test_a_port_that_is_taken_is_named(home: Path) -> None:
    """Another program on the port is said before anything is started."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        done = subprocess.run(
            [sys.executable, "-m", "watchward.config.cli", "up"],
            cwd=ROOT,
            env={**os.environ, "WATCHWARD_HOME": str(home), "WATCHWARD_PORT": str(port)},
            capture_output=True,
            text=True,
            check=False,
        )
    assert done.returncode == 2
    assert f"Port {port} cannot be used" in done.stderr
    assert not (home / "postgres").exists()
