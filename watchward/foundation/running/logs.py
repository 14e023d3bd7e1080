"""How the log is written: in lines for people or for machines, and never with what stands in a record.

An error's own words may hold what somebody typed: a database names the value that was there already. So a fault is
logged as where it happened, its type and, of the database, its code and the names of what was concerned.
"""

from __future__ import annotations

import json
import logging
import traceback
from collections.abc import Iterator
from datetime import UTC, datetime
from types import TracebackType

import psycopg

Raised = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]


class Plain(logging.Formatter):
    """Lines for people, as the supervisor puts them on its output."""

    def __init__(self) -> None:
        super().__init__("%(levelname)s %(name)s %(message)s")

    def formatException(self, ei: Raised) -> str:  # noqa: N802 - as logging calls it
        """Return where it happened and what kind of fault it was, in lines, the cause first."""
        return "\n".join(line for error in chain_of(ei[1]) for line in (*_where(error), f"  {kind_of(error)}"))


class Lines(Plain):
    """One JSON object a line, for what collects logs."""

    def format(self, record: logging.LogRecord) -> str:
        """Return a record as one line."""
        said: dict[str, object] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "process": record.process,
            "words": record.getMessage(),
        }
        if record.exc_info:
            chain = list(chain_of(record.exc_info[1]))
            said["fault"] = [kind_of(error) for error in chain]
            said["where"] = [line.strip() for error in chain for line in _where(error)]
        return json.dumps(said, ensure_ascii=False)


def chain_of(error: BaseException | None) -> Iterator[BaseException]:
    """Yield what led to an error and then itself, as a traceback does."""
    if error is None:
        return
    before = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    yield from chain_of(before)
    yield error


def kind_of(error: BaseException) -> str:
    """Return what kind of fault it is, without its words."""
    name = f"{type(error).__module__}.{type(error).__qualname__}".removeprefix("builtins.")
    if not isinstance(error, psycopg.Error):
        return name
    named = (
        ("code", error.sqlstate), ("table", error.diag.table_name), ("column", error.diag.column_name),
        ("constraint", error.diag.constraint_name),
    )  # fmt: skip
    about = ", ".join(f"{what} {value}" for what, value in named if value)
    return f"{name} ({about})" if about else name


def _where(error: BaseException) -> list[str]:
    return [f"  {frame.filename}:{frame.lineno} {frame.name}" for frame in traceback.extract_tb(error.__traceback__)]
