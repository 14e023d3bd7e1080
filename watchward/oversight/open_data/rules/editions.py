"""A later edition of a published month: how it differs from what stands, and when it cannot be one."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from watchward.kernel.refusals import Refusal

LEAST = 2
"""A file with fewer than one in so many of the rows that stand is no whole month."""


@dataclass(frozen=True)
class Compared:
    """A month of a file beside what stands of it.

    Args:
        month: its first day.
        same: rows that stand as they are.
        fresh: rows that do not.
        gone: rows that stand and are not in the file.
        changed: of the fresh ones, those whose Crime ID stood with other values, which are among the gone.
    """

    month: date
    same: int
    fresh: int
    gone: int
    changed: int

    @property
    def rows(self) -> int:
        """Rows of the file."""
        return self.same + self.fresh

    @property
    def stood(self) -> int:
        """Rows that stood before."""
        return self.same + self.gone

    @property
    def added(self) -> int:
        """Rows that are new."""
        return self.fresh - self.changed

    @property
    def left(self) -> int:
        """Rows that stood and are in it no more."""
        return self.gone - self.changed

    @property
    def said(self) -> str:
        """How it differs from what stood, in words; empty where nothing stood or nothing differs."""
        if not self.stood or not (self.fresh or self.gone):
            return ""
        return (
            f"{self.month:%B %Y} is a later edition: {self.same:,} rows the same, {self.changed:,} changed, "
            f"{self.added:,} added, {self.left:,} gone. The earlier edition is kept and counted no more"
        )


def why_not_edition(found: Iterable[Compared]) -> list[Refusal]:
    """Return why months of a file are no later edition of what stands: they must have been cut off."""
    return [
        Refusal(
            f"{one.month:%B %Y} has {one.rows:,} rows in this file, and {one.stood:,} are loaded: it looks cut off. "
            "Load the whole month.",
            code="cut-off",
        )
        for one in found
        if one.stood and one.rows * LEAST < one.stood
    ]
