"""Charts as shapes in a box: where each line, point and word stands. Templates write them, style sheets colour them.

A large chart is drawn twice, for a wide page and for a phone, because one drawing that is scaled has letters that
nobody can read.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from math import ceil, floor, log10

from watchward.foundation.measures.judging import Chart, Judged, Reading
from watchward.foundation.measures.spans import next_month
from watchward.foundation.ui.words import short_day


@dataclass(frozen=True)
class Frame:
    """A box and the plot within it.

    Args:
        width: of the box, in its own units.
        height: of the box.
        left: where the plot begins, and so on round.
        every: months from one label to the next.
        labels: whether lines are named at their right end.
    """

    width: float
    height: float
    left: float
    right: float
    top: float
    bottom: float
    every: int
    labels: bool


WIDE = Frame(1140, 300, 44, 970, 28, 270, 3, True)
NARROW = Frame(345, 240, 40, 335, 28, 205, 6, False)
TILE = Frame(230, 46, 5, 225, 5, 41, 0, False)
Place = Callable[[float], float]
LETTER_HIGH = 17.0
"""The least between two words that stand one above the other."""


@dataclass(frozen=True)
class Mark:
    """A point: a dot, a hollow one that is not settled, or the diamond of a signal."""

    x: float
    y: float
    look: str


@dataclass(frozen=True)
class Across:
    """A line across a part of the plot, with its words where there is room for them."""

    x1: float
    x2: float
    y: float
    look: str


@dataclass(frozen=True)
class Word:
    """Words at a place."""

    x: float
    y: float
    text: str
    look: str = ""


@dataclass(frozen=True)
class Box:
    """A box."""

    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True)
class Flag:
    """A recorded change: an upright line with its letter."""

    x: float
    letter: str


@dataclass(frozen=True)
class Drawing:
    """A chart as shapes."""

    frame: Frame
    bands: tuple[Box, ...]
    young: Box | None
    grid: tuple[tuple[float, str], ...]
    across: tuple[Across, ...]
    flags: tuple[Flag, ...]
    lines: tuple[str, ...]
    marks: tuple[Mark, ...]
    months: tuple[Word, ...]
    named: tuple[Word, ...]
    unit: str


def steps(least: float, most: float, about: int = 6) -> list[float]:
    """Return round numbers from below the least to above the most, about so many.

    Args:
        least: of what is drawn.
        most: of what is drawn, not below the least.
        about: how many lines are wanted.
    """
    reach = max(most - least, abs(most) * 1e-6, 1e-9)
    size = 10 ** floor(log10(reach / about))
    step = next(size * each for each in (1, 2, 5, 10) if reach / (size * each) <= about)
    first, last = floor(least / step + 1e-9), ceil(most / step - 1e-9)
    if first == last:
        last += 1
    return [round(n * step, 10) for n in range(first, last + 1)]


def _said(value: float) -> str:
    return f"{value:,.10f}".rstrip("0").rstrip(".")


def draw(
    chart: Chart, frame: Frame, *, unit: str, others: Mapping[str, float] | None = None,
    letters: Mapping[date, str] | None = None, places: int = 1,
) -> Drawing:  # fmt: skip
    """Return a control chart as shapes.

    Args:
        chart: the figure, judged.
        frame: in which box.
        unit: what stands at the top of the axis.
        others: figures of others by whose they are.
        letters: of the recorded changes, by their day.
        places: digits after the point in the words at the lines.
    """
    others, points = others or {}, chart.points
    values = [each.point.value for each in points if each.point.value is not None]
    values += [end for limits in chart.limits for end in (limits.lower, limits.upper)] + list(others.values())
    grid = steps(min(values), max(values)) if values else [0.0, 1.0]
    low, high = (grid[0], grid[-1]) if frame is not TILE else (min(values, default=0.0), max(values, default=1.0))
    step = (frame.right - frame.left) / max(1, len(points) - (frame is TILE))

    def x_of(place: float) -> float:
        return round(frame.left + step * (place + (0 if frame is TILE else 0.5)), 1)

    def y_of(value: float) -> float:
        return round(frame.bottom - (frame.bottom - frame.top) * (value - low) / ((high - low) or 1.0), 1)

    bands: list[Box] = []
    across: list[Across] = []
    named: list[Word] = []
    for order, limits in enumerate(chart.limits):
        begins = [n for n, each in enumerate(points) if each.point.month >= limits.since]
        until = chart.limits[order + 1].since if order + 1 < len(chart.limits) else None
        ends = [n for n in begins if until is None or points[n].point.month < until]
        x1, x2 = _edges(frame, step, ends[0], ends[-1], len(points))
        bands.append(Box(x1, y_of(limits.upper), round(x2 - x1, 1), round(y_of(limits.lower) - y_of(limits.upper), 1)))
        for value, look in ((limits.average, "mean"), (limits.lower, "limit"), (limits.upper, "limit")):
            across.append(Across(x1, x2, y_of(value), look))
        if order == len(chart.limits) - 1:
            named = [
                Word(frame.right + 7, y_of(limits.upper), f"upper limit {limits.upper:.{places}f}", "soft"),
                Word(frame.right + 7, y_of(limits.average), f"average {limits.average:.{places}f}", "bold"),
                Word(frame.right + 7, y_of(limits.lower), f"lower limit {limits.lower:.{places}f}", "soft"),
            ]
    for who, value in others.items():
        across.append(Across(frame.left, frame.right, y_of(value), "other"))
        named.append(Word(frame.right + 7, y_of(value), f"{who} {_said(value)}"))
    first_young = next((n for n, each in enumerate(points) if _rest_is_young(points, n)), None)
    marks = [
        Mark(x_of(n), y_of(each.point.value), _look(each))
        for n, each in enumerate(points)
        if each.point.value is not None
    ]
    return Drawing(
        frame=frame,
        bands=tuple(bands),
        young=None if first_young is None else _young(frame, step, first_young),
        grid=tuple((y_of(value), _said(value)) for value in grid),
        across=tuple(across),
        flags=tuple(_flags(chart, frame, step, letters or {})),
        lines=tuple(_lines(points, x_of, y_of)),
        marks=tuple(_shown(marks, frame)),
        months=tuple(_months(points, frame, x_of)),
        named=tuple(apart(named, frame)) if frame.labels else (),
        unit=unit,
    )


def _edges(frame: Frame, step: float, first: int, last: int, count: int) -> tuple[float, float]:
    if frame is TILE:
        begin = 0.0 if first == 0 else frame.left + step * (first - 0.5)
        return round(begin, 1), frame.width if last == count - 1 else round(frame.left + step * (last + 0.5), 1)
    return round(frame.left + step * first, 1), round(frame.left + step * (last + 1), 1)


def _rest_is_young(points: Sequence[Judged], place: int) -> bool:
    return all(each.reading in (Reading.UNSETTLED, Reading.EMPTY) for each in points[place:]) and any(
        each.reading is Reading.UNSETTLED for each in points[place:]
    )


def _young(frame: Frame, step: float, place: int) -> Box:
    x = round(frame.left + step * place, 1)
    return Box(x, frame.top, round(frame.right - x, 1), round(frame.bottom - frame.top, 1))


def _look(each: Judged) -> str:
    if each.signal is not None:
        return "signal"
    return "hollow" if each.reading is Reading.UNSETTLED else "dot"


def _shown(marks: Sequence[Mark], frame: Frame) -> Sequence[Mark]:
    """Return the points that are marked: on a tile the signals and the newest alone."""
    if frame is not TILE:
        return marks
    return [mark for n, mark in enumerate(marks) if mark.look == "signal" or n == len(marks) - 1]


def _lines(points: Sequence[Judged], x_of: Place, y_of: Place) -> list[str]:
    """Return the lines through the points, broken where a month has no figure."""
    found: list[list[str]] = [[]]
    for n, each in enumerate(points):
        if each.point.value is None:
            found.append([])
        else:
            found[-1].append(f"{x_of(n)},{y_of(each.point.value)}")
    return [" ".join(line) for line in found if len(line) > 1]


def _flags(chart: Chart, frame: Frame, step: float, letters: Mapping[date, str]) -> list[Flag]:
    found = []
    for day in chart.changes:
        for n, each in enumerate(chart.points):
            month = each.point.month
            if month <= day < next_month(month):
                share = (day - month).days / (next_month(month) - month).days
                found.append(Flag(round(frame.left + step * (n + share), 1), letters.get(day, "")))
    return found


def _months(points: Sequence[Judged], frame: Frame, x_of: Place) -> list[Word]:
    if not frame.every:
        return []
    last = len(points) - 1
    return [
        Word(
            min(x_of(n), frame.width - 22),
            frame.bottom + 22,
            f"{short_day(points[n].point.month)[2:]} {points[n].point.month:%y}",
        )
        for n in range(last, -1, -frame.every)
    ]


def apart(words: Sequence[Word], frame: Frame) -> list[Word]:
    """Return words moved so far up or down that none stands on another, and none leaves the box."""
    found: list[Word] = []
    for word in sorted(words, key=lambda each: each.y):
        y = word.y + 5
        if found:
            y = max(y, found[-1].y + LETTER_HIGH)
        found.append(Word(word.x, y, word.text, word.look))
    over = max(0.0, found[-1].y - frame.bottom) if found else 0.0
    if over:
        lowest = frame.bottom
        for n in range(len(found) - 1, -1, -1):
            y = min(found[n].y, lowest)
            found[n] = Word(found[n].x, y, found[n].text, found[n].look)
            lowest = y - LETTER_HIGH
    return [Word(each.x, round(each.y, 1), each.text, each.look) for each in found]


@dataclass(frozen=True)
class Reach:
    """An interval beside the whole, in a box of 200 by 20."""

    x1: float
    x2: float
    dot: float
    whole: float


def reaches(parts: Sequence[tuple[float, float, float] | None], whole: float) -> list[Reach | None]:
    """Return the intervals of a table's lines on one scale.

    Args:
        parts: lower end, share and upper end of each line; None where it has none.
        whole: the share of the whole.
    """
    ends = [end for part in parts if part for end in part] + [whole]
    low, high = min(ends), max(ends)

    def x_of(value: float) -> float:
        return round(8 + 184 * (value - low) / ((high - low) or 1.0), 1)

    return [
        Reach(x_of(part[0]), x_of(part[2]), x_of(part[1]), x_of(whole)) if part is not None else None for part in parts
    ]
