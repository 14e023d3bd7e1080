"""Incidents for machines: read, listed by area while they are open, graded with reasons, and the way to the scene."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router, Schema

from watchward.domains.incidents import commands, queries
from watchward.domains.incidents.vocabulary import Grade, Kind, Level, Permission, Stage
from watchward.domains.organisation import queries as organisation
from watchward.foundation import reading
from watchward.foundation.acting import Acting, Task
from watchward.foundation.machines.paging import page_of
from watchward.foundation.machines.schemas import After, Body, Limit, Moment, Text
from watchward.foundation.machines.scopes import Scope, calls
from watchward.foundation.machines.writing import REPEATABLE, VERSIONED, Done, carry_out, shown
from watchward.foundation.records import NotHere
from watchward.kernel.periods import local_day

router = Router(tags=["incidents"])
reading.called({"incidents.open": "Open incidents, for another system"})


class Regraded(Body):
    """Another grade, and why."""

    grade: Grade
    reason: Text
    agreed_at: Moment | None = None


class IncidentBrief(Schema):
    """An incident in a list."""

    id: UUID
    reference: str
    kind: Kind
    what: str
    stage: Stage
    grade: Grade
    harm: Level
    rang_at: datetime
    target_at: datetime | None
    at_scene_at: datetime | None
    area: UUID | None
    place: UUID | None
    place_words: str


class Sent(Schema):
    """A unit sent to an incident."""

    id: UUID
    unit: str
    sent_at: datetime
    en_route_at: datetime | None
    at_scene_at: datetime | None
    cleared_at: datetime | None


class IncidentShown(IncidentBrief):
    """An incident as it stands, with the grade that the policy gives now and its reasons."""

    version: int
    closed_at: datetime | None
    target_words: str
    policy_grade: Grade
    policy_reasons: list[str]
    policy_cite: str
    sent: list[Sent]


class Incidents(Schema):
    """A page of incidents."""

    items: list[IncidentBrief]
    next: str | None


def _brief(row: queries.Incident) -> IncidentBrief:
    return IncidentBrief(
        id=row.pk, reference=row.reference, kind=Kind(row.kind), what=row.what, stage=Stage(row.stage),
        grade=Grade(row.grade), harm=Level(row.harm), rang_at=row.rang_at, target_at=row.target_at,
        at_scene_at=row.at_scene_at, area=row.area_id, place=row.place_id, place_words=row.place_words,
    )  # fmt: skip


def _shown(acting: Acting, row: queries.Incident) -> IncidentShown:
    policy = queries.suggestion_for(acting, incident=row)
    return IncidentShown(
        **_brief(row).dict(), version=row.version, closed_at=row.closed_at, target_words=row.target_words,
        policy_grade=policy.grade, policy_reasons=[f"{one.rule} {one.words}" for one in policy.reasons],
        policy_cite=policy.cite,
        sent=[
            Sent(id=one.pk, unit=one.unit.call_sign, sent_at=one.sent_at, en_route_at=one.en_route_at,
                 at_scene_at=one.at_scene_at, cleared_at=one.cleared_at)
            for one in queries.deployments(acting, incident=row)
        ],
    )  # fmt: skip


@router.get("", auth=Scope(Permission.READ), response=Incidents)
def list_open(
    request: HttpRequest, area: Annotated[str, Query("", max_length=80, description="Key of an area; all where empty")],
    after: After = "", limit: Limit = 50,
) -> Incidents:  # fmt: skip
    """List the incidents that are not closed, of one area or of all, in the order in which they rang."""
    acting = calls(request)
    known = {each.key: each.pk for each in organisation.areas(acting, on=local_day(acting.at))} if area else {}
    if area and area not in known:
        raise NotHere("no such area")
    rows = queries.waiting(acting, area=known.get(area))
    found, following = page_of(rows, by=("rang_at", "pk"), after=after, limit=limit)
    reading.listed(acting, "incidents.open", [row.pk for row in found])
    return Incidents(items=[_brief(row) for row in found], next=following)


@router.get("/{uuid:id_}", auth=Scope(Permission.READ), response=IncidentShown)
def read_incident(request: HttpRequest, response: HttpResponse, id_: UUID) -> IncidentShown:
    """Read one incident; its ETag is the version to write on."""
    acting = calls(request).with_task(Task("incident", id_, "the incident in hand"))
    row = queries.incident(acting, id_=id_)
    reading.opened(acting, row)
    shown(response, row)
    return _shown(acting, row)


@router.post("/{uuid:id_}/grade", auth=Scope(Permission.GRADE), response=Done, openapi_extra=VERSIONED)
def give_grade(request: HttpRequest, response: HttpResponse, id_: UUID, body: Regraded) -> Done:
    """Give an incident another grade, saying why."""
    return carry_out(request, response, commands.give_grade, versioned=True, stands=_shown, incident=id_, **body.dict())


@router.post("/deployments/{uuid:id_}/en-route", auth=Scope(Permission.ATTEND), response=Done, openapi_extra=REPEATABLE)
def mark_en_route(request: HttpRequest, response: HttpResponse, id_: UUID) -> Done:
    """Say that a unit that was sent is on its way."""
    return carry_out(request, response, commands.mark_en_route, deployment=id_)


@router.post("/deployments/{uuid:id_}/at-scene", auth=Scope(Permission.ATTEND), response=Done, openapi_extra=REPEATABLE)
def mark_at_scene(request: HttpRequest, response: HttpResponse, id_: UUID) -> Done:
    """Say that a unit is at scene; the first to arrive stops the clock."""
    return carry_out(request, response, commands.mark_at_scene, deployment=id_)
