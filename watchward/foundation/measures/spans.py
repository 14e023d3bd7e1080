"""The periods that measures count: from one local day to another, both within them, and their months."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta


@dataclass(frozen=True, order=True)
class Span:
    """A period of whole local days.

    Args:
        first: its first day.
        last: its last day, which is within it.

    Raises:
        ValueError: it ends before it begins.
    """

    first: date
    last: date

    def __post_init__(self) -> None:
        if self.last < self.first:
            raise ValueError(f"a period cannot end on {self.last} when it begins on {self.first}")

    @property
    def days(self) -> int:
        """How many days it has."""
        return (self.last - self.first).days + 1

    def months(self) -> Iterator[date]:
        """Yield the first day of each calendar month that it touches, in order."""
        month = self.first.replace(day=1)
        while month <= self.last:
            yield month
            month = next_month(month)

    def within_month(self, month: date) -> Span:
        """Return the part of a month that lies within it.

        Raises:
            ValueError: none of it does.
        """
        end = next_month(month.replace(day=1)) - timedelta(days=1)
        return Span(max(self.first, month.replace(day=1)), min(self.last, end))


def next_month(day: date) -> date:
    """Return the first day of the month after that of a day."""
    return date(day.year + day.month // 12, day.month % 12 + 1, 1)


def last_of(day: date) -> date:
    """Return the last day of the month of a day."""
    return next_month(day) - timedelta(days=1)


def months_before(day: date, count: int) -> date:
    """Return the first day of the month so many months before that of a day."""
    whole = day.year * 12 + day.month - 1 - count
    return date(whole // 12, whole % 12 + 1, 1)


def last_months(day: date, count: int = 12) -> Span:
    """Return the last whole calendar months before a day: on 1 July 2019, July 2018 to June 2019."""
    return Span(months_before(day, count), day.replace(day=1) - timedelta(days=1))
