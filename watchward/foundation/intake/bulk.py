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

_COUNTERS = tuple(f"{counter:03x}" for counter in range(4_096))
_VARIANTS = {digit: "89ab"[int(digit, 16) & 3] for digit in "0123456789abcdef"}
"""The first digit of the last half but one: its upper bits say that it is of this kind, its lower ones are chance."""


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
    for start in range(0, count, len(_COUNTERS)):
        moment = f"{stamp + start // len(_COUNTERS):012x}"
        head = f"{moment[:8]}-{moment[8:]}-7"
        for counter, place in zip(_COUNTERS, range(16 * start, 16 * count, 16), strict=False):
            variant = _VARIANTS[chance[place]]
            found.append(f"{head}{counter}-{variant}{chance[place + 1 : place + 4]}-{chance[place + 4 : place + 16]}")
    return found
