"""A running `watchward up` of a home of its own: what it consists of, whether it answers, and its end."""

from __future__ import annotations

import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from uuid import UUID

import psutil

from watchward.foundation.database import Embedded
from watchward.foundation.database.home import ROOT

WATCHWARD = [sys.executable, "-m", "watchward.config.cli"]


class Installation:
    """A home with a durable cluster, a few people, and everything that `watchward up` starts."""

    def __init__(self, home: Path, *, people: int = 8) -> None:
        self.home = home
        self.cluster = Embedded(home)
        self.said = home / "said"
        with socket.socket() as probe, socket.socket() as beside:
            probe.bind(("127.0.0.1", 0))
            beside.bind(("127.0.0.1", 0))
            self.port, self.portal = int(probe.getsockname()[1]), int(beside.getsockname()[1])
        self.environment = {
            **{name: value for name, value in os.environ.items() if not name.startswith("WATCHWARD_")},
            "WATCHWARD_HOME": str(home),
            "WATCHWARD_PORT": str(self.port),
            "WATCHWARD_PORTAL_PORT": str(self.portal),
            "WATCHWARD_DEMO": "1",
        }
        # A server that runs before `up` is left running by it: this way the test stops what the test started.
        self.cluster.ensure()
        self.run(*WATCHWARD, "migrate")
        as_app = {"WATCHWARD_ROLE": "app", "DJANGO_SETTINGS_MODULE": "watchward.config.settings"}
        self.as_app = {**self.environment, **as_app}
        made = self.run(sys.executable, "-m", "tests.faults.population", str(people), environment=self.as_app)
        self.accounts = [UUID(line) for line in made.split()]
        with self.said.open("w") as output:
            self.process = subprocess.Popen(
                [*WATCHWARD, "up"], cwd=ROOT, env=self.environment, stdout=output, stderr=subprocess.STDOUT
            )
        self.until(self.answers, within=60)

    def run(self, *command: str, environment: dict[str, str] | None = None, status: int = 0) -> str:
        """Run a process of this home; return what it said, or fail with it."""
        done = subprocess.run(
            command, cwd=ROOT, env=environment or self.environment, capture_output=True, text=True, check=False
        )
        assert done.returncode == status, f"{command} ended with {done.returncode}\n{done.stdout}\n{done.stderr}"
        return done.stdout

    def until(self, true: Callable[[], bool], *, within: float) -> float:
        """Wait until something is true; return the seconds that it took, or fail with all that was said."""
        begun = time.monotonic()
        while not true():
            assert self.process.poll() is None, self.said.read_text()
            assert time.monotonic() - begun < within, self.said.read_text()[-4000:]
            time.sleep(0.05)
        return time.monotonic() - begun

    def answers(self) -> bool:
        """Say whether a page comes that needs the database."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        try:
            connection.request("GET", "/sign-in", headers={"Host": "localhost"})
            return connection.getresponse().status == 200
        except (OSError, http.client.HTTPException):
            return False
        finally:
            connection.close()

    def gunicorn(self) -> psutil.Process | None:
        """Return the web's own process, which keeps its workers."""
        return next((p for p in self._children() if "config.wsgi" in _words(p)), None)

    def web_workers(self) -> list[psutil.Process]:
        """Return the processes that answer."""
        web = self.gunicorn()
        return _living_children(web) if web else []

    def background(self) -> psutil.Process | None:
        """Return the process that does background work."""
        return next((p for p in self._children() if _words(p).endswith(" worker")), None)

    def sealer(self) -> psutil.Process | None:
        """Return the process that seals the log."""
        return next((p for p in self._children() if _words(p).endswith(" audit seal")), None)

    def postmaster(self) -> psutil.Process | None:
        """Return the database server: the one of this home's folder, and no other."""
        pid = self.cluster.pid()
        try:
            found = psutil.Process(pid) if pid else None
            return found if found and str(self.cluster.data) in _words(found) else None
        except psutil.NoSuchProcess:
            return None

    def _children(self) -> list[psutil.Process]:
        return _living_children(psutil.Process(self.process.pid))

    def truth(self, query: str, *values: object) -> list[tuple[object, ...]]:
        """Return what is in the database, as its superuser sees it."""
        import psycopg

        with psycopg.connect(self.cluster.conninfo(name="watchward")) as connection:
            return connection.execute(query, values).fetchall()

    def stop(self) -> None:
        """Stop everything."""
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGINT)
            try:
                self.process.wait(30)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()
        if self.cluster.pid() is not None:
            self.cluster.stop()


def _words(process: psutil.Process) -> str:
    try:
        return " ".join(process.cmdline())
    except (psutil.NoSuchProcess, psutil.ZombieProcess):
        return ""


def _living_children(process: psutil.Process) -> list[psutil.Process]:
    """Return the children of a process that are alive; one that dies while it is looked at is not."""
    found = []
    with suppress(psutil.NoSuchProcess):
        for child in process.children():
            with suppress(psutil.NoSuchProcess):
                if child.status() != psutil.STATUS_ZOMBIE:
                    found.append(child)
    return found
