"""People for machines: found by what is known of them, read, and who was decided to be whom."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime
from typing import Annotated, Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from ninja import Router, Schema
from pydantic import Field

from watchward.domains.people import queries
from watchward.domains.people.vocabulary import Permission
from watchward.foundation import reading
from watchward.foundation.acting import Acting, Task
from watchward.foundation.linkage.vocabulary import Asked, Standing
from watchward.foundation.machines.answers import Mistyped
from watchward.foundation.machines.feed import Told, told
from watchward.foundation.machines.schemas import Body, Text
from watchward.foundation.machines.scopes import Scope, calls
from watchward.foundation.machines.writing import shown
from watchward.kernel.refusals import Refusal

router = Router(tags=["people"])


class Known(Body):
    """What is known of the person who is looked for; any part may be left out."""

    number: Annotated[Text, Field(max_length=40)] = ""
    name: Annotated[Text, Field(max_length=160)] = ""
    date_of_birth: date | None = None
    address: Annotated[Text, Field(max_length=240)] = ""
    place: UUID | None = None
    reference: Annotated[Text, Field(max_length=24)] = ""
    most: Annotated[int, Field(ge=1, le=20)] = 5


class Evidence(Schema):
    """What one field says, in words."""

    words: str
    field: str
    strength: str


class PersonFound(Schema):
    """Somebody who may be meant, and why."""

    id: UUID
    reference: str
    name: str
    born: date | None
    address: str
    standing: Standing
    evidence: list[Evidence]
    same_as: list[UUID]


class PeopleFound(Schema):
    """Who may be meant, best first; locked records that may fit are counted and not told."""

    items: list[PersonFound]
    locked: int
    too_many: list[str]


class Numbered(Schema):
    """A number of theirs that stands."""

    number: str


class Home(Schema):
    """Where they live or lived."""

    address: str
    place: UUID | None
    since: date | None
    until: date | None


class PersonShown(Schema):
    """A person as they are recorded."""

    id: UUID
    reference: str
    version: int
    forenames: str
    surname: str
    sex: str
    date_of_birth: date | None
    homes: list[Home]


@router.post("/search", auth=Scope(Permission.READ), response=PeopleFound)
def search(request: HttpRequest, body: Known) -> PeopleFound:
    """Find who this might be; sent and not asked for in an address, since what is known of somebody is theirs."""
    asked = Asked(**body.dict(exclude={"most"}))
    if asked.empty:
        raise Mistyped(Refusal("Say something of them: a number, a name, an address.", field="name", code="empty"))
    acting = calls(request)
    found = queries.recognise(acting, asked=asked, shown=body.most)
    told_ = queries.summaries(acting, ids=[one.person for one in found.candidates])
    return PeopleFound(
        items=[
            PersonFound(
                id=one.person, reference=told_[one.person].reference, name=told_[one.person].name,
                born=told_[one.person].born, address=told_[one.person].address, standing=one.standing,
                evidence=[Evidence(words=e.words, field=e.field, strength=str(e.strength.value)) for e in one.evidence],
                same_as=list(one.same_as),
            )
            for one in found.candidates if one.person in told_
        ],
        locked=found.locked, too_many=list(found.too_many),
    )  # fmt: skip


@router.get("/{uuid:id_}", auth=Scope(Permission.READ), response=PersonShown)
def read_person(request: HttpRequest, response: HttpResponse, id_: UUID) -> PersonShown:
    """Read one person."""
    acting = calls(request).with_task(Task("person", id_, "the person in hand"))
    row = queries.person(acting, id_=id_)
    reading.opened(acting, row)
    shown(response, row)
    homes = [
        Home(address=", ".join(part for part in (one.line, one.town) if part), place=one.place_id, since=one.since,
             until=one.until)
        for one in queries.residences(acting, person=id_)
    ]  # fmt: skip
    return PersonShown(
        id=row.pk, reference=row.reference, version=row.version, forenames=row.forenames, surname=row.surname,
        sex=row.sex, date_of_birth=row.date_of_birth, homes=homes,
    )  # fmt: skip


class Link(Schema):
    """A decision about whether two records are the same person."""

    one: UUID
    other: UUID
    decision: str
    at: datetime
    stands: bool


def _links(acting: Acting, ids: Collection[UUID]) -> dict[UUID, Schema]:
    return {
        row.pk: Link(
            one=row.one_id, other=row.other_id, decision=row.decision, at=row.at,
            stands=row.undone_at is None and row.replaced_by_id is None,
        )
        for row in queries.links(acting, ids=ids)
    }  # fmt: skip


def _people_of(row: Any) -> list[UUID]:
    return [row.one, row.other]


told(Told(kind="identity", table="people_identitydecision", needs=Permission.READ, shows=_links, about=_people_of))
