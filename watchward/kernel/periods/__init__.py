"""Counting hours, days, months, working days and school days as the rules of England and Wales do.

Legal hours are elapsed time on UTC; days, months and years are those of the calendar in Europe/London. What counts
hours takes and gives aware instants; what counts days takes and gives dates; each has ``due``. Every period also has
``deadline``, from an aware instant to the UTC instant by which the thing must be done (school days need the school's
calendar as well). A naive time is refused everywhere, and so is an instant where a day is meant.
"""

from __future__ import annotations

from datetime import datetime
from typing import Protocol

from watchward.kernel.periods.bank_holidays import (
    easter,
    good_friday,
    is_statutory_bank_holiday,
    statutory_bank_holidays,
)
from watchward.kernel.periods.civil import (
    Days,
    DaysBeginningWith,
    Months,
    MonthsBeginningWith,
    WorkingDays,
    Years,
    YearsBeginningWith,
)
from watchward.kernel.periods.clock import Clock, Segment, carried_over
from watchward.kernel.periods.days import (
    BANK_HOLIDAYS,
    CHRISTMAS_DAY,
    GOOD_FRIDAY,
    SUNDAYS,
    WORKING_DAYS,
    DaySet,
    is_working_day,
)
from watchward.kernel.periods.elapsed import Hours, HoursDisregarding, Minutes
from watchward.kernel.periods.london import (
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
from watchward.kernel.periods.school import CalendarEnds, DaySpan, SchoolCalendar, SchoolDays


class Period(Protocol):
    """Any length of time that an instant alone can set going."""

    def deadline(self, start: datetime) -> datetime:
        """Return the UTC instant by which the thing must be done, when it starts at an aware instant."""
        ...


__all__ = [
    "BANK_HOLIDAYS",
    "CHRISTMAS_DAY",
    "GOOD_FRIDAY",
    "LONDON",
    "SUNDAYS",
    "WORKING_DAYS",
    "CalendarEnds",
    "Clock",
    "DaySet",
    "DaySpan",
    "Days",
    "DaysBeginningWith",
    "Hours",
    "HoursDisregarding",
    "Minutes",
    "Months",
    "MonthsBeginningWith",
    "Period",
    "SchoolCalendar",
    "SchoolDays",
    "Segment",
    "WorkingDays",
    "Years",
    "YearsBeginningWith",
    "carried_over",
    "day_ends",
    "day_starts",
    "easter",
    "exists",
    "good_friday",
    "instant",
    "is_repeated",
    "is_statutory_bank_holiday",
    "is_working_day",
    "length_of",
    "local_day",
    "london",
    "statutory_bank_holidays",
    "utc",
]
