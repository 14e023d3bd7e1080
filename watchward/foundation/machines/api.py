"""The feed: what changed, for systems that keep something of ours."""

from __future__ import annotations

from typing import Annotated, Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Query, Router, Schema

from watchward.foundation import reading
from watchward.foundation.machines.feed import changed, kinds
from watchward.foundation.machines.schemas import Limit
from watchward.foundation.machines.scopes import Scope, calls

router = Router(tags=["events"])
reading.called({"machines.events": "What changed, for another system"})


class Changed(Schema):
    """A row that was added or changed, as it stands now; `gone` where it is no longer there to see: forget it."""

    kind: str
    id: UUID
    gone: bool
    row: dict[str, Any] | None


class Events(Schema):
    """What changed; `next` is always given, and with `more` it may be asked for at once."""

    items: list[Changed]
    next: str
    more: bool


FeedAfter = Annotated[str, Query("", max_length=6_000, description="The cursor that stood in `next`; empty at first")]


@router.get("", auth=Scope(), response=Events)
def list_events(
    request: HttpRequest, after: FeedAfter = "", limit: Limit = 50,
    now: Annotated[bool, Query(False, description="Begin now, with nothing told")] = False,
) -> Events:  # fmt: skip
    """List what changed since a cursor, oldest first: lines of the chronicle, and decisions on who is whom."""
    acting = calls(request)
    events, following, more = changed(acting, after=after, limit=limit, now=now)
    by_kind = {one.kind: one for one in kinds.values()}
    about = {id_ for one in events if one.shows is not None for id_ in by_kind[one.kind].about(one.shows)}
    reading.listed(acting, "machines.events", sorted(about))
    return Events(
        items=[
            Changed(kind=one.kind, id=one.id, gone=one.shows is None, row=one.shows.dict() if one.shows else None)
            for one in events
        ],
        next=following,
        more=more,
    )
