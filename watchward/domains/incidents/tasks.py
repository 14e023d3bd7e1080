"""Periodic work on incidents."""

from __future__ import annotations

from watchward.domains.incidents import commands
from watchward.foundation.acting import Acting
from watchward.foundation.jobs import every


@every("* * * * * */15", purpose="marking incidents whose target has passed")
def watch(acting: Acting) -> None:
    """Delay what passed its target with nobody there, and notice a surge of demand."""
    commands.watch(acting)
    commands.watch_demand(acting)
