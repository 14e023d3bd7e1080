"""Unguarded copies of a guarded table, and copies with its protections laid one after the other."""

from __future__ import annotations

from typing import Any

import psycopg

LAYERS = ("bare", "row security", "guard", "history")
"""Each with all before it: the last is as the real table."""


def name_of(layer: str) -> str:
    """Return the name of the copy with the layers up to this one."""
    return f"bench_{layer.replace(' ', '_')}"


def lay(connection: psycopg.Connection[Any]) -> None:
    """Make the copies of the table of people, with its indexes and checks, as the owner.

    What is laid on them are the statements that `watchward migrate` lays on the table itself, with another name.
    """
    from watchward.domains.people.models import Person
    from watchward.foundation.access.sync import of_guarded

    table = Person._meta.db_table
    for place, layer in enumerate(LAYERS):
        copy = name_of(layer)
        connection.execute(f"create table {copy} (like {table} including all)")
        connection.execute(f"grant select, insert, update, delete on {copy} to ww_app")
        for statement in of_guarded(Person).statements:
            if statement.startswith("create or replace function"):
                continue
            if _layer(statement) <= place:
                connection.execute(statement.replace(f'"{table}"', f'"{copy}"'))


def _layer(statement: str) -> int:
    """Return the place among the layers of what a statement lays; privileges are given above already."""
    if "ww_change" in statement:
        return LAYERS.index("history")
    if "ww_guard" in statement:
        return LAYERS.index("guard")
    if "policy" in statement or "row level security" in statement:
        return LAYERS.index("row security")
    return len(LAYERS)


def empty(connection: psycopg.Connection[Any]) -> None:
    """Empty the copies."""
    connection.execute("truncate " + ", ".join(name_of(layer) for layer in LAYERS))
