"""Several things asked for in one statement, each table under its own row-level security."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import DEFAULT_DB_ALIAS, connection
from django.db.models import QuerySet
from django.db.models.query import RelatedPopulator  # type: ignore[attr-defined]


def at_once(*asked: tuple[str, Sequence[Any]]) -> tuple[Any, ...]:
    """Return the value of each of these, in its order: one statement where each would have been one.

    Args:
        asked: selects of one row and one column, each with its parameters.
    """
    if not asked:
        return ()
    values = [value for _sql, given in asked for value in given]
    with connection.cursor() as cursor:
        cursor.execute("select " + ", ".join(f"({sql})" for sql, _given in asked), values)
        return tuple(cursor.fetchone())


def together(*asked: QuerySet[Any], also: Sequence[tuple[str, Sequence[Any]]] = ()) -> tuple[Any, ...]:
    """Return what each of these would give, in its order: one statement where each would have been one.

    Args:
        asked: rows of a table as the reader may see them, those that they are joined to among them; nothing annotated.
        also: selects of one value each, with their parameters; their values come behind the rows.
    """
    compilers: list[Any] = []
    parts: list[tuple[str, Sequence[Any]]] = []
    for rows in asked:
        compiler: Any = rows.query.get_compiler(DEFAULT_DB_ALIAS)
        try:
            sql, given = compiler.as_sql(with_col_aliases=True)
        except EmptyResultSet:
            compilers.append(None)
            continue
        compilers.append(compiler)
        parts.append((f"select json_agg(r)::text from ({sql}) r", given))  # noqa: S608
    told = iter(at_once(*parts, *also))
    return (*(_made(compiler, next(told)) if compiler else [] for compiler in compilers), *told)


def _made(compiler: Any, told: str | None) -> list[Any]:
    """Return the rows as the objects that Django makes of them, with those that they are joined to."""
    select, info = compiler.select, compiler.klass_info
    columns = info["select_fields"]
    first, last = columns[0], columns[-1] + 1
    names = [each[0].target.attname for each in select[first:last]]
    joined = [RelatedPopulator(each, select, DEFAULT_DB_ALIAS) for each in info.get("related_klass_infos", ())]
    made = []
    for said in json.loads(told) if told else ():
        row = [_value(column.output_field, said[alias]) for column, _sql, alias in select]
        one = info["model"].from_db(DEFAULT_DB_ALIAS, names, row[first:last])
        for other in joined:
            other.populate(row, one)
        made.append(one)
    return made


def _value(field: Any, said: Any) -> Any:
    return None if said is None else field.to_python(said)
