"""The words of this room."""

from __future__ import annotations

from enum import StrEnum
from typing import Final


class Permission(StrEnum):
    """What roles let people do here.

    READ: open one person's record across the whole force.
    """

    READ = "profile.read"


class Show(StrEnum):
    """Which lines of the chronicle are shown."""

    ALL = "all"
    VICTIM = "victim"
    CALLER = "caller"
    FACTS = "facts"


OWED: Final = "duties.owed"
"""The kind of line that says what is owed to somebody; it has a list of its own."""

FACTS: Final = frozenset(
    {"people.marker", "places.marker", "objects.marker", "crimes.crime", "victims.contact", "victims.decision"}
)
"""Kinds of line that tell a fact, or what came of a contact; they are in no count of contacts."""

EVENTS: Final = frozenset({"incidents.incident", "contact.call"})
"""Kinds of line that tell what happened; each is a contact."""
