"""Bulk writing: rows staged by COPY into a temporary table, from which a command inserts them."""

from __future__ import annotations

import os
from datetime import datetime
from typing import Any

import polars as pl
from django.db import connection

_TYPES: dict[type[pl.DataType] | pl.DataType, str] = {
    pl.String: "text",
    pl.Date: "date",
    pl.Int64: "bigint",
    pl.Int32: "integer",
    pl.Boolean: "boolean",
}


def stage(name: str, frame: pl.DataFrame, *, types: dict[str, str] | None = None) -> None:
    """Copy rows into a temporary table of this transaction; PostgreSQL refuses COPY under row-level security.

    Args:
        name: of the temporary table; one that stands is replaced.
        frame: the rows; empty texts stay empty texts and nulls stay nulls.
        types: PostgreSQL's type of a column, where it is not plain from the frame.
    """
    with connection.cursor() as cursor:
        stage_with(cursor, name, frame, types=types)


def stage_with(cursor: Any, name: str, frame: pl.DataFrame, *, types: dict[str, str] | None = None) -> None:
    """Copy rows into a temporary table as ``stage`` does, through a cursor that is given."""
    given = types or {}
    columns = ", ".join(f'"{one}" {given.get(one) or _TYPES[kind]}' for one, kind in frame.schema.items())
    cursor.execute(f'drop table if exists pg_temp."{name}"')
    cursor.execute(f'create temp table "{name}" ({columns}) on commit drop')
    with cursor.copy(f"copy pg_temp.\"{name}\" from stdin (format csv, null '\\N')") as copy:
        for part in frame.iter_slices(20_000):
            copy.write(part.write_csv(include_header=False, null_value="\\N", quote_style="non_numeric").encode())


def ids(count: int, at: datetime) -> list[str]:
    """Return new identifiers in order (RFC 9562, version 7): the moment, a counter within it, and chance.

    Args:
        count: how many.
        at: the moment, aware UTC.
    """
    stamp = int(at.timestamp() * 1000)
    chance = os.urandom(8 * count).hex()
    found = []
    for place in range(count):
        moment, counter = stamp + (place >> 12), place & 0xFFF
        tail = chance[16 * place : 16 * place + 16]
        first = "89ab"[int(tail[0], 16) & 3]
        head = f"{moment:012x}"
        found.append(f"{head[:8]}-{head[8:]}-7{counter:03x}-{first}{tail[1:4]}-{tail[4:16]}")
    return found
