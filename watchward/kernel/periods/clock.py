"""Clocks that stop and resume: time that counts only while it runs."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import pairwise

from watchward.kernel.periods.elapsed import Hours, Minutes
from watchward.kernel.periods.london import civil, utc
from watchward.kernel.periods.school import DaySpan

Allowance = Hours | Minutes | timedelta


@dataclass(frozen=True)
class Segment:
    """A stretch of time from an aware instant until another, or still running when it has no end."""

    start: datetime
    end: datetime | None = None

    def __post_init__(self) -> None:
        object.__setattr__(self, "start", utc(self.start))
        if self.end is not None:
            object.__setattr__(self, "end", utc(self.end))
            if self.end < self.start:
                raise ValueError(f"A stretch of time cannot end at {self.end} and start at {self.start}.")

    def until(self, at: datetime) -> timedelta:
        """Return how much of it has run by an aware instant."""
        last = utc(at) if self.end is None else min(utc(at), self.end)
        return max(last - self.start, timedelta())


@dataclass(frozen=True)
class Clock:
    """A clock of elapsed time made of the stretches during which it ran, counted on UTC.

    A detention clock is started at the relevant time, stopped when the person leaves for hospital or is bailed, and
    resumed on return: what ran before counts (PACE 1984 ss 41(6), 47(6)).

    Args:
        segments: in order, not overlapping; only the last may still be running.

    Raises:
        ValueError: when they overlap, are out of order, or one that is not the last has no end.
    """

    segments: tuple[Segment, ...] = ()

    def __post_init__(self) -> None:
        for earlier, later in pairwise(self.segments):
            if earlier.end is None or later.start < earlier.end:
                raise ValueError("The stretches of a clock must follow one another, and only the last may still run.")

    @classmethod
    def started(cls, at: datetime) -> Clock:
        """Return a clock that starts at an aware instant and runs."""
        return cls((Segment(at),))

    @property
    def is_running(self) -> bool:
        """Whether its last stretch has no end."""
        return bool(self.segments) and self.segments[-1].end is None

    def stopped(self, at: datetime) -> Clock:
        """Return the clock stopped at an aware instant.

        Raises:
            ValueError: when it is not running, or had not started by then.
        """
        if not self.is_running:
            raise ValueError("A clock that is not running cannot be stopped.")
        return Clock((*self.segments[:-1], Segment(self.segments[-1].start, at)))

    def resumed(self, at: datetime) -> Clock:
        """Return the clock running again from an aware instant.

        Raises:
            ValueError: when it is running already, or stopped later than that.
        """
        if self.is_running:
            raise ValueError("A clock that is running cannot be resumed.")
        return Clock((*self.segments, Segment(at)))

    def elapsed(self, at: datetime) -> timedelta:
        """Return how much time has counted by an aware instant."""
        return sum((segment.until(at) for segment in self.segments), timedelta())

    def remaining(self, allowance: Allowance, at: datetime) -> timedelta:
        """Return how much of an allowance is left at an aware instant, never less than nothing."""
        return max(_length(allowance) - self.elapsed(at), timedelta())

    def deadline(self, allowance: Allowance) -> datetime | None:
        """Return the UTC instant at which an allowance runs out.

        Nothing when the clock stands still before that, since nobody can say then.
        """
        left = _length(allowance)
        for segment in self.segments:
            if segment.end is None or left <= segment.end - segment.start:
                return segment.start + left
            left -= segment.end - segment.start
        return None


def _length(allowance: Allowance) -> timedelta:
    return allowance if isinstance(allowance, timedelta) else allowance.length


def carried_over(last_day: date, pauses: Iterable[DaySpan]) -> date:
    """Return the last day of a period of days moved on by the days on which it was suspended.

    A pause that starts after the period has ended moves nothing.

    Args:
        last_day: the last day had nothing been suspended.
        pauses: the suspended days, not overlapping.

    Raises:
        ValueError: when two pauses share a day, which would count twice.
    """
    ordered = sorted(pauses)
    for earlier, later in pairwise(ordered):
        if later.first <= earlier.last:
            raise ValueError(f"The pauses {earlier} and {later} overlap.")
    for pause in ordered:
        if pause.first <= civil(last_day):
            last_day += timedelta(days=pause.days)
    return last_day
