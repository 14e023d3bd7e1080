"""Properties of clocks that stop and resume."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.rules.times import gmt, instants
from watchward.kernel.periods import Clock, DaySpan, Hours, Minutes, Segment, carried_over

NOON = gmt("2019-03-30 12:00")
moments = instants("2019-03-28", "2019-04-06")


@st.composite
def clocks(draw: st.DrawFn) -> Clock:
    """Draw a clock stopped and resumed a few times around a change of the clocks, running or not at the end."""
    marks = sorted(draw(st.lists(moments, min_size=1, max_size=7)))
    clock = Clock.started(marks[0])
    for mark in marks[1:]:
        clock = clock.stopped(mark) if clock.is_running else clock.resumed(mark)
    return clock


@given(clock=clocks(), minutes=st.integers(0, 6000))
def test_when_an_allowance_runs_out_exactly_that_much_has_counted(clock: Clock, minutes: int) -> None:
    """And a moment before, not yet; without a deadline it has never counted that much."""
    allowance = Minutes(minutes)
    deadline = clock.deadline(allowance)
    if deadline is None:
        assert not clock.is_running
        assert clock.elapsed(gmt("2030-01-01 00:00")) < allowance.length
    else:
        assert clock.elapsed(deadline) == allowance.length
        assert clock.remaining(allowance, deadline) == timedelta()
        if minutes:
            assert clock.elapsed(deadline - timedelta(microseconds=1)) < allowance.length


@given(clock=clocks(), at=moments, later=st.timedeltas(timedelta(), timedelta(days=3)))
def test_what_has_counted_never_shrinks_and_never_outruns_time(clock: Clock, at: datetime, later: timedelta) -> None:
    """A clock runs at the pace of time or stands still."""
    gained = clock.elapsed(at + later) - clock.elapsed(at)
    assert timedelta() <= gained <= later


@given(clock=clocks(), n=st.integers(0, 90), more=st.integers(0, 20))
def test_a_longer_allowance_never_ends_sooner(clock: Clock, n: int, more: int) -> None:
    """Monotone in the allowance; one that never ends cannot be outlived."""
    sooner, later = clock.deadline(Hours(n)), clock.deadline(Hours(n + more))
    assert later is None or (sooner is not None and sooner <= later)


@given(start=moments, n=st.integers(0, 96))
def test_a_clock_that_never_stops_is_plain_hours(start: datetime, n: int) -> None:
    """Nothing is added or lost."""
    assert Clock.started(start).deadline(Hours(n)) == Hours(n).due(start)
    assert Clock.started(start).deadline(timedelta(hours=n)) == Hours(n).due(start)


def test_an_allowance_used_up_as_the_clock_stops_has_ended_then() -> None:
    """Not when it is next resumed."""
    clock = Clock.started(NOON).stopped(NOON + timedelta(hours=24)).resumed(NOON + timedelta(hours=30))
    assert clock.deadline(Hours(24)) == NOON + timedelta(hours=24)


def test_an_empty_clock_has_counted_nothing() -> None:
    """It is not running and has no deadline."""
    assert (Clock().is_running, Clock().elapsed(NOON), Clock().deadline(Hours(1))) == (False, timedelta(), None)


def test_a_clock_is_stopped_and_resumed_in_order() -> None:
    """Stopped when running, resumed when stopped, never backwards."""
    running = Clock.started(NOON)
    stopped = running.stopped(NOON + timedelta(hours=2))
    with pytest.raises(ValueError, match="cannot be resumed"):
        running.resumed(NOON + timedelta(hours=1))
    with pytest.raises(ValueError, match="cannot be stopped"):
        stopped.stopped(NOON + timedelta(hours=3))
    with pytest.raises(ValueError, match="follow one another"):
        stopped.resumed(NOON + timedelta(hours=1))
    with pytest.raises(ValueError, match="cannot end"):
        running.stopped(NOON - timedelta(hours=1))
    with pytest.raises(ValueError, match="follow one another"):
        Clock((Segment(NOON), Segment(NOON + timedelta(hours=1))))
    with pytest.raises(ValueError, match="no time zone"):
        Clock.started(datetime(2019, 7, 1, 12))  # noqa: DTZ001


def test_overlapping_pauses_are_refused() -> None:
    """A day would be given back twice."""
    with pytest.raises(ValueError, match="overlap"):
        carried_over(
            date(2019, 3, 31),
            [DaySpan(date(2019, 3, 1), date(2019, 3, 5)), DaySpan(date(2019, 3, 5), date(2019, 3, 6))],
        )


@given(
    last=st.dates(date(2019, 1, 1), date(2019, 12, 31)),
    lengths=st.lists(st.tuples(st.integers(1, 30), st.integers(1, 20)), max_size=5),
)
def test_a_period_moved_on_keeps_its_unpaused_days(last: date, lengths: list[tuple[int, int]]) -> None:
    """As many days outside the pauses lie up to the new end as lay up to the old one with no pause."""
    pauses, day = [], date(2019, 1, 1)
    for gap, length in lengths:
        first = day + timedelta(days=gap)
        day = first + timedelta(days=length)
        pauses.append(DaySpan(first, day - timedelta(days=1)))
    moved = carried_over(last, pauses)
    counted = (date(2019, 1, 1) + timedelta(days=n) for n in range((moved - date(2019, 1, 1)).days + 1))
    running = sum(not any(one in pause for pause in pauses) for one in counted)
    assert running == (last - date(2019, 1, 1)).days + 1
    assert not any(moved in pause for pause in pauses)
