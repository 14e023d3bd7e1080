"""The words of clients: what keeping them takes, what is never lent to one, and how long its secrets last."""

from __future__ import annotations

from datetime import timedelta

KEEP = "machines.keep"
"""Making clients of other systems, and lending them scopes that one holds oneself."""

NEVER_LENT = frozenset(
    {KEEP, "access.administer", "access.open_locked", "access.review_opening", "audit.read", "audit.erase"}
)
"""What asks for a person's own judgement: who comes in, what is locked, who looked at it, and what is forgotten."""

SECRET_LASTS = timedelta(days=365)
"""From its making to its end, unless it is rotated before (setting of the house)."""

OVERLAP = timedelta(days=1)
"""How long the secret before goes on after a rotation, for the other system to take up the new one."""

A_MINUTE = 600
"""Calls that a client may make in a minute, unless it is made with another number."""

MOST_A_MINUTE = 6_000
