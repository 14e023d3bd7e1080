"""Instants and days in the Europe/London civil calendar, with a stated rule for the two odd hours of the year."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

LONDON: Final = ZoneInfo("Europe/London")


def utc(moment: datetime) -> datetime:
    """Return an aware instant in UTC.

    Raises:
        TypeError: when it is a bare date.
        ValueError: when it has no time zone, because it could then be either of two instants or none.
    """
    if not isinstance(moment, datetime):
        raise TypeError(f"An instant is needed, not the day {moment}.")
    if moment.tzinfo is None or moment.utcoffset() is None:
        raise ValueError(f"{moment} has no time zone.")
    return moment.astimezone(UTC)


def civil(day: date) -> date:
    """Return a day unchanged.

    Raises:
        TypeError: when it is an instant, whose local day must be taken on purpose with ``local_day``.
    """
    if isinstance(day, datetime) or not isinstance(day, date):
        raise TypeError(f"A day is needed, not {day!r}; take the local day of an instant first.")
    return day


def london(moment: datetime) -> datetime:
    """Return an aware instant as the clock on the wall in Europe/London shows it."""
    return utc(moment).astimezone(LONDON)


def local_day(moment: datetime) -> date:
    """Return the day it is in Europe/London at an aware instant."""
    return london(moment).date()


def instant(day: date, at: time) -> datetime:
    """Return the UTC instant at which the clock in Europe/London shows a time on a day.

    A time that the clocks skip in spring is read by the clock as it was before the change, so that 01:30 becomes
    02:30 summer time. A time that they repeat in autumn is the first of the two, the earlier, unless ``at`` carries
    ``fold=1``. Both are the rule of RFC 5545 section 3.3.5.

    Args:
        day: the local day.
        at: the local time, without a time zone.
    """
    if at.tzinfo is not None:
        raise ValueError("Give the local time without a time zone.")
    if not exists(day, at):
        at = at.replace(fold=0)
    return datetime.combine(civil(day), at, LONDON).astimezone(UTC)


def exists(day: date, at: time) -> bool:
    """Return whether the clock in Europe/London ever shows a time on a day: false in the hour skipped in spring."""
    shown = datetime.combine(civil(day), at, LONDON)
    return shown.astimezone(UTC).astimezone(LONDON).replace(tzinfo=None, fold=0) == shown.replace(tzinfo=None, fold=0)


def is_repeated(day: date, at: time) -> bool:
    """Return whether the clock shows a time twice on a day, so that a person must say which is meant."""
    shown = datetime.combine(civil(day), at, LONDON)
    return exists(day, at) and shown.replace(fold=0).utcoffset() != shown.replace(fold=1).utcoffset()


def day_starts(day: date) -> datetime:
    """Return the UTC instant of local midnight at the start of a day."""
    return instant(day, time(0))


def day_ends(day: date) -> datetime:
    """Return the UTC instant at which a local day ends: midnight, which already belongs to the next day.

    Something due on a day is on time while it happens before this instant.
    """
    return day_starts(civil(day) + timedelta(days=1))


def length_of(day: date) -> timedelta:
    """Return how long a local day lasts: 24 hours, 23 or 25 when the clocks change."""
    return day_ends(day) - day_starts(day)
