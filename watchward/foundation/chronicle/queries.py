"""What stands and what happened about people, places, numbers and vehicles: one table, one plan."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple
from uuid import UUID

from django.db import connection
from django.db.models import QuerySet

from watchward.foundation.acting import Acting
from watchward.foundation.chronicle.models import Line


def about(acting: Acting, subjects: Iterable[UUID]) -> QuerySet[Line]:
    """Return every line about these subjects that this person may see, latest first; the caller leaves the trace."""
    return Line.visible_to(acting).filter(about__in=list(subjects)).order_by("-since", "kind", "id")


class LockedLine(NamedTuple):
    """A line that is locked to the reader: that it exists, whose it is, and which record to open."""

    line: UUID
    team: int | None
    opens: UUID


def locked_about(acting: Acting, subjects: Iterable[UUID]) -> list[LockedLine]:
    """Return the lines about these subjects that are locked to this person."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select line, team_id, opens from ww_locked_about(%s, %s)", [list(subjects), sorted(acting.opened)]
        )
        found = [LockedLine(*row) for row in cursor.fetchall()]
    return [locked for locked in found if locked.team not in acting.teams]
