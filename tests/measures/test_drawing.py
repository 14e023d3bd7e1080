"""Where the shapes of a chart stand."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.measures.test_judging import YEAR, months
from watchward.foundation.measures.drawing import (
    LETTER_HIGH,
    NARROW,
    TILE,
    WIDE,
    Frame,
    Word,
    apart,
    draw,
    reaches,
    steps,
)
from watchward.foundation.measures.judging import judge


@given(st.floats(-1e6, 1e6), st.floats(0, 1e6))
def test_the_axis_holds_all_and_its_steps_are_even(least: float, reach: float) -> None:
    """Round numbers from below the least to above the most, each as far from the next."""
    found = steps(least, least + reach)
    slack = 1e-6 * (found[1] - found[0])
    assert found[0] <= least + slack
    assert found[-1] >= least + reach - slack
    assert 2 <= len(found) <= 9
    widths = [after - before for before, after in pairwise(found)]
    assert max(widths) == pytest.approx(min(widths), rel=1e-3, abs=1e-6)


@pytest.mark.parametrize("frame", [WIDE, NARROW, TILE])
def test_everything_stands_within_the_box(frame: Frame) -> None:
    """Points, lines, bands, changes and the labels of months, with somebody else's figure far below."""
    chart = judge(months([*YEAR, 30.0, *YEAR], open_from=22), [date(2018, 7, 1)])
    drawn = draw(chart, frame, unit="%", others={"England and Wales": 1.5}, letters={date(2018, 7, 1): "A"})
    xs = [mark.x for mark in drawn.marks] + [word.x for word in drawn.months] + [flag.x for flag in drawn.flags]
    ys = [mark.y for mark in drawn.marks] + [line.y for line in drawn.across]
    assert all(0 <= x <= frame.width for x in xs)
    assert all(0 <= y <= frame.height for y in ys)
    assert all(box.height >= 0 and box.x + box.width <= frame.width + 0.1 for box in drawn.bands)
    assert drawn.young is not None
    assert [flag.letter for flag in drawn.flags] == ["A"]


def test_signals_are_diamonds_and_what_is_open_is_hollow() -> None:
    """On a large chart every point is marked; on a tile the signals and the newest alone."""
    chart = judge(months([*YEAR, 30.0, 12.0, 1.0], open_from=14))
    looks = [mark.look for mark in draw(chart, WIDE, unit="%").marks]
    assert looks == [*["dot"] * 12, "signal", "dot", "hollow"]
    assert [mark.look for mark in draw(chart, TILE, unit="%").marks] == ["signal", "hollow"]


def test_a_line_is_broken_where_there_is_no_figure() -> None:
    """Nothing is drawn across a month with nothing to count."""
    chart = judge(months([1.0, 2.0, None, 3.0, 4.0]))
    assert len(draw(chart, WIDE, unit="%").lines) == 2


def test_a_flat_figure_is_drawn() -> None:
    """A year of nought has an axis and a line all the same."""
    drawn = draw(judge(months([0.0] * 12)), WIDE, unit="%")
    assert len(drawn.marks) == 12
    assert len(drawn.lines) == 1


@given(st.lists(st.floats(28, 270), min_size=1, max_size=5))
def test_words_at_the_lines_never_stand_on_each_other(heights: list[float]) -> None:
    """However near the limits, the average and the others' figures lie."""
    found = apart([Word(0, y, str(y)) for y in heights], WIDE)
    ordered = sorted(word.y for word in found)
    assert all(after - before >= LETTER_HIGH - 0.2 for before, after in pairwise(ordered))
    assert ordered[-1] <= WIDE.bottom + 0.2


def test_intervals_stand_on_one_scale() -> None:
    """The whole has one place in every line; a line without an interval has none."""
    one, none, other = reaches([(0.1, 0.2, 0.3), None, (0.2, 0.25, 0.4)], 0.22)
    assert none is None
    assert one is not None
    assert other is not None
    assert one.whole == other.whole
    assert one.x1 < one.dot < one.x2
    assert one.x1 < other.x1
    assert one.x1 >= 0
    assert other.x2 <= 200
