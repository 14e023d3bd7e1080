"""When what a fault is about happened, as its command says."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import psycopg

MOST = 1_000
"""Of one sort of fault, how many are looked into one by one."""


def of_changes(connection: psycopg.Connection[Any], changes: Sequence[int]) -> dict[int, str]:
    """Return the true time of these changes, of the first thousand."""
    query = (
        "select c.id, l.real_at from audit_change c join audit_commandlog l on l.id = c.command where c.id = any(%s)"
    )
    return {id_: at.isoformat() for id_, at in connection.execute(query, [list(changes[:MOST])])}
