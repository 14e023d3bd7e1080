"""What a printed document is made of."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True)
class Heading:
    """A heading; the document's own title is of level 1."""

    level: int
    words: str
    kind: Literal["heading"] = "heading"


@dataclass(frozen=True)
class Words:
    """A paragraph."""

    words: str
    kind: Literal["words"] = "words"


@dataclass(frozen=True)
class Items:
    """A list; each item is its lines."""

    items: tuple[tuple[str, ...], ...]
    kind: Literal["items"] = "items"


@dataclass(frozen=True)
class Facts:
    """Things with what is said of each: a label and its lines."""

    facts: tuple[tuple[str, tuple[str, ...]], ...]
    kind: Literal["facts"] = "facts"


@dataclass(frozen=True)
class Grid:
    """A table with one heading for each column; a column of numbers stands to the right."""

    caption: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    numbers: tuple[bool, ...]
    kind: Literal["grid"] = "grid"


Block = Heading | Words | Items | Facts | Grid


@dataclass(frozen=True)
class Document:
    """What is to be printed.

    Args:
        title: of the document, for its first line and for whoever hears it read.
        blocks: in the order in which they are read.
        marking: the protective marking, at the head and the foot of each sheet.
        by: who took it out.
        at: when, in words.
        copy: the number that the trace of this printing has; on each sheet.
        source: where in Watchward it was printed from.
    """

    title: str
    blocks: tuple[Block, ...]
    marking: str
    by: str
    at: str
    copy: str
    source: str
