"""Databases for tests: templates made once for each state of the sources, and copies that cost some 30 ms."""

from __future__ import annotations

import hashlib
import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterable
from pathlib import Path

import psycopg
from psycopg import sql

from watchward.foundation.database import Embedded

ROOT = Path(__file__).resolve().parents[1]
TEMPLATES_KEPT = 2
"""Templates of one label that stay: two branches may be worked on in turn."""

MAKING = 0x77_77_74_70_6C  # an advisory lock, for those who make templates at once


def fingerprint(files: Iterable[Path]) -> str:
    """Return a digest of the files' names and contents."""
    whole = hashlib.sha256()
    for file in sorted(set(files)):
        whole.update(f"{file.relative_to(ROOT)}\0{hashlib.sha256(file.read_bytes()).hexdigest()}\n".encode())
    return whole.hexdigest()[:12]


def sources_of_the_schema() -> list[Path]:
    """Return what decides how a migrated database looks: migrations, models, policies, guards, carried data, pins."""
    package = ROOT / "watchward"
    models = [*package.glob("*/*/models.py"), *package.glob("*/*/models/*.py")]
    policies = [*(package / "foundation").glob("*.py"), *package.glob("foundation/database/*.py")]
    policies += [*package.glob("foundation/access/*.py"), *package.glob("foundation/audit/**/*.*")]
    policies += [*package.glob("foundation/retention/*.py")]
    settings = [package / "config" / "settings.py", package / "config" / "up.py", ROOT / "requirements.txt"]
    carried = [package / "config" / "carried.py", *package.glob("domains/offences/**/*.py")]
    carried += [*(ROOT / "data" / "offences").glob("*.csv")]
    found = [*carried, *package.glob("**/migrations/*.py"), *package.glob("**/*.sql"), *models, *policies, *settings]
    return [file for file in found if "__pycache__" not in file.parts]


def watchward(*arguments: str, database: str, home: Path) -> None:
    """Run one of our commands on a database of the tests' cluster; raise with its words if it fails."""
    environment = {**os.environ, "WATCHWARD_HOME": str(home), "WATCHWARD_DATABASE_NAME": database}
    command = [sys.executable, "-m", "watchward.config.cli", *arguments]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise RuntimeError(f"`watchward {' '.join(arguments)}` ended with {done.returncode}\n{done.stderr}")


def migrated(cluster: Embedded) -> str:
    """Return the template database that `watchward migrate` has made."""
    return template(
        cluster,
        "migrated",
        fingerprint(sources_of_the_schema()),
        lambda name: watchward("migrate", database=name, home=cluster.home),
    )


def template(
    cluster: Embedded, label: str, state: str, fill: Callable[[str], None], *, begin_with: str | None = None
) -> str:
    """Return the name of a template database, made by `fill` if there is none of this label and state.

    `begin_with` is another template to copy before filling; without it `fill` makes the database itself.
    """
    name = f"template_{label}_{state}"
    with psycopg.connect(cluster.conninfo(), autocommit=True) as connection:
        connection.execute("SELECT pg_advisory_lock(%s)", [MAKING])
        found = connection.execute("SELECT FROM pg_database WHERE datname = %s AND datistemplate", [name]).fetchone()
        if found is None:
            _drop(connection, name)
            if begin_with is not None:
                cluster.clone(name, template=begin_with)
            fill(name)
            connection.execute(sql.SQL("ALTER DATABASE {} IS_TEMPLATE true").format(sql.Identifier(name)))
            old = connection.execute(
                "SELECT datname FROM pg_database WHERE datname LIKE %s ORDER BY oid DESC OFFSET %s",
                [f"template\\_{label}\\_%", TEMPLATES_KEPT],
            ).fetchall()
            for (other,) in old:
                connection.execute(sql.SQL("ALTER DATABASE {} IS_TEMPLATE false").format(sql.Identifier(other)))
                _drop(connection, other)
    return name


def copy_for(worker: str) -> str:
    """Return the name of this process's own database."""
    return f"test_{os.getpid()}_{worker}"


def drop(cluster: Embedded, name: str) -> None:
    """Drop a database, and end what uses it."""
    with psycopg.connect(cluster.conninfo(), autocommit=True) as connection:
        _drop(connection, name)


def drop_left_behind(cluster: Embedded) -> None:
    """Drop the databases of test processes that were killed."""
    with psycopg.connect(cluster.conninfo(), autocommit=True) as connection:
        names = connection.execute("SELECT datname FROM pg_database WHERE datname LIKE 'test\\_%'").fetchall()
        for (name,) in names:
            owner = re.match(r"test_(\d+)_", name)
            if owner and not _alive(int(owner[1])):
                _drop(connection, name)


def _drop(connection: psycopg.Connection[tuple[object, ...]], name: str) -> None:
    connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))


def _alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
