"""The days on which one school is open, and counting them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import pairwise
from typing import Final

from watchward.kernel.periods.days import is_working_day
from watchward.kernel.periods.elapsed import counted, plural
from watchward.kernel.periods.london import civil, instant, local_day, utc

NINE: Final = time(9)


class CalendarEnds(LookupError):  # noqa: N818
    """The calendar says nothing about a day that the answer depends on; it must be filled in, not guessed."""


@dataclass(frozen=True, order=True)
class DaySpan:
    """The days from a first to a last, both included."""

    first: date
    last: date

    def __post_init__(self) -> None:
        if civil(self.last) < civil(self.first):
            raise ValueError(f"A span cannot end on {self.last} and start on {self.first}.")

    def __contains__(self, day: date) -> bool:
        return self.first <= civil(day) <= self.last

    @property
    def days(self) -> int:
        """How many days it has."""
        return (self.last - self.first).days + 1

    def __str__(self) -> str:
        return f"{self.first} to {self.last}"


@dataclass(frozen=True, kw_only=True)
class SchoolCalendar:
    """When one school is open.

    It is open from Monday to Friday in its terms, except on public holidays, INSET days and closures, and on any
    further days it keeps.

    Args:
        terms: spans with children at school; a half-term break is the gap between two of them.
        inset: days within terms for staff only.
        closures: days within terms on which it is shut for another reason, such as snow or a polling station.
        also_open: days on which it opens though it otherwise would not, such as Saturday school.
        starts: the local time at which its day starts.
        covers: the days that the calendar speaks for; from the first day of term to the last when absent. Where the
            holidays around the terms are known too, say so here.

    Raises:
        ValueError: when it has no terms, terms overlap, or a term lies outside what it covers.
    """

    terms: tuple[DaySpan, ...]
    inset: frozenset[date] = frozenset()
    closures: frozenset[date] = frozenset()
    also_open: frozenset[date] = frozenset()
    starts: time = NINE
    covers: DaySpan | None = None

    def __post_init__(self) -> None:
        object.__setattr__(self, "terms", tuple(sorted(self.terms)))
        if not self.terms:
            raise ValueError("A school calendar needs its terms.")
        for earlier, later in pairwise(self.terms):
            if later.first <= earlier.last:
                raise ValueError(f"The terms {earlier} and {later} overlap.")
        if any(term.first not in self.span or term.last not in self.span for term in self.terms):
            raise ValueError(f"A term lies outside {self.span}, which is all that the calendar covers.")

    @property
    def span(self) -> DaySpan:
        """The days that the calendar speaks for."""
        return self.covers or DaySpan(self.terms[0].first, self.terms[-1].last)

    def is_open(self, day: date) -> bool:
        """Return whether children are at school on a day.

        Raises:
            CalendarEnds: when the calendar does not cover it.
        """
        if civil(day) not in self.span:
            raise CalendarEnds(f"The school's calendar covers {self.span}; it does not say about {day}.")
        if day in self.closures or day in self.inset:
            return False
        return day in self.also_open or (is_working_day(day) and any(day in term for term in self.terms))

    def open_from(self, day: date) -> Iterator[date]:
        """Yield the school days on and after a day, in order, raising ``CalendarEnds`` where the calendar stops."""
        while True:
            if self.is_open(day):
                yield day
            day += timedelta(days=1)

    def next_school_day(self, day: date) -> date:
        """Return the first school day after a day, which is itself not counted."""
        return next(self.open_from(civil(day) + timedelta(days=1)))

    def next_start(self, after: datetime, *, by: time = NINE) -> datetime:
        """Return the first UTC instant after an aware instant by which school must have been told.

        That is the earlier of a set time and the start of the school's own day, on a school day. Early in the morning
        of a school day it is that same morning; once the moment has passed it is the next school day; it is never in
        the past.

        Args:
            after: the instant from which to look.
            by: the latest local time, whenever the school's day starts.
        """
        return next(
            moment
            for moment in (instant(day, min(by, self.starts)) for day in self.open_from(local_day(after)))
            if moment > utc(after)
        )


@dataclass(frozen=True)
class SchoolDays:
    """A number of school days of one school, the day of the event not counted.

    Args:
        n: how many, one or more.
    """

    n: int

    def __post_init__(self) -> None:
        counted(self.n, least=1)

    def last_day(self, start: date, calendar: SchoolCalendar) -> date:
        """Return the last of the school days that follow a day.

        Raises:
            CalendarEnds: when the calendar stops before it.
        """
        day = civil(start)
        for _ in range(self.n):
            day = calendar.next_school_day(day)
        return day

    due = last_day

    def deadline(self, start: datetime, calendar: SchoolCalendar, *, by: time = NINE) -> datetime:
        """Return the last of the next starts of school that follow an aware instant; see ``next_start``."""
        moment = utc(start)
        for _ in range(self.n):
            moment = calendar.next_start(moment, by=by)
        return moment

    def __str__(self) -> str:
        return plural(self.n, "school day")
