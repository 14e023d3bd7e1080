"""Sending one statement with its values apart from its words, so that the database can prepare it."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any
from uuid import UUID

from django.db import DEFAULT_DB_ALIAS, connections
from psycopg import Cursor


def send(sql: str, params: Sequence[Any]) -> list[tuple[Any, ...]]:
    """Send one statement whose words are the same each time, and return its rows.

    Sent often, it is prepared: the database then works out its plan once, which for a row or two costs more than the
    plan's work. Where prepared statements are not to be had (behind a pool of connections), it is sent as it is.

    Args:
        sql: one statement.
        params: its values, of types that need no guess beside the statement.
    """
    return sent(sql, params)[0]


def sent(sql: str, params: Sequence[Any]) -> tuple[list[tuple[Any, ...]], int]:
    """Send one statement and return its rows, and how many it read or changed."""
    here: Any = connections[DEFAULT_DB_ALIAS]
    if here.execute_wrappers or here.queries_logged:  # somebody listens to what Django sends
        with here.cursor() as heard:
            heard.execute(sql, params)
            return (list(heard.fetchall()) if heard.description is not None else []), heard.rowcount
    here.ensure_connection()
    here.validate_no_broken_transaction()
    # Django's own cursor writes the values into the words, so that no two statements are the same.
    with here.wrap_database_errors, Cursor(here.connection) as cursor:
        cursor.execute(sql, params)
        result = cursor.pgresult
        return (cursor.fetchall() if result is not None and result.nfields else []), cursor.rowcount


def as_array(values: Collection[Any]) -> Any:
    """Return ids or numbers as the database writes an array, which is less work than a list; other values as a list."""
    if all(isinstance(each, UUID | int) for each in values):
        return "{" + ",".join(map(str, values)) + "}"
    return list(values)
