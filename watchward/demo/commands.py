"""Saying that a chapter of the demonstration stands: in its own transaction, so that no half of one is ever kept."""

from __future__ import annotations

from watchward.foundation.access.commands import ADMINISTER
from watchward.foundation.acting import Acting
from watchward.foundation.commands import command


@command(needs=ADMINISTER)
def finish_chapter(acting: Acting, *, chapter: str) -> None:
    """Say that a chapter of the demonstration is loaded; run once, in the transaction that loaded it."""
