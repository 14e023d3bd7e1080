"""Named sets of days, and the working days of England and Wales."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Final

import holidays

from watchward.kernel.periods.bank_holidays import SPECIAL, good_friday, is_statutory_bank_holiday
from watchward.kernel.periods.london import civil


@dataclass(frozen=True)
class DaySet:
    """A set of days with a name; ``a | b`` is the days in either, ``day in a`` asks for one.

    Args:
        words: what the days are, as it reads in a sentence: "Sundays".
        holds: whether a day belongs.
    """

    words: str
    holds: Callable[[date], bool]

    def __contains__(self, day: date) -> bool:
        return self.holds(civil(day))

    def __or__(self, other: DaySet) -> DaySet:
        return DaySet(f"{self.words}, {other.words}", _Either(self.holds, other.holds))

    def __str__(self) -> str:
        return self.words


@dataclass(frozen=True)
class _Either:
    """Two tests as one, as a value, so that two sets built alike are equal."""

    one: Callable[[date], bool]
    other: Callable[[date], bool]

    def __call__(self, day: date) -> bool:
        return self.one(day) or self.other(day)


def _is_sunday(day: date) -> bool:
    return day.weekday() == 6


def _is_christmas_day(day: date) -> bool:
    return (day.month, day.day) == (12, 25)


def _is_good_friday(day: date) -> bool:
    return day == good_friday(day.year)


SUNDAYS: Final = DaySet("Sundays", _is_sunday)
CHRISTMAS_DAY: Final = DaySet("Christmas Day", _is_christmas_day)
GOOD_FRIDAY: Final = DaySet("Good Friday", _is_good_friday)
BANK_HOLIDAYS: Final = DaySet("bank holidays in England and Wales", is_statutory_bank_holiday)
"""Bank holidays in law, under the Banking and Financial Dealings Act 1971; see ``bank_holidays``."""


@cache
def _public_holidays(year: int) -> frozenset[date]:
    """Return the public holidays of England and Wales as the maintained package has them, with any newly proclaimed."""
    printed = holidays.country_holidays("GB", subdiv="ENG", years=year)
    return frozenset(printed) | {day for day in SPECIAL if day.year == year}


def is_working_day(day: date) -> bool:
    """Return whether a day is neither Saturday, Sunday nor a public holiday in England and Wales.

    Good Friday, Christmas Day and the days in lieu that employers keep all count as holidays here: this is the
    ordinary calendar of the Victims' Code and of offices, from the maintained package ``holidays``, not the list of
    bank holidays in law.
    """
    return civil(day).weekday() < 5 and day not in _public_holidays(day.year)


WORKING_DAYS: Final = DaySet("working days", is_working_day)
