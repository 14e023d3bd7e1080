"""The words of this room."""

from __future__ import annotations

from enum import StrEnum


class Permission(StrEnum):
    """What roles let people do here.

    EXPLAIN: say why a measure got worse.
    """

    EXPLAIN = "performance.explain"


THEMES = ("Contact", "Solve", "Prevent")
"""The three steps by which the force looks at itself (report line 33), in their order; what fits none comes after."""
