"""Bringing over many records at once from an earlier system: their rows, what was owed, what others may be told.

A room's command that brings records over declares ``follows=False`` and writes with every row its duties, as they
ended then, and its lines: by the kinds' own words, in a few statements. That none is missing is proved every night.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from operator import attrgetter
from typing import Any, TypeVar

import polars as pl
from django.contrib.postgres.fields import ArrayField
from django.db import connection, models

from watchward.foundation.access.owners import Owed
from watchward.foundation.acting import Acting
from watchward.foundation.chronicle.engine import rows_of
from watchward.foundation.chronicle.kinds import ChronicleKind
from watchward.foundation.chronicle.models import Line
from watchward.foundation.commands import current
from watchward.foundation.duties.chronicle import OWED
from watchward.foundation.duties.engine import describe
from watchward.foundation.duties.kinds import Due, DutyKind
from watchward.foundation.duties.models import Duty, State
from watchward.foundation.intake.bulk import ids, stage_with
from watchward.foundation.records import Guarded
from watchward.kernel.refusals import Refusal, Refused

T = TypeVar("T")

AT_ONCE = 20_000
"""Rows of one statement."""

EXACT = float(2**32)
"""Seconds around 1970 in which a double tells microseconds apart: from 1834 to 2106."""

SHOWN = 20
"""Reasons that are said when rows are refused; the rest are counted."""


def refuse_rows(refused: Iterable[tuple[int, str]]) -> None:
    """Refuse all rows where any has a fault: nothing is brought over by halves.

    Args:
        refused: the place of a row, from 0, and why it cannot be brought over.

    Raises:
        Refused: with the first reasons, each with its row, and how many more there are.
    """
    found = list(refused)
    if found:
        reasons = [Refusal(f"Row {place + 1}: {words}", field="rows") for place, words in found[:SHOWN]]
        if len(found) > SHOWN:
            reasons.append(Refusal(f"And {len(found) - SHOWN} more.", field="rows"))
        raise Refused(*reasons)


class Fresh:
    """New ids in the order in which they are taken.

    Args:
        at: the moment that they begin with, aware UTC.
    """

    def __init__(self, at: datetime) -> None:
        self._at, self._many = at, 64
        self._left: Iterator[str] = iter(())

    def __call__(self) -> str:
        """Return the next one, as it is written."""
        found = next(self._left, None)
        if found is None:
            self._many = min(2 * self._many, AT_ONCE)
            self._left = iter(ids(self._many, self._at))
            found = next(self._left)
        return found


@cache
def plain(table: type[Guarded]) -> Any:
    """Return a bare class with a table's columns and their defaults: two years of rows as models would take minutes.

    Its objects take any further attribute, such as what the kinds of duties and lines read of the rows beside them.
    """

    def fill(self: Any, **values: Any) -> None:
        self.__dict__.update(values)

    defaults = {one.attname: one.get_default() for one in table._meta.concrete_fields if not one.primary_key}
    pk = property(lambda self: self.id)
    return type(table.__name__, (), {**defaults, "_meta": table._meta, "__init__": fill, "pk": pk})


class Beside:
    """Rows that stand beside another in memory, where a kind asks for them as for those of a table."""

    def __init__(self, rows: Sequence[Any]) -> None:
        self._rows = rows

    def all(self) -> Sequence[Any]:
        """Return them."""
        return self._rows


_behind: ContextVar[_Behind | None] = ContextVar("behind", default=None)


class _Behind:
    """Sends rows in a thread beside the one that makes the next; whatever else is sent waits for them."""

    def __init__(self) -> None:
        self._thread = ThreadPoolExecutor(1, "bringing")
        self._sent: list[Future[None]] = []

    def send(self, frame: pl.DataFrame, types: dict[str, str], statement: str, given: list[Any]) -> None:
        """Send rows once those before them are there."""
        if len(self._sent) >= 3:  # so many are in memory at most
            self._sent.pop(0).result()
        self._sent.append(self._thread.submit(_send, connection.connection.cursor, frame, types, statement, given))

    def wait(self) -> None:
        """Wait until all rows are there; raise what went wrong with any."""
        sent, self._sent = self._sent, []
        with connection.wrap_database_errors:
            for one in sent:
                one.result()

    def __call__(self, execute: Callable[..., Any], *arguments: Any) -> Any:
        """Send a statement of the thread that makes rows, after all of them."""
        self.wait()
        return execute(*arguments)

    def close(self) -> None:
        """End the thread."""
        self._thread.shutdown(cancel_futures=True)


@contextmanager
def behind() -> Iterator[None]:
    """Let rows be sent while the next ones are made, each statement in its order and in this very transaction."""
    sends = _Behind()
    token = _behind.set(sends)
    try:
        with connection.execute_wrapper(sends):
            yield
            sends.wait()
    finally:
        _behind.reset(token)
        sends.close()


def ahead(made: Iterator[T]) -> Iterator[T]:
    """Yield what is made, the next of it being made in a thread meanwhile; nothing there may ask the database."""
    with ThreadPoolExecutor(1, "ahead") as thread:
        waiting = thread.submit(next, made, None)
        while (found := waiting.result()) is not None:
            waiting = thread.submit(next, made, None)
            yield found


def write(rows: Sequence[Any]) -> None:
    """Write new rows of one table, staged by COPY and inserted from there, under the open command.

    Args:
        rows: complete, all of one table, as ``plain`` makes them.
    """
    sends = _behind.get()
    for start in range(0, len(rows), AT_ONCE):
        asked = _columns(rows[start : start + AT_ONCE])
        if sends is not None:
            sends.send(*asked)
        else:
            _send(connection.cursor, *asked)


def _columns(rows: Sequence[Any]) -> tuple[pl.DataFrame, dict[str, str], str, list[Any]]:
    """Return what differs between rows as a frame with its types, and the statement with what is the same in all."""
    table = rows[0]._meta
    staged: dict[str, pl.Series] = {}
    types: dict[str, str] = {}
    said: list[str] = []
    given: list[Any] = []
    for field in table.concrete_fields:
        values = list(map(attrgetter(field.attname), rows))
        kind = field.db_type(connection)
        # The key is always staged: of a single row nothing else differs, and there must be as many rows as are meant.
        if not field.primary_key and values[0] == values[-1] and values.count(values[0]) == len(values):
            said.append(f"%s::{kind}")
            given.append(field.get_db_prep_save(values[0], connection))
        else:
            said.append(f'"{field.column}"')
            staged[field.column], types[field.column] = _series(field, values), kind
    columns = ", ".join(f'"{field.column}"' for field in table.concrete_fields)
    statement = f'insert into "{table.db_table}" ({columns}) select {", ".join(said)} from pg_temp."brought"'  # noqa: S608
    return pl.DataFrame(staged), types, statement, given


def _send(
    cursors: Callable[[], Any], frame: pl.DataFrame, types: dict[str, str], statement: str, given: list[Any]
) -> None:
    with cursors() as cursor:
        stage_with(cursor, "brought", frame, types=types)
        cursor.execute(statement, given)


def _series(field: models.Field[Any, Any], values: list[Any]) -> pl.Series:
    """Return the values of a column as they are written to a file for COPY."""
    while isinstance(field, models.ForeignKey):
        field = field.target_field
    match field:
        case models.DateTimeField():
            return _moments(values)
        case models.DateField():
            return pl.Series(values, dtype=pl.Date)
        case models.BooleanField():
            return pl.Series(values, dtype=pl.Boolean)
        case models.IntegerField():
            return pl.Series([None if value is None else int(value) for value in values], dtype=pl.Int64)
        case models.FloatField():
            return pl.Series(values, dtype=pl.Float64)
        case models.JSONField():
            return pl.Series([_once(json.dumps, value) for value in values], dtype=pl.String)
        case ArrayField():
            return pl.Series([_array(value) for value in values], dtype=pl.String)
        case _:
            return pl.Series([None if value is None else str(value) for value in values], dtype=pl.String)


def _moments(values: Sequence[datetime | None]) -> pl.Series:
    """Return aware moments to the microsecond; polars takes six times as long to read them one by one."""
    seconds = pl.Series([None if value is None else value.timestamp() for value in values], dtype=pl.Float64)
    if (seconds.abs() > EXACT).any():
        return pl.Series(values, dtype=pl.Datetime("us", "UTC"))
    return (seconds * 1e6).round().cast(pl.Int64).cast(pl.Datetime("us", "UTC"))


def _once(say: Callable[[Any], str], value: Any) -> str | None:
    return None if value is None else say(value)


def _array(values: Iterable[object] | None) -> str | None:
    """Return a list as PostgreSQL reads it; no value of ours needs more than quotes."""
    if values is None:
        return None
    quoted = (str(value).replace("\\", "\\\\").replace('"', '\\"') for value in values)
    return "{" + ",".join(f'"{value}"' for value in quoted) + "}"


@dataclass(frozen=True, slots=True)
class Ended:
    """How something that was owed in an earlier system ended.

    Args:
        at: when, aware UTC.
        state: discharged, or released.
        words: why it was released.
        given: it was released by a person, so that no change of its record opens it again.
    """

    at: datetime
    state: State = State.DISCHARGED
    words: str = ""
    given: bool = False


def owe(
    engine: Acting, kind: DutyKind, records: Iterable[Any], ended: Mapping[Any, Ended], *,
    due: Callable[[Any], Due] | None = None, alike: Callable[[Any], Hashable] | None = None,
) -> None:  # fmt: skip
    """Write what records of an earlier system owed, as it ended there; what did not is open.

    Args:
        engine: who brings them over, seeing all.
        kind: of the duty.
        records: those that owe it or owed it, not necessarily saved.
        ended: how each ended, by the record's id.
        due: by when, where the kind itself would have to read each record again.
        alike: what records have in common that are owed by the same; each owner is then found once.
    """
    proof, owners, fresh = current().id, dict[Hashable, Owed](), Fresh(engine.at)
    rows, row = [], plain(Duty)
    for record in records:
        duty = row(id=fresh(), kind=kind.key, about=record.pk)
        owed = None
        if alike is not None:
            if (key := alike(record)) not in owners:
                owners[key] = kind.owed_by.of(engine, record)
            owed = owners[key]
        describe(engine, kind, duty, record, due=due(record) if due is not None else None, owed=owed)
        end = ended.get(record.pk)
        if end is not None:
            duty.state, duty.closed_at, duty.closed_command = end.state, end.at, proof
            duty.closed_words, duty.given = end.words, end.given
        rows.append(duty)
    if rows:
        write(rows)
        tell(engine, OWED, [row for row in rows if row.state == State.OPEN])


def tell(engine: Acting, kind: ChronicleKind, records: Sequence[Any]) -> None:
    """Write what others may be told of records that are brought over.

    Args:
        engine: who brings them over, seeing all.
        kind: of the lines.
        records: those that have something to say, with whatever the kind reads of them.
    """
    fresh, row, rows = Fresh(engine.at), plain(Line), []
    for says in kind.says(engine, records) if records else ():
        rows += [row(id=fresh(), **values) for values in rows_of(kind, says).values()]
    if rows:
        write(rows)
