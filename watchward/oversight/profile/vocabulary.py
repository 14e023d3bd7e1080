"""The words of this room."""

from __future__ import annotations

from enum import StrEnum


class Permission(StrEnum):
    """What roles let people do here.

    READ: open one person's record across the whole force.
    """

    READ = "profile.read"
