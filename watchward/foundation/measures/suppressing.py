"""Small numbers hidden before figures leave the force, and enough beside them that no total gives them back.

A count of one to four is small, whether of the rows, of those counted or of those not counted. Where parts add up to a
total that is shown, a part that is hidden alone is the total less the others: so further parts are hidden until at
least two are, and until those hidden together are not small themselves. In a table of two breakdowns every line and
column is such a total. What this does not prevent: two files of periods that differ by a few days, laid side by side.
"""

from __future__ import annotations

from collections.abc import Collection, Hashable, Iterable, Mapping
from dataclasses import dataclass
from typing import TypeVar

SMALL = 5
"""Counts below this, other than nought, do not leave the force (force setting)."""

K = TypeVar("K", bound=Hashable)
A = TypeVar("A", bound=Hashable)
B = TypeVar("B", bound=Hashable)


@dataclass(frozen=True)
class Cell:
    """What was counted of one part.

    Args:
        rows: how many there are.
        counted: how many of them are counted; the same where all are.
    """

    rows: int
    counted: int

    def __add__(self, other: Cell) -> Cell:
        return Cell(self.rows + other.rows, self.counted + other.counted)

    def small(self, least: int = SMALL) -> bool:
        """Return whether any of its counts is small: of rows, of those counted, of those not counted."""
        return any(0 < number < least for number in (self.rows, self.counted, self.rows - self.counted))


def _sum(cells: Iterable[Cell]) -> Cell:
    total = Cell(0, 0)
    for cell in cells:
        total += cell
    return total


def _safe(hidden: Collection[Cell], least: int) -> bool:
    """Return whether these parts stay hidden though their sum is known."""
    held = [cell for cell in hidden if cell.rows]
    return not held or (len(held) >= 2 and not _sum(held).small(least))


def hidden(parts: Mapping[K, Cell], *, least: int = SMALL, total_shown: bool = True) -> frozenset[K]:
    """Return which parts of a table must be hidden before it leaves.

    Args:
        parts: what was counted of each; they add up to the total.
        least: the least number that may leave, other than nought.
        total_shown: whether the total leaves with them, or can be had elsewhere.
    """
    if total_shown and _sum(parts.values()).small(least):
        return frozenset(parts)
    out = {key for key, cell in parts.items() if cell.small(least)}
    if not total_shown:
        return frozenset(out)
    for key, cell in sorted(parts.items(), key=lambda pair: (pair[1].rows, pair[1].counted, str(pair[0]))):
        if _safe([parts[each] for each in out], least):
            break
        if key not in out and cell.rows:
            out.add(key)
    return frozenset(out)


def hidden_in_both(parts: Mapping[tuple[A, B], Cell], *, least: int = SMALL) -> frozenset[tuple[A, B]]:
    """Return which parts of a table of two breakdowns must be hidden, when the totals of each leave as well.

    A line whose own total is hidden in the table of one breakdown is hidden with all its parts; in every other line and
    column, what is hidden must stay hidden though its total is known.
    """
    lines: list[list[tuple[A, B]]] = []
    out: set[tuple[A, B]] = {key for key, cell in parts.items() if cell.small(least)}
    for side in (0, 1):
        names = list(dict.fromkeys(key[side] for key in parts))
        of = {name: [key for key in parts if key[side] == name] for name in names}
        gone = hidden({name: _sum(parts[key] for key in keys) for name, keys in of.items()}, least=least)
        out.update(key for name in gone for key in of[name])
        lines += [keys for name, keys in of.items() if name not in gone]
    while True:
        before = len(out)
        for keys in lines:
            ordered = sorted(keys, key=lambda key: (parts[key].rows, parts[key].counted, str(key)))
            for key in ordered:
                if _safe([parts[each] for each in keys if each in out], least):
                    break
                if parts[key].rows:
                    out.add(key)
        if len(out) == before:
            return frozenset(out)
