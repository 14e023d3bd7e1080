"""Crimes for machines: read, and listed as they were recorded."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from ninja import Router, Schema

from watchward.domains.crimes import queries
from watchward.domains.crimes.vocabulary import Permission, Stage
from watchward.foundation import reading
from watchward.foundation.acting import Task
from watchward.foundation.machines.paging import page_of
from watchward.foundation.machines.schemas import After, Limit
from watchward.foundation.machines.scopes import Scope, calls
from watchward.foundation.machines.writing import shown

router = Router(tags=["crimes"])


class CrimeBrief(Schema):
    """A crime in a list."""

    id: UUID
    reference: str
    stage: Stage
    offence: str
    offence_words: str
    reported_at: datetime
    recorded_at: datetime
    outcome: str
    outcome_on: date | None
    area: UUID | None
    incident: UUID | None


class CrimeShown(CrimeBrief):
    """A crime as it stands."""

    version: int
    what: str
    place: UUID | None
    place_words: str
    committed_at: datetime | None
    committed_to: datetime | None
    team: int | None
    officer: UUID | None


class Crimes(Schema):
    """A page of crimes."""

    items: list[CrimeBrief]
    next: str | None


def _brief(row: queries.Crime) -> CrimeBrief:
    return CrimeBrief(
        id=row.pk, reference=row.reference, stage=Stage(row.stage), offence=row.offence,
        offence_words=row.offence_words, reported_at=row.reported_at, recorded_at=row.recorded_at,
        outcome=row.outcome, outcome_on=row.outcome_on, area=row.area_id, incident=row.incident_id,
    )  # fmt: skip


@router.get("", auth=Scope(Permission.READ), response=Crimes)
def list_crimes(request: HttpRequest, after: After = "", limit: Limit = 50) -> Crimes:
    """List crimes, latest recorded first."""
    acting = calls(request)
    rows, following = page_of(queries.crimes(acting), by=("-recorded_at", "pk"), after=after, limit=limit)
    reading.listed(acting, "crimes.list", [row.pk for row in rows])
    return Crimes(items=[_brief(row) for row in rows], next=following)


@router.get("/{uuid:id_}", auth=Scope(Permission.READ), response=CrimeShown)
def read_crime(request: HttpRequest, response: HttpResponse, id_: UUID) -> CrimeShown:
    """Read one crime."""
    acting = calls(request).with_task(Task("crime", id_, "the crime in hand"))
    row = queries.crime(acting, id_=id_)
    reading.opened(acting, row)
    shown(response, row)
    return CrimeShown(
        **_brief(row).dict(), version=row.version, what=row.what, place=row.place_id, place_words=row.place_words,
        committed_at=row.committed_at, committed_to=row.committed_to, team=row.given_to_id, officer=row.officer_id,
    )  # fmt: skip
