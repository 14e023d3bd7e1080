"""The law and policy that the house holds: every dated table, lifecycle, gate and duty."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import Any

from watchward.config.docs.tables import table
from watchward.foundation.commands import all_commands
from watchward.foundation.duties.kinds import kinds
from watchward.kernel.dated import all_tables
from watchward.kernel.lifecycle import Lifecycle


def pages() -> Iterator[tuple[str, str]]:
    """Return each page's path under docs/ and its text."""
    yield "law/tables.md", _tables()
    yield "law/lifecycles.md", _lifecycles()
    yield "law/gates.md", _gates()
    yield "law/duties.md", _duties()


def every_lifecycle() -> list[Lifecycle[Any]]:
    """Return each lifecycle that a domain's words declare, by title."""
    words = [module for name, module in sorted(sys.modules.items()) if name.endswith(".vocabulary")]
    found = {id(value): value for module in words for value in vars(module).values() if isinstance(value, Lifecycle)}
    return sorted(found.values(), key=lambda cycle: cycle.title)


def _tables() -> str:
    parts = ["# Law and policy by date\n"]
    for dated in all_tables():
        kind = "Force policy" if dated.policy else "Law"
        parts.append(f"## {dated.title}\n\n{kind}. The version is picked by {dated.chosen_by}.\n")
        parts.append(
            table(
                ("From", "Until", "Value", "Source"),
                ((row.in_force, row.until or "", row.value, row.cite) for row in dated.rows()),
            )
        )
    return "\n".join(parts)


def _lifecycles() -> str:
    drawn = (f"## {cycle.title}\n\n```mermaid\n{cycle.mermaid().strip()}\n```\n" for cycle in every_lifecycle())
    return "\n".join(["# Lifecycles\n", *drawn])


def _gates() -> str:
    rows = [(name, gate.says) for name, command in sorted(all_commands.items()) for gate in command.gates]
    return "# Gates: conditions that higher rooms hang on lower commands\n\n" + table(("Command", "Condition"), rows)


def _duties() -> str:
    rows = [
        (kind.key, kind.asks, kind.about._meta.label, "; ".join(rule.title for rule in kind.rules))
        for _key, kind in sorted(kinds.items())
    ]
    return "# Duties\n\n" + table(("Key", "Asks", "About", "Rules"), rows)
