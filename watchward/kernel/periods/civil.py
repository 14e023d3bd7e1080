"""Durations that count days, months and years of the local calendar, and working days."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import overload

from watchward.kernel.periods.days import is_working_day
from watchward.kernel.periods.elapsed import counted, plural
from watchward.kernel.periods.london import civil, day_ends, instant, local_day, london, utc


def corresponding(day: date, months: int) -> date | None:
    """Return the day bearing the same number some months later, or nothing when that month has no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, day.day) if day.day <= monthrange(year, month + 1)[1] else None


def _last_of_month(day: date, months: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, monthrange(year, month + 1)[1])


def _after(day: date, months: int) -> date:
    found = corresponding(civil(day), months)
    return found if found is not None else _last_of_month(day, months)


def _beginning_with(day: date, months: int) -> date:
    found = corresponding(civil(day), months)
    return found - timedelta(days=1) if found is not None else _last_of_month(day, months)


@dataclass(frozen=True)
class _Counted:
    n: int

    def __post_init__(self) -> None:
        counted(self.n, least=1)


@dataclass(frozen=True)
class _InDays(_Counted):
    """A duration that ends with a day; a subclass says which."""

    def last_day(self, start: date) -> date:
        """Return the last day of the period."""
        raise NotImplementedError

    def due(self, start: date) -> date:
        """Return the last day on which the thing can be done in time; the same as ``last_day``."""
        return self.last_day(start)

    def deadline(self, start: datetime) -> datetime:
        """Return the UTC instant at which the last day ends, for a period that an aware instant sets going."""
        return day_ends(self.last_day(local_day(start)))


@dataclass(frozen=True)
class Days:
    """A number of days of the local calendar, the day of the event not counted.

    From a date it gives a date. From an instant it gives the instant at which the clock shows the same time that
    many days on, whatever the clocks did in between; a time that is skipped or repeated on the last day is settled as
    ``instant`` settles it (skipped: an hour later by the clock; repeated: the first), so that in both cases exactly
    24 hours a day have passed.

    Args:
        n: how many, none or more.
    """

    n: int

    def __post_init__(self) -> None:
        counted(self.n, least=0)

    @overload
    def due(self, start: datetime) -> datetime: ...

    @overload
    def due(self, start: date) -> date: ...

    def due(self, start: date) -> date:
        """Return the date, or for an aware instant the UTC instant, that many days on."""
        if not isinstance(start, datetime):
            return start + timedelta(days=self.n)
        if self.n == 0:
            return utc(start)
        local = london(start)
        return instant(local.date() + timedelta(days=self.n), local.time().replace(fold=0))

    def last_day(self, start: date) -> date:
        """Return the date that many days on."""
        return civil(start) + timedelta(days=self.n)

    def deadline(self, start: datetime) -> datetime:
        """Return the UTC instant at which the clock shows the same time that many days on."""
        return self.due(utc(start))

    def __str__(self) -> str:
        return plural(self.n, "day")


@dataclass(frozen=True)
class DaysBeginningWith(_InDays):
    """A period of days "beginning with" a day, which is itself the first.

    Three days beginning with the 1st end on the 3rd (Sexual Offences Act 2003 s 83(1) counts so).

    Args:
        n: how many, one or more.
    """

    def last_day(self, start: date) -> date:
        """Return the last day of the period whose first day is given."""
        return civil(start) + timedelta(days=self.n - 1)

    def __str__(self) -> str:
        return f"{plural(self.n, 'day')} beginning with the day"


@dataclass(frozen=True)
class Months(_InDays):
    """A number of calendar months after a day, which is not counted.

    The corresponding date rule: the period ends on the day of the same number; where that month has none, on its last
    day (Dodds v Walker [1981] 1 WLR 1027, HL; Interpretation Act 1978 Sch 1, "month").

    Args:
        n: how many, one or more.
    """

    def last_day(self, start: date) -> date:
        """Return the corresponding date."""
        return _after(start, self.n)

    def __str__(self) -> str:
        return plural(self.n, "month")


@dataclass(frozen=True)
class MonthsBeginningWith(_InDays):
    """A period of calendar months "beginning with" a day, which is itself the first.

    It ends on the day before the corresponding day; where that month has no such day, on its last day. So three months
    beginning with 30 November end on 28 February (29 in a leap year), and three beginning with 1 March end on 31 May.
    PACE 1984 ss 47ZB-47ZG count the applicable bail period like this from the bail start date, the day after arrest.

    Args:
        n: how many, one or more.
    """

    def last_day(self, start: date) -> date:
        """Return the last day of the period whose first day is given."""
        return _beginning_with(start, self.n)

    def __str__(self) -> str:
        return f"{plural(self.n, 'month')} beginning with the day"


@dataclass(frozen=True)
class Years(_InDays):
    """A number of years after a day, which is not counted; a year after 29 February is 28 February.

    Args:
        n: how many, one or more.
    """

    def last_day(self, start: date) -> date:
        """Return the corresponding date."""
        return _after(start, 12 * self.n)

    def __str__(self) -> str:
        return plural(self.n, "year")


@dataclass(frozen=True)
class YearsBeginningWith(_InDays):
    """A period of years "beginning with" a day, which is itself the first, as in Sexual Offences Act 2003 s 82.

    Args:
        n: how many, one or more.
    """

    def last_day(self, start: date) -> date:
        """Return the last day of the period whose first day is given."""
        return _beginning_with(start, 12 * self.n)

    def __str__(self) -> str:
        return f"{plural(self.n, 'year')} beginning with the day"


@dataclass(frozen=True)
class WorkingDays(_InDays):
    """A number of working days after a day, which is not counted whether it is a working day or not.

    A working day is neither Saturday, Sunday nor a public holiday in England and Wales; see ``is_working_day``.

    Args:
        n: how many, one or more.
    """

    def last_day(self, start: date) -> date:
        """Return the last of the working days that follow a day."""
        day, left = civil(start), self.n
        while left:
            day += timedelta(days=1)
            left -= is_working_day(day)
        return day

    def __str__(self) -> str:
        return plural(self.n, "working day")
