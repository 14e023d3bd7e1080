"""Finding places: by what is typed, by address, by id; and what is marked at them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import BooleanField
from django.db.models.expressions import RawSQL

from watchward.domains.places.models import MarkerReview, PlaceMarker, WardSetting

# Named again for the pages, which show what these queries give back and know no tables.
from watchward.domains.places.models import Place as Place
from watchward.domains.places.rules import addresses as written
from watchward.domains.places.rules.addresses import Parts
from watchward.domains.places.rules.finding import Asked, Facts, Match, compared
from watchward.domains.places.rules.markers import APPROVAL, REVIEW
from watchward.domains.places.vocabulary import Found, MarkerKind
from watchward.foundation import reading
from watchward.foundation.acting import Acting
from watchward.foundation.markers.room import Room
from watchward.foundation.records import Handling, get, standing
from watchward.foundation.search.tokens import tokens

AT_MOST_A_TOKEN = 200
"""Rows read for one token: enough for a house or a street; a beginning of three letters may have thousands."""

_BY_TOKENS = """
select distinct found.place_id from unnest(%s::bigint[]) as asked(key)
cross join lateral (select t.place_id from places_placetoken t where t.key = asked.key limit %s) as found
"""


MARKERS = Room(
    app="places",
    subject="place",
    markers=PlaceMarker,
    looks=MarkerReview,
    kinds=MarkerKind,
    review=REVIEW,
    approval=APPROVAL,
    called=lambda marker: f"at {marker.place.address}",
    asks="Does what is marked at this place still hold?",
)


@dataclass(frozen=True)
class Suggestion:
    """An address that may be meant.

    Args:
        place: its id.
        address: as people say it.
        area: name of the area that polices it; empty where none does.
        urban: whether it counts as urban; None where nobody has said.
        why: what agrees, or the question that it raises: `Not Kilncroft Close, Tunstall?`
        found: what agrees.
        postcode: its postcode.
    """

    place: UUID
    address: str
    area: str
    urban: bool | None
    why: str
    found: Found
    postcode: str

    @property
    def is_sure(self) -> bool:
        """Whether house and street, house and postcode, or the name of a place without a number are the ones typed."""
        return self.found in (Found.NUMBER_AND_STREET, Found.NUMBER_AND_POSTCODE, Found.NAME)


def _having(keys: list[int]) -> RawSQL:
    """Return the condition that a place has one of these tokens: an array that is made once, so the key's index serves.

    Row-level security leaves out the sealed places of others, among the tokens as among the places.
    """
    return RawSQL(  # noqa: S611
        f'"places_place"."id" = any(array({_BY_TOKENS}))', [keys, AT_MOST_A_TOKEN], output_field=BooleanField()
    )


def suggest(acting: Acting, *, typed: str, limit: int = 5) -> tuple[Suggestion, ...]:
    """Return the addresses on record that may be meant by what was typed so far, surest first.

    First by house number or postcode, which few places share; then, while fewer than ``limit`` are sure, by the
    street's beginning and its sound: both are read in one statement. Addresses without people leave no trace; the
    page that shows who lives at one leaves its own.

    Args:
        acting: who asks.
        typed: house, street, where and postcode in one field, whole or not.
        limit: how many at most.
    """
    said = written.typed_apart(typed)
    asked = Asked.of(said)
    sure, wide = (tokens("places", asked_for) for asked_for in written.tokens_asked(said))
    rows = _rows(acting, sure, wide)
    answers = _answers(asked, (row for row in rows if row.sure))
    if sum(answer.match.found is not Found.ELSEWHERE for answer in answers) < limit:
        answers += _answers(asked, (row for row in rows if not row.sure))
    answers.sort(key=lambda answer: answer.order)
    best = answers[:limit]
    return tuple(
        Suggestion(
            place=answer.place,
            address=answer.address,
            area=answer.area,
            urban=answer.urban,
            why=answer.match.why,
            found=answer.match.found,
            postcode=answer.postcode,
        )
        for answer in best
    )


class _Answer(NamedTuple):
    """A place that answers what was typed, and how."""

    match: Match
    place: UUID
    address: str
    postcode: str
    area: str
    urban: bool | None

    @property
    def order(self) -> tuple[object, ...]:
        """What sorts the surest first; equals by street, then by number as people count."""
        number = re.match(r"\D*(\d+)", self.address)
        street = re.sub(r"^[\d\W]+", "", self.address)
        return (*self.match.order, street, int(number[1]) if number else 0, self.place)


def _rows(acting: Acting, sure: list[int], wide: list[int]) -> list[Any]:
    """Return the places that have one of these tokens, with whether it is a sure one: both in one statement."""
    if not sure and not wide:
        return []
    rows = Place.visible_to(acting).filter(_having([*sure, *wide])).annotate(sure=_having(sure))
    return list(
        rows.values_list(
            "pk",
            "line",
            "locality",
            "town",
            "postcode",
            "normal",
            "vicinity",
            "area__name",
            "urban",
            "sure",
            named=True,
        )
    )


def _answers(asked: Asked, rows: Iterable[Any]) -> list[_Answer]:
    """Return those of these places that answer what was typed; plain rows, since there may be hundreds."""
    found = []
    for row in rows:
        where = row.locality or row.town
        facts = Facts(Parts.of_normal(row.normal), row.line, row.vicinity, where, row.postcode)
        match = compared(asked, facts)
        if match is not None:
            address = f"{row.line}, {where}" if where else row.line
            found.append(_Answer(match, row.pk, address, row.postcode, row.area__name or "", row.urban))
    return found


def place(acting: Acting, *, id_: UUID) -> Place:
    """Return one place; the caller leaves the trace of opening it.

    Raises:
        NotHere: there is none that they may see.
    """
    found = Place.visible_to(acting).select_related("area").filter(pk=id_).first()
    return found if found is not None else get(acting, Place, id_)


def places(acting: Acting, *, ids: Iterable[UUID]) -> dict[UUID, Place]:
    """Return these places by id; those that the person may not see are absent."""
    return Place.visible_to(acting).select_related("area").in_bulk(list(ids))


def addresses(acting: Acting, *, ids: Iterable[UUID]) -> dict[UUID, str]:
    """Return these places' addresses as people say them, by id."""
    return {id_: found.address for id_, found in Place.visible_to(acting).in_bulk(list(ids)).items()}


def same_address(acting: Acting, *, line: str, locality: str = "", town: str = "", postcode: str = "") -> Place | None:
    """Return the place on record that is this address, if there is one.

    House and street must be the same in their normal form. Then the postcodes decide, where both have one; else
    locality or town, as ``rules.addresses.same_vicinity`` says.
    """
    code = written.postcode(postcode)
    agreeing = []
    for candidate in Place.visible_to(acting).filter(normal=written.taken_apart(line).normal):
        if code and candidate.postcode:
            if code == candidate.postcode:
                return candidate
        elif written.same_vicinity((locality, town), (candidate.locality, candidate.town)):
            agreeing.append(candidate)
    # Two that agree equally are two places: which one is meant is for a person to say.
    return agreeing[0] if len(agreeing) == 1 else None


AT_ONCE = 5_000
"""Addresses looked up in one statement."""


@dataclass(frozen=True)
class Linked:
    """The one place on record that an address is: its id and words."""

    place: UUID
    line: str
    where: str
    postcode: str


def one_place_each(acting: Acting, *, addresses: Iterable[tuple[str, str, str]]) -> dict[tuple[str, str, str], Linked]:
    """Return the place on record of each of these addresses, where exactly one open one fits.

    House and street must be the same in their normal form, and then the postcode, where both have one, or the town.
    What fits several places, or none, or one that not everybody may see, is absent: which is meant is for a person.

    Args:
        acting: who asks.
        addresses: line, town and postcode of each, as written.
    """
    asked: dict[str, list[tuple[str, str, str]]] = {}
    for address in set(addresses):
        normal = written.taken_apart(address[0]).normal if address[0] else ""
        if normal:
            asked.setdefault(normal, []).append(address)
    found: dict[tuple[str, str, str], Linked] = {}
    normals = sorted(asked)
    for start in range(0, len(normals), AT_ONCE):
        by_normal: dict[str, list[Place]] = {}
        for row in Place.visible_to(acting).filter(normal__in=normals[start : start + AT_ONCE]):
            by_normal.setdefault(row.normal, []).append(row)
        for normal, rows in by_normal.items():
            for address in asked[normal]:
                fitting = _fitting(rows, address)
                if len(fitting) == 1 and fitting[0].handling == Handling.OPEN:
                    row = fitting[0]
                    found[address] = Linked(row.pk, row.line, row.locality or row.town, row.postcode)
    return found


def _fitting(rows: Iterable[Place], address: tuple[str, str, str]) -> list[Place]:
    _line, town, typed = address
    code = written.postcode(typed)
    coded = [row for row in rows if code and row.postcode == code]
    return coded or [
        row
        for row in rows
        if not (code and row.postcode) and written.same_vicinity(("", town), (row.locality, row.town))
    ]


def urban_wards(acting: Acting, *, on: date) -> dict[str, bool]:
    """Return which wards the force counts as urban (true) and rural (false) on a day, by code; the rest are not set."""
    return dict(WardSetting.visible_to(acting).filter(standing(on)).values_list("ward", "urban"))


def is_locked(acting: Acting, *, id_: UUID) -> bool:
    """Return whether a place that this person cannot read exists and is locked: that much a page may say."""
    return id_ in reading.locked_among(Place, [id_])
