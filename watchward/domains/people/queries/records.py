"""What is recorded of people."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import F, OuterRef, Q, QuerySet

from watchward.domains.people.models import ContactDetail, ContactNumber, Name, Person, Relationship, Residence
from watchward.domains.people.vocabulary import age_words
from watchward.foundation import reading
from watchward.foundation.acting import Acting
from watchward.foundation.records import Handling, get
from watchward.foundation.together import together
from watchward.kernel.periods import local_day


@dataclass(frozen=True, slots=True)
class Summary:
    """Somebody in one line.

    Args:
        id: of the record.
        name: as people say it.
        age_words: Adult, 31; Child, 7; Age not known.
        born: date of birth as recorded.
        address: where they live now, as far as it is known.
        reference: of the record.
        handling: open, locked or sealed.
        sex: as recorded.
    """

    id: UUID
    name: str
    age_words: str
    born: date | None
    address: str
    reference: str
    handling: int
    sex: str = ""


def person(acting: Acting, *, id_: UUID) -> Person:
    """Return one person; the caller leaves the trace of opening.

    Raises:
        NotHere: there is none that they may see.
    """
    return get(acting, Person, id_)


def people(acting: Acting, *, ids: Iterable[UUID]) -> dict[UUID, Person]:
    """Return these people, as far as this person may see them."""
    return {row.pk: row for row in Person.visible_to(acting).filter(pk__in=list(ids))}


def locked(acting: Acting, *, ids: Iterable[UUID]) -> dict[UUID, int | None]:
    """Return which of these people's records are locked, with the team to ask."""
    return reading.locked_among(Person, ids)


def summaries(acting: Acting, *, ids: Iterable[UUID]) -> dict[UUID, Summary]:
    """Return these people in a line each; the caller leaves the trace of the list."""
    wanted = list(ids)
    if not wanted:
        return {}
    people_, at = together(
        Person.visible_to(acting).filter(pk__in=wanted),
        homes_seen(acting).filter(person_id__in=wanted, until__isnull=True).order_by(F("since").asc(nulls_first=True)),
    )
    rows: dict[UUID, Person] = {row.pk: row for row in people_}
    homes = {home.person_id: ", ".join(part for part in (home.line, home.town) if part) for home in at}
    today = local_day(acting.at)
    return {
        id_: Summary(
            id=id_,
            name=row.name,
            age_words=age_words(row.date_of_birth, today),
            born=row.date_of_birth,
            address=homes.get(id_, ""),
            reference=row.reference,
            handling=row.handling,
            sex=row.sex,
        )
        for id_, row in rows.items()
    }


def homes_seen(acting: Acting) -> QuerySet[Residence]:
    """Return the homes that this person may see: not those at a place that was locked or sealed to them since.

    The join meets the place under its own row-level security, so that a place out of sight is no place.
    """
    seen = Q(place__isnull=True) | Q(place__handling__gte=Handling.OPEN)
    return Residence.visible_to(acting).filter(seen)


def names(acting: Acting, *, person: UUID) -> QuerySet[Name]:
    """Return somebody's other names, latest first."""
    return Name.visible_to(acting).filter(person_id=person).order_by(F("since").desc(nulls_last=True), "pk")


def numbers(acting: Acting, *, person: UUID) -> QuerySet[ContactNumber]:
    """Return somebody's numbers, those that stand first."""
    return ContactNumber.visible_to(acting).filter(person_id=person).order_by(F("until").desc(nulls_first=True), "-pk")


def details(acting: Acting, *, person: UUID) -> QuerySet[ContactDetail]:
    """Return other ways of reaching somebody."""
    return ContactDetail.visible_to(acting).filter(person_id=person).order_by("kind", "pk")


def residences(acting: Acting, *, person: UUID) -> QuerySet[Residence]:
    """Return where somebody lives and lived, the present first."""
    return homes_seen(acting).filter(person_id=person).order_by(F("until").desc(nulls_first=True), "-pk")


def living_at(acting: Acting, *, place: UUID | OuterRef) -> QuerySet[Residence]:
    """Return the homes of those who live at a place now, by their record; of a place named by an outer query too."""
    where: Any = place
    return homes_seen(acting).filter(place=where, until__isnull=True)


def relationships(acting: Acting, *, people: Iterable[UUID], ended: bool = False) -> QuerySet[Relationship]:
    """Return how these people are related to others or each other, where this person may see both ends.

    Args:
        acting: who asks.
        people: whose ties.
        ended: with those that ended, after those that stand.
    """
    ids, seen = list(people), Person.visible_to(acting).values("pk")
    rows = Relationship.visible_to(acting).filter(Q(one__in=ids) | Q(other__in=ids), one__in=seen, other__in=seen)
    return rows.order_by(F("until").desc(nulls_first=True), "id") if ended else rows.filter(until=None).order_by("id")
