"""What is owed, for machines: all of it, or what is late."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from django.http import HttpRequest
from ninja import Router, Schema

from watchward.foundation import reading
from watchward.foundation.duties import queries
from watchward.foundation.duties.commands import DISCHARGE
from watchward.foundation.duties.kinds import kinds
from watchward.foundation.duties.models import Duty
from watchward.foundation.machines.paging import page_of
from watchward.foundation.machines.schemas import After, Limit
from watchward.foundation.machines.scopes import Scope, calls

router = Router(tags=["duties"])
reading.called({"duties.owed": "What is owed, for another system"})


class Owed(Schema):
    """One thing owed about one record."""

    id: UUID
    kind: str
    asks: str
    what: str
    about: UUID
    reference: str
    team: int | None
    owed_by: UUID | None
    arose_at: datetime
    due_at: datetime
    late: bool
    harm: int
    rule: str
    rule_since: date


class Duties(Schema):
    """A page of what is owed."""

    items: list[Owed]
    next: str | None


def _told(row: Duty, at: datetime) -> Owed:
    return Owed(
        id=row.pk, kind=row.kind, asks=kinds[row.kind].asks if row.kind in kinds else row.kind, what=row.what,
        about=row.about, reference=row.reference, team=row.owed_by_team_id, owed_by=row.owed_by_id,
        arose_at=row.arose_at, due_at=row.due_at, late=row.due_at < at, harm=row.harm, rule=row.rule,
        rule_since=row.rule_since,
    )  # fmt: skip


@router.get("", auth=Scope(DISCHARGE), response=Duties)
def list_owed(request: HttpRequest, late: bool = False, after: After = "", limit: Limit = 50) -> Duties:
    """List what is owed, soonest due first; `late=true` lists what is late alone."""
    acting = calls(request)
    rows = queries.overdue(acting) if late else queries.owed(acting)
    found, following = page_of(rows, by=("due_at", "pk"), after=after, limit=limit)
    reading.listed(acting, "duties.owed", [row.pk for row in found])
    return Duties(items=[_told(row, acting.at) for row in found], next=following)
