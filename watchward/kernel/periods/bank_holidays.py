"""The bank holidays of England and Wales in law, from 2000, apart from the calendar of working days.

A statute that disregards "any day which is a bank holiday in England and Wales under the Banking and Financial
Dealings Act 1971" means these days and no others: those of Schedule 1 paragraph 1, those put in their place by
proclamation under section 1(2), and those appointed by proclamation under section 1(3).

They differ from the calendars that employers and packages print:

* Good Friday and Christmas Day are holidays at common law. They are not in Schedule 1, so statutes name them apart.
* 26 December is in Schedule 1 "if it be not a Sunday". On a Saturday it stays a bank holiday when a proclamation
  only appoints Monday 28 December as one more (2015, Gazette notice 2370676), and does not when the proclamation says
  "in place of" it (2009, Gazette notice L-59248-979134). 2020 and 2026 are read like 2015; a force should have its
  lawyer confirm all three against the proclamations.
* 1 January is a bank holiday only by yearly proclamation, which names the Monday when it falls at a weekend: Saturday
  1 January 2022 was not one.

The yearly proclamations (New Year, the first Monday in May, 28 December after a weekend) are made the summer before.
For years that have none yet the usual pattern is taken; a special day enters ``SPECIAL`` when it is proclaimed.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from functools import cache
from types import MappingProxyType
from typing import Final

FIRST_YEAR: Final = 2000
"""The table begins here: earlier years had other proclamations."""

SPECIAL: Final[Mapping[date, str]] = MappingProxyType(
    {
        date(2002, 6, 3): "Golden Jubilee",
        date(2011, 4, 29): "Royal wedding",
        date(2012, 6, 5): "Diamond Jubilee",
        date(2022, 6, 3): "Platinum Jubilee",
        date(2022, 9, 19): "State funeral of Queen Elizabeth II",
        date(2023, 5, 8): "Coronation of King Charles III",
    }
)
"""Days appointed once, by proclamation under section 1(3)."""

IN_PLACE_OF: Final[Mapping[date, date]] = MappingProxyType(
    {
        date(2002, 5, 27): date(2002, 6, 4),
        date(2009, 12, 26): date(2009, 12, 28),
        date(2012, 5, 28): date(2012, 6, 4),
        date(2020, 5, 4): date(2020, 5, 8),
        date(2022, 5, 30): date(2022, 6, 2),
    }
)
"""The usual day, and the day that a proclamation put in its place."""


def easter(year: int) -> date:
    """Return Easter Sunday of the Gregorian calendar, by the table of the Calendar (New Style) Act 1750.

    The arithmetic is the anonymous one of 1876 that Meeus prints in Astronomical Algorithms, chapter 8.
    """
    golden = year % 19
    century, of_century = divmod(year, 100)
    leaps, rest = divmod(century, 4)
    lunar = (century - (century + 8) // 25 + 1) // 3
    moon = (19 * golden + century - leaps - lunar + 15) % 30
    quarters, odd = divmod(of_century, 4)
    weekday = (32 + 2 * rest + 2 * quarters - moon - odd) % 7
    late = (golden + 11 * moon + 22 * weekday) // 451
    month, before = divmod(moon + weekday - 7 * late + 114, 31)
    return date(year, month, before + 1)


def good_friday(year: int) -> date:
    """Return Good Friday, a holiday at common law."""
    return easter(year) - timedelta(days=2)


@cache
def statutory_bank_holidays(year: int) -> Mapping[date, str]:
    """Return the bank holidays in law of a year, each with its name, in order.

    Raises:
        ValueError: before ``FIRST_YEAR``, for which the table has no proclamations.
    """
    if year < FIRST_YEAR:
        raise ValueError(f"The table of bank holidays begins in {FIRST_YEAR}; it has nothing for {year}.")
    boxing_day = date(year, 12, 26)
    usual = {
        _weekday_from(date(year, 1, 1)): "New Year",
        easter(year) + timedelta(days=1): "Easter Monday",
        _monday_from(date(year, 5, 1)): "Early May",
        _monday_from(date(year, 5, 25)): "Spring",
        _monday_from(date(year, 8, 25)): "Summer",
    }
    if boxing_day.weekday() != _SUNDAY:
        usual[boxing_day] = "26 December"
    if _SUNDAY in (date(year, 12, 25).weekday(), boxing_day.weekday()):
        usual[date(year, 12, 27)] = "27 December"
    if boxing_day.weekday() in (_SATURDAY, _SUNDAY):
        usual[date(year, 12, 28)] = "28 December"
    days = {day: name for day, name in usual.items() if day not in IN_PLACE_OF}
    days |= {to: f"{usual[day]}, moved" for day, to in IN_PLACE_OF.items() if to.year == year}
    days |= {day: name for day, name in SPECIAL.items() if day.year == year}
    return MappingProxyType(dict(sorted(days.items())))


def is_statutory_bank_holiday(day: date) -> bool:
    """Return whether a day is a bank holiday in England and Wales under the Banking and Financial Dealings Act 1971."""
    return day in statutory_bank_holidays(day.year)


_SATURDAY, _SUNDAY = 5, 6


def _monday_from(day: date) -> date:
    """Return the first Monday on or after a day."""
    return day + timedelta(days=-day.weekday() % 7)


def _weekday_from(day: date) -> date:
    """Return the day, or the Monday after it when it falls at a weekend."""
    return _monday_from(day) if day.weekday() >= _SATURDAY else day
