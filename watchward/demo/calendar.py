"""The calendar of the demonstration: when it starts, and times as stories say them."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from watchward.kernel.periods import LONDON, instant

START: Final = "2019-07-01 07:45"
"""Monday 1 July 2019, 07:45 in Stafford: when the clock of a fresh demonstration starts."""


def moment(said: str) -> datetime:
    """Return the moment in UTC of a local time such as `2019-06-28 23:14` or `2019-06-28 23:14:30`.

    Raises:
        ValueError: it is no such time.
    """
    local = datetime.fromisoformat(said.strip().replace("T", " "))
    if local.tzinfo is not None:
        raise ValueError("say the local time, without a time zone")
    return instant(local.date(), local.time())


def shown(at: datetime) -> str:
    """Return a moment as local time, as `moment` reads it."""
    return at.astimezone(LONDON).strftime("%Y-%m-%dT%H:%M")
