"""Who lives together: everybody, and all the children, whether they were there or not."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from watchward.domains.people.models import Person
from watchward.domains.people.queries.identity import same_people
from watchward.domains.people.queries.records import homes_seen, relationships
from watchward.domains.people.vocabulary import ADULT, Tie, age_on, age_words
from watchward.foundation.acting import Acting
from watchward.kernel.periods import local_day


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody of a household.

    Args:
        id: of the record.
        name: as people say it.
        age_words: Adult, 31; Child, 7; Age not known.
        child: under 18; None where the age is not known.
        since: since when they live there.
        seen_on: the day on which somebody last saw them there; None when nobody recorded it.
        tie: what they are to the person whose household was asked for.
        resident: they live there by record; False for a child of a resident whose home is not recorded.
    """

    id: UUID
    name: str
    age_words: str
    child: bool | None
    since: date | None
    seen_on: date | None
    tie: str
    resident: bool


@dataclass(frozen=True, slots=True)
class Household:
    """Everybody who lives at one address or another of somebody.

    Args:
        members: by age, the youngest first; those of unknown age before them.
        hidden: how many more live there whose records are locked.
    """

    members: tuple[Member, ...]
    hidden: int

    @property
    def children(self) -> tuple[Member, ...]:
        """Return all resident children, present or not, and children of residents whose home is not recorded."""
        return tuple(one for one in self.members if one.child)

    @property
    def to_ask(self) -> tuple[Member, ...]:
        """Return whose age, or whose home, must still be asked."""
        return tuple(one for one in self.members if one.child is None or not one.resident)


def household(acting: Acting, *, person: UUID) -> Household:
    """Return everybody who lives where this person lives now, the person not among them.

    Children of those who live there are in it even where their own home is not recorded: a child is asked about
    wherever it was at the time.
    """
    homes = homes_seen(acting).filter(person_id=person, until__isnull=True)
    places = [place for place in homes.values_list("place_id", flat=True) if place is not None]
    return _at(acting, places, person)


def household_at(acting: Acting, *, place: UUID) -> Household:
    """Return everybody who lives at a place now."""
    return _at(acting, [place], None)


def _at(acting: Acting, places: Iterable[UUID], whose: UUID | None) -> Household:
    today = local_day(acting.at)
    living = {
        row.person_id: row
        for row in homes_seen(acting).filter(place_id__in=list(places), until__isnull=True).order_by("pk")
    }
    start = set(living) | ({whose} if whose else set())
    ties = relationships(acting, people=start)
    parents: dict[UUID, set[UUID]] = {}
    said: dict[UUID, Tie] = {}
    for tie in ties:
        kind = Tie(tie.kind)
        if kind in (Tie.PARENT, Tie.CHILD):
            parent, child = (tie.one_id, tie.other_id) if kind is Tie.PARENT else (tie.other_id, tie.one_id)
            parents.setdefault(child, set()).add(parent)
        if whose in (tie.one_id, tie.other_id):
            other = tie.other_id if tie.one_id == whose else tie.one_id
            said[other] = kind if tie.one_id == other else kind.other_way
    homeless = {child for child, of in parents.items() if of & start} - start
    elsewhere = set(
        homes_seen(acting).filter(person_id__in=list(homeless), until__isnull=True).values_list("person_id", flat=True)
    )
    rows = Person.visible_to(acting).in_bulk(
        list((set(living) | (homeless - elsewhere)) - ({whose} if whose else set()))
    )
    rows = {id_: rows[id_] for id_ in _each_once(acting, list(rows), whose, said)}
    members = [
        Member(
            id=id_,
            name=row.name,
            age_words=age_words(row.date_of_birth, today),
            child=None if row.date_of_birth is None else age_on(row.date_of_birth, today) < ADULT,
            since=living[id_].since if id_ in living else None,
            seen_on=living[id_].seen_on if id_ in living else None,
            tie=said[id_].said(row.sex) if id_ in said else "",
            resident=id_ in living,
        )
        for id_, row in rows.items()
    ]
    grown = [one for one in members if one.resident or one.child is not False]
    grown.sort(key=lambda one: (one.child is not None, -_born(rows[one.id]), one.name))
    return Household(tuple(grown), hidden=_hidden(acting, places))


def _each_once(acting: Acting, ids: list[UUID], whose: UUID | None, said: dict[UUID, Tie]) -> list[UUID]:
    """Return one record for each human being, the person who was asked for left out under all of their records.

    Of several records of somebody the one that has a tie is kept, or else the first that was made.
    """
    groups = same_people(acting, ids=[*ids, *([whose] if whose else [])])
    counted: set[UUID] = set(groups[whose]) if whose else set()
    kept: list[UUID] = []
    for id_ in sorted(ids, key=lambda id_: (id_ not in said, id_)):
        if id_ not in counted:
            kept.append(id_)
            counted |= groups[id_]
    return kept


def _born(row: Person) -> int:
    return row.date_of_birth.toordinal() if row.date_of_birth else 0


def _hidden(acting: Acting, places: Iterable[UUID]) -> int:
    """Return how many people live there whose records are locked: counted by what everybody may know of them."""
    from watchward.domains.people.models import PersonToken
    from watchward.foundation.linkage.keys import Key
    from watchward.foundation.search.tokens import token

    keys = [token(Key.PLACE, str(place)) for place in places]
    held = set(PersonToken.visible_to(acting).filter(key__in=keys).values_list("person_id", flat=True))
    return len(held) - Person.visible_to(acting).filter(pk__in=list(held)).count()
