"""`watchward up` as a person meets it: one command, an address, and Ctrl-C."""

from __future__ import annotations

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

pytestmark = pytest.mark.skipif(not BUILT.is_dir(), reason="the pages' styles and scripts have not been built")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Up:
    """A running installation."""

    def __init__(self, home: Path) -> None:
        self.home, self.port = home, free_port()
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
                },
                stdout=output,
                stderr=subprocess.STDOUT,
            )

    def until(self, true: Callable[[], bool], *, within: float = 300) -> None:
        """Wait until something is true, or fail with all that was said."""
        limit = time.monotonic() + within
        while not true():
            assert self.process.poll() is None, self.said.read_text()
            assert time.monotonic() < limit, self.said.read_text()
            time.sleep(0.1)

    def answers(self) -> bool:
        """Say whether the web serves: it checks the database before it begins, and a file needs nothing else."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=5)
        try:
            connection.request("GET", "/static/favicon.svg", headers={"Host": "localhost"})
            return connection.getresponse().status == 200
        except (OSError, http.client.HTTPException):
            return False
        finally:
            connection.close()

    def web(self) -> int | None:
        """Return the web's process, if there is one."""
        table = subprocess.run(["ps", "-eo", "pid=,ppid=,args="], capture_output=True, text=True, check=True).stdout
        found = re.search(rf"^\s*(\d+)\s+{self.process.pid} .*gunicorn", table, re.MULTILINE)
        return int(found[1]) if found else None

    def running(self) -> set[int]:
        """Return the processes that the supervisor has, and theirs."""
        table = subprocess.run(["ps", "-eo", "pid=,ppid="], capture_output=True, text=True, check=True).stdout
        parents = {int(pid): int(parent) for pid, parent in (line.split() for line in table.splitlines())}
        found = {self.process.pid}
        while more := {pid for pid, parent in parents.items() if parent in found} - found:
            found |= more
        return found - {self.process.pid}


@pytest.fixture
def up(home: Path) -> Iterator[Up]:
    """An installation that has said its address."""
    Embedded(home, durable=False).ensure()  # made here, so that the test need not wait for the disk
    Embedded(home).stop()
    running = Up(home)
    running.until(lambda: f"Watchward is at http://localhost:{running.port}" in running.said.read_text())
    yield running
    if running.process.poll() is None:
        running.process.kill()
        running.process.wait()


def test_everything_comes_up_survives_and_goes_down_together(up: Up) -> None:
    """It answers, answers again after web and database were killed, and leaves nothing behind when stopped."""
    assert up.answers()
    assert "Launching a worker" in up.said.read_text()

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
    up.until(lambda: len(up.running()) >= 4)  # the web, its two workers, and the background's
    with psycopg.connect(up.cluster.conninfo(name="watchward")) as connection:
        assert connection.execute("SELECT count(*) > 0 FROM django_migrations").fetchone() == (True,)

    children = up.running()
    up.process.send_signal(signal.SIGINT)
    assert up.process.wait(60) == 0, up.said.read_text()
    table = subprocess.run(["ps", "-eo", "pid=,stat="], capture_output=True, text=True, check=True).stdout
    alive = {int(line.split()[0]) for line in table.splitlines() if "Z" not in line.split()[1]}
    assert not children & alive
    assert not up.cluster.ready()


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
