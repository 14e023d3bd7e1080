"""Reading: a queryset worked out once, with slots for the values that each sending fills."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connection
from django.db.models import BooleanField, F, Lookup, Model, Q, QuerySet, prefetch_related_objects
from django.db.models.query import ModelIterable, RelatedPopulator, ValuesListIterable  # type: ignore[attr-defined]

from watchward.foundation.statements.sending import as_array, send


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
