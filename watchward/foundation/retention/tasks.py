"""Periodic work: reviews are called up as they come due."""

from __future__ import annotations

from watchward.foundation.acting import Acting
from watchward.foundation.jobs import every
from watchward.foundation.retention import commands


@every("20 * * * * 40", purpose="calling up what is due for review")
def call_up(acting: Acting) -> None:
    """Call up what has come due, some at a time."""
    commands.call_up(acting)
