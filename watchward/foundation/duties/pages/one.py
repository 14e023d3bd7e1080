"""One duty: what it asks, its rule, how it came to be what it is, and how it ended."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from watchward.foundation.audit.models import CommandLog
from watchward.foundation.audit.queries import Entry
from watchward.foundation.duties.kinds import DutyKind
from watchward.foundation.duties.models import Duty, State
from watchward.foundation.duties.pages.asked import Asked
from watchward.foundation.ui import words
from watchward.foundation.ui.parts import Button, Column, Mark, Row, Table
from watchward.foundation.ui.parts import State as Word


@dataclass(frozen=True)
class OnePage:
    """One duty: what it asks, its rule, how it came to be what it is, and what can be done."""

    id: UUID
    asks: str
    what: str
    reference: str
    state: Word
    facts: tuple[Mark, ...]
    rules: tuple[Table, ...]
    history: tuple[Mark, ...]
    proof: tuple[Mark, ...]
    do: Button | None
    may_discharge: bool
    may_supervise: bool
    people: tuple[tuple[str, str], ...]
    seen: tuple[UUID, ...]
    asked: tuple[Asked, ...]
    may_ask: bool
    typed: dict[str, str]
    wrong: tuple[Any, ...]


def facts(duty: Duty) -> tuple[Mark, ...]:
    """Return whose a duty is and its times."""
    who = duty.owed_by.display_name if duty.owed_by else "Nobody named"
    team = duty.owed_by_team.name if duty.owed_by_team else "no team"
    found = [
        Mark("Owed by", f"{who}, {team}", "Given by hand" if duty.given and duty.state == State.OPEN else ""),
        Mark("Arose", words.moment(duty.arose_at)),
        Mark("Due", words.moment(duty.due_at)),
        Mark("Rule", duty.rule, f"In force from {words.day_year(duty.rule_since)}"),
    ]
    return tuple(found)


def proof(duty: Duty, command: CommandLog | None) -> tuple[Mark, ...]:
    """Return how a duty ended: when, by whom, by which command and in which words."""
    if duty.state == State.OPEN or duty.closed_at is None:
        return ()
    who = duty.closed_by.display_name if duty.closed_by else ""
    said: list[Mark] = [Mark(duty.state.capitalize(), f"{words.moment(duty.closed_at)}, {who}")]
    if duty.closed_words:
        said.append(Mark("Reason" if duty.state == State.RELEASED else "In words", duty.closed_words))
    name = command.name if command else "one that you may not read"
    said.append(Mark("Command", name, f"Log entry {duty.closed_command}"))
    return tuple(said)


def rule_tables(kind: DutyKind | None) -> tuple[Table, ...]:
    """Return the rules of a kind with every version, as the pages of the law show them."""
    columns = (Column("In force"), Column("Says"), Column("Source"))
    return tuple(
        Table(
            columns,
            tuple(
                Row((_span(version.in_force, version.until), version.value, version.cite)) for version in table.rows()
            ),
            caption=f"{table.title or 'The rule'}, chosen by {table.chosen_by}",
        )
        for table in (kind.rules if kind else ())
    )


def _span(since: Any, until: Any) -> str:
    return f"from {words.day_year(since)}" + (f" to {words.day_year(until)}" if until else "")


SHOWN = {
    "state": "state",
    "due_at": "due",
    "owed_by_id": "owed by",
    "escalated": "gone up, steps",
    "asked": "questions asked",
    "handling": "handling",
    "rule": "rule",
}


def history(entries: Sequence[Entry], names: dict[UUID, str]) -> tuple[Mark, ...]:
    """Return what changed at each step, latest first: the values after it."""
    found, before = [], dict[str, Any]()
    for entry in entries:
        after: dict[str, Any] = entry.change.row or {}
        if not after:
            said = "Forgotten: what it held was erased"
        elif not before:
            said = f"Opened, due {_value('due_at', after.get('due_at'), names)}"
        else:
            changed = [key for key in SHOWN if before.get(key) != after.get(key)]
            said = "; ".join(f"{SHOWN[key]}: {_value(key, after.get(key), names)}" for key in changed) or "Noted again"
        at = words.stamp(entry.at) if entry.at else "At set-up"
        found.append(Mark(at, said, f"{entry.who}, by {entry.command}" if entry.command else entry.who))
        before = after or before
    return tuple(reversed(found))


def _value(key: str, value: Any, names: dict[UUID, str]) -> str:
    if value in (None, ""):
        return "nobody" if key == "owed_by_id" else "none"
    if key == "due_at":
        return words.moment(datetime.fromisoformat(str(value)))
    if key == "owed_by_id":
        return names.get(UUID(str(value)), "somebody else")
    if key == "handling":
        return ("open", "locked", "sealed")[int(value)]
    return str(value)
