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
Pair = tuple[str | None, str | None]
"""A part of a table of two breakdowns: its line and its column."""


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


def hidden_in_both(parts: Mapping[Pair, Cell], *, least: int = SMALL) -> frozenset[Pair]:
    """Return which parts of a table of two breakdowns must be hidden, when the totals of each leave as well.

    A line whose own total is hidden in the table of one breakdown is hidden with all its parts. In every other line and
    column what is hidden is at least two parts, not small together, and no part follows from several lines at once.
    Parts with nothing in them are hidden where no others are left: that they are empty would give the rest back.
    """
    ones, others = ([*dict.fromkeys(key[side] for key in parts)] for side in (0, 1))
    grid = {(one, other): parts.get((one, other), Cell(0, 0)) for one in ones for other in others}
    out = {key for key, cell in grid.items() if cell.small(least)}
    lines: list[list[Pair]] = []
    loose: set[tuple[int, object]] = set()
    for side, names in enumerate((ones, others)):
        of = {name: [key for key in grid if key[side] == name] for name in names}
        gone = hidden({name: _sum(grid[key] for key in keys) for name, keys in of.items()}, least=least)
        loose |= {(side, name) for name in gone}
        out.update(key for name in gone for key in of[name])
        lines += [keys for name, keys in of.items() if name not in gone]
    while True:
        before = len(out)
        for keys in lines:
            _hide_enough(keys, grid, out, least)
        found = next((key for key in _in_order(out, grid) if grid[key].rows and _follows(key, out, loose)), None)
        if found is not None:
            beside = [key for key in grid if key not in out and (key[0] == found[0] or key[1] == found[1])]
            out.update(_in_order(beside, grid)[:1])
        if len(out) == before:
            return frozenset(out)


def _in_order(keys: Iterable[K], grid: Mapping[K, Cell]) -> list[K]:
    """Return these parts, those with fewest rows first and those with none last."""
    return sorted(keys, key=lambda key: (not grid[key].rows, grid[key].rows, grid[key].counted, str(key)))


def _hide_enough(keys: list[K], grid: Mapping[K, Cell], out: set[K], least: int) -> None:
    """Hide more of one line until what is hidden of it stays hidden though its total is known."""
    for key in _in_order((each for each in keys if each not in out), grid):
        held = [grid[each] for each in keys if each in out]
        if not _sum(held).rows or (len(held) >= 2 and not _sum(held).small(least)):
            return
        out.add(key)


def _follows(key: Pair, out: Collection[Pair], loose: Collection[tuple[int, object]]) -> bool:
    """Return whether a hidden part follows from the totals of all lines and columns together.

    Lines and columns are the ends, hidden parts and hidden totals the ways between them: a part follows exactly when it
    is the only way between what lies on either side of it.
    """
    ways: dict[tuple[int, object], set[tuple[int, object]]] = {}
    for one, other in out:
        if (one, other) != key:
            ways.setdefault((0, one), set()).add((1, other))
            ways.setdefault((1, other), set()).add((0, one))
    for side, name in loose:
        ends = (side, name), (1 - side, _TOTAL)
        ways.setdefault(ends[0], set()).add(ends[1])
        ways.setdefault(ends[1], set()).add(ends[0])
    going: list[tuple[int, object]] = [(0, key[0])]
    reached = set(going)
    while going:
        for end in ways.get(going.pop(), ()):
            if end not in reached:
                reached.add(end)
                going.append(end)
    return (1, key[1]) not in reached


_TOTAL: object = object()
"""The line, and the column, of the totals."""
