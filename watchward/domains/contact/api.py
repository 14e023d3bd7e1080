"""Calls for machines: a telephone system announces one, a form or an app records and completes it."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from ninja import Router, Schema, Status
from pydantic import AfterValidator, Field

from watchward.domains.contact import commands, queries
from watchward.domains.contact.vocabulary import BY_KEY, Answer, Line, Part, Permission, State, Typed, Which
from watchward.domains.incidents.vocabulary import Element, Grade, Heard, Level
from watchward.domains.incidents.vocabulary import Permission as Incidents
from watchward.domains.objects.vocabulary import Permission as Numbers
from watchward.foundation import reading
from watchward.foundation.acting import Acting, Task
from watchward.foundation.machines.paging import page_of
from watchward.foundation.machines.schemas import After, Body, Limit, Moment, Text
from watchward.foundation.machines.scopes import Scope, calls
from watchward.foundation.machines.writing import REPEATABLE, VERSIONED, Done, carry_out, shown

router = Router(tags=["calls"])

TAKES = Scope(Permission.TAKE, Numbers.RECORD)
"""A call's number is put on record with it."""

OPENS = Scope(Permission.TAKE, Numbers.RECORD, Incidents.OPEN)


def _matter(key: str) -> str:
    if key and key not in BY_KEY:
        raise ValueError(f"One of {', '.join(sorted(BY_KEY))}, or empty.")
    return key


Matter = Annotated[str, AfterValidator(_matter), Field(max_length=40)]


class Announced(Body):
    """A call that rings and is answered now, or that rang off before."""

    line: Line
    number: Annotated[Text, Field(max_length=40)] = ""
    rang_at: Moment | None = None


class Abandoned(Body):
    """A call that ended before anybody answered."""

    line: Line
    number: Annotated[Text, Field(max_length=40)] = ""
    rang_at: Moment
    ended_at: Moment


class Said(Body):
    """What was said under one word of THRIVE."""

    text: Text = ""
    level: Level | None = None


class Recorded(Body):
    """What is known of a call; what is left out stays as it was. ``what`` names a matter by its key."""

    number: Annotated[Text, Field(max_length=40)] | None = None
    caller: Annotated[Text, Field(max_length=160)] | None = None
    part: Part | None = None
    place: Annotated[Text, Field(max_length=240)] | None = None
    others: Annotated[Text, Field(max_length=240)] | None = None
    what: Matter | None = None
    thrive: dict[Element, Said] = {}
    identified: dict[Which, Answer] = {}
    grade: Grade | None = None
    grade_reason: Text | None = None

    def typed(self) -> Typed:
        """Return it as the call handler's page would send it."""
        given = self.dict(exclude={"thrive", "identified", "grade"})
        return Typed(
            **given,
            thrive={element: Heard(said.text, said.level) for element, said in self.thrive.items()},
            identified=self.identified,
            grade=str(self.grade.value) if self.grade else None,
        )


class CallLine(Body):
    """A line of the log."""

    words: Annotated[Text, Field(min_length=1)]


class CallBrief(Schema):
    """A call in a list."""

    id: UUID
    reference: str
    line: Line
    state: State
    rang_at: datetime
    answered_at: datetime | None
    ended_at: datetime | None
    abandoned: bool
    incident: UUID | None
    missing: list[str]


class CallShown(CallBrief):
    """A call as it stands."""

    version: int
    number: str
    caller: str
    person: UUID | None
    part: str
    place: str
    place_id: UUID | None
    others: str
    what: str
    identified: dict[Which, Answer]


class Calls(Schema):
    """A page of calls."""

    items: list[CallBrief]
    next: str | None


def _brief(row: queries.Call) -> CallBrief:
    return CallBrief(
        id=row.pk, reference=row.reference, line=Line(row.line), state=State(row.state), rang_at=row.rang_at,
        answered_at=row.answered_at, ended_at=row.ended_at, abandoned=row.abandoned, incident=row.incident_id,
        missing=list(map(str, row.missing)),
    )  # fmt: skip


def _shown(acting: Acting, row: queries.Call) -> CallShown:
    said = queries.identified(acting, call=row)
    return CallShown(
        **_brief(row).dict(), version=row.version, number=row.number, caller=row.caller,
        person=row.caller_person_id, part=row.part, place=row.place_words, place_id=row.place_id, others=row.others,
        what=row.what, identified={which: Answer(one.answer) for which, one in said.items()},
    )  # fmt: skip


@router.post("", auth=TAKES, response={201: Done}, openapi_extra=REPEATABLE)
def announce(request: HttpRequest, response: HttpResponse, body: Announced) -> Status[Done]:
    """Announce a call that is answered now: its record stands from this moment."""
    return Status(201, carry_out(request, response, commands.take_call, **body.dict()))


@router.post("/abandoned", auth=TAKES, response={201: Done}, openapi_extra=REPEATABLE)
def announce_abandoned(request: HttpRequest, response: HttpResponse, body: Abandoned) -> Status[Done]:
    """Announce a call that rang and ended before anybody answered."""
    return Status(201, carry_out(request, response, commands.record_abandoned, **body.dict()))


@router.get("", auth=Scope(Permission.READ), response=Calls)
def list_calls(request: HttpRequest, after: After = "", limit: Limit = 50) -> Calls:
    """List calls, latest first."""
    acting = calls(request)
    rows, following = page_of(queries.recent(acting), by=("-rang_at", "pk"), after=after, limit=limit)
    reading.listed(acting, "contact.list", [row.pk for row in rows])
    return Calls(items=[_brief(row) for row in rows], next=following)


@router.get("/{uuid:id_}", auth=Scope(Permission.READ), response=CallShown)
def read_call(request: HttpRequest, response: HttpResponse, id_: UUID) -> CallShown:
    """Read one call; its ETag is the version to write on."""
    acting = calls(request)
    row = queries.whole(acting, id_=id_).call
    reading.opened(acting.with_task(Task("call", row.pk, f"call {row.reference}")), row)
    shown(response, row)
    return _shown(acting, row)


@router.post("/{uuid:id_}", auth=TAKES, response=Done, openapi_extra=VERSIONED)
def record(request: HttpRequest, response: HttpResponse, id_: UUID, body: Recorded) -> Done:
    """Record what is known of a call, as much or as little as there is."""
    return carry_out(
        request, response, commands.record_call, versioned=True, stands=_shown, call=id_, typed=body.typed(), acted=True
    )


@router.post("/{uuid:id_}/log", auth=TAKES, response=Done, openapi_extra=REPEATABLE)
def add_line(request: HttpRequest, response: HttpResponse, id_: UUID, body: CallLine) -> Done:
    """Add a line to the log of a call."""
    return carry_out(request, response, commands.add_line, call=id_, words=body.words)


@router.post("/{uuid:id_}/incident", auth=OPENS, response=Done, openapi_extra=VERSIONED)
def open_incident(request: HttpRequest, response: HttpResponse, id_: UUID) -> Done:
    """Open an incident from what the call holds; the call then names it."""
    return carry_out(request, response, commands.open_incident, versioned=True, stands=_shown, call=id_)


@router.post("/{uuid:id_}/end", auth=TAKES, response=Done, openapi_extra=VERSIONED)
def complete(request: HttpRequest, response: HttpResponse, id_: UUID) -> Done:
    """End a call: its line is closed, and the record with it once it lacks nothing."""
    return carry_out(request, response, commands.end_call, versioned=True, stands=_shown, call=id_)
