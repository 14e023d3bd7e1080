"""Who lives together: everybody, and all the children, whether they were there or not."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, OuterRef

from watchward.domains.people.models import Person, PersonToken, Residence
from watchward.domains.people.queries.identity import same_people
from watchward.domains.people.queries.records import homes_seen, relationships
from watchward.domains.people.vocabulary import ADULT, Tie, age_on, age_words
from watchward.foundation.acting import Acting
from watchward.foundation.linkage.keys import Key
from watchward.foundation.search.tokens import token
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
    rows, living, hidden = _living(acting, list(places))
    start = set(living) | ({whose} if whose else set())
    ties = _ties(acting, start)
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
    housed = {id_ for tie in ties for id_, at in ((tie.one_id, tie.one_housed), (tie.other_id, tie.other_housed)) if at}
    ends = {end.pk: end for tie in ties for end in (tie.one, tie.other)}
    rows |= {child: ends[child] for child in homeless - housed}
    if whose is not None:
        rows.pop(whose, None)
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
    return Household(tuple(grown), hidden=hidden)


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


def _living(acting: Acting, places: list[UUID]) -> tuple[dict[UUID, Person], dict[UUID, Residence], int]:
    """Return who lives at these places, since when, and how many more live there whose records are locked.

    The locked ones are counted by what everybody may know of them: that a token of the place is somebody's.
    """
    if not places:
        return {}, {}, 0
    keys = [token(Key.PLACE, str(place)) for place in places]
    seen = Person.visible_to(acting).filter(pk=OuterRef("person_id"))
    unseen = PersonToken.visible_to(acting).filter(~Exists(seen), key__in=keys).values("person_id").distinct()
    homes = homes_seen(acting).filter(place_id__in=places, until__isnull=True, person__in=Person.visible_to(acting))
    found: list[Any] = list(homes.select_related("person").annotate(unseen=ArraySubquery(unseen)).order_by("pk"))
    living = {home.person_id: home for home in found}
    hidden = len(found[0].unseen) if found else unseen.count()
    return {id_: home.person for id_, home in living.items()}, living, hidden


def _ties(acting: Acting, start: Iterable[UUID]) -> list[Any]:
    """Return the ties of these people with both ends, and whether each end's home is recorded."""
    if not start:
        return []
    homes = homes_seen(acting).filter(until__isnull=True)
    ties = relationships(acting, people=start).select_related("one", "other")
    return list(
        ties.annotate(
            one_housed=Exists(homes.filter(person_id=OuterRef("one_id"))),
            other_housed=Exists(homes.filter(person_id=OuterRef("other_id"))),
        )
    )
