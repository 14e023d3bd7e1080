"""Periodic work on measures."""

from __future__ import annotations

from watchward.foundation.acting import Acting
from watchward.foundation.jobs import every
from watchward.oversight.performance import commands, queries


@every("* * * * * 45", purpose="looking for measures that got worse")
def notice(acting: Acting) -> None:
    """Look once a day, at six by the force's own clock, or as soon after it as a worker runs."""
    if not queries.noticed_today(acting):
        commands.notice(acting)
