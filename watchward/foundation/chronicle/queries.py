"""What stands and what happened about people, places, numbers and vehicles: one table, one plan."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from django.db import connection
from django.db.models import QuerySet

from watchward.foundation.acting import Acting
from watchward.foundation.chronicle.models import Line


def about(acting: Acting, subjects: Iterable[UUID]) -> QuerySet[Line]:
    """Return every line about these subjects that this person may see, latest first; the caller leaves the trace."""
    return Line.visible_to(acting).filter(about__in=list(subjects)).order_by("-since", "kind", "id")


def locked_about(acting: Acting, subjects: Iterable[UUID]) -> list[tuple[UUID, int | None]]:
    """Return the lines about these subjects that are locked to this person: that they exist, and whose they are."""
    with connection.cursor() as cursor:
        cursor.execute("select line, team_id from ww_locked_about(%s, %s)", [list(subjects), sorted(acting.opened)])
        teams = acting.teams
        return [(line, team) for line, team in cursor.fetchall() if team not in teams]
