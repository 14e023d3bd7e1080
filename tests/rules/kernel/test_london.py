"""Instants and days in Europe/London, on every clock change from 2016 to 2036."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.rules.times import bst, gmt, instants
from watchward.kernel.periods import (
    LONDON,
    day_ends,
    day_starts,
    exists,
    instant,
    is_repeated,
    length_of,
    local_day,
    london,
    utc,
)

YEARS = range(2016, 2037)
days = st.dates(date(2000, 1, 1), date(2045, 12, 31))
moments = instants("2000-01-02", "2045-12-30")


def last_sunday(year: int, month: int) -> date:
    """Return the last Sunday of March or October, when the clocks change (Summer Time Order 2002)."""
    return max(date(year, month, day) for day in range(25, 32) if date(year, month, day).weekday() == 6)


def at_one(day: date) -> datetime:
    """Return 01:00 UTC of a day, the instant at which the clocks change."""
    return datetime(day.year, day.month, day.day, 1, tzinfo=UTC)


@pytest.mark.parametrize("year", YEARS)
def test_the_hour_from_one_to_two_is_skipped_in_spring(year: int) -> None:
    """01:00 to 01:59 are never shown; read by the clock before the change they are an hour later."""
    day = last_sunday(year, 3)
    assert length_of(day) == timedelta(hours=23)
    assert (exists(day, time(0, 59, 59)), exists(day, time(1)), exists(day, time(1, 59, 59)), exists(day, time(2))) == (
        True,
        False,
        False,
        True,
    )
    assert not is_repeated(day, time(1, 30))
    assert instant(day, time(1, 30)) == instant(day, time(2, 30)) == at_one(day) + timedelta(minutes=30)
    assert instant(day, time(1, 30, fold=1)) == instant(day, time(1, 30))
    assert london(at_one(day) - timedelta(seconds=1)).time() == time(0, 59, 59)
    assert london(at_one(day)).time() == time(2)


@pytest.mark.parametrize("year", YEARS)
def test_the_hour_from_one_to_two_comes_twice_in_autumn(year: int) -> None:
    """The first is meant unless the second is asked for."""
    day = last_sunday(year, 10)
    assert length_of(day) == timedelta(hours=25)
    asked = (time(0, 59, 59), time(1), time(1, 59, 59), time(2))
    assert [is_repeated(day, at) for at in asked] == [False, True, True, False]
    assert instant(day, time(1, 30)) == at_one(day) - timedelta(minutes=30)
    assert instant(day, time(1, 30, fold=1)) == at_one(day) + timedelta(minutes=30)


@pytest.mark.parametrize("year", YEARS)
def test_all_other_days_have_24_hours(year: int) -> None:
    """Only the last Sundays of March and October differ."""
    odd = {last_sunday(year, 3), last_sunday(year, 10)}
    everyday = [date(year, 1, 1) + timedelta(days=n) for n in range(365)]
    assert {day for day in everyday if length_of(day) != timedelta(hours=24)} == odd
    assert not any(is_repeated(day, time(1, 30)) or not exists(day, time(1, 30)) for day in everyday if day not in odd)


@given(day=days, at=st.times(max_value=time(23, 59, 59)))
def test_a_time_that_is_shown_comes_back_as_it_was(day: date, at: time) -> None:
    """From the clock to UTC and back, whenever the time exists."""
    back = london(instant(day, at))
    assert back.tzinfo is LONDON
    if exists(day, at):
        assert (back.date(), back.time()) == (day, at)
    else:
        assert back.replace(tzinfo=None) == datetime.combine(day, at) + timedelta(hours=1)


@given(moment=moments)
def test_every_instant_lies_in_its_own_day_and_in_no_other(moment: datetime) -> None:
    """A day runs from its midnight up to the next, which belongs to the day after."""
    day = local_day(moment)
    assert day_starts(day) <= moment < day_ends(day)
    assert day_ends(day) == day_starts(day + timedelta(days=1))
    assert local_day(day_ends(day)) == day + timedelta(days=1)


def test_the_day_in_england_is_not_always_the_day_in_utc() -> None:
    """Half past midnight in summer is still the evening before in UTC."""
    assert local_day(bst("2019-07-01 00:30")) == date(2019, 7, 1)
    assert bst("2019-07-01 00:30").astimezone(UTC).date() == date(2019, 6, 30)
    assert day_starts(date(2019, 7, 1)) == bst("2019-07-01 00:00")
    assert day_ends(date(2019, 12, 31)) == gmt("2020-01-01 00:00")


@pytest.mark.parametrize("refuses", [utc, london, local_day])
def test_a_time_without_a_zone_is_refused(refuses: Callable[[datetime], object]) -> None:
    """It could be either of two instants, or none."""
    with pytest.raises(ValueError, match="no time zone"):
        refuses(datetime(2019, 7, 1, 12))  # noqa: DTZ001


def test_a_day_is_not_an_instant_nor_an_instant_a_day() -> None:
    """Python takes an instant for a date; here each is asked for by name."""
    with pytest.raises(TypeError, match="instant is needed"):
        utc(date(2019, 7, 1))  # type: ignore[arg-type]
    with pytest.raises(TypeError, match="day is needed"):
        day_ends(gmt("2019-01-01 12:00"))
    with pytest.raises(ValueError, match="without a time zone"):
        instant(date(2019, 7, 1), time(12, tzinfo=UTC))
