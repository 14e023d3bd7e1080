"""Starting everything: database, migrations, static files, then web, portal and worker under one supervisor."""

from __future__ import annotations

import asyncio
import fcntl
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from watchward.config.static import collect
from watchward.foundation.database import Where, home_directory
from watchward.foundation.supervisor import Process, Supervisor
from watchward.kernel.refusals import Refused

MIGRATING = 0x77_77_6D_69_67  # an advisory lock of this application, for those who migrate at once
WATCHWARD = [sys.executable, "-m", "watchward.config.cli"]
WEB_WORKERS, WEB_THREADS = 2, 4
PORTAL_WORKERS, PORTAL_THREADS = 1, 2
PORTAL_BESIDE = 100
"""How far from the web's port the portal's is, unless WATCHWARD_PORTAL_PORT says otherwise."""


def up(*, demo: bool) -> int:
    """Start the installation of this home and stay until it is told to stop.

    `demo` loads the fictional population if it is not there, and tells every process that this is a demonstration.

    Raises Refused when the home is in use, the port is taken, or the database or the files cannot be made ready.
    """
    home, port, listen = home_directory(), _port(), os.environ.get("WATCHWARD_LISTEN") or "127.0.0.1"
    portal = _portal_port(port)
    if os.environ.get("WATCHWARD_TLS", "") == "1" and not os.environ.get("WATCHWARD_HOSTS", ""):
        raise Refused("Behind TLS, WATCHWARD_HOSTS names the host by which people reach this force.")
    with _the_only_one(home):
        _refuse_taken_port(listen, port, "WATCHWARD_PORT")
        if portal:
            _refuse_taken_port(listen, portal, "WATCHWARD_PORTAL_PORT")
        if demo:
            os.environ["WATCHWARD_DEMO"] = "1"
        where = Where.of_process(home)
        found_running = where.ready()
        where.ensure_ready()
        try:
            _run_or_refuse("migrate")
            collect(home)
            if demo and (Path(__file__).resolve().parents[1] / "demo" / "cli.py").exists():
                _run_or_refuse("demo", "load", "--unless-loaded")
            supervisor = Supervisor(processes(listen, port, portal), where)
            supervisor.announce(
                f"Watchward is at http://localhost:{port} - Ctrl-C stops it", when_answers=(listen, port)
            )
            asyncio.run(supervisor.run())
        finally:
            embedded = where.embedded()
            if embedded is not None and not found_running:
                embedded.stop_if_unused()
    return 0


def processes(listen: str, port: int, portal: int) -> list[Process]:
    """Return what runs beside the database: the web and the portal, which answer at addresses, the worker, the sealer.

    `portal` is 0 where the force has none.
    """
    django = {"DJANGO_SETTINGS_MODULE": "watchward.config.settings"}
    web = _gunicorn("watchward.config.wsgi", f"{listen}:{port}", WEB_WORKERS, WEB_THREADS)
    outside = _gunicorn("watchward.config.portal_wsgi", f"{listen}:{portal}", PORTAL_WORKERS, PORTAL_THREADS)
    theirs = {"DJANGO_SETTINGS_MODULE": "watchward.config.portal", "WATCHWARD_ROLE": "portal"}
    return [
        Process("web", web, {**django, "WATCHWARD_ROLE": "app"}),
        Process("worker", [*WATCHWARD, "worker"], {**django, "WATCHWARD_ROLE": "worker"}),
        Process("sealer", [*WATCHWARD, "audit", "seal"]),
        *([Process("portal", outside, theirs)] if portal else []),
    ]


def _gunicorn(application: str, address: str, workers: int, threads: int) -> list[str]:
    return [
        *(sys.executable, "-m", "gunicorn", application, "--bind", address),
        *("--workers", str(workers), "--threads", str(threads), "--graceful-timeout", "3"),
        *("--no-control-socket", "--log-level", "warning", "--max-requests", "20000", "--max-requests-jitter", "2000"),
    ]


def migrate() -> int:
    """Bring tables, policies, guards, grants and the lists that are carried up to date, as the owner; one at a time.

    WATCHWARD_ROLE must be `owner` before the settings are first imported.
    """
    where = Where.of_process(home_directory())
    embedded, found_running = where.embedded(), where.ready()
    where.ensure_ready()
    try:
        with _alone_in(where):
            import django

            django.setup()
            from django.core.management import call_command
            from django.db import connections

            from watchward.config.carried import load_carried
            from watchward.foundation.access.sync import sync
            from watchward.foundation.database import refuse_privileged_role

            try:
                refuse_privileged_role(connections["default"], "owner")
                call_command("migrate", interactive=False, verbosity=0)
                sync()
                load_carried()
            finally:
                connections.close_all()
    finally:
        if embedded is not None and not found_running:
            embedded.stop_if_unused()
    return 0


@contextmanager
def _alone_in(where: Where) -> Iterator[None]:
    """Keep other migrations out; asked again and again, because a session that waits holds back vacuum and indexes."""
    import psycopg

    with psycopg.connect(where.conninfo("owner"), autocommit=True) as connection:
        while connection.execute("SELECT pg_try_advisory_lock(%s)", [MIGRATING]).fetchone() != (True,):
            time.sleep(0.1)
        yield


@contextmanager
def _the_only_one(home: Path) -> Iterator[None]:
    home.mkdir(parents=True, exist_ok=True)
    with (home / "up.lock").open("a") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise Refused(f"Watchward is already up in {home}; another one needs another WATCHWARD_HOME.") from None
        yield


def _port(name: str = "WATCHWARD_PORT", otherwise: int = 8000) -> int:
    return int(os.environ.get(name) or otherwise)  # every setting was checked before any command


def _portal_port(port: int) -> int:
    """Return the portal's port; 0 behind TLS where nobody has named its hosts: the force has no portal."""
    if os.environ.get("WATCHWARD_TLS", "") == "1" and not os.environ.get("WATCHWARD_PORTAL_HOSTS", ""):
        return 0
    beside = port + PORTAL_BESIDE if port + PORTAL_BESIDE < 65536 else port - PORTAL_BESIDE
    return _port("WATCHWARD_PORTAL_PORT", beside)


def _refuse_taken_port(listen: str, port: int, chosen_by: str) -> None:
    family = socket.AF_INET6 if ":" in listen else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((listen, port))
        except OSError as failed:
            raise Refused(f"Port {port} cannot be used ({failed.strerror}); {chosen_by} chooses another.") from None


def _run_or_refuse(*command: str) -> None:
    """Run one of our own commands, whose words go straight to the person."""
    if subprocess.run([*WATCHWARD, *command], check=False).returncode != 0:
        raise Refused(f"`watchward {' '.join(command)}` did not succeed, so nothing was started.")
