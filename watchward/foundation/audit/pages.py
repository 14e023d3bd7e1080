"""What the auditor's pages show."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.urls import reverse

from watchward.foundation.audit.models import CommandLog, Erasure, Trace
from watchward.foundation.audit.queries import Entry
from watchward.foundation.ui import words
from watchward.foundation.ui.parts import Column, Link, Row, Said, Soft, State, Table

NOT_DONE = ("refused", "denied", "not found", "failed", "stale")


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
    said = f"{trace.kind}: {trace.what}"
    return (Link(said, reverse("audit:record", args=[trace.about])),) if trace.about else said


def _how_many(trace: Trace) -> str:
    return str(len(trace.records) or (1 if trace.about else 0))


def commands(entries: Sequence[CommandLog]) -> Table:
    """Return the log of commands as a table: when in both times, who, which, and how it ended with every reason."""
    columns = (Column("When"), Column("Who"), Column("Command"), Column("Ended"), Column("Why"))
    return Table(
        columns,
        tuple(
            Row(
                (
                    (words.moment(each.at), " ", Soft(f"true time {words.moment(each.real_at)}")),
                    each.account_name,
                    each.name,
                    _ended(each),
                    each.purpose or each.task or "not said",
                )
            )
            for each in entries
        ),
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
    columns = (Column("When"), Column("Who"), Column("Command"), Column("Table"), Column("What changed"))
    rows, before = [], dict[str, dict[str, Any]]()
    for entry in entries:
        after: dict[str, Any] = entry.change.row or {}
        said = _changed(entry.change.operation, before.get(entry.change.table, {}), after)
        at = words.moment(entry.at) if entry.at else "at set-up"
        rows.append(Row((at, entry.who, entry.command, entry.change.table, said)))
        before[entry.change.table] = after
    return Table(
        columns,
        tuple(reversed(rows)),
        caption="How it changed, latest first",
        stack=True,
        empty="Nothing about this record, or nothing that you may see",
    )


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
    return "none" if value is None or value == "" else str(value)
