"""A whole force that runs as `make run` starts it, on a copy of the loaded demonstration, in a home of its own."""

from __future__ import annotations

import contextlib
import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import psycopg

from tests import databases
from watchward.foundation.database import Embedded
from watchward.foundation.supervisor import die_with

WATCHWARD = (sys.executable, "-m", "watchward.config.cli")
PATIENCE = 300
"""Seconds that the force has to answer at all: a machine that does much else is slow."""


@dataclass(frozen=True)
class Force:
    """A running force.

    Args:
        url: where its pages are.
        environment: of every command that is run for its home.
        administrator: what psycopg connects with as whoever may do everything to its database.
    """

    url: str
    environment: dict[str, str]
    administrator: str

    def command(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Run one of our commands for its home, to its end."""
        return subprocess.run(
            [*WATCHWARD, *arguments], cwd=databases.ROOT, env=self.environment, capture_output=True, text=True,
            timeout=PATIENCE, check=False,
        )  # fmt: skip

    def tamper(self, statement: str, *values: Any) -> list[tuple[Any, ...]]:
        """Do something to the rows that no guard sees, as the administrator of a database can; the rows it returns."""
        with psycopg.connect(self.administrator) as connection:
            connection.execute("set session_replication_role = replica")
            return connection.execute(statement, values).fetchall()


@contextmanager
def running(cluster: Embedded, name: str, home: Path) -> Iterator[Force]:
    """Run `watchward up --demo` on one database of the tests' cluster, which it knows as a force's own PostgreSQL.

    Args:
        cluster: of the tests.
        name: of a database that nobody else uses.
        home: an empty folder; its clock, keys and heads are nobody else's.
    """
    port, portal = _free_port(), _free_port()
    where = urlencode({"host": str(cluster.socket), "port": 5432, "user": "postgres"})
    environment = {
        **{key: value for key, value in os.environ.items() if not key.startswith("WATCHWARD_")},
        "WATCHWARD_HOME": str(home),
        "WATCHWARD_PORT": str(port),
        "WATCHWARD_PORTAL_PORT": str(portal),
        "WATCHWARD_DATABASE_URL": f"postgresql:///{name}?{where}",
        "WATCHWARD_DEMO": "1",
    }
    said = home / "said"
    with said.open("w") as output:
        up = subprocess.Popen(
            [*WATCHWARD, "up", "--demo"], cwd=databases.ROOT, env=environment, stdout=output, stderr=subprocess.STDOUT,
            start_new_session=True, preexec_fn=die_with(os.getpid()),
        )  # fmt: skip
    try:
        until = time.monotonic() + PATIENCE
        while not _ready(port):
            assert up.poll() is None, said.read_text()
            assert time.monotonic() < until, said.read_text()
            time.sleep(0.1)
        yield Force(f"http://localhost:{port}", environment, cluster.conninfo(name=name))
    finally:
        up.send_signal(signal.SIGINT)
        with contextlib.suppress(subprocess.TimeoutExpired):
            up.wait(15)
        if up.poll() is None:
            os.killpg(up.pid, signal.SIGKILL)
            up.wait()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _ready(port: int) -> bool:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    try:
        connection.request("GET", "/ready")
        return connection.getresponse().status == 200
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()
