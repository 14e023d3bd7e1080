"""What is asked of a measure, and the figures that answer it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from watchward.foundation.measures.declared import Dimension, Measure, Share, Spread
from watchward.foundation.measures.spans import Span


@dataclass(frozen=True)
class Figure:
    """What was counted of some rows.

    Args:
        rows: how many there are.
        counted: how many of them meet the condition (a share), are counted (a rate), or have a quantity (a spread).
        open: how many may still change the figure.
        seen: how many of those counted the reader may open.
        seen_rows: how many of all rows the reader may open.
        median: of a spread.
        ninetieth: the 90th centile of a spread.
    """

    rows: int = 0
    counted: int = 0
    open: int = 0
    seen: int = 0
    seen_rows: int = 0
    median: float | None = None
    ninetieth: float | None = None

    def value(self, measure: Measure, span: Span) -> float | None:
        """Return the figure as it is said: per cent, a day, or the median; None where there is nothing to say it of."""
        if isinstance(measure, Share):
            return 100 * self.counted / self.rows if self.rows else None
        if isinstance(measure, Spread):
            return self.median
        return self.rows / span.days

    @property
    def open_share(self) -> float:
        """Which part of the rows may still change."""
        return self.open / self.rows if self.rows else 0.0


@dataclass(frozen=True)
class Asked:
    """One figure to be counted.

    Args:
        measure: of which.
        span: in which period.
        by: parted by these, one or two.
        months: parted by the calendar month as well, in Europe/London.
        only: only the rows whose group in a breakdown is this; None in it stands for those without one.
        apart: the sealed rows of the reader's teams instead of all others.
        within: only the rows of these periods, where there are any; each lies within the period.
        locks: parted by the team of locked rows as well, last: -1 stands for none, and null for rows that are open.
    """

    measure: Measure
    span: Span
    by: tuple[Dimension, ...] = ()
    months: bool = False
    only: Mapping[str, str | None] = field(default_factory=dict)
    apart: bool = False
    within: tuple[Span, ...] = ()
    locks: bool = False


Group = tuple[str | None, ...]
Counted = Mapping[Group, Figure]
"""Figures by their groups; where the months were asked for, the first of a month, written out, is the first group."""
