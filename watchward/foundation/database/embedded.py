"""A PostgreSQL of our own, made and driven with the programs that a Python wheel brings."""

from __future__ import annotations

import fcntl
import os
import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from typing import Any

from watchward.foundation.database import roles
from watchward.foundation.database.folders import (
    MAJOR,
    cluster_folder,
    own_folder,
    programs,
    reachable,
    server_user,
    socket_folder,
)
from watchward.foundation.database.home import DatabaseRefused

SUPERUSER = "postgres"
SOCKET = ".s.PGSQL.5432"
LARGEST_LOG = 20_000_000
"""Bytes of the server's log beyond which it is set aside at the next start."""

SETTINGS = {
    "listen_addresses": "''",
    "port": "5432",
    "unix_socket_permissions": "0700",
    "max_connections": "80",
    "shared_buffers": "'256MB'",
    "effective_cache_size": "'2GB'",
    "work_mem": "'16MB'",
    "maintenance_work_mem": "'128MB'",
    "max_wal_size": "'2GB'",
    "random_page_cost": "1.1",
    "jit": "off",
    "timezone": "'UTC'",
    "log_timezone": "'UTC'",
    "idle_in_transaction_session_timeout": "'5min'",
    # a statement or the detail of an error would carry people's names into the log
    "log_min_error_statement": "panic",
    "log_error_verbosity": "terse",
}
NOT_DURABLE = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "wal_level": "minimal",
    "max_wal_senders": "0",
}


class Embedded:
    """The cluster of one home. Every process of that home may drive it, at the same time.

    Making the object only works out paths; it neither reads the server nor starts it.
    """

    def __init__(self, home: Path, *, durable: bool = True) -> None:
        """`durable` counts when the cluster is made: without it a crash of the machine may lose the data (tests)."""
        self.home = home
        self.durable = durable
        self.folder = cluster_folder(home)
        self.data = self.folder / "data"
        self.socket = socket_folder(self.folder)
        self.log = self.folder / "postgres.log"

    def conninfo(self, *, user: str = SUPERUSER, name: str = "postgres") -> str:
        """Return what psycopg connects with, as the cluster's superuser unless another role is named."""
        from psycopg.conninfo import make_conninfo

        return make_conninfo(host=str(self.socket), port=5432, user=user, dbname=name)

    def ensure(self) -> None:
        """Make the cluster if there is none and start it if it does not run; return when it answers.

        Raises DatabaseRefused, with the last lines of the server's log, when it cannot be made or started.
        """
        if self.ready():
            return
        with self._alone():
            own_folder(self.folder, self._user)
            own_folder(self.socket, self._user)
            if not self.data.exists():
                self._make()
            self._check_version()
            self._configure()
            self._start()

    def ready(self) -> bool:
        """Say whether the server accepts connections."""
        return self._answers() == 0

    def stop(self, mode: str = "fast") -> None:
        """Stop the server: `fast` ends its sessions, `immediate` leaves recovery to the next start."""
        with self._alone():
            if self.pid() is None:
                return
            self._bury()
            if self.pid() is not None:
                self._run("pg_ctl", "-D", str(self.data), "-w", "-t", "60", "-m", mode, "stop")

    def stop_if_unused(self) -> bool:
        """Stop the server unless somebody is connected to it, and say whether it was stopped."""
        import psycopg

        with self._alone():
            try:
                with psycopg.connect(self.conninfo(), autocommit=True) as connection:
                    others = connection.execute(
                        "SELECT count(*) FROM pg_stat_activity "
                        "WHERE backend_type = 'client backend' AND pid <> pg_backend_pid()"
                    ).fetchone()
            except psycopg.OperationalError:
                return False
            if others != (0,):
                return False
            self._run("pg_ctl", "-D", str(self.data), "-w", "-t", "60", "-m", "fast", "stop")
            return True

    def pid(self) -> int | None:
        """Return the server's process id as it wrote it down, or None when it has not."""
        try:
            return int((self.data / "postmaster.pid").read_text().split()[0])
        except (FileNotFoundError, IndexError, ValueError):
            return None

    def provision(self, name: str) -> None:
        """Make the roles and a database with its grants, as far as they are not there yet."""
        with self._alone():
            roles.provision(self.conninfo(), name)

    def clone(self, name: str, *, template: str) -> None:
        """Make a database afresh as a copy of another to which nobody is connected; ends what used the old one."""
        import psycopg
        from psycopg import sql

        with psycopg.connect(self.conninfo(), autocommit=True) as connection:
            connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))
            connection.execute(
                sql.SQL("CREATE DATABASE {} TEMPLATE {} OWNER {}").format(
                    sql.Identifier(name), sql.Identifier(template), sql.Identifier(roles.OWNER)
                )
            )
            roles.grant_connecting(connection, name)

    @cached_property
    def _user(self) -> Any:
        return server_user()

    @cached_property
    def programs(self) -> Path:
        """The folder of PostgreSQL's programs (initdb, pg_dump, psql and so on)."""
        return programs(self._user)

    def _run(self, program: str, *arguments: str, timeout: float = 180) -> subprocess.CompletedProcess[bytes]:
        """Run one of PostgreSQL's programs as the server's user, its words kept in `tools.log`."""
        as_whom: dict[str, Any] = {}
        if os.geteuid() == 0:
            as_whom = {"user": self._user.pw_uid, "group": self._user.pw_gid, "extra_groups": []}
        with (self.folder / "tools.log").open("ab") as words:
            return subprocess.run(
                [str(self.programs / program), *arguments],
                stdin=subprocess.DEVNULL,
                stdout=words,
                stderr=words,
                cwd=self.folder,
                env={"PATH": os.defpath, "LC_ALL": "C", "TZ": "UTC"},  # PGHOST and the like must not leak in
                start_new_session=True,  # Ctrl-C is for the supervisor, not for the server
                timeout=timeout,
                check=False,
                **as_whom,
            )

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """Keep every other process of this home out while the cluster or its roles are changed."""
        self.home.mkdir(parents=True, exist_ok=True)
        if os.geteuid() == 0 and self.folder.parent == self.home and not reachable(self.folder, self._user):
            self.home.chmod(self.home.stat().st_mode | 0o011)  # the server's user passes through, and reads nothing
        with (self.home / "database.lock").open("a") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield

    def _make(self) -> None:
        fresh = self.folder / "data.fresh"
        shutil.rmtree(fresh, ignore_errors=True)  # left by an initdb that was cut short
        made = self._run(
            *("initdb", "-D", str(fresh), "-U", SUPERUSER, "--auth=trust", "--encoding=UTF8", "--data-checksums"),
            *("--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C"),
            *([] if self.durable else ["--no-sync"]),
        )
        if made.returncode != 0:
            raise DatabaseRefused(f"The database could not be made in {self.folder}.\n{self._last('tools.log')}")
        with (fresh / "postgresql.conf").open("a") as file:
            file.write("include 'watchward.conf'\n")
        if not self.durable:
            (fresh / "not-durable").touch()
        fresh.rename(self.data)

    def _check_version(self) -> None:
        made_by = (self.data / "PG_VERSION").read_text().strip()
        if made_by != MAJOR:
            raise DatabaseRefused(f"{self.data} was made by PostgreSQL {made_by}, and this is PostgreSQL {MAJOR}.")

    def _configure(self) -> None:
        """Write our settings at each start: a home may have moved, and an upgrade may bring new ones."""
        settings = {**SETTINGS, "unix_socket_directories": "'" + str(self.socket).replace("'", "''") + "'"}
        if (self.data / "not-durable").exists():
            settings |= NOT_DURABLE
        fresh = self.data / "watchward.conf.fresh"
        fresh.write_text("".join(f"{name} = {value}\n" for name, value in settings.items()))
        os.chown(fresh, self._user.pw_uid, self._user.pw_gid)
        fresh.chmod(0o600)
        fresh.rename(self.data / "watchward.conf")

    def _start(self) -> None:
        """Start the server, or wait for one that is starting; recovery after a crash may take minutes."""
        until = time.monotonic() + 300
        restarted = False
        while not self.ready():
            self._bury()
            if self.pid() is None:
                self._set_log_aside()
                # Children of a killed server take a moment to leave its shared memory: hence more than one attempt.
                started = self._run("pg_ctl", "-D", str(self.data), "-l", str(self.log), "-w", "-t", "120", "start")
                until = min(until, time.monotonic() + 15) if started.returncode else until
            elif self._answers() == 2 and not (self.socket / SOCKET).exists() and not restarted and self._settled():
                # It runs, but something has removed its socket: nobody can reach it any more.
                self._run("pg_ctl", "-D", str(self.data), "-w", "-t", "60", "-m", "fast", "stop")
                restarted = True
            if time.monotonic() > until:
                words = f"{self._last('tools.log')}\n{self._last(self.log.name)}"
                raise DatabaseRefused(f"The database in {self.folder} did not start.\n{words}")
            time.sleep(0.05)

    def _answers(self) -> int:
        """Return pg_isready's answer: 0 accepts, 1 is starting or stopping, 2 does not answer."""
        if not (self.socket / SOCKET).exists():
            return 2
        return subprocess.run(
            [str(self.programs / "pg_isready"), "-q", "-h", str(self.socket), "-p", "5432", "-U", SUPERUSER],
            stdin=subprocess.DEVNULL,
            env={"PATH": os.defpath, "LC_ALL": "C"},
            check=False,
        ).returncode

    def _settled(self) -> bool:
        """Say whether the server has been up long enough that its missing socket is no matter of starting."""
        try:
            return "ready" in (self.data / "postmaster.pid").read_text().splitlines()[-1]
        except (FileNotFoundError, IndexError):
            return False

    def _bury(self) -> None:
        """Forget a server that is dead although its process id is taken.

        A killed one stays a zombie where process 1 does not reap, and after a restart of the machine its id may be
        another program's; PostgreSQL would believe it alive both times. Its shared memory, which PostgreSQL finds by
        the data folder, still keeps a second server out while children of the first are there.
        """
        pid = self.pid()
        if pid is None or not Path("/proc/self/stat").exists():
            return
        try:
            name, _, rest = Path(f"/proc/{pid}/stat").read_text().partition("(")[2].rpartition(")")
            alive = name == "postgres" and rest.split()[0] not in "ZX"
        except (FileNotFoundError, ProcessLookupError):
            alive = False
        if not alive:
            (self.data / "postmaster.pid").unlink(missing_ok=True)
            for left in (SOCKET, f"{SOCKET}.lock"):
                (self.socket / left).unlink(missing_ok=True)

    def _set_log_aside(self) -> None:
        if self.log.exists() and self.log.stat().st_size > LARGEST_LOG:
            self.log.rename(self.log.with_suffix(".log.1"))

    def _last(self, log: str) -> str:
        try:
            return "\n".join((self.folder / log).read_text(errors="replace").splitlines()[-12:])
        except FileNotFoundError:
            return ""
