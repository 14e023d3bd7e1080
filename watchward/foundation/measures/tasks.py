"""Periodic work on figures."""

from __future__ import annotations

from watchward.foundation.acting import Acting
from watchward.foundation.jobs import every
from watchward.foundation.measures import commands


@every("*/10 * * * * 20", purpose="keeping the figures of months that are over")
def keep(acting: Acting) -> None:
    """Keep months that are over as they are counted; those that a change has reached are counted anew."""
    commands.keep(acting)
