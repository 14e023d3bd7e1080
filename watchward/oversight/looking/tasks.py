"""Periodic work on looks."""

from __future__ import annotations

from watchward.foundation.acting import Acting
from watchward.foundation.jobs import every
from watchward.oversight.looking import commands


@every("0 4 * * * 0", purpose="looking over who looked at whom")
def look_over(acting: Acting) -> None:
    """Find unusual looks."""
    commands.look_over(acting)
