"""Properties of hours and minutes, and of hours that stand still on some days."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.rules.kernel.test_london import YEARS, at_one, last_sunday
from tests.rules.times import gmt, instants
from watchward.kernel.periods import (
    BANK_HOLIDAYS,
    CHRISTMAS_DAY,
    GOOD_FRIDAY,
    SUNDAYS,
    DaySet,
    Hours,
    HoursDisregarding,
    Minutes,
    local_day,
)

moments = instants("2001-01-01", "2035-12-01")
hours = st.integers(0, 400)
COURT = SUNDAYS | CHRISTMAS_DAY | GOOD_FRIDAY | BANK_HOLIDAYS
sets = st.sampled_from([COURT, SUNDAYS, CHRISTMAS_DAY])


@given(start=moments, n=hours, more=hours)
def test_hours_add_up_and_are_exactly_their_length(start: datetime, n: int, more: int) -> None:
    """24 hours and then 12 are 36, whatever the clocks do."""
    assert Hours(n).due(start) - start == timedelta(hours=n)
    assert Hours(more).due(Hours(n).due(start)) == Hours(n + more).due(start)
    assert Minutes(60 * n).due(start) == Hours(n).due(start) == Hours(n).deadline(start)


@pytest.mark.parametrize("year", YEARS)
@pytest.mark.parametrize("month", [3, 10])
@pytest.mark.parametrize("n", [1, 6, 9, 24, 36, 48, 96])
def test_hours_count_through_every_change_of_the_clocks(year: int, month: int, n: int) -> None:
    """From each quarter of an hour around the change, for the hours that the law uses."""
    change = at_one(last_sunday(year, month))
    for quarter in range(-8, 9):
        start = change + timedelta(minutes=15 * quarter)
        assert Hours(n).due(start) == start + timedelta(hours=n)


@given(start=moments, n=st.integers(0, 120), days=sets)
def test_disregarded_hours_agree_with_a_count_minute_by_minute_of_quarters(
    start: datetime, n: int, days: DaySet
) -> None:
    """Walk the clock in quarters of an hour, leaving out those in disregarded days."""
    start = start.replace(minute=start.minute - start.minute % 15, second=0, microsecond=0)
    quarter, now, left = timedelta(minutes=15), start, 4 * n
    while left or (n == 0 and local_day(now) in days):
        if local_day(now) not in days:
            left -= 1
        now += quarter
    assert HoursDisregarding(n, days).due(start) == now


@given(start=moments, n=hours, later=st.timedeltas(timedelta(), timedelta(days=20)), more=st.integers(0, 50), days=sets)
def test_disregarded_hours_grow_with_the_start_and_the_count_and_are_never_short(
    start: datetime, n: int, later: timedelta, more: int, days: DaySet
) -> None:
    """Served later or with more hours it is never due sooner, and never sooner than the hours themselves."""
    due = HoursDisregarding(n, days).due(start)
    assert due - start >= timedelta(hours=n)
    assert HoursDisregarding(n, days).due(start + later) >= due
    assert HoursDisregarding(n + more, days).due(start) >= due
    assert HoursDisregarding(more, days).due(due) >= HoursDisregarding(n + more, days).due(start)


@given(start=moments, n=st.integers(1, 400), days=sets)
def test_exactly_the_hours_have_run_when_they_are_due(start: datetime, n: int, days: DaySet) -> None:
    """And a second before, not quite."""
    period = HoursDisregarding(n, days)
    due = period.due(start)
    assert period.run(start, due) == timedelta(hours=n)
    assert period.run(start, due - timedelta(seconds=1)) == timedelta(hours=n) - timedelta(seconds=1)
    assert period.run(due, start) == timedelta()


@given(start=moments, n=hours)
def test_with_nothing_to_disregard_they_are_plain_hours(start: datetime, n: int) -> None:
    """An empty set of days changes nothing."""
    assert HoursDisregarding(n, DaySet("no days", lambda _: False)).due(start) == Hours(n).due(start)


def test_many_disregarded_days_in_all_are_no_reason_to_give_up() -> None:
    """Ten years of Sundays: six days of every seven still run."""
    start = gmt("2010-01-04 00:00")
    assert HoursDisregarding(24 * 6 * 520, SUNDAYS).due(start) == start + timedelta(days=7 * 520 - 1)


def test_hours_that_never_run_are_refused() -> None:
    """If every day is disregarded there is no answer, and no endless loop."""
    with pytest.raises(ValueError, match="never run"):
        HoursDisregarding(1, DaySet("all days", lambda _: True)).due(gmt("2019-01-01 00:00"))


@pytest.mark.parametrize("n", [-1, -24])
def test_a_negative_period_is_refused(n: int) -> None:
    """Nothing is due before it arises."""
    with pytest.raises(ValueError, match="makes no sense"):
        Hours(n)


@pytest.mark.parametrize("n", [1.5, "24", True, None])
def test_a_period_that_is_not_a_whole_number_is_refused(n: object) -> None:
    """Half an hour is 30 minutes."""
    with pytest.raises(TypeError, match="whole number"):
        Hours(n)  # type: ignore[arg-type]


def test_hours_refuse_a_naive_time_and_a_bare_day() -> None:
    """They count from an instant and from nothing else."""
    with pytest.raises(ValueError, match="no time zone"):
        Hours(24).due(datetime(2019, 7, 1, 12))  # noqa: DTZ001
    with pytest.raises(TypeError, match="instant is needed"):
        HoursDisregarding(48, COURT).due(date(2019, 7, 1))  # type: ignore[arg-type]


def test_they_read_as_the_law_says_them() -> None:
    """For the printed tables of law."""
    assert [str(Minutes(1)), str(Hours(24))] == ["1 minute", "24 hours"]
    assert str(HoursDisregarding(48, CHRISTMAS_DAY)) == "48 hours, disregarding Christmas Day"
