"""Having looked at what is new, and choosing what one is told at once."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from watchward.foundation.acting import Acting
from watchward.foundation.commands import command
from watchward.foundation.duties import queries
from watchward.foundation.duties.models import Attention
from watchward.foundation.duties.vocabulary import News


@command(needs=None)
def look(acting: Acting, *, until: datetime) -> Attention:
    """Say that one has seen what was new until a moment: that of the page, so that nothing after it is missed.

    Args:
        acting: whose news.
        until: aware UTC; one to come counts as now, and one before the last look changes nothing.
    """
    row = queries.attention(acting)
    row.looked_at = max(row.looked_at, min(until, acting.at))
    row.save()
    return row


@command(needs=None)
def choose(acting: Acting, *, at_once: Collection[News]) -> Attention:
    """Choose of which news one is told at once, at the top of every page; all others are counted alone."""
    row = queries.attention(acting)
    row.at_once = [each.value for each in News if each in at_once]
    row.save()
    return row
