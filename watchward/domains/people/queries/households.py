"""Who lives together: everybody, and all the children, whether they were there or not."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

from django.db import connection

from watchward.domains.people.models import Person, Residence
from watchward.domains.people.queries.identity import NEXT
from watchward.domains.people.queries.records import homes_seen
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


def household(acting: Acting, *, person: UUID, homes: Iterable[Residence] | None = None) -> Household:
    """Return everybody who lives where this person lives now, the person not among them.

    Children of those who live there are in it even where their own home is not recorded: a child is asked about
    wherever it was at the time.

    Args:
        acting: who asks.
        person: whose household.
        homes: their homes, where the caller holds them already; others' among them are left out.
    """
    if homes is None:
        homes = homes_seen(acting).filter(person_id=person)
    places = {home.place_id for home in homes if home.person_id == person and home.until is None and home.place_id}
    return _at(acting, sorted(places), person)


def household_at(acting: Acting, *, place: UUID) -> Household:
    """Return everybody who lives at a place now."""
    return _at(acting, [place], None)


# Written out, as it is asked at every pause of a caller's typing: composing it took longer than answering it. Row-level
# security leaves out what the reader may not see, table by table: a home at a place out of sight is no home, and a tie
# to somebody out of sight is none. The locked are counted by what everybody may know of them: that a token of the place
# is somebody's.
_HOUSEHOLD = f"""
with recursive living as materialized (
    select r.id, r.person_id, r.since, r.seen_on
    from people_residence r join places_place at on at.id = r.place_id join people_person p on p.id = r.person_id
    where r.place_id = any(%(places)s) and r.until is null
), begun as (
    select person_id as id from living union select unnest(%(whose)s::uuid[])
), ties as materialized (
    select t.id, t.kind, t.one_id, t.other_id from begun join people_relationship t on t.one_id = begun.id
    where t.until is null
    union
    select t.id, t.kind, t.one_id, t.other_id from begun join people_relationship t on t.other_id = begun.id
    where t.until is null
), known as materialized (
    select p.id, p.forenames, p.surname, p.sex, p.date_of_birth, exists (
        select from people_residence r left join places_place at on at.id = r.place_id
        where r.person_id = p.id and r.until is null and (r.place_id is null or at.id is not null)
    ) as housed
    from people_person p
    where p.id in (select id from begun union select one_id from ties union select other_id from ties)
), joined(start, id) as (
    select id, id from known
    union
    select j.start, d.next from joined j cross join lateral ({NEXT}) d
)
select
    (select json_agg(json_build_array(person_id, since, seen_on) order by id) from living),
    (select json_agg(json_build_array(t.kind, t.one_id, t.other_id) order by t.id)
        from ties t join known one on one.id = t.one_id join known other on other.id = t.other_id),
    (select json_agg(json_build_array(id, forenames, surname, sex, date_of_birth, housed)) from known),
    (select json_agg(json_build_array(start, id)) from joined),
    (select count(distinct t.person_id) from people_persontoken t
        where t.key = any(%(keys)s) and not exists (select from people_person p where p.id = t.person_id))
"""  # noqa: S608


class _Known(NamedTuple):
    """Somebody of whom a household is made: those who live there, and both ends of their ties."""

    name: str
    sex: str
    born: date | None
    housed: bool


@dataclass(frozen=True, slots=True)
class _Found:
    """What the household is made of.

    Args:
        living: since when each resident lives there, and when they were last seen.
        ties: what the first of two is to the second.
        known: everybody named here.
        same: all records of each of them.
        hidden: how many live there whose records are locked.
    """

    living: dict[UUID, tuple[date | None, date | None]]
    ties: tuple[tuple[Tie, UUID, UUID], ...]
    known: dict[UUID, _Known]
    same: dict[UUID, set[UUID]]
    hidden: int


def _found(places: list[UUID], whose: UUID | None) -> _Found:
    given: dict[str, Any] = {
        "places": places,
        "whose": [whose] if whose else [],
        "keys": [token(Key.PLACE, str(place)) for place in places],
    }
    with connection.cursor() as cursor:
        cursor.execute(_HOUSEHOLD, given)
        living, ties, known, joined, hidden = cursor.fetchone()
    same: dict[UUID, set[UUID]] = defaultdict(set)
    for start, id_ in joined or ():
        same[UUID(start)].add(UUID(id_))
    return _Found(
        living={UUID(id_): (_day(since), _day(seen)) for id_, since, seen in living or ()},
        ties=tuple((Tie(kind), UUID(one), UUID(other)) for kind, one, other in ties or ()),
        known={
            UUID(id_): _Known(Person(forenames=forenames, surname=surname).name, sex, _day(born), housed)
            for id_, forenames, surname, sex, born, housed in known or ()
        },
        same=same,
        hidden=hidden,
    )


def _day(written: str | None) -> date | None:
    return date.fromisoformat(written) if written else None


def _at(acting: Acting, places: Iterable[UUID], whose: UUID | None) -> Household:
    today = local_day(acting.at)
    found = _found(list(places), whose)
    begun = set(found.living) | ({whose} if whose else set())
    parents: dict[UUID, set[UUID]] = defaultdict(set)
    said: dict[UUID, Tie] = {}
    for kind, one, other in found.ties:
        if kind in (Tie.PARENT, Tie.CHILD):
            parent, child = (one, other) if kind is Tie.PARENT else (other, one)
            parents[child].add(parent)
        if whose in (one, other):
            said[other if one == whose else one] = kind.other_way if one == whose else kind
    homeless = {child for child, of in parents.items() if of & begun and not found.known[child].housed} - begun
    members = [
        _member(id_, found, said.get(id_), today)
        for id_ in _each_once(set(found.living) | homeless, found, whose, said)
    ]
    grown = [one for one in members if one.resident or one.child is not False]
    grown.sort(key=lambda one: (one.child is not None, -_born(found.known[one.id]), one.name))
    return Household(tuple(grown), hidden=found.hidden)


def _member(id_: UUID, found: _Found, tie: Tie | None, today: date) -> Member:
    row = found.known[id_]
    since, seen_on = found.living.get(id_, (None, None))
    return Member(
        id=id_,
        name=row.name,
        age_words=age_words(row.born, today),
        child=None if row.born is None else age_on(row.born, today) < ADULT,
        since=since,
        seen_on=seen_on,
        tie=tie.said(row.sex) if tie else "",
        resident=id_ in found.living,
    )


def _each_once(ids: set[UUID], found: _Found, whose: UUID | None, said: dict[UUID, Tie]) -> list[UUID]:
    """Return one record for each human being, the person who was asked for left out under all of their records.

    Of several records of somebody the one that has a tie is kept, or else the first that was made.
    """
    counted: set[UUID] = {id_ for id_ in ids if id_ == whose or whose in found.same[id_]}
    kept: list[UUID] = []
    for id_ in sorted(ids, key=lambda id_: (id_ not in said, id_)):
        if id_ not in counted:
            kept.append(id_)
            counted |= found.same[id_]
    return kept


def _born(row: _Known) -> int:
    return row.born.toordinal() if row.born else 0
