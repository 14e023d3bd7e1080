"""The words of verification."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum


class Kind(StrEnum):
    """What is the matter with a row of the force's records, of the log, or of its seals.

    ALTERED: it is not as it was written.
    INSERTED: it stands there, and nothing says that it was written.
    REMOVED: it was written and is gone.
    RENUMBERED: it stands under another number than it was written with.
    CUT: the end is gone, with everything after a point.
    REBUILT: entries were put in the place of those that were sealed, and chained anew.
    FORGED: it was not signed with the key that is known.
    EMPTIED: what it held is gone, and no erasure says so.
    UNGUARDED: nothing in the database keeps this table's history.
    """

    ALTERED = "altered"
    INSERTED = "inserted"
    REMOVED = "removed"
    RENUMBERED = "renumbered"
    CUT = "cut"
    REBUILT = "rebuilt"
    FORGED = "forged"
    EMPTIED = "emptied"
    UNGUARDED = "unguarded"


SECOND_PLACE = "second place"
"""What stands for a table in a fault of the files of heads."""


@dataclass(frozen=True, order=True)
class Fault:
    """One thing that does not hold.

    Args:
        kind: what is the matter.
        table: where.
        record: of which: an id, a number, or the first and last of several.
        at: true time to which it belongs, ISO 8601 in UTC; empty where nothing tells.
    """

    table: str
    record: str
    kind: Kind
    at: str = ""

    @property
    def words(self) -> str:
        """The fault in one line."""
        return f"{self.table} {self.record}: {self.kind}" + (f" ({self.at})" if self.at else "")


@dataclass
class Findings:
    """What a verification found.

    Args:
        entries: how many sealed entries were checked.
        heads: how many signed heads.
        rows: how many rows of the force's records were compared with their last change.
        forgotten: how many changes have been erased by a command that says so.
        waiting: how many entries have been committed and are not yet sealed.
        notes: what a reader should know and is no fault.
        faults: what does not hold.
    """

    entries: int = 0
    heads: int = 0
    rows: int = 0
    forgotten: int = 0
    waiting: int = 0
    notes: list[str] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)

    @property
    def intact(self) -> bool:
        """Whether everything holds."""
        return not self.faults

    def add(self, parts: Sequence[Findings]) -> None:
        """Take in what the parts of a verification found."""
        for part in parts:
            self.entries += part.entries
            self.heads += part.heads
            self.rows += part.rows
            self.forgotten += part.forgotten
            self.waiting += part.waiting
            self.notes += part.notes
            self.faults += part.faults
        self.faults = sorted(set(self.faults))
