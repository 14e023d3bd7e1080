"""Periodic work on guidance."""

from __future__ import annotations

from watchward.foundation.acting import Acting
from watchward.foundation.guidance import commands
from watchward.foundation.jobs import every


@every("0 5 * * * 0", purpose="asking those who came to a team to read its guidance")
def ask_newcomers(acting: Acting) -> None:
    """Ask newcomers to read what their team was asked to read."""
    commands.ask_newcomers(acting)
