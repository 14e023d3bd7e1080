"""Who this might be: tokens give the candidates, their fields give the evidence."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any
from uuid import UUID

from django.db import connection

from watchward.domains.objects import queries as objects
from watchward.domains.objects.vocabulary import normal_number
from watchward.domains.people.models import Person
from watchward.domains.people.queries.comparable import Recorded, known
from watchward.domains.people.queries.records import relationships
from watchward.domains.people.vocabulary import Tie
from watchward.foundation import reading
from watchward.foundation.acting import Acting
from watchward.foundation.linkage.comparisons import own
from watchward.foundation.linkage.keys import TELLING, WEIGHTS, Lookup, lookups
from watchward.foundation.linkage.stated import StatedEvidence, in_order
from watchward.foundation.linkage.vocabulary import (
    Asked,
    Candidate,
    Evidence,
    Known,
    Recognition,
    Score,
    Scorer,
    Standing,
    Strength,
)

reading.called({"people.recognise": "Who somebody might be"})

TOO_MANY = 200
"""A token that more people hold than this tells nothing and is dropped."""
FETCHED = 60
SHOWN = 20

STATED: Scorer = StatedEvidence()

_TOP = """
with asked as (
    select * from unnest(%(keys)s::bigint[], %(weights)s::int[]) with ordinality as a(key, weight, n)
), held as materialized (
    select t.person_id, t.handling, a.n, a.weight, count(*) over (partition by a.n) as holders
    from asked a cross join lateral (
        select person_id, handling from people_persontoken where key = a.key limit %(limit)s + 1
    ) t
), top as (
    select person_id, max(handling) as handling, array_agg(n) as ns, sum(weight) as weight from held
    where holders <= %(limit)s group by person_id order by sum(weight) desc, person_id limit %(fetched)s
)
"""
_HOLDERS = f"""{_TOP}
select person_id, handling, ns from top
union all select null, null, array_agg(distinct n) from held where holders > %(limit)s
"""  # noqa: S608 - no value in it

# Who holds the tokens with what is recorded of them: looked up at every pause of a caller's typing, in one statement.
_FOUND = f"""{_TOP}
select t.person_id, t.handling, t.ns, {Recorded.COLUMNS} from top t left join people_person p on p.id = t.person_id
union all select null, null, array_agg(distinct n), {", ".join(["null"] * 11)} from held where holders > %(limit)s
"""  # noqa: S608 - no value in it


def prepared(
    acting: Acting, *, asked: Asked, number: objects.TelephoneNumber | None = None, looked_up: bool = False
) -> Asked:
    """Return what was asked with its number in the normal form, and who shares that number.

    Args:
        acting: who asks.
        asked: what is known of the person.
        number: the record of the number, where the caller holds it already.
        looked_up: whether it was looked up already: without a record there is none.
    """
    normal = normal_number(asked.number)
    if normal and not looked_up and (number is None or number.normal != normal):
        number = objects.number(acting, typed=normal)
    shared = (number.shared_words or "several people") if normal and number is not None and number.shared else ""
    return replace(asked, number=normal, reference=asked.reference.strip().upper(), shared=shared)


def holders(
    acting: Acting, *, looked_up: Sequence[Lookup], fetched: int = FETCHED
) -> tuple[dict[UUID, tuple[int, set[int]]], set[int]]:
    """Return who holds these tokens, best first, and which tokens too many people hold.

    Returns:
        For each person the handling and the places of their tokens among those asked; and the places of the dropped.
    """
    return _held(_sent(_HOLDERS, looked_up, fetched))


def _sent(sql: str, looked_up: Sequence[Lookup], fetched: int) -> list[Sequence[Any]]:
    if not looked_up:
        return []
    with connection.cursor() as cursor:
        cursor.execute(
            sql,
            {
                "keys": [one.token for one in looked_up],
                "weights": [WEIGHTS[one.kind] for one in looked_up],
                "limit": TOO_MANY,
                "fetched": fetched,
            },
        )
        return list(cursor.fetchall())


def _held(rows: Sequence[Sequence[Any]]) -> tuple[dict[UUID, tuple[int, set[int]]], set[int]]:
    found: dict[UUID, tuple[int, set[int]]] = {}
    dropped: set[int] = set()
    for person, handling, places, *_recorded in rows:
        if person is None:
            dropped = {place - 1 for place in places or ()}
        else:
            found[person] = (handling, {place - 1 for place in places})
    return found, dropped


def recognise(
    acting: Acting,
    *,
    asked: Asked,
    about: UUID | None = None,
    scorer: Scorer = STATED,
    shown: int = SHOWN,
    number: objects.TelephoneNumber | None = None,
    looked_up: bool = False,
) -> Recognition:
    """Return who this might be, with the evidence, and leave the trace of the search.

    Locked records that may fit are counted and not told; sealed ones leave no trace at all.

    Args:
        acting: who asks.
        asked: what is known of the person.
        about: the record in hand, such as the call, for the trace.
        scorer: how evidence is weighed.
        shown: at most how many.
        number: the record of the number asked, where the caller holds it already.
        looked_up: whether it was looked up already: without a record there is none.
    """
    wanted = prepared(acting, asked=asked, number=number, looked_up=looked_up)
    tokens = lookups(wanted)
    rows = _sent(_FOUND, tokens, FETCHED)
    found, dropped = _held(rows)
    records = Recorded.of(row[3:] for row in rows if row[3] is not None)
    if wanted.reference:
        for row in Person.visible_to(acting).filter(reference=wanted.reference).values_list("pk", "handling"):
            found[row[0]] = (row[1], set())
        records |= known(acting, ids=found.keys() - records.keys())
    telling = {place for place, one in enumerate(tokens) if one.kind in TELLING}
    locked = tuple(id_ for id_, (_handling, places) in found.items() if id_ not in records and places & telling)
    candidates = scored(acting, asked=wanted, records=list(records.values()), scorer=scorer)[:shown]
    reading.searched(acting, "people.recognise", [one.person for one in candidates], about=about)
    return Recognition(
        candidates=tuple(candidates),
        locked=len(locked),
        at=acting.at,
        locked_records=locked,
        too_many=() if candidates else tuple(dict.fromkeys(tokens[place].words for place in sorted(dropped))),
        known={one.person: records[one.person] for one in candidates},
    )


def scored(acting: Acting, *, asked: Asked, records: Sequence[Known], scorer: Scorer) -> list[Candidate]:
    """Return those of these people who fit, best first, records of one person as one candidate."""
    order = list(Standing)
    ranked: list[tuple[Known, Score, Standing]] = []
    for record, score in zip(records, scorer.scores(asked, records), strict=True):
        if score.standing is not None:
            ranked.append((record, score, score.standing))
    ranked.sort(key=lambda one: (order.index(one[2]), -(one[1].probability or 0.0), -one[1].weight, one[0].person))
    if not ranked:
        return []
    also = _also_there(acting, asked, [record for record, _score, _standing in ranked])
    shown: list[Candidate] = []
    seen: set[UUID] = set()
    for record, score, standing in ranked:
        if record.person in seen:
            continue
        seen |= record.same | {record.person}
        shown.append(
            Candidate(
                person=record.person,
                standing=standing,
                evidence=in_order([*score.evidence, *also.get(record.person, ())]),
                fits=score.fits,
                who=_who(record, score),
                household=score.household,
                weight=score.weight,
                probability=score.probability,
                same_as=tuple(sorted(record.same - {record.person})),
            )
        )
    return shown


def _who(record: Known, score: Score) -> str:
    """Return whom the fit speaks of: number and address alone fit everybody of a household."""
    her = {"F": "her", "M": "him"}.get(record.sex, "this person")
    they = {"F": "she", "M": "he"}.get(record.sex, "they")
    live = "live" if they == "they" else "lives"
    return f"{her} or someone {they} {live} with" if score.household else her


def _also_there(acting: Acting, asked: Asked, records: list[Known]) -> dict[UUID, list[Evidence]]:
    """Return for each candidate on the number asked who else is on it: what stands most often against."""
    on = {
        record.person: record
        for record in records
        if asked.number and any(one.number == asked.number and one.until is None for one in record.numbers)
    }
    if len(on) < 2:
        return {}
    ties: dict[tuple[UUID, UUID], Tie] = {}
    for row in relationships(acting, people=on):
        ties[row.one_id, row.other_id] = Tie(row.kind)
        ties[row.other_id, row.one_id] = Tie(row.kind).other_way
    return {id_: _others(id_, on, ties) for id_ in on}


def _called(record: Known) -> str:
    return record.names[0].forenames or record.names[0].whole


def _others(id_: UUID, on: dict[UUID, Known], ties: dict[tuple[UUID, UUID], Tie]) -> list[Evidence]:
    related = [(ties[other, id_], on[other]) for other in on if (other, id_) in ties]
    said = [
        f"{own(on[id_].sex).capitalize()} {tie.said(other.sex)}, {_called(other)}, is on this number too"
        for tie, other in related
    ]
    rest = len(on) - 1 - len(related)
    if rest:
        who = "One other person is" if rest == 1 else f"{rest} other people are"
        said.append(f"{who} on this number")
    return [Evidence(Strength.AGAINST, words, "number", -0.5) for words in said]
