"""Preparing: a population whose statement is kept only where nothing else decides what it says."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import fields
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import QuerySet

from watchward.foundation.acting import Acting
from watchward.foundation.statements.asking import Asked, Slot, any_of

OF_THE_SCOPE = frozenset({"sees_all", "engine"})
"""What a population may read of whoever sees all and still be the same at every command."""


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
