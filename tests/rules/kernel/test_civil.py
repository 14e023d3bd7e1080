"""Properties of days, months, years and working days."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, datetime, timedelta

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from tests.rules.times import bst, gmt, instants
from watchward.kernel.periods import (
    Days,
    DaysBeginningWith,
    Hours,
    Months,
    MonthsBeginningWith,
    Period,
    WorkingDays,
    Years,
    YearsBeginningWith,
    day_ends,
    is_repeated,
    is_working_day,
    local_day,
    london,
)

days = st.dates(date(2000, 1, 1), date(2035, 12, 31))
moments = instants("2001-01-01", "2035-12-01")
counts = st.integers(1, 60)
IN_DAYS = (DaysBeginningWith, Months, MonthsBeginningWith, Years, YearsBeginningWith, WorkingDays)
gaps = st.integers(0, 400)


@given(day=days, n=counts)
def test_months_beginning_with_a_day_end_before_it_comes_round(day: date, n: int) -> None:
    """The day after the last one bears the same number, or is the first of the month after one that is too short."""
    last = MonthsBeginningWith(n).last_day(day)
    after = last + timedelta(days=1)
    months = (after.year - day.year) * 12 + after.month - day.month
    if after.day == day.day:
        assert months == n
    else:
        assert (after.day, months) == (1, n + 1)
        assert monthrange(last.year, last.month)[1] < day.day


@given(day=days, n=counts)
def test_months_after_a_day_keep_its_number_where_there_is_one(day: date, n: int) -> None:
    """The corresponding date, else the last day of the right month."""
    last = Months(n).last_day(day)
    assert (last.year * 12 + last.month) - (day.year * 12 + day.month) == n
    assert last.day == min(day.day, monthrange(last.year, last.month)[1])


@given(day=days, n=counts, later=gaps, more=st.integers(0, 24))
def test_every_period_of_dates_grows_with_its_start_and_its_count(day: date, n: int, later: int, more: int) -> None:
    """Starting later or lasting longer never ends sooner."""
    for kind in (Days, *IN_DAYS):
        last = kind(n).last_day(day)
        assert kind(n).last_day(day + timedelta(days=later)) >= last
        assert kind(n + more).last_day(day) >= last
        assert kind(n).due(day) == last


@given(day=days, n=counts)
def test_no_period_is_shorter_than_the_shortest_it_can_be(day: date, n: int) -> None:
    """Months never less than 28 days each, years 365; with the first day counted, one day sooner at most."""
    assert (Months(n).last_day(day) - day).days >= 28 * n
    assert (MonthsBeginningWith(n).last_day(day) - day).days + 1 >= 28 * n
    assert (Years(n).last_day(day) - day).days >= 365 * n
    assert (YearsBeginningWith(n).last_day(day) - day).days + 1 >= 365 * n
    assert (DaysBeginningWith(n).last_day(day) - day).days + 1 == n
    assert (WorkingDays(n).last_day(day) - day).days >= n
    assert Years(n).last_day(day) == Months(12 * n).last_day(day)
    assert YearsBeginningWith(n).last_day(day) == MonthsBeginningWith(12 * n).last_day(day)


@given(day=days, n=counts)
def test_counting_the_first_day_ends_a_day_sooner_unless_the_month_is_short(day: date, n: int) -> None:
    """Both end on the last day of a month that has no such day."""
    after, including = Months(n).last_day(day), MonthsBeginningWith(n).last_day(day)
    assert including == (after - timedelta(days=1) if after.day == day.day else after)


@given(day=days, n=st.integers(1, 40))
def test_working_days_agree_with_a_count_one_by_one(day: date, n: int) -> None:
    """Exactly that many working days lie after the start up to the last, and the last is one."""
    last = WorkingDays(n).last_day(day)
    between = [day + timedelta(days=step) for step in range(1, (last - day).days + 1)]
    assert sum(is_working_day(one) for one in between) == n
    assert is_working_day(last)


@given(day=days, n=st.integers(1, 20), more=st.integers(1, 20))
def test_working_days_add_up(day: date, n: int, more: int) -> None:
    """Five and then two are seven."""
    assert WorkingDays(more).last_day(WorkingDays(n).last_day(day)) == WorkingDays(n + more).last_day(day)


@given(start=moments, n=st.integers(0, 400))
def test_days_from_an_instant_keep_the_time_on_the_clock(start: datetime, n: int) -> None:
    """An hour longer or shorter only where the clocks changed; at a skipped or repeated hour exactly 24 hours a day."""
    due = Days(n).due(start)
    shown, first = london(due), london(start)
    assert shown.date() == first.date() + timedelta(days=n)
    assert abs(due - start - timedelta(days=n)) <= timedelta(hours=1)
    if shown.time() != first.time():
        assert shown.replace(tzinfo=None) == first.replace(tzinfo=None) + timedelta(days=n, hours=1)
        assert due - start == timedelta(days=n)


@given(start=moments, n=st.integers(0, 60), later=st.timedeltas(timedelta(hours=2), timedelta(days=30)), more=gaps)
def test_days_from_an_instant_grow_with_the_start_and_the_count(
    start: datetime, n: int, later: timedelta, more: int
) -> None:
    """Two hours later at the start is never sooner at the end; closer than that the wall clock itself runs back."""
    assert Days(n).due(start + later) >= Days(n).due(start)
    assert Days(n + more).due(start) >= Days(n).due(start)


@given(start=moments, n=st.integers(1, 60))
def test_every_deadline_of_dates_is_the_end_of_its_last_day(start: datetime, n: int) -> None:
    """Midnight in England and Wales, after the start."""
    for kind in IN_DAYS:
        deadline = kind(n).deadline(start)
        assert deadline == day_ends(kind(n).last_day(local_day(start)))
        assert deadline > start


def test_the_local_day_starts_the_count_not_the_day_in_utc() -> None:
    """Learnt at 00:30 on Monday 3 June 2019, still Sunday in UTC: one working day ends with Tuesday."""
    assert WorkingDays(1).deadline(bst("2019-06-03 00:30")) == bst("2019-06-05 00:00")
    assert DaysBeginningWith(1).deadline(bst("2019-06-03 00:30")) == bst("2019-06-04 00:00")


def test_a_start_in_the_hour_that_comes_twice_keeps_its_own_time() -> None:
    """Both half past ones are due at half past one; nothing is due before it starts."""
    assert Days(1).due(bst("2019-10-27 01:30")) == gmt("2019-10-28 01:30")
    assert Days(1).due(gmt("2019-10-27 01:30")) == gmt("2019-10-28 01:30")
    assert Days(364).due(gmt("2018-10-28 01:30")) == bst("2019-10-27 01:30")
    assert Days(0).due(gmt("2019-10-27 01:30")) == gmt("2019-10-27 01:30")


@given(day=days)
def test_days_of_a_date_are_dates(day: date) -> None:
    """The same period counts dates when it is given one."""
    assume(not is_repeated(day, datetime.min.time()))
    due = Days(28).due(day)
    assert type(due) is date
    assert due - day == timedelta(days=28)


@pytest.mark.parametrize(
    "period",
    [DaysBeginningWith(3), Months(3), MonthsBeginningWith(3), Years(1), YearsBeginningWith(1), WorkingDays(5)],
)
def test_an_instant_is_refused_where_a_day_is_meant(period: Months) -> None:
    """Otherwise the day in UTC would be taken without anybody noticing."""
    with pytest.raises(TypeError, match="day is needed"):
        period.due(gmt("2019-01-01 12:00"))


@pytest.mark.parametrize("kind", IN_DAYS)
@pytest.mark.parametrize("n", [0, -1])
def test_a_period_of_no_days_is_refused(kind: type[Months], n: int) -> None:
    """Nothing can be done within no days."""
    with pytest.raises(ValueError, match="least is 1"):
        kind(n)


def test_days_refuse_a_naive_time() -> None:
    """28 days from an unknown instant are unknown."""
    with pytest.raises(ValueError, match="no time zone"):
        Days(28).due(datetime(2019, 7, 1, 12))  # noqa: DTZ001


@pytest.mark.parametrize(
    ("period", "words"),
    [
        (Days(28), "28 days"),
        (DaysBeginningWith(3), "3 days beginning with the day"),
        (Months(1), "1 month"),
        (MonthsBeginningWith(3), "3 months beginning with the day"),
        (Years(15), "15 years"),
        (YearsBeginningWith(1), "1 year beginning with the day"),
        (WorkingDays(5), "5 working days"),
        (Hours(1), "1 hour"),
    ],
)
def test_each_reads_as_the_law_says_it_and_can_set_a_deadline(period: Period, words: str) -> None:
    """For the printed tables of law; and any period can be set going by an instant."""
    assert str(period) == words
    assert period.deadline(gmt("2019-01-01 12:00")) > gmt("2019-01-01 12:00")
