"""Durations that count elapsed time: minutes and hours, and hours that stand still on some days."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from watchward.kernel.periods.days import DaySet
from watchward.kernel.periods.london import day_ends, day_starts, local_day, utc


def counted(n: int, *, least: int) -> int:
    """Return a count unchanged.

    Raises:
        TypeError: when it is not a whole number.
        ValueError: when it is below the least that makes sense.
    """
    if isinstance(n, bool) or not isinstance(n, int):
        raise TypeError(f"A period is a whole number of units, not {n!r}.")
    if n < least:
        raise ValueError(f"A period of {n} makes no sense here; the least is {least}.")
    return n


def plural(n: int, unit: str) -> str:
    """Return a count with its unit: "1 hour", "24 hours"."""
    return f"{n} {unit}" if n == 1 else f"{n} {unit}s"


@dataclass(frozen=True)
class Minutes:
    """A number of minutes of elapsed time, counted on UTC, so that a change of the clocks changes nothing.

    Args:
        n: how many, none or more.
    """

    n: int

    def __post_init__(self) -> None:
        counted(self.n, least=0)

    @property
    def length(self) -> timedelta:
        """How long it is."""
        return timedelta(minutes=self.n)

    def due(self, start: datetime) -> datetime:
        """Return the UTC instant this long after an aware instant."""
        return utc(start) + self.length

    deadline = due

    def __str__(self) -> str:
        return plural(self.n, "minute")


@dataclass(frozen=True)
class Hours:
    """A number of hours of elapsed time, counted on UTC: 24 hours of detention are 24 hours on any night of the year.

    Args:
        n: how many, none or more.
    """

    n: int

    def __post_init__(self) -> None:
        counted(self.n, least=0)

    @property
    def length(self) -> timedelta:
        """How long it is."""
        return timedelta(hours=self.n)

    def due(self, start: datetime) -> datetime:
        """Return the UTC instant this long after an aware instant."""
        return utc(start) + self.length

    deadline = due

    def __str__(self) -> str:
        return plural(self.n, "hour")


@dataclass(frozen=True)
class HoursDisregarding:
    """A number of hours that do not run during some local days, which the statute says are to be disregarded.

    No time runs between the two midnights of a disregarded day, and elapsed time runs through all others. When the
    hours run out exactly at a midnight they have ended then, even if the day that begins is disregarded.

    Args:
        n: how many hours, none or more.
        days: the days on which they stand still.
    """

    n: int
    days: DaySet

    def __post_init__(self) -> None:
        counted(self.n, least=0)

    def due(self, start: datetime) -> datetime:
        """Return the UTC instant at which the hours have run, from an aware instant.

        Raises:
            ValueError: when nothing runs for a year, because every day is disregarded.
        """
        now, left = utc(start), timedelta(hours=self.n)
        day = local_day(now)
        still = 0
        while still < 366:
            ends = day_ends(day)
            if day in self.days:
                still += 1
            elif now + left <= ends:
                return now + left
            else:
                still = 0
                left -= ends - now
            now, day = ends, local_day(ends)
        raise ValueError(f"These hours never run: {self.days} are disregarded, and there are no others.")

    deadline = due

    def run(self, start: datetime, until: datetime) -> timedelta:
        """Return how much time has run between two aware instants; nothing when the second is not later."""
        now, last, total = utc(start), utc(until), timedelta()
        while now < last:
            day = local_day(now)
            ends = min(day_ends(day), last)
            if day not in self.days:
                total += ends - max(now, day_starts(day))
            now = ends
        return total

    def __str__(self) -> str:
        return f"{plural(self.n, 'hour')}, disregarding {self.days}"
