"""Saying of many people at once at which places on record they live, and what they are to each other."""

from __future__ import annotations

from uuid import UUID

import polars as pl
from django.db import connection

from watchward.domains.people.models import Person
from watchward.domains.people.vocabulary import Permission, Tie
from watchward.domains.places import queries as places
from watchward.foundation.acting import Acting
from watchward.foundation.commands import command
from watchward.foundation.intake.bulk import stage
from watchward.foundation.records import Handling
from watchward.kernel.refusals import Refusal, refuse_if

_HOMES = """
update people_residence as home set place_id = said.place, since = coalesce(home.since, said.since)
from pg_temp.people_homes as said
where home.person_id = said.person and home.until is null
and (home.place_id is null or (home.place_id = said.place and home.since is null and said.since is not null))
"""
_TIES = """
insert into people_relationship (id, one_id, other_id, kind, words, source, kept_with, handling, team_id,
    days_because)
select uuidv7(), one, other, kind, '', %(source)s, one, 0, null, '' from pg_temp.people_ties
on conflict do nothing
"""


@command(needs=Permission.LOAD)
def settle_people(acting: Acting, *, homes: pl.DataFrame, ties: pl.DataFrame, source: str = "") -> int:
    """Give homes of loaded people their place on record, and say what people are to each other.

    Args:
        acting: who loads.
        homes: `person` and `place`, ids, and `since`, a day or null; a home that has its place already stays as it is.
        ties: `one` and `other`, ids, and `kind`, what the first is to the second.
        source: where this comes from.

    Returns:
        How many homes and ties were written.

    Raises:
        Refused: somebody or a place is not on record or not open, or a tie is none.
    """
    people = {UUID(one) for one in [*homes["person"], *ties["one"], *ties["other"]]}
    there = {UUID(one) for one in homes["place"]}
    open_people = Person.visible_to(acting).filter(pk__in=people, handling=Handling.OPEN).count()
    open_places = sum(1 for one in places.places(acting, ids=there).values() if one.handling == Handling.OPEN)
    reasons = []
    if open_people != len(people):
        reasons.append(Refusal(f"{len(people) - open_people} of these people are not on record, or not open."))
    if open_places != len(there):
        reasons.append(Refusal(f"{len(there) - open_places} of these places are not on record, or not open."))
    if strange := set(ties["kind"]) - {kind.value for kind in Tie}:
        reasons.append(Refusal(f"These are no ties: {', '.join(sorted(strange))}."))
    refuse_if(reasons)
    stage("people_homes", homes, types={"person": "uuid", "place": "uuid"})
    stage("people_ties", _one_way(ties), types={"one": "uuid", "other": "uuid"})
    written = 0
    with connection.cursor() as cursor:
        for statement in (_HOMES, _TIES):
            cursor.execute(statement, {"source": source.strip()[:120]})
            written += cursor.rowcount
    return written


def _one_way(ties: pl.DataFrame) -> pl.DataFrame:
    """Return ties written one way each, as `relate` writes them: parent, grandparent and carer first."""
    rows = []
    for one, other, said in ties.select("one", "other", "kind").iter_rows():
        tie, first, second = Tie(said), one, other
        if tie in (Tie.CHILD, Tie.GRANDCHILD, Tie.CARED_FOR) or (tie.other_way is tie and second < first):
            first, second, tie = other, one, tie.other_way
        rows.append((first, second, tie.value))
    return pl.DataFrame(rows, schema={"one": pl.String, "other": pl.String, "kind": pl.String}, orient="row")
