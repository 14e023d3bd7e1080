"""Statements whose words are worked out once and sent many times, each time with other values.

Django works out the words of a statement anew each time that it is sent, which at the end of every command costs more
than the database needs to answer.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, fields
from functools import lru_cache
from typing import Any
from uuid import UUID

from django.core.exceptions import EmptyResultSet
from django.db import DEFAULT_DB_ALIAS, connection, connections
from django.db.models import BooleanField, F, Field, JSONField, Lookup, Model, Q, QuerySet, prefetch_related_objects
from django.db.models.query import ModelIterable, RelatedPopulator, ValuesListIterable  # type: ignore[attr-defined]
from psycopg import Cursor

from watchward.foundation.acting import Acting

OF_THE_SCOPE = frozenset({"sees_all", "engine"})
"""What a population may read of whoever sees all and still be the same at every command."""


def send(sql: str, params: Sequence[Any]) -> list[tuple[Any, ...]]:
    """Send one statement whose words are the same each time, and return its rows.

    Sent often, it is prepared: the database then works out its plan once, which for a row or two costs more than the
    plan's work. Where prepared statements are not to be had (behind a pool of connections), it is sent as it is.

    Args:
        sql: one statement.
        params: its values, of types that need no guess beside the statement.
    """
    return _sent(sql, params)[0]


def _sent(sql: str, params: Sequence[Any]) -> tuple[list[tuple[Any, ...]], int]:
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


@dataclass(frozen=True)
class Slot:
    """The place of values that are filled in when a statement is sent.

    Args:
        name: under which they are given.
    """

    name: str


class _AnyOf(Lookup):  # type: ignore[type-arg]
    lookup_name = "any_of"
    prepare_rhs = False
    output_field = BooleanField()

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, list[Any]]:
        sql, params = self.process_lhs(compiler, connection)
        return f"{sql} = any(%s)", [*params, self.rhs]


def any_of(column: str, values: Collection[Any] | Slot) -> Q:
    """Return that a column is any of these values: the words of the statement do not depend on how many they are."""
    return Q(_AnyOf(F(column), values if isinstance(values, Slot) else sorted(values)))


class Asked:
    """A queryset as one statement, with slots for values that are given each time it is sent.

    Args:
        rows: models, with those joined or prefetched to them, or lists of their values.

    Raises:
        TypeError: it gives something else.
    """

    def __init__(self, rows: QuerySet[Any]) -> None:
        if rows._iterable_class not in (ModelIterable, ValuesListIterable):
            raise TypeError("only models and lists of values are asked for in this way")
        compiler: Any = rows.query.get_compiler(DEFAULT_DB_ALIAS)
        self._sql, params = compiler.as_sql()
        self._params: tuple[Any, ...] = tuple(params)
        shown = [each[0] for each in compiler.select[: compiler.col_count]]
        self._converters = [
            (place, converters, column) for place, (converters, column) in compiler.get_converters(shown).items()
        ]
        self._prefetches = rows._prefetch_related_lookups  # type: ignore[attr-defined]
        self._annotations = dict(compiler.annotation_col_map or {})
        self._table: type[Model] | None = None
        if rows._iterable_class is ModelIterable:
            self._understand(compiler)

    def _understand(self, compiler: Any) -> None:
        info, select = compiler.klass_info, compiler.select
        places = info["select_fields"]
        self._table, self._first, self._last = info["model"], places[0], places[-1] + 1
        self._names = [each[0].target.attname for each in select[self._first : self._last]]
        related = info.get("related_klass_infos", ())
        self._joined = [RelatedPopulator(each, select, DEFAULT_DB_ALIAS) for each in related]

    def of(self, **values: Collection[Any]) -> list[Any]:
        """Return the rows for these values of its slots; one statement, and one for each prefetch."""
        given = {name: as_array(each) for name, each in values.items()}
        params = [given[each.name] if isinstance(each, Slot) else each for each in self._params]
        found = list(self._converted(send(self._sql, params)))
        if self._table is None:
            return found
        made = [self._made(self._table, row) for row in found]
        if made and self._prefetches:
            prefetch_related_objects(made, *self._prefetches)
        return made

    def _converted(self, rows: list[tuple[Any, ...]]) -> Iterator[Sequence[Any]]:
        if not self._converters:
            yield from rows
            return
        for row in map(list, rows):
            for place, converters, column in self._converters:
                for convert in converters:
                    row[place] = convert(row[place], column, connection)
            yield row if self._table is not None else tuple(row)

    def _made(self, table: type[Model], row: Sequence[Any]) -> Model:
        one = table.from_db(DEFAULT_DB_ALIAS, self._names, row[self._first : self._last])
        for other in self._joined:
            other.populate(row, one)
        for name, place in self._annotations.items():
            setattr(one, name, row[place])
        return one


class _Noted(Acting):
    """Somebody of whom it is noted what is read."""

    __slots__ = ("_read",)

    def __getattribute__(self, name: str) -> Any:
        if not name.startswith("_"):
            object.__getattribute__(self, "_read").add(name)
        return object.__getattribute__(self, name)


def _noted(acting: Acting) -> tuple[Acting, set[str]]:
    read: set[str] = set()
    one = object.__new__(_Noted)
    object.__setattr__(one, "_read", read)
    for each in fields(acting):
        object.__setattr__(one, each.name, getattr(acting, each.name))
    return one, read


class Among:
    """Those of some rows whose key is among others, for whoever sees all.

    The statement is made once, unless its rows depend on who asks, on when, or on what the database says while they are
    named: then it is made each time, as ever.

    Args:
        rows: the rows, given who acts.
        key: the column that holds the key.
    """

    def __init__(self, rows: Callable[[Acting], QuerySet[Any]], key: str = "pk") -> None:
        self._rows = rows
        self._key = key
        self._asked: Asked | None = None
        self._depends = False

    def of(self, engine: Acting, ids: Collection[Any]) -> list[Any]:
        """Return those rows whose key is among these.

        Args:
            engine: who sees all; for anybody else the statement is made each time.
            ids: keys.
        """
        if not ids:
            return []
        if self._asked is None and not self._depends and engine.sees_all:
            self._learn(engine)
        if self._asked is not None and engine.sees_all:
            return self._asked.of(keys=ids)
        return list(self._rows(engine).filter(any_of(self._key, ids)))

    def _learn(self, engine: Acting) -> None:
        sent = []

        def note(execute: Callable[..., Any], *arguments: Any) -> Any:
            sent.append(arguments[0])
            return execute(*arguments)

        one, read = _noted(engine)
        with connection.execute_wrapper(note):
            rows = self._rows(one)
        self._depends = bool(sent) or not read <= OF_THE_SCOPE
        if not self._depends:
            try:
                self._asked = Asked(rows.filter(any_of(self._key, Slot("keys"))))
            except (EmptyResultSet, TypeError):
                self._depends = True


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
    _sent(_saving_new(table._meta.db_table, tuple(field.column for field, _value in values)), given)
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
    return _sent(_saving_changed(table._meta.db_table, str(table._meta.pk.column), names), [*given, key])[1] > 0


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
