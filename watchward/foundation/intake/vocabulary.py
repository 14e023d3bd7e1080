"""The words of intake: what kinds of rows there are, what a row may hold, and what became of a file."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import UUID

if TYPE_CHECKING:
    import polars as pl

    from watchward.foundation.acting import Acting
    from watchward.foundation.intake.files import Table


@dataclass(frozen=True)
class Field:
    """What a row of one kind may hold.

    Args:
        name: stable name, used in mapping files.
        says: in words.
        columns: names that columns of outside files often have for it, folded.
        longest: most characters.
        day: whether it is a date.
    """

    name: str
    says: str
    columns: tuple[str, ...] = ()
    longest: int = 200
    day: bool = False


OUTSIDE_ID = Field("outside_id", "The row's own number in its source", (), longest=80)


@dataclass(frozen=True)
class Row:
    """Why a row was refused.

    Args:
        line: where it begins in the file, the header being line 1; in a Parquet file its row.
        words: why, without what it held.
        column: of the file, where the fault is in one.
    """

    line: int
    words: str
    column: str = ""


@dataclass(frozen=True)
class Kind:
    """A kind of rows that can be loaded; a domain registers its own in its `imports.py`.

    Args:
        key: the word on the command line.
        title: what is loaded, in words.
        fields: what a row may hold.
        load: a command that writes fresh rows, given who acts, the rows in fields as a table with `@line` and `record`,
            the id that each is to have, and the mapping's options.
        check: every reason against single rows.
        options: words that a mapping file may set, with their values when it does not.
        at_once: rows written by one command.
        read: reads a file that is neither CSV nor Parquet into a table; None for those.
        alike_without: the field without which two rows that are the same in every cell are two facts and not one;
            empty where they are always one.
        against: every reason against single rows that only the database knows, given who acts and the fresh rows.
        reconciles: whether ``load`` is given every row of the file and itself knows those that are there, as for lists
            of which a later edition takes the place of an earlier one; it then returns ``Taken``.
        carried: files that are loaded where none is named, because Watchward carries them.
    """

    key: str
    title: str
    fields: tuple[Field, ...]
    load: Callable[..., Any]
    check: Callable[[pl.DataFrame, dict[str, Any]], list[Row]]
    options: dict[str, Any] = field(default_factory=dict)
    at_once: int = 50_000
    read: Callable[[Path], Table] | None = None
    alike_without: str = ""
    against: Callable[[Acting, pl.DataFrame], list[Row]] | None = None
    reconciles: bool = False
    carried: tuple[Path, ...] = ()

    def __post_init__(self) -> None:
        if self.key in kinds:
            raise ValueError(f"two kinds of import are called {self.key}")
        kinds[self.key] = self

    def field(self, name: str) -> Field | None:
        """Return the field of this name."""
        return next((one for one in (OUTSIDE_ID, *self.fields) if one.name == name), None)


kinds: dict[str, Kind] = {}


@dataclass(frozen=True)
class Taken:
    """What became of rows that were reconciled with those that stand.

    Args:
        already: how many of them stood, and changed nothing.
        said: what else changed, in words.
    """

    already: int = 0
    said: tuple[str, ...] = ()


@dataclass
class Outcome:
    """What became of one file: rows read = loaded + already there + refused.

    Args:
        path: of the file.
        read: rows in it.
        loaded: rows that are now on record.
        already: rows that were on record from an earlier load, or stand twice in the file.
        refused: rows that are not; of a file that was refused whole, all that are not already there.
        rows: why, by line.
        whole: why the file as a whole was refused.
        said: what a person should know of how it was read.
        file: id of the row that records the load.
    """

    path: Path
    read: int = 0
    loaded: int = 0
    already: int = 0
    refused: int = 0
    rows: list[Row] = field(default_factory=list)
    whole: list[str] = field(default_factory=list)
    said: list[str] = field(default_factory=list)
    file: UUID | None = None

    @property
    def lines(self) -> set[int]:
        """Return the lines that were refused, each once however many faults it has."""
        return {row.line for row in self.rows}

    @property
    def reasons(self) -> dict[str, int]:
        """Return each reason with the number of rows that it stands against."""
        return dict(Counter([*self.whole, *(row.words for row in self.rows)]).most_common())

    @property
    def reconciles(self) -> bool:
        """Return whether the sum adds up."""
        return self.read == self.loaded + self.already + self.refused


class FileRefused(Exception):  # noqa: N818
    """A file that cannot be read as what it says it is.

    Args:
        words: why, in words fit for whoever has it.
    """
