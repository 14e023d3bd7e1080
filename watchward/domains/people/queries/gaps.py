"""What is missing from people's records, since recognition, Encompass and the Victims' Code all depend on it."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q, QuerySet

from watchward.domains.people.models import ContactNumber, Person, Relationship, Residence
from watchward.foundation.acting import Acting
from watchward.foundation.records import NotHere


@dataclass(frozen=True, slots=True)
class Gap:
    """One kind of gap and how many records have it."""

    key: str
    says: str
    count: int


WORDS = {
    "birth": "No date of birth",
    "sex": "No sex recorded",
    "number": "No telephone number",
    "address": "No present address",
    "place": "Address that is not linked to a place",
    "relationship": "Lives with others, relationship not recorded",
    "verified": "Number never checked",
}


def gaps(acting: Acting, *, kind: str) -> QuerySet[Person]:
    """Return people whose records have one kind of gap, latest first; the caller leaves the trace.

    Args:
        acting: who asks.
        kind: birth, sex, number, address, place, relationship or verified.

    Raises:
        NotHere: there is no such kind.
    """
    people = Person.visible_to(acting).order_by("-made_at", "-pk")
    home = Residence.visible_to(acting).filter(person=OuterRef("pk"), until__isnull=True)
    number = ContactNumber.visible_to(acting).filter(person=OuterRef("pk"), until__isnull=True)
    related = Relationship.visible_to(acting).filter(
        Q(one=OuterRef("pk")) | Q(other=OuterRef("pk")), until__isnull=True
    )
    match kind:
        case "birth":
            return people.filter(date_of_birth__isnull=True)
        case "sex":
            return people.filter(sex="")
        case "number":
            return people.exclude(Exists(number))
        case "address":
            return people.exclude(Exists(home))
        case "place":
            return people.filter(Exists(home.filter(place__isnull=True)))
        case "relationship":
            return people.filter(Exists(_with_others(acting))).exclude(Exists(related))
        case "verified":
            return people.filter(Exists(number.filter(verified_on__isnull=True)))
    raise NotHere(f"no kind of gap is called {kind}")


def _with_others(acting: Acting) -> QuerySet[Residence]:
    """Return present homes of the person outside, at which somebody else lives as well."""
    others = (
        Residence.visible_to(acting)
        .filter(place=OuterRef("place"), until__isnull=True)
        .exclude(person=OuterRef("person"))
    )
    return Residence.visible_to(acting).filter(
        Exists(others), person=OuterRef("pk"), until__isnull=True, place__isnull=False
    )


def gaps_counted(acting: Acting) -> list[Gap]:
    """Return every kind of gap with the number of records that have it, as far as this person may see them."""
    return [Gap(key, words, gaps(acting, kind=key).count()) for key, words in WORDS.items()]
