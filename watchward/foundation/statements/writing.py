"""Writing: rows inserted and changed with kept words, one statement for many rows of one table."""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence
from functools import lru_cache
from typing import Any

from django.db import connection
from django.db.models import Field, JSONField, Model

from watchward.foundation.statements.sending import send, sent


def insert(rows: Sequence[Model]) -> None:
    """Write new rows of one table in one statement.

    Args:
        rows: at least one, complete: nothing is filled in for them.
    """
    table = type(rows[0])
    _write(_inserting(table), rows, tuple(each.attname for each in table._meta.concrete_fields))


def change(rows: Sequence[Model], names: Collection[str]) -> None:
    """Write these columns of rows of one table that stand, in one statement.

    Args:
        rows: at least one.
        names: attributes that hold the columns, the key not among them.
    """
    table = type(rows[0])
    wanted = tuple(each.attname for each in table._meta.concrete_fields if each.attname in names)
    _write(_changing(table, wanted), rows, ("id", *wanted))


def change_and_insert(rows: Sequence[Model], names: Collection[str], fresh: Sequence[Model]) -> None:
    """Write these columns of rows that stand, and new rows of the same table beside them, in one statement.

    Args:
        rows: that stand; at least one.
        names: attributes that hold the columns, the key not among them.
        fresh: complete; at least one.
    """
    table = type(rows[0])
    wanted = tuple(each.attname for each in table._meta.concrete_fields if each.attname in names)
    whole = tuple(each.attname for each in table._meta.concrete_fields)
    sql = f"with changed as ({_changing(table, wanted)}) {_inserting(table)}"
    send(sql, [_written(rows, ("id", *wanted)), _written(fresh, whole)])


def save_new(table: type[Model], values: Sequence[tuple[Field[Any, Any], Any]]) -> bool:
    """Write one new row as Django would, with kept words; return False where these values need words of their own.

    Args:
        table: of the row.
        values: its fields, each with what is to stand there.
    """
    given = _prepared(values)
    if given is None:
        return False
    sent(_saving_new(table._meta.db_table, tuple(field.column for field, _value in values)), given)
    return True


def save_changed(table: type[Model], key: Any, values: Sequence[tuple[Field[Any, Any], Any]]) -> bool | None:
    """Change one row as Django would, with kept words.

    Args:
        table: of the row.
        key: its primary key.
        values: the fields to change, each with what is to stand there.

    Returns:
        Whether there is such a row; None where these values need words of their own, and nothing was done.
    """
    given = _prepared(values)
    if given is None:
        return None
    names = tuple(field.column for field, _value in values)
    return sent(_saving_changed(table._meta.db_table, str(table._meta.pk.column), names), [*given, key])[1] > 0


def _prepared(values: Sequence[tuple[Field[Any, Any], Any]]) -> list[Any] | None:
    if any(hasattr(value, "resolve_expression") or hasattr(field, "get_placeholder") for field, value in values):
        return None
    return [field.get_db_prep_save(value, connection) for field, value in values]


@lru_cache(maxsize=1_000)
def _saving_new(table: str, names: tuple[str, ...]) -> str:
    columns = ", ".join(f'"{name}"' for name in names)
    return f'insert into "{table}" ({columns}) values ({", ".join(["%s"] * len(names))})'  # noqa: S608


@lru_cache(maxsize=1_000)
def _saving_changed(table: str, key: str, names: tuple[str, ...]) -> str:
    columns = ", ".join(f'"{name}" = %s' for name in names)
    return f'update "{table}" set {columns} where "{key}" = %s'  # noqa: S608


def _write(sql: str, rows: Sequence[Model], names: tuple[str, ...]) -> None:
    send(sql, [_written(rows, names)])


def _written(rows: Sequence[Model], names: tuple[str, ...]) -> str:
    # As one text, which the database takes apart into its own types: as many values as rows and columns cost more.
    return json.dumps([{name: getattr(row, name) for name in names} for row in rows], default=str)


def _columns(table: type[Model], names: Collection[str] | None = None) -> list[str]:
    found = [each for each in table._meta.concrete_fields if names is None or each.attname in names]
    for each in found:
        if each.column != each.attname or (isinstance(each, JSONField) and each.encoder is not None):
            raise TypeError(f"{each} is not written in this way")
    return [f'"{each.column}"' for each in found]


@lru_cache(maxsize=100)
def _inserting(table: type[Model]) -> str:
    columns, name = ", ".join(_columns(table)), table._meta.db_table
    return f'insert into "{name}" ({columns}) select {columns} from json_populate_recordset(null::"{name}", %s)'  # noqa: S608


@lru_cache(maxsize=1_000)
def _changing(table: type[Model], names: tuple[str, ...]) -> str:
    name = table._meta.db_table
    columns = ", ".join(f"{column} = said.{column}" for column in _columns(table, names))
    said = f'json_populate_recordset(null::"{name}", %s) as said'
    return f'update "{name}" as row set {columns} from {said} where row.id = said.id'  # noqa: S608
