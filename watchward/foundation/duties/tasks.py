"""Periodic work on what is owed: late duties go up, ledgers are counted, and every night none is proved missing."""

from __future__ import annotations

import logging

from watchward.foundation.acting import Acting
from watchward.foundation.duties import commands, queries
from watchward.foundation.jobs import every

log = logging.getLogger(__name__)


@every("* * * * * */15", purpose="sending up what is late")
def escalate(acting: Acting) -> None:
    """Send up what is late; the log has a line only when something goes up."""
    if queries.to_send_up(acting).exists():
        commands.escalate(acting)


@every("* * * * * 30", purpose="proving that no duty is missing")
def prove(acting: Acting) -> None:
    """Prove once a night, at two by the force's own clock, or as soon after it as a worker runs."""
    if not queries.proved_tonight(acting):
        found = commands.prove(acting)
        if found:
            log.error("duties were missing and have been opened: %s", found)


@every("* * * * * */5", purpose="counting the ledgers")
def count(acting: Acting) -> None:
    """Count the ledgers when it is time; the log has a line when others than before do not add up."""
    if queries.to_count(acting):
        astray = commands.count_ledgers(acting)
        if astray:
            log.error("ledgers do not add up: %s", ", ".join(astray))
