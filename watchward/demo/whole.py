"""What is loaded whole or not at all: in one transaction with the note that it is finished."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Final

from django.db import connection

from watchward.demo import commands
from watchward.demo.chapters import KEY, finished, machinery
from watchward.foundation.access.context import within
from watchward.foundation.acting import Acting

ALONE: Final = 0x77_77_64_65_6D_6F
"""An advisory lock, and with a number added one of each part: two loadings at once would load the same twice."""


def alone(turn: int = 0) -> None:
    """Wait until nobody else loads this, and keep the others out until the transaction ends.

    Args:
        turn: number of what may be loaded beside others, by another process; 0 for what may not.
    """
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(%s)", [ALONE + turn])


def load_whole(
    name: str, at: datetime, do: Callable[[Acting], None], *, until: datetime | None = None, key: str = KEY,
    turn: int = 0,
) -> bool:  # fmt: skip
    """Load something unless it stands; return whether it was loaded now.

    Args:
        name: under which it is noted.
        at: the moment at which it begins.
        do: loads it.
        until: the moment at which it ends, where that is a later one.
        key: stands before its name in the note.
        turn: as for `alone`.
    """
    acting = machinery(at)
    with within(acting):
        alone(turn)
        if name in finished(key):
            return False
        do(acting)
        finishes = acting.at_time(until) if until is not None else acting
        commands.finish_chapter.once(finishes, key + name, chapter=name)
    return True
