"""What follows from a command: at its end, in its transaction, its duties and its chronicle are brought up to date."""

from __future__ import annotations

from uuid import UUID

from watchward.foundation.access.context import engine_of
from watchward.foundation.acting import Acting
from watchward.foundation.audit.queries import touched
from watchward.foundation.chronicle import engine as chronicle
from watchward.foundation.chronicle import kinds as lines
from watchward.foundation.duties import engine as duties
from watchward.foundation.duties import kinds as owed


def follow(acting: Acting, command: UUID) -> None:
    """Bring duties and lines to what the records that this command touched now say.

    It ends with the scope of whoever acts lifted: the command tells the database again who acts when it closes.

    Args:
        acting: who acts.
        command: its id; commands within it followed their own.
    """
    watched = frozenset().union(*(kind.tables for kinds in (owed.kinds, lines.kinds) for kind in kinds.values()))
    rows = touched(command, among=watched)
    if not rows:
        return
    engine = engine_of(acting)
    concerned = lines.Touched(engine, rows)
    duties.run_duties(engine, command, concerned)
    chronicle.write_lines(engine, concerned)
