"""Telling the database who acts: settings that last as long as the transaction."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import replace
from typing import Any

from django.db import connection, transaction
from django.db.models import QuerySet

from watchward.foundation.access.policy import AUDIT_PERMISSION
from watchward.foundation.acting import Acting
from watchward.foundation.statements import send

_SETTINGS = ("actor", "teams", "supervises", "opened", "audits", "engine")
EACH_OF_WHO = tuple(f"set_config('watchward.{name}', %s, true)" for name in _SETTINGS)
WHO = ", ".join(EACH_OF_WHO)
"""What a statement selects to set who acts for the rest of its transaction, beside other things; ``who`` has values."""

_told: ContextVar[Acting | None] = ContextVar("told", default=None)


def _array(values: Iterable[object]) -> str:
    return "{" + ",".join(str(value) for value in values) + "}"


def who(acting: Acting) -> list[str]:
    """Return the values that ``WHO`` takes."""
    return [
        str(acting.account),
        _array(sorted(acting.teams)),
        _array(sorted(acting.supervises)),
        _array(sorted(acting.opened)),
        "1" if AUDIT_PERMISSION in acting.permissions or acting.sees_all else "",
        "1" if acting.engine else "",
    ]


def tell_database(acting: Acting, *, command: str = "") -> None:
    """Set who acts for the rest of this transaction.

    Args:
        acting: who acts.
        command: id of the command that is open, empty where none is.

    Raises:
        RuntimeError: outside a transaction, where the settings would be lost at once.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("who acts can only be told within a transaction")
    send(f"select {WHO}, set_config('watchward.command', %s, true)", [*who(acting), command])


def told() -> Acting | None:
    """Return who this transaction was opened for."""
    return _told.get()


@contextmanager
def within(acting: Acting, *, savepoint: bool = True) -> Iterator[Acting]:
    """Open the one transaction of a request, a job or a line of the command line, with its actor told.

    Args:
        acting: who acts.
        savepoint: False where a transaction around this one is open and falls with it.
    """
    with transaction.atomic(savepoint=savepoint):
        tell_database(acting)
        token = _told.set(acting)
        try:
            yield acting
        finally:
            _told.reset(token)


BECOMES_ENGINE = ("set_config('watchward.audits', '1', true)", "set_config('watchward.engine', '1', true)")
"""What a statement selects to lift the scope of whoever acts until it is told again who acts."""


def engine_of(acting: Acting) -> Acting:
    """Return whoever acts with their scope lifted."""
    return replace(acting, sees_all=True, engine=True)


@contextmanager
def as_engine(acting: Acting, *, command: str = "") -> Iterator[Acting]:
    """Lift the reader's scope for what follows from a command: its duties and its chronicle, and counts of hidden rows.

    Args:
        acting: who acts; told again at the end.
        command: id of the command that is open, empty where none is.
    """
    engine = engine_of(acting)
    tell_database(engine, command=command)
    try:
        yield engine
    finally:
        if connection.in_atomic_block and not connection.needs_rollback:
            tell_database(acting, command=command)


def first_as_engine(acting: Acting, rows: Callable[[Acting], QuerySet[Any, Any]]) -> tuple[Any, ...] | None:
    """Return the first of some rows, read with the reader's scope lifted for this statement alone: one round trip.

    Args:
        acting: who reads; told again behind the statement.
        rows: values of the rows, given the one who sees all.

    Raises:
        RuntimeError: outside a transaction.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("who acts can only be told within a transaction")
    engine = replace(acting, sees_all=True, engine=True)
    sql, given = rows(engine).query.sql_with_params()
    with connection.cursor() as cursor:
        cursor.execute(f"select {WHO}; {sql}; select {WHO}", [*who(engine), *given, *who(acting)])
        cursor.nextset()
        found: tuple[Any, ...] | None = cursor.fetchone()
    return found
