"""What follows from a command: at its end, in its transaction, its duties and its chronicle are brought up to date."""

from __future__ import annotations

from functools import lru_cache
from uuid import UUID

from watchward.foundation.access.context import engine_of
from watchward.foundation.acting import Acting
from watchward.foundation.audit.queries import touched
from watchward.foundation.chronicle import engine as chronicle
from watchward.foundation.chronicle import kinds as lines
from watchward.foundation.commands import current
from watchward.foundation.duties import engine as duties
from watchward.foundation.duties import kinds as owed


def follow(acting: Acting, command: UUID) -> None:
    """Bring duties and lines to what the records that this command touched now say.

    It ends with the scope of whoever acts lifted: the command tells the database again who acts when it closes.

    Args:
        acting: who acts.
        command: its id; commands within it followed their own.
    """
    rows = touched(current(), among=_watched(tuple(owed.kinds), tuple(lines.kinds)))
    if not rows:
        return
    engine = engine_of(acting)
    concerned = lines.Touched(engine, rows)
    duties.run_duties(engine, command, concerned)
    chronicle.write_lines(engine, concerned)


@lru_cache(maxsize=10)
def _watched(duties_: tuple[str, ...], lines_: tuple[str, ...]) -> frozenset[str]:
    """Return the tables whose changes something follows from, for these kinds of duties and of lines."""
    found = [owed.kinds[key].tables for key in duties_] + [lines.kinds[key].tables for key in lines_]
    return frozenset().union(*found)
