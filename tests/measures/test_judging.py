"""What a control chart says: worked examples, and what must hold of every chart."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from watchward.foundation.measures.judging import IN_A_ROW, NEEDED, Chart, Point, Reading, Side, judge
from watchward.foundation.measures.spans import next_month

START = date(2017, 7, 1)
YEAR = (10.0, 12.0, 11.0, 13.0, 10.0, 12.0, 11.0, 13.0, 10.0, 12.0, 11.0, 13.0)
"""Twelve months with an average of 11.5 and an average moving range of 21 / 11: limits at 6.42 and 16.58."""


def months(values: Sequence[float | None], *, open_from: int | None = None) -> list[Point]:
    """Return a point a month from July 2017; those from a place on are not settled."""
    points, month = [], START
    for place, value in enumerate(values):
        points.append(Point(month, value, settled=open_from is None or place < open_from))
        month = next_month(month)
    return points


def readings(chart: Chart) -> list[Reading]:
    """Return what is said of each point."""
    return [each.reading for each in chart.points]


def test_the_limits_are_those_of_the_textbook() -> None:
    """2.66 average moving ranges either side of the average of the first twelve settled points, and no other points."""
    (limits,) = judge(months([*YEAR, 14.0, 9.0, 12.0])).limits
    assert limits.average == pytest.approx(11.5)
    assert (limits.lower, limits.upper) == pytest.approx((11.5 - 2.66 * 21 / 11, 11.5 + 2.66 * 21 / 11))
    assert (limits.first, limits.last) == (date(2017, 7, 1), date(2018, 6, 1))


def test_a_share_has_no_limit_beyond_what_a_share_can_be() -> None:
    """A measure near 100 per cent cannot be expected above it, nor one near nought below."""
    (limits,) = judge(months([value + 86 for value in YEAR]), least=0, most=100).limits
    assert limits.upper == 100
    (limits,) = judge(months([value - 9.9 for value in YEAR]), least=0, most=100).limits
    assert limits.lower == 0


def test_one_point_outside_is_a_signal() -> None:
    """A month beyond the upper limit is more than the measure does by itself; the next is ordinary again."""
    chart = judge(months([*YEAR, 16.6, 12.0]))
    assert readings(chart)[12:] == [Reading.OUTSIDE, Reading.ORDINARY]
    assert chart.now is None
    (stretch,) = chart.stretches
    assert (stretch.side, stretch.since, stretch.points, stretch.outside) == (Side.HIGHER, date(2018, 7, 1), 1, 1)


def test_a_point_on_the_limit_is_ordinary() -> None:
    """A signal is outside, not on the line."""
    assert readings(judge(months([*YEAR, 11.5 + 2.66 * 21 / 11])))[-1] is Reading.ORDINARY


def test_seven_in_a_row_are_ordinary_and_eight_are_a_signal() -> None:
    """Eight settled months in a row on one side of the average, all within the limits, are a signal from the first."""
    seven = judge(months([*YEAR, 11.0, *[12.0] * 7]))
    assert set(readings(seven)) == {Reading.ORDINARY}
    eight = judge(months([*YEAR, 11.0, *[12.0] * 8]))
    assert readings(eight)[13:] == [Reading.IN_A_ROW] * 8
    assert eight.now is not None
    assert (eight.now.since, eight.now.points, eight.now.outside) == (date(2018, 8, 1), 8, 0)


def test_a_point_on_the_average_breaks_a_row() -> None:
    """It is on neither side."""
    assert set(readings(judge(months([*YEAR, 11.0, *[12.0] * 5, 11.5, *[12.0] * 5])))) == {Reading.ORDINARY}


def test_months_with_much_still_open_are_never_judged() -> None:
    """The newest months of a charge rate look like a fall only because their crimes are still open."""
    chart = judge(months([*YEAR, 12.0, 8.0, 3.0, 1.0], open_from=13))
    assert readings(chart)[12:] == [Reading.ORDINARY, *[Reading.UNSETTLED] * 3]
    assert chart.now is None
    assert chart.unsettled == 3


def test_fewer_than_twelve_settled_months_have_no_limits_and_no_judgement() -> None:
    """A measure of eleven months is too new, however it jumps."""
    chart = judge(months([*YEAR[:10], 99.0, 0.0], open_from=11))
    assert chart.limits == ()
    assert readings(chart) == [*[Reading.TOO_NEW] * 11, Reading.UNSETTLED]


def test_a_month_with_nothing_to_count_has_no_figure() -> None:
    """It breaks no row and sets no limit."""
    chart = judge(months([*YEAR[:6], None, *YEAR[6:], 11.0, *[12.0] * 4, None, *[12.0] * 4]))
    assert readings(chart)[6] is Reading.EMPTY
    assert readings(chart)[14:] == [*[Reading.IN_A_ROW] * 4, Reading.EMPTY, *[Reading.IN_A_ROW] * 4]


CHANGE = date(2018, 7, 1)


def test_a_change_without_a_signal_keeps_the_limits() -> None:
    """That something was changed is no reason to think that the figure moved."""
    chart = judge(months([*YEAR, *YEAR]), [CHANGE])
    assert len(chart.limits) == 1
    assert chart.changes == (CHANGE,)


def test_a_signal_without_a_change_keeps_the_limits() -> None:
    """A year higher than the year before stays a signal until somebody records what changed."""
    chart = judge(months([*YEAR, *(value + 10 for value in YEAR)]))
    assert len(chart.limits) == 1
    assert chart.now is not None
    assert (chart.now.outside_since, chart.now.outside) == (CHANGE, 12)
    assert chart.now.since == date(2018, 6, 1)  # June was above the average as well, so it is one of the row


def test_a_change_with_a_signal_sets_limits_anew_after_twelve_months() -> None:
    """The new limits are those of the twelve months from the change, and by them the months after it are ordinary."""
    eleven = judge(months([*YEAR, *(value + 10 for value in YEAR[:11])]), [CHANGE])
    assert len(eleven.limits) == 1
    assert eleven.now is not None
    twelve = judge(months([*YEAR, *(value + 10 for value in YEAR)]), [CHANGE])
    assert [limits.average for limits in twelve.limits] == pytest.approx([11.5, 21.5])
    assert twelve.limits[1].change == CHANGE
    assert set(readings(twelve)) == {Reading.ORDINARY}


def test_a_signal_before_the_change_is_not_laid_at_its_door() -> None:
    """The figure had moved already: twelve ordinary months after the change leave the limits as they were."""
    assert len(judge(months([*YEAR, 30.0, *YEAR]), [date(2018, 8, 1)]).limits) == 1


def test_a_signal_belongs_to_the_last_change_before_it() -> None:
    """Of two changes, the limits are set anew at the one after which the figure moved."""
    values = [*YEAR, *YEAR, *(value + 10 for value in YEAR)]
    chart = judge(months(values), [CHANGE, date(2019, 7, 1)])
    assert [limits.change for limits in chart.limits] == [None, date(2019, 7, 1)]


def test_a_month_with_two_changes_in_it_is_laid_at_no_door() -> None:
    """What moved in the month of the second change is not the first one's: it lies wholly between no two of them."""
    second = date(2018, 9, 3)
    chart = judge(months([*YEAR, 11.0, 12.0, *([30.0] * 6)]), [CHANGE, second])
    assert not chart.moved(CHANGE)
    assert chart.moved(second)


def test_the_month_in_which_something_changed_is_of_neither_side() -> None:
    """A change on the 15th has its first whole month after it."""
    values = [*YEAR, 40.0, *(value + 10 for value in YEAR)]
    chart = judge(months(values), [date(2018, 7, 15)])
    assert chart.limits[1].since == date(2018, 8, 1)


figures = st.lists(st.integers(0, 60).map(float), min_size=0, max_size=40)
settled = st.lists(st.booleans(), min_size=40, max_size=40)
changes = st.lists(st.integers(0, 39).map(lambda n: date(2017 + (6 + n) // 12, (6 + n) % 12 + 1, 1)), max_size=3)


def some(values: Sequence[float], which: Sequence[bool]) -> list[Point]:
    """Return months of which some are settled."""
    return [Point(one.month, one.value, yes) for one, yes in zip(months(values), which, strict=False)]


@given(figures, settled, changes)
def test_every_signal_has_its_reason(values: list[float], which: list[bool], days: list[date]) -> None:
    """A signal is outside the limits that stand for it or one of eight settled points in a row on one side."""
    chart = judge(some(values, which), days)
    row: list[bool] = []
    for each in chart.points:
        limits = [one for one in chart.limits if one.since <= each.point.month]
        if each.signal is None:
            continue
        assert each.point.settled
        assert each.point.value is not None
        assert limits[-1].side(each.point.value) is each.signal
        row.append(each.reading is Reading.IN_A_ROW)
        assert (each.reading is Reading.OUTSIDE) == (limits[-1].outside(each.point.value) is not None)
    assert sum(stretch.points for stretch in chart.stretches) == len(row)
    if row and all(row):
        assert len(row) >= IN_A_ROW


@given(figures, settled, changes)
def test_what_is_not_settled_changes_nothing(values: list[float], which: list[bool], days: list[date]) -> None:
    """Whatever the unsettled months say, all others are read the same."""
    points = some(values, which)
    other = [Point(one.month, one.value if one.settled else 1e6, one.settled) for one in points]
    kept, moved = judge(points, days), judge(other, days)
    assert kept.limits == moved.limits
    assert readings(kept) == readings(moved)


@given(figures, settled, changes)
def test_turned_upside_down_every_signal_turns(values: list[float], which: list[bool], days: list[date]) -> None:
    """A chart has no side of its own."""
    up = judge(some(values, which), days)
    down = judge(some([-value for value in values], which), days)
    turned = {Side.HIGHER: Side.LOWER, Side.LOWER: Side.HIGHER, None: None}
    assert [turned[each.signal] for each in up.points] == [each.signal for each in down.points]


@given(figures, settled)
def test_too_few_settled_months_are_never_judged(values: list[float], which: list[bool]) -> None:
    """Under twelve there are no limits and no signals; from twelve on there are limits."""
    chart = judge(some(values, which))
    assert bool(chart.limits) == (chart.settled >= NEEDED)
    assert chart.limits or not chart.stretches


@given(st.lists(st.integers(0, 60).map(float), min_size=12, max_size=30))
def test_without_a_change_later_months_never_move_the_limits(values: list[float]) -> None:
    """The first twelve settled months set them, and no later one does."""
    assert judge(months(values)).limits == judge(months(values[:12])).limits
