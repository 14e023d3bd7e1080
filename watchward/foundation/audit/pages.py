"""What the auditor's pages show."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any

from django.urls import reverse

from watchward.foundation.audit import saying
from watchward.foundation.audit.models import CommandLog, Erasure, Trace
from watchward.foundation.audit.queries import Entry
from watchward.foundation.ui import words
from watchward.foundation.ui.parts import Column, Link, Row, Said, Soft, State, Strong, Table

NOT_DONE = ("refused", "denied", "not found", "failed", "stale")
NEAR = timedelta(minutes=1)
"""The force's time and the true one are the same moment when they are no further apart."""
_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?\+00:00")


def looks(traces: Sequence[Trace]) -> Table:
    """Return looks as a table: when, who, what and why."""
    columns = (Column("When"), Column("Who"), Column("What"), Column("Why"), Column("Records", True))
    return Table(
        columns,
        tuple(
            Row((words.moment(each.at), each.account_name, _what(each), each.purpose or "not said", _how_many(each)))
            for each in traces
        ),
        caption="Who looked",
        stack=True,
        empty="Nobody has looked, as far as these filters say",
    )


def _what(trace: Trace) -> Said:
    said = saying.look(trace.kind, trace.what)
    return (Link(said, reverse("audit:record", args=[trace.about])),) if trace.about else said


def _how_many(trace: Trace) -> str:
    return str(len(trace.records) or (1 if trace.about else 0))


def commands(entries: Sequence[CommandLog]) -> Table:
    """Return the log of commands as a table: when, who, which, and how it ended with every reason.

    The true time stands beside the force's own where they differ: under the running clock of a demonstration.
    """
    apart = any(abs(each.real_at - each.at) > NEAR for each in entries)
    columns = [Column("When"), Column("Who"), Column("What"), Column("Ended"), Column("Why")]
    rows = []
    for each in entries:
        done = (Strong(saying.command(each.name)), " ", Soft(saying.room(each.name)))
        said: list[Said] = [words.moment(each.at), each.account_name, done, _ended(each)]
        said.append(each.purpose or each.task or "not said")
        rows.append(Row((*said, Soft(words.moment(each.real_at))) if apart else tuple(said)))
    if apart:
        columns.append(Column("True time"))
    return Table(
        tuple(columns),
        tuple(rows),
        caption="What was done, and what was not",
        stack=True,
        empty="Nothing, as far as these filters say",
    )


def _ended(entry: CommandLog) -> Said:
    if entry.outcome == "done":
        return "done"
    reasons = "; ".join(reason.get("words", "") for reason in entry.reasons)
    return (State(entry.outcome, "soon"), f" {reasons}")


def history(entries: Sequence[Entry]) -> Table:
    """Return how a record changed, latest first, with each field that changed."""
    columns = (Column("When"), Column("Who"), Column("By"), Column("Record"), Column("What changed"))
    rows, before = [], dict[str, dict[str, Any]]()
    for entry in entries:
        after: dict[str, Any] = entry.change.row or {}
        said = _changed(entry.change.operation, before.get(entry.change.table, {}), after)
        at = words.moment(entry.at) if entry.at else "at set-up"
        done, kept = saying.command(entry.command), saying.table(entry.change.table)
        rows.append(Row((at, entry.who, done, kept, said)))
        before[entry.change.table] = after
    return Table(
        columns,
        tuple(reversed(rows)),
        caption="How it changed, latest first",
        stack=True,
        empty="Nothing about this record, or nothing that you may see",
    )


def named(entries: Sequence[Entry]) -> str:
    """Return what a record is called, by the latest of its changes that still says; nothing where none does."""
    called = [
        f"{saying.table(entry.change.table)} {row['reference']}"
        for entry in entries
        if (row := entry.change.row) and row.get("reference")
    ]
    return called[-1] if called else ""


def erasures(rows: Iterable[Erasure]) -> Table | None:
    """Return what was erased of a record's history, None where nothing was."""
    columns = (Column("When"), Column("Who"), Column("Table"), Column("Changes", True), Column("Why"), Column("By"))
    made = tuple(
        Row((words.moment(each.at), each.account_name, each.table, str(each.changes), each.reason, each.cite))
        for each in rows
    )
    return Table(columns, made, caption="What was erased", stack=True, empty="") if made else None


def _changed(operation: str, before: dict[str, Any], after: dict[str, Any]) -> str:
    if not after:
        return "what it held was erased; that it changed is proved by its digest"
    if operation == "D":
        return "removed"
    fields = after if operation == "I" else {key: value for key, value in after.items() if before.get(key) != value}
    shown = [f"{key.replace('_', ' ')}: {_value(value)}" for key, value in fields.items() if key != "id"]
    begins = {"I": "made. ", "M": "its columns changed with the software. "}.get(operation, "")
    return begins + "; ".join(shown)


def _value(value: Any) -> str:
    if value is None or value == "":
        return "none"
    if isinstance(value, str) and _MOMENT.fullmatch(value):
        return words.moment(datetime.fromisoformat(value))
    return str(value)
