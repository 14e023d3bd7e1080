"""How long is left, in words first, then as a share of the target, then when it is due; and how far away."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Literal

from watchward.foundation.ui.parts import Clock
from watchward.foundation.ui.words import due, lasting

SOON = timedelta(minutes=15)
"""What is due within this is to do now (guide to the interface, section 4)."""


def clock(starts: datetime, by: datetime, now: datetime, *, over: str = "over", owed: str = "due") -> Clock:
    """Return the clock of something that counts from one moment and is due by another.

    Args:
        starts: from when it counts.
        by: when it is due.
        now: the moment.
        over: what follows the time past it: over, or late.
        owed: what stands before the due time.
    """
    whole, gone = (by - starts).total_seconds(), (now - starts).total_seconds()
    share = 100 if whole <= 0 else max(0, min(100, round(100 * gone / whole)))
    left = by - now
    tone: Literal["late", "soon", "ok"] = "late" if left < timedelta(0) else "soon" if left <= SOON else "ok"
    words = f"{lasting(left)} {over}" if tone == "late" else f"{lasting(left)} left"
    return Clock(words, tone, 100 if tone == "late" else share, f"{owed} {due(by, now)}")


def stopped(starts: datetime, by: datetime, there: datetime) -> Clock:
    """Return the clock of what was reached: how long it took, and whether that was in time."""
    whole = (by - starts).total_seconds()
    share = 100 if whole <= 0 else max(0, min(100, round(100 * (there - starts).total_seconds() / whole)))
    late = there > by
    words = f"{lasting(there - starts)} to scene"
    told = f"{lasting(there - by)} over" if late else "in time"
    return Clock(words, "late" if late else "ok", 100 if late else share, told)


def metres(length: int | None) -> str:
    """Return a distance in words: 400 m, 3.2 km, 14 km."""
    if length is None:
        return "distance not known"
    if length < 950:
        return f"{max(50, round(length / 50) * 50)} m"
    return f"{length / 1000:.1f} km" if length < 9_950 else f"{length / 1000:.0f} km"
