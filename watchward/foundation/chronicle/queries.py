"""What stands and what happened about people, places, numbers and vehicles: one table, one plan."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import QuerySet

from watchward.foundation.acting import Acting
from watchward.foundation.chronicle.models import Line
from watchward.foundation.together import together

_LOCKED = """
select json_agg(json_build_array(found.line, found.team_id, found.opens, team.name))::text
from ww_locked_about(%s, %s) found left join access_team team on team.number = found.team_id
"""


def about(acting: Acting, subjects: Iterable[UUID]) -> QuerySet[Line]:
    """Return every line about these subjects that this person may see, latest first; the caller leaves the trace."""
    return Line.visible_to(acting).filter(about__in=list(subjects)).order_by("-since", "kind", "id")


class LockedLine(NamedTuple):
    """A line that is locked to the reader: that it exists, whose it is, and which record to open."""

    line: UUID
    team: int | None
    opens: UUID
    team_name: str


def locked_about(acting: Acting, subjects: Iterable[UUID]) -> list[LockedLine]:
    """Return the lines about these subjects that are locked to this person."""
    return told(acting, lines=(), locked=subjects)[1]


def told(
    acting: Acting, *, lines: Iterable[UUID], locked: Iterable[UUID], beside: tuple[QuerySet[Any], ...] = ()
) -> tuple[list[Line], list[LockedLine], tuple[list[Any], ...]]:
    """Return the lines about some subjects, latest first, and what is locked about some, in one statement.

    Args:
        acting: who reads; the caller leaves the trace.
        lines: of whom and what the lines are told.
        locked: of whom and what it is said that something is locked.
        beside: other rows that are read with them.
    """
    asked = _LOCKED, [list(locked), sorted(acting.opened)]
    rows, *others, found = together(about(acting, lines), *beside, also=[asked])
    shut = [
        LockedLine(UUID(line), team, UUID(opens), name or "another team")
        for line, team, opens, name in json.loads(found or "[]")
    ]
    return rows, [one for one in shut if one.team not in acting.teams], tuple(others)


def lines(acting: Acting, *, ids: Iterable[UUID]) -> QuerySet[Line]:
    """Return these lines, as far as this person may see them; the caller leaves the trace."""
    return Line.visible_to(acting).filter(pk__in=list(ids))
