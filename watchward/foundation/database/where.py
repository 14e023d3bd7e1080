"""How a process reaches its database."""

from __future__ import annotations

import os
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from watchward.foundation.database import roles
from watchward.foundation.database.embedded import Embedded
from watchward.foundation.database.home import RESTORING, DatabaseRefused, kept_secret

DEFAULT_NAME = "watchward"
SERVERS_OWN = ("postgres", "template1")
"""Databases that a URL may name to sign in with, and that are never ours."""

NOBODY = "00000000-0000-0000-0000-000000000000"
OWNER_OPTIONS = f"-c role={roles.OWNER} -c watchward.command=migrate -c watchward.actor={NOBODY}"
"""The owner is bound by row-level security and the guard like everybody: migrations say that they are a command."""


@dataclass(frozen=True)
class Where:
    """The database of one home: the embedded cluster's, or, with a URL, any PostgreSQL from version 16."""

    home: Path
    name: str
    url: str = ""

    @classmethod
    def of_process(cls, home: Path) -> Where:
        """Read WATCHWARD_DATABASE_URL (its user administers) and WATCHWARD_DATABASE_NAME."""
        url = os.environ.get("WATCHWARD_DATABASE_URL", "")
        name = os.environ.get("WATCHWARD_DATABASE_NAME", "")
        if not name and url:
            named = _parts(url).get("dbname", "")
            name = "" if named in SERVERS_OWN else str(named)
        return cls(home, name or DEFAULT_NAME, url)

    def settings(self, role: str) -> dict[str, Any]:
        """Return Django's DATABASES["default"] for a process of this role: owner, app, worker, auditor or sealer.

        Only paths and the environment are read; the server need not run. By URL each role has a password: of
        WATCHWARD_DATABASE_PASSWORD_<ROLE>, or one kept in the home.

        Raises DatabaseRefused for another role.
        """
        if role not in roles.LOGINS:
            raise DatabaseRefused(f"WATCHWARD_ROLE is {role!r}; it must be one of {', '.join(roles.LOGINS)}.")
        lasting = role in ("app", "worker")
        parts = self._parts_of(role)
        known = {key: str(parts.pop(key, "")) for key in ("host", "port", "user", "password", "dbname")}
        return {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": known["dbname"],
            "HOST": known["host"],
            "PORT": known["port"],
            "USER": known["user"],
            "PASSWORD": known["password"],
            "CONN_MAX_AGE": 600 if lasting else 0,
            "CONN_HEALTH_CHECKS": lasting,
            "ATOMIC_REQUESTS": False,  # foundation's innermost middleware opens the one transaction of a request
            # Statements that are sent often are prepared; not by URL, where a pool of connections may stand between.
            "OPTIONS": parts if self.url else {**parts, "prepare_threshold": 3},
        }

    def conninfo(self, role: str) -> str:
        """Return what psycopg connects with in this role, as Django would."""
        from psycopg.conninfo import make_conninfo

        return make_conninfo(**self._parts_of(role))

    def administrator(self) -> str:
        """Return what psycopg connects with to make roles and databases."""
        from psycopg.conninfo import make_conninfo

        if not self.url:
            return Embedded(self.home).conninfo()
        parts = _parts(self.url)
        return make_conninfo(**{"dbname": "postgres", "connect_timeout": 10, **parts})

    def embedded(self) -> Embedded | None:
        """Return the home's own cluster, or None when a URL names the database."""
        return None if self.url else Embedded(self.home)

    def ready(self) -> bool:
        """Say whether the server accepts connections."""
        if not self.url:
            return Embedded(self.home).ready()
        from psycopg.pq import PGconn, Ping

        return PGconn.ping(self.administrator().encode()) == Ping.OK

    def ensure_ready(self, *, patience: float = 30, restoring: bool = False) -> None:
        """Start the server if it is ours, wait until it answers, and make the roles and the database.

        `patience` is in seconds, for a server that is not ours; `restoring` lets in who restores a backup, as
        WATCHWARD_RESTORING=1 lets in the processes that prove it.

        Raises DatabaseRefused when it does not answer or may not be provisioned, or a restore is not done.
        """
        restoring = restoring or os.environ.get("WATCHWARD_RESTORING", "") == "1"
        if (self.home / RESTORING).exists() and not restoring:
            raise DatabaseRefused(
                f"A backup is being restored into {self.home}, or that was cut short: `watchward restore` begins again."
            )
        embedded = self.embedded()
        if embedded is not None:
            embedded.ensure()
            embedded.provision(self.name)
            return
        until = time.monotonic() + patience
        while not self.ready():
            if time.monotonic() > until:
                parts = _parts(self.url)
                place = f"{parts.get('host', 'localhost')}:{parts.get('port', 5432)}"
                raise DatabaseRefused(f"The database server at {place} did not answer within {patience:g} seconds.")
            time.sleep(0.25)
        roles.provision(self._administrator_that_signs_in(), self.name, self._passwords())

    def _administrator_that_signs_in(self) -> str:
        """A URL may name a database that is still to be made: then the server's own serves to sign in."""
        import psycopg
        from psycopg.conninfo import make_conninfo

        administrator = self.administrator()
        try:
            psycopg.connect(administrator).close()
        except psycopg.OperationalError as failed:
            # An error of signing in carries no state, and its words are the server's language.
            first = str(failed).strip()
            try:
                administrator = make_conninfo(administrator, dbname="postgres")
                psycopg.connect(administrator).close()
            except psycopg.OperationalError:
                raise DatabaseRefused(f"The database's administrator cannot sign in: {first}") from failed
        return administrator

    def _passwords(self) -> dict[str, str]:
        return {login: self._password(role) for role, login in roles.LOGINS.items()}

    def _password(self, role: str) -> str:
        given = os.environ.get(f"WATCHWARD_DATABASE_PASSWORD_{role.upper()}", "")
        return given or kept_secret(self.home, f"database-{role}")

    def _parts_of(self, role: str) -> dict[str, Any]:
        parts: dict[str, Any]
        if self.url:
            parts = {"connect_timeout": 10, **_parts(self.url), "password": self._password(role)}
        else:
            parts = {"host": str(Embedded(self.home).socket), "port": 5432}
        parts |= {"user": roles.LOGINS[role], "dbname": self.name, "application_name": f"watchward {role}"}
        if role == "owner":
            parts["options"] = f"{parts.get('options', '')} {OWNER_OPTIONS}".strip()
        return parts


def _parts(url: str) -> dict[str, Any]:
    import psycopg
    from psycopg.conninfo import conninfo_to_dict

    try:
        return {key: value for key, value in conninfo_to_dict(url).items() if value is not None}
    except psycopg.ProgrammingError:  # its words repeat the URL, and with it the password
        raise DatabaseRefused(
            "WATCHWARD_DATABASE_URL cannot be read. It looks like postgresql://user:password@host:5432/name?sslmode=verify-full"
        ) from None
