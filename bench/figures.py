"""A figure beside its peer and its floor, and the table in which they are printed."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from statistics import median


@dataclass(frozen=True)
class Figure:
    """One row of the table.

    Args:
        what: what was measured.
        measured: the value, with its unit.
        peer: what it is measured against in the same run, with its value.
        floor: what it must reach, in words.
        holds: whether it does; None where nothing is asked of it.
        says: what a reader must know besides, such as where the time goes.
    """

    what: str
    measured: str
    peer: str = ""
    floor: str = ""
    holds: bool | None = None
    says: str = ""

    @property
    def verdict(self) -> str:
        """Whether it passes, falls short, or is only told."""
        return "" if self.holds is None else "pass" if self.holds else "SHORT"


def printed(figures: Sequence[Figure]) -> str:
    """Return the table as text, each row's remarks under it."""
    head = ("figure", "measured", "peer in the same run", "floor", "")
    rows = [(f.what, f.measured, f.peer, f.floor, f.verdict) for f in figures]
    widths = [max(len(row[n]) for row in (head, *rows)) for n in range(len(head))]
    lines = ["  ".join(cell.ljust(width) for cell, width in zip(head, widths, strict=True)).rstrip()]
    lines.append("  ".join("-" * width for width in widths))
    for figure, row in zip(figures, rows, strict=True):
        lines.append("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip())
        lines += [f"    {line}" for line in figure.says.splitlines()]
    return "\n".join(lines)


def as_objects(figures: Sequence[Figure]) -> list[dict[str, object]]:
    """Return the rows for `--json`."""
    return [asdict(figure) for figure in figures]


def p95(values: Sequence[float]) -> float:
    """Return the value that 95 of 100 do not exceed (nearest rank)."""
    return sorted(values)[max(0, math.ceil(0.95 * len(values)) - 1)]


def spread(values: Sequence[float]) -> str:
    """Return median and 95th percentile of seconds, in milliseconds."""
    return f"p50 {median(values) * 1000:.1f} ms, p95 {p95(values) * 1000:.1f} ms"
