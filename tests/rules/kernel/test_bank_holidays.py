"""Bank holidays in law beside the calendar that offices keep, and exactly where they part."""

from __future__ import annotations

from datetime import date, timedelta

import holidays
import pytest

from watchward.kernel.periods import (
    BANK_HOLIDAYS,
    CHRISTMAS_DAY,
    GOOD_FRIDAY,
    SUNDAYS,
    easter,
    good_friday,
    is_statutory_bank_holiday,
    is_working_day,
    statutory_bank_holidays,
)

YEARS = range(2000, 2036)


def printed(year: int) -> set[date]:
    """Return the days that the maintained package prints for England and Wales."""
    return set(holidays.country_holidays("GB", subdiv="ENG", years=year))


def only_printed(year: int) -> set[date]:
    """Return the days that offices keep and the Act does not name, from the calendar alone."""
    apart = {good_friday(year), date(year, 12, 25)}
    if date(year, 1, 1).weekday() >= 5:
        apart.add(date(year, 1, 1))
    if date(year, 12, 26).weekday() == 6 or year == 2009:
        apart.add(date(year, 12, 26))
    return apart


@pytest.mark.parametrize("year", YEARS)
def test_the_law_and_the_printed_calendar_differ_exactly_here(year: int) -> None:
    """Good Friday, Christmas Day, a weekend 1 January, a Sunday 26 December, and Saturday 26 December 2009."""
    assert set(statutory_bank_holidays(year)) - printed(year) == set()
    assert printed(year) - set(statutory_bank_holidays(year)) == only_printed(year)


@pytest.mark.parametrize(
    ("day", "kept"),
    [
        (date(2015, 12, 26), True),
        (date(2020, 12, 26), True),
        (date(2026, 12, 26), True),
        (date(2009, 12, 26), False),
        (date(2022, 1, 1), False),
        (date(2011, 1, 1), False),
        (date(2028, 1, 1), False),
        (date(2021, 12, 26), False),
        (date(2021, 12, 27), True),
        (date(2021, 12, 28), True),
        (date(2022, 12, 26), True),
        (date(2022, 12, 27), True),
        (date(2022, 12, 28), False),
        (date(2020, 5, 4), False),
        (date(2020, 5, 8), True),
        (date(2022, 5, 30), False),
        (date(2019, 12, 25), False),
        (date(2019, 4, 19), False),
        (date(2019, 4, 22), True),
    ],
)
def test_single_days_of_the_act_and_its_proclamations(day: date, kept: bool) -> None:
    """A Saturday 26 December stays unless a proclamation puts another day in its place; 1 January moves."""
    assert is_statutory_bank_holiday(day) is kept


def test_the_year_of_the_jubilee_and_the_funeral_in_full() -> None:
    """2022 had nine bank holidays in law; Good Friday and Christmas Day come on top of them."""
    assert [day.strftime("%d %b") for day in statutory_bank_holidays(2022)] == [
        "03 Jan",
        "18 Apr",
        "02 May",
        "02 Jun",
        "03 Jun",
        "29 Aug",
        "19 Sep",
        "26 Dec",
        "27 Dec",
    ]


@pytest.mark.parametrize("year", YEARS)
def test_there_are_six_bank_holidays_in_law_a_year_and_the_special_ones(year: int) -> None:
    """New Year, Easter Monday, two in May, one in August, one at Christmas; one more where Christmas needs it."""
    special = {2002: 1, 2011: 1, 2012: 1, 2022: 2, 2023: 1}.get(year, 0)
    christmas = date(year, 12, 25).weekday()
    at_christmas = 2 if christmas in (5, 6) or (christmas == 4 and year != 2009) else 1
    assert len(statutory_bank_holidays(year)) == 5 + at_christmas + special


def test_years_before_the_table_are_refused() -> None:
    """Their proclamations are not in it, and nothing is guessed."""
    with pytest.raises(ValueError, match="begins in 2000"):
        statutory_bank_holidays(1999)


@pytest.mark.parametrize(
    ("year", "sunday"),
    [
        (1818, (3, 22)),
        (1943, (4, 25)),
        (2000, (4, 23)),
        (2008, (3, 23)),
        (2011, (4, 24)),
        (2019, (4, 21)),
        (2038, (4, 25)),
    ],
)
def test_easter_falls_on_its_sunday(year: int, sunday: tuple[int, int]) -> None:
    """Among them the earliest and the latest day on which it can fall."""
    assert easter(year) == date(year, *sunday)


def test_sets_of_days_join() -> None:
    """A day in either is in both together; sets built alike are equal; the words are joined for a reader."""
    joined = SUNDAYS | CHRISTMAS_DAY | GOOD_FRIDAY | BANK_HOLIDAYS
    assert joined == SUNDAYS | CHRISTMAS_DAY | GOOD_FRIDAY | BANK_HOLIDAYS
    assert joined.words == "Sundays, Christmas Day, Good Friday, bank holidays in England and Wales"
    days = [date(2019, 1, 1) + timedelta(days=n) for n in range(365)]
    assert sum(day in joined for day in days) == 52 + 1 + 1 + 6
    assert date(2019, 6, 15) not in joined


def test_a_working_day_is_neither_a_weekend_nor_a_holiday_that_offices_keep() -> None:
    """2019 had 253 of them: 365 days less 104 at weekends and eight holidays."""
    days = [date(2019, 1, 1) + timedelta(days=n) for n in range(365)]
    assert sum(is_working_day(day) for day in days) == 365 - 104 - 8
    assert not is_working_day(date(2022, 9, 19))
