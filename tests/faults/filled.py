"""A database in which every guarded table has rows of every handling, of one's own team and of another."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

import psycopg
from django.db.models import Model
from psycopg import sql
from psycopg.types.json import Jsonb

from watchward.foundation.audit.models import Log
from watchward.foundation.database import Embedded
from watchward.foundation.records import Guarded, guarded_tables

OURS, THEIRS = 1, 2
"""Numbers of the team of whoever asks, and of another one."""

ME, SOMEBODY = UUID(int=0xA), UUID(int=0xB)
GROUPS: tuple[tuple[int, int | None], ...] = (
    (0, OURS), (0, THEIRS), (0, None), (1, OURS), (1, THEIRS), (1, None), (2, OURS), (2, THEIRS), (2, None),
)  # fmt: skip
"""Handling and team of the rows that are put into each table; without a team a record is closed to all."""

COMMAND = """
select ww_begin_command(%s, null, 'test', %s, 'Somebody', null, now(), 'test', '', 'cli')
"""
SETTINGS = """
select set_config('watchward.actor', %s, true), set_config('watchward.teams', %s, true),
       set_config('watchward.supervises', '{}', true), set_config('watchward.opened', %s, true)
"""

_LOOSEN = """
select statement from (
    select 1, format('alter table %s drop constraint if exists %I cascade', conrelid::regclass, conname)
        from pg_constraint where connamespace = 'public'::regnamespace and contype in ('c', 'f', 'x', 'u')
    union all
    select 2, format('drop index %s', indexrelid::regclass) from pg_index join pg_class on pg_class.oid = indexrelid
        where relnamespace = 'public'::regnamespace and indisunique and not indisprimary
          and not exists (select from pg_constraint where conindid = indexrelid)
    union all
    select 3, format('alter table %s alter column team_id drop not null', attrelid::regclass)
        from pg_attribute join pg_class on pg_class.oid = attrelid
        where relnamespace = 'public'::regnamespace and relkind = 'r' and attname = 'team_id' and attnotnull
) as loosening (place, statement) order by place
"""

Socket = psycopg.Connection[tuple[Any, ...]]


@dataclass(frozen=True)
class Filled:
    """The database, and how to reach it."""

    cluster: Embedded
    name: str

    def conninfo(self, user: str) -> str:
        return self.cluster.conninfo(user=user, name=self.name)

    @contextmanager
    def app(self) -> Iterator[Socket]:
        """Open a connection as the app, over the server's own socket; what it wrote is rolled back."""
        connection = psycopg.connect(self.conninfo("ww_app"))
        try:
            yield connection
        finally:
            connection.close()

    @contextmanager
    def app_in_context(self, *, opened: Sequence[UUID] = ()) -> Iterator[Socket]:
        """Open one with somebody of our team told as who acts."""
        with self.app() as connection:
            tell(connection, opened=opened)
            yield connection

    def truth(self, query: str, *values: object) -> list[tuple[Any, ...]]:
        """Return what really is there, as the cluster's superuser sees it."""
        with psycopg.connect(self.conninfo("postgres")) as connection:
            return connection.execute(query, values).fetchall()


def tell(connection: Socket, *, opened: Sequence[UUID] = ()) -> None:
    """Say who acts, as the app does at the beginning of a request."""
    ids = "{" + ",".join(str(one) for one in opened) + "}"
    connection.execute(SETTINGS, [str(ME), f"{{{OURS}}}", ids])


def begin_command(connection: Socket, id_: UUID | None = None) -> UUID:
    """Open a command by the database's own function."""
    command = id_ or uuid4()
    connection.execute(COMMAND, [command, ME])
    return command


def tables() -> list[type[Guarded]]:
    """Return every guarded table."""
    return list(guarded_tables())


def logs() -> list[type[Model]]:
    """Return every table of the audit."""
    from django.apps import apps

    return [model for model in apps.get_models() if issubclass(model, Log)]


def columns(model: type[Model]) -> set[str]:
    """Return the names of a table's columns."""
    return {field.column for field in model._meta.concrete_fields}


def fill(filled: Filled) -> None:
    """Put rows into every guarded table, in a command and with its history, by somebody who is bound by nothing.

    The copy's checks, references and uniqueness are dropped: what row-level security shows does not hang on what a
    row says.
    """
    with psycopg.connect(filled.conninfo("postgres")) as connection:
        for (statement,) in connection.execute(_LOOSEN).fetchall():
            connection.execute(statement)
        tell(connection)
        begin_command(connection)
        for model in (*tables(), *logs()):
            _fill(connection, model)


def _fill(connection: Socket, model: type[Model]) -> None:
    table = model._meta.db_table
    found = connection.execute(
        "select column_name, udt_name, is_nullable = 'YES' or column_default is not null, character_maximum_length, "
        "is_identity = 'YES' or is_generated = 'ALWAYS' "
        "from information_schema.columns where table_schema = 'public' and table_name = %s",
        [table],
    ).fetchall()
    for n, (handling, team) in enumerate(GROUPS):
        row: dict[str, object] = {}
        for name, kind, may_be_absent, length, made in found:
            if name == "handling":
                row[name] = handling
            elif name == "team_id":
                row[name] = team
            elif name == "account_id":
                row[name] = ME if team == OURS else SOMEBODY
            elif not may_be_absent and not made:
                row[name] = _value(kind, f"{table}.{name}.{n}", n, length)
        statement = sql.SQL("insert into {} ({}) values ({})").format(
            sql.Identifier(table),
            sql.SQL(", ").join(map(sql.Identifier, row)),
            sql.SQL(", ").join(sql.Placeholder() * len(row)),
        )
        connection.execute(statement, list(row.values()))


def _value(kind: str, words: str, n: int, length: int | None) -> object:
    values: dict[str, object] = {
        "uuid": uuid4(),
        "int2": n,
        "int4": n,
        "int8": n,
        "float8": 1.0,
        "numeric": 1,
        "bool": False,
        "date": f"2019-07-{n + 1:02d}",
        "time": f"08:{n:02d}",
        "timestamptz": f"2019-07-01T08:{n:02d}Z",
        "interval": "1 hour",
        "jsonb": Jsonb({}),
        "bytea": b"x",
        "daterange": f"[2019-07-{n + 1:02d},2019-07-{n + 2:02d})",
        "tstzrange": f"[2019-07-{n + 1:02d},2019-07-{n + 2:02d})",
    }
    if kind in ("text", "varchar"):
        return words if length is None else words[-length:]
    if kind.startswith("_"):
        return []
    return values[kind]
