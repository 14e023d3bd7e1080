"""Places for machines: found by an address, and read."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from ninja import Router, Schema
from pydantic import Field

from watchward.domains.places import queries
from watchward.domains.places.vocabulary import Permission
from watchward.foundation import reading
from watchward.foundation.machines.schemas import Body, Text
from watchward.foundation.machines.scopes import Scope, calls
from watchward.foundation.machines.writing import shown

router = Router(tags=["places"])


class Address(Body):
    """House, street, where and postcode in one, whole or not."""

    address: Annotated[Text, Field(min_length=1, max_length=240)]
    most: Annotated[int, Field(ge=1, le=20)] = 5


class PlaceFound(Schema):
    """An address that may be meant, and what agrees."""

    id: UUID
    address: str
    postcode: str
    area: str
    why: str
    sure: bool


class PlacesFound(Schema):
    """Addresses, surest first."""

    items: list[PlaceFound]


class PlaceShown(Schema):
    """A place as it is recorded."""

    id: UUID
    reference: str
    version: int
    line: str
    locality: str
    town: str
    postcode: str
    area: UUID | None
    lat: float | None
    lon: float | None
    urban: bool | None


@router.post("/search", auth=Scope(Permission.READ), response=PlacesFound)
def search(request: HttpRequest, body: Address) -> PlacesFound:
    """Find the addresses that may be meant."""
    found = queries.suggest(calls(request), typed=body.address, limit=body.most)
    return PlacesFound(
        items=[
            PlaceFound(
                id=one.place, address=one.address, postcode=one.postcode, area=one.area, why=one.why, sure=one.is_sure
            )
            for one in found
        ]
    )


@router.get("/{uuid:id_}", auth=Scope(Permission.READ), response=PlaceShown)
def read_place(request: HttpRequest, response: HttpResponse, id_: UUID) -> PlaceShown:
    """Read one place."""
    acting = calls(request)
    row = queries.place(acting, id_=id_)
    reading.opened(acting, row)
    shown(response, row)
    return PlaceShown(
        id=row.pk, reference=row.reference, version=row.version, line=row.line, locality=row.locality, town=row.town,
        postcode=row.postcode, area=row.area_id, lat=row.lat, lon=row.lon, urban=row.urban,
    )  # fmt: skip
