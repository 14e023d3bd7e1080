"""Cells: what is kept of one group of one month, and figures made of many of them for one reader."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from watchward.foundation.acting import Acting
from watchward.foundation.measures.counting import NO_TEAM
from watchward.foundation.measures.declared import Measure, Share
from watchward.foundation.measures.figures import Counted, Figure, Group


@dataclass
class Cell:
    """What is kept of one group.

    Args:
        rows: how many.
        counted: of these.
        open: of these.
        locks: of these how many are locked, and counted, by the number of their team.
        centiles: of a spread.
    """

    rows: int = 0
    counted: int = 0
    open: int = 0
    locks: dict[int, tuple[int, int]] | None = None
    centiles: Sequence[float] | None = None

    def add(self, other: Cell) -> None:
        """Add another to this one."""
        self.rows += other.rows
        self.counted += other.counted
        self.open += other.open
        for team, (rows, counted) in (other.locks or {}).items():
            before = (self.locks or {}).get(team, (0, 0))
            self.locks = {**(self.locks or {}), team: (before[0] + rows, before[1] + counted)}
        self.centiles = other.centiles

    def written(self, group: Group) -> list[Any]:
        """Return it as it is kept."""
        locks = [[team, *numbers] for team, numbers in sorted((self.locks or {}).items())]
        return [list(group), self.rows, self.counted, self.open, locks, list(self.centiles or ())]


def read(said: Iterable[Sequence[Any]]) -> dict[Group, Cell]:
    """Return cells by their group from what is kept."""
    return {
        tuple(group): Cell(
            rows, counted, open_, {team: (n, k) for team, n, k in locks} if locks else None, centiles or None
        )
        for group, rows, counted, open_, locks, centiles in said
    }


def of_counted(counted: Counted) -> dict[Group, Cell]:
    """Return cells of figures whose last group is the team of locked rows."""
    found: dict[Group, Cell] = defaultdict(Cell)
    for (*group, lock), figure in counted.items():
        locks = {int(lock): (figure.rows, figure.counted)} if lock is not None else None
        found[tuple(group)].add(Cell(figure.rows, figure.counted, figure.open, locks))
    return dict(found)


def narrowed(cells: Mapping[Group, Cell], places: Sequence[int]) -> dict[Group, Cell]:
    """Return cells of fewer breakdowns, added up: those that stand at these places of the group."""
    found: dict[Group, Cell] = defaultdict(Cell)
    for group, cell in cells.items():
        found[tuple(group[place] for place in places)].add(cell)
    return dict(found)


def hides(cells: Iterable[Cell], reader: Acting) -> bool:
    """Return whether some rows are locked to teams that are not the reader's."""
    return any(team not in reader.teams for cell in cells for team in cell.locks or ())


def figure(cell: Cell, measure: Measure, reader: Acting) -> Figure:
    """Return the figure of a cell, with what this reader may open of it."""
    closed = [numbers for team, numbers in (cell.locks or {}).items() if team not in reader.teams or team == NO_TEAM]
    hidden = (0, 0) if reader.sees_all else (sum(each[0] for each in closed), sum(each[1] for each in closed))
    median, ninetieth = cell.centiles or (None, None)
    seen_rows = cell.rows - hidden[0]
    return Figure(
        rows=cell.rows, counted=cell.counted, open=cell.open, seen_rows=seen_rows,
        seen=cell.counted - hidden[1] if isinstance(measure, Share) else seen_rows, median=median, ninetieth=ninetieth,
    )  # fmt: skip
