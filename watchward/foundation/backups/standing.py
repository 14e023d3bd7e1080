"""What stands in a database: its rows, the shape of its tables with all that guards them, and its last sealed head."""

from __future__ import annotations

import hashlib
import os
import re
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from watchward.foundation.database import Embedded, Where
from watchward.foundation.database.home import DatabaseRefused
from watchward.foundation.database.roles import OWNER

Connection = psycopg.Connection[Any]

NOT_KEPT = ("django_session",)
"""Tables whose rows stay out of a backup: sign-ins end with a restore, and forms held in them for an hour."""

SHAPE = Path(__file__).with_name("shape.sql")


@contextmanager
def looking(where: Where, *, writes: bool = False) -> Iterator[Connection]:
    """Connect as one who sees every row of the force's tables: past row-level security, or as their owner.

    Args:
        where: the database.
        writes: whether each statement is kept by itself; otherwise all is one transaction that only reads.
    """
    with psycopg.connect(make_conninfo(where.administrator(), dbname=where.name), autocommit=writes) as connection:
        if not writes:
            connection.execute("set transaction isolation level repeatable read, read only")
        # It stands still while others read its snapshot, for as long as a whole force takes.
        connection.execute("set idle_in_transaction_session_timeout = 0")
        if not passes_by(connection):
            connection.execute(sql.SQL("set role {}").format(sql.Identifier(OWNER)))
        yield connection


def passes_by(connection: Connection) -> bool:
    """Return whether row-level security does not bind who is connected."""
    found = connection.execute("select rolsuper or rolbypassrls from pg_roles where rolname = session_user").fetchone()
    return bool(found and found[0])


def rows_of(connection: Connection) -> dict[str, int]:
    """Return how many rows each table has."""
    found = connection.execute(
        "select c.relname from pg_class c join pg_namespace n on n.oid = c.relnamespace "
        "where n.nspname = 'public' and c.relkind = 'r' order by 1"
    )
    names = [name for (name,) in found]
    if not names:
        return {}
    counts = sql.SQL(", ").join(
        sql.SQL("(select count(*) from public.{})").format(sql.Identifier(name)) for name in names
    )
    return dict(zip(names, connection.execute(sql.SQL("select {}").format(counts)).fetchall()[0], strict=True))


def shape_of(connection: Connection) -> dict[str, str]:
    """Return a digest of each table's and function's definition, rights, policies and triggers, by name."""
    said: dict[str, list[str]] = {}
    for query in SHAPE.read_text().rstrip().rstrip(";").split(";\n"):
        for name, words in connection.execute(query):
            said.setdefault(name, []).append(_plain(words or ""))
    return {
        name: hashlib.sha256("\n".join(sorted(words)).encode()).hexdigest()[:16] for name, words in sorted(said.items())
    }


def _plain(words: str) -> str:
    """Return a definition without the casts and brackets that PostgreSQL writes otherwise once it has read its own."""
    if "ARRAY[" not in words:
        return words
    return re.sub(r"::(character varying|text)(\[\])?|[()]", "", words)


def migrations_of(connection: Connection) -> tuple[str, ...]:
    """Return the migrations that have been applied, as `app.name`."""
    if connection.execute("select to_regclass('public.django_migrations')").fetchone() == (None,):
        return ()
    return tuple(
        f"{app}.{name}" for app, name in connection.execute("select app, name from django_migrations order by 1, 2")
    )


def head_of(connection: Connection) -> dict[str, Any] | None:
    """Return number, entries and roots of the audit's last head; None where nothing was sealed."""
    row = connection.execute(
        "select number, entries, at, root, chain from audit_head order by number desc limit 1"
    ).fetchone()
    return None if row is None else dict(zip(("number", "entries", "at", "root", "chain"), row, strict=True))


def program(where: Where, name: str) -> Path:
    """Return one of PostgreSQL's programs: of WATCHWARD_POSTGRES_BIN, or of those that come with Watchward.

    Raises:
        DatabaseRefused: it is not there.
    """
    given = os.environ.get("WATCHWARD_POSTGRES_BIN", "")
    path = (Path(given) if given else Embedded(where.home).programs) / name
    if not path.is_file():
        raise DatabaseRefused(f"There is no {path}; WATCHWARD_POSTGRES_BIN names the folder of PostgreSQL's programs.")
    return path


def started(where: Where, name: str, *arguments: str, **pipes: Any) -> subprocess.Popen[bytes]:
    """Start one of PostgreSQL's programs on the database as its administrator; no password stands in a command line."""
    parts = {**conninfo_to_dict(where.administrator()), "dbname": where.name}
    password = parts.pop("password", None)
    environment = {"PATH": os.defpath, "LC_ALL": "C", "TZ": "UTC", "HOME": os.environ.get("HOME", "/")}
    if password:
        environment["PGPASSWORD"] = str(password)
    target = make_conninfo("", **{key: value for key, value in parts.items() if value is not None})
    return subprocess.Popen([str(program(where, name)), "-w", "-d", target, *arguments], env=environment, **pipes)
