"""Judging a figure over time with a control chart: what it does by itself, and when it does more than that.

The chart is the individuals chart (XmR). The average and the limits come from the first twelve settled points: the
limits stand 2.66 average moving ranges either side (Wheeler, Understanding Variation, 1993). They are kept until a
recorded change is followed by a signal and by twelve settled points; then they are set anew from that change on.
A signal is a settled point outside the limits, or eight in a row on one side of the average.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import pairwise

from watchward.foundation.measures.spans import next_month

NEEDED = 12
"""Settled points from which limits are set."""
IN_A_ROW = 8
WIDTH = 2.66
"""3 / d2 for ranges of two points (d2 = 1.128)."""


class Side(StrEnum):
    """On which side of the average."""

    HIGHER = "higher"
    LOWER = "lower"


class Reading(StrEnum):
    """What is said of one point."""

    ORDINARY = "Ordinary"
    OUTSIDE = "Outside the limits"
    IN_A_ROW = "One of eight in a row"
    UNSETTLED = "Not yet settled"
    TOO_NEW = "Not judged"
    EMPTY = "Nothing to count"


@dataclass(frozen=True)
class Point:
    """One month of a figure.

    Args:
        month: its first day.
        value: the figure; None where there was nothing to count.
        settled: whether so little is still open that it may be judged.
    """

    month: date
    value: float | None
    settled: bool = True

    @property
    def judged(self) -> bool:
        """Whether it takes part in limits and signals."""
        return self.settled and self.value is not None


@dataclass(frozen=True)
class Limits:
    """What a figure does by itself.

    Args:
        since: the month from which they are drawn.
        average: of the points that they were set from.
        lower: limit, not below what the figure can be.
        upper: limit, not above what the figure can be.
        first: month of the first point that they were set from, and ``last`` of the last.
        change: the day of the recorded change after which they were set anew; None for the first.
    """

    since: date
    average: float
    lower: float
    upper: float
    first: date
    last: date
    change: date | None = None

    def outside(self, value: float) -> Side | None:
        """Return on which side a value lies beyond the limits, if it does."""
        if value > self.upper and not _same(value, self.upper):
            return Side.HIGHER
        if value < self.lower and not _same(value, self.lower):
            return Side.LOWER
        return None

    def side(self, value: float) -> Side | None:
        """Return on which side of the average a value lies; None on it."""
        if _same(value, self.average):
            return None
        return Side.HIGHER if value > self.average else Side.LOWER


def _same(one: float, other: float) -> bool:
    """Return whether two figures differ by no more than arithmetic does."""
    return abs(one - other) <= 1e-9 * max(1.0, abs(one), abs(other))


@dataclass(frozen=True)
class Judged:
    """A point with what is said of it, and on which side it is a signal."""

    point: Point
    reading: Reading
    signal: Side | None = None


@dataclass(frozen=True)
class Stretch:
    """Signals on one side without a break, in settled points.

    Args:
        side: which.
        since: its first month.
        last: its last month.
        points: how many.
        outside: how many of them lie outside the limits.
        outside_since: the month from which all of them do; None where the last does not.
    """

    side: Side
    since: date
    last: date
    points: int
    outside: int
    outside_since: date | None = None


@dataclass(frozen=True)
class Chart:
    """A figure over time, judged.

    Args:
        points: every month, with what is said of it.
        limits: in order; none while there are fewer than twelve settled points.
        stretches: every unbroken run of signals, in order.
        changes: the days of recorded changes within it that are drawn.
    """

    points: tuple[Judged, ...]
    limits: tuple[Limits, ...]
    stretches: tuple[Stretch, ...]
    changes: tuple[date, ...]

    @property
    def settled(self) -> int:
        """How many settled points there are."""
        return sum(each.point.judged for each in self.points)

    @property
    def now(self) -> Stretch | None:
        """The signal that lasts: the one that the last settled point belongs to."""
        last = next((each for each in reversed(self.points) if each.point.judged), None)
        if last is None or last.signal is None:
            return None
        return next((each for each in self.stretches if each.last == last.point.month), None)

    def moved(self, change: date) -> bool:
        """Return whether a month between a change and the next gives a signal."""
        return any(each.signal and of_change(each.point.month, change, self.changes) for each in self.points)

    @property
    def unsettled(self) -> int:
        """How many of the latest months are not settled yet."""
        return sum(1 for each in self.points if each.reading is Reading.UNSETTLED)


def limits_of(
    points: Sequence[Point], *, since: date, change: date | None = None,
    least: float | None = None, most: float | None = None,
) -> Limits | None:  # fmt: skip
    """Return the limits that the first twelve settled points set; None when there are fewer.

    Args:
        points: in order.
        since: the month from which they are drawn.
        change: the recorded change after which they were set.
        least: the least that the figure can be.
        most: the most that it can be.
    """
    base = [(point.month, point.value) for point in points if point.settled and point.value is not None][:NEEDED]
    if len(base) < NEEDED:
        return None
    values = [value for _month, value in base]
    average = sum(values) / len(values)
    width = WIDTH * sum(abs(after - before) for before, after in pairwise(values)) / (len(values) - 1)
    lower, upper = average - width, average + width
    return Limits(
        since=since, average=average, change=change, first=base[0][0], last=base[-1][0],
        lower=lower if least is None else max(least, lower), upper=upper if most is None else min(most, upper),
    )  # fmt: skip


def judge(
    points: Sequence[Point], changes: Iterable[date] = (), *, least: float | None = None, most: float | None = None
) -> Chart:
    """Return a figure over time, judged.

    Args:
        points: one for each month, in order.
        changes: days of recorded changes; several on one day are one line.
        least: the least that the figure can be, such as 0.
        most: the most that it can be, such as 100.
    """
    drawn = tuple(sorted({day for day in changes if points and points[0].month <= day <= _end(points)}))
    if not points:
        return Chart((), (), (), drawn)
    first = limits_of(points, since=points[0].month, least=least, most=most)
    if first is None:
        return Chart(tuple(Judged(each, _unjudged(each)) for each in points), (), (), drawn)
    limits = [first]
    judged = _read(points, limits)
    for change in drawn:
        own = [point for point in points if of_change(point.month, change, drawn)]
        fresh = limits_of(own, since=own[0].month, change=change, least=least, most=most) if own else None
        if fresh is not None and _signals(own, limits[-1]):
            limits.append(fresh)
            judged = _read(points, limits)
    return Chart(tuple(judged), tuple(limits), tuple(_stretches(judged)), drawn)


def _end(points: Sequence[Point]) -> date:
    return next_month(points[-1].month)


def of_change(month: date, change: date, changes: Iterable[date]) -> bool:
    """Return whether a month lies wholly after a change and wholly before the next: where one fell, it is of neither.

    Args:
        month: its first day.
        change: the day of the change.
        changes: the days of all of them.
    """
    until = min((day for day in changes if day > change), default=None)
    return month >= change and (until is None or next_month(month) <= until)


def _unjudged(point: Point) -> Reading:
    if point.value is None:
        return Reading.EMPTY
    return Reading.TOO_NEW if point.settled else Reading.UNSETTLED


def _signals(points: Sequence[Point], limits: Limits) -> bool:
    """Return whether these points by themselves, against these limits, give a signal."""
    return any(each.signal for each in _part(points, limits))


def _read(points: Sequence[Point], limits: Sequence[Limits]) -> list[Judged]:
    """Return each point judged by the limits that stand for it; a run does not go on across new limits."""
    found: list[Judged] = []
    for place, each in enumerate(limits):
        until = limits[place + 1].since if place + 1 < len(limits) else None
        own = [point for point in points if point.month >= each.since and (until is None or point.month < until)]
        found += _part(own, each)
    return found


def _part(points: Sequence[Point], limits: Limits) -> list[Judged]:
    sides = [limits.side(point.value) if point.judged and point.value is not None else None for point in points]
    runs = _in_a_row(points, sides)
    found = []
    for place, point in enumerate(points):
        if not point.judged or point.value is None:
            found.append(Judged(point, _unjudged(point)))
        elif outside := limits.outside(point.value):
            found.append(Judged(point, Reading.OUTSIDE, outside))
        elif place in runs:
            found.append(Judged(point, Reading.IN_A_ROW, sides[place]))
        else:
            found.append(Judged(point, Reading.ORDINARY))
    return found


def _in_a_row(points: Sequence[Point], sides: Sequence[Side | None]) -> set[int]:
    """Return the places of points that stand in a run of eight or more on one side; those not judged break none."""
    found: set[int] = set()
    run: list[int] = []
    before: Side | None = None
    for place, point in enumerate(points):
        if not point.judged:
            continue
        if sides[place] is None or sides[place] != before:
            run = []
        before = sides[place]
        if before is not None:
            run.append(place)
        if len(run) >= IN_A_ROW:
            found.update(run)
    return found


def _stretches(judged: Sequence[Judged]) -> list[Stretch]:
    found: list[Stretch] = []
    going: list[Judged] = []
    for each in [*(one for one in judged if one.point.judged), None]:
        if going and (each is None or each.signal != going[-1].signal):
            side = going[-1].signal
            if side is not None:
                found.append(_stretch(side, going))
            going = []
        if each is not None and each.signal is not None:
            going.append(each)
    return found


def _stretch(side: Side, going: Sequence[Judged]) -> Stretch:
    since: date | None = None
    for each in reversed(going):
        if each.reading is not Reading.OUTSIDE:
            break
        since = each.point.month
    outside = sum(each.reading is Reading.OUTSIDE for each in going)
    return Stretch(side, going[0].point.month, going[-1].point.month, len(going), outside, since)
