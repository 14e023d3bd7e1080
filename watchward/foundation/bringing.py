"""Bringing over many records at once from an earlier system: their rows, what was owed, what others may be told.

A room's command that brings records over declares ``follows=False`` and writes with every row its duties, as they
ended then, and its lines: by the kinds' own words, in a few statements. That none is missing is proved every night.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

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
from watchward.foundation.intake.bulk import ids, stage
from watchward.foundation.records import Guarded
from watchward.kernel.refusals import Refusal, Refused

AT_ONCE = 20_000
"""Rows of one statement."""

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


def write(rows: Sequence[Any]) -> None:
    """Write new rows of one table, staged by COPY and inserted from there, under the open command.

    Args:
        rows: complete, all of one table, as ``plain`` makes them.
    """
    for start in range(0, len(rows), AT_ONCE):
        _write(rows[start : start + AT_ONCE])


def _write(rows: Sequence[Any]) -> None:
    table = rows[0]._meta
    staged: dict[str, pl.Series] = {}
    types: dict[str, str] = {}
    said: list[str] = []
    given: list[Any] = []
    for field in table.concrete_fields:
        values = [getattr(row, field.attname) for row in rows]
        kind = field.db_type(connection)
        assert kind is not None  # noqa: S101 - a concrete field has a column
        if values.count(values[0]) == len(values):
            said.append(f"%s::{kind}")
            given.append(field.get_db_prep_save(values[0], connection))
        else:
            said.append(f'"{field.column}"')
            staged[field.column], types[field.column] = _series(field, values), kind
    stage("brought", pl.DataFrame(staged), types=types)
    columns = ", ".join(f'"{field.column}"' for field in table.concrete_fields)
    with connection.cursor() as cursor:
        cursor.execute(
            f'insert into "{table.db_table}" ({columns}) select {", ".join(said)} from pg_temp."brought"',  # noqa: S608
            given,
        )


def _series(field: models.Field[Any, Any], values: list[Any]) -> pl.Series:
    """Return the values of a column as they are written to a file for COPY."""
    while isinstance(field, models.ForeignKey):
        field = field.target_field
    match field:
        case models.DateTimeField():
            return pl.Series(values, dtype=pl.Datetime("us", "UTC"))
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
            duty.state, duty.closed_at, duty.closed_by_id = end.state, end.at, engine.account
            duty.closed_command, duty.closed_words, duty.given = proof, end.words, end.given
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
