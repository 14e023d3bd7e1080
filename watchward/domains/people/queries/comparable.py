"""What is recorded of people as recognition compares it: one statement, whatever their number."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django.db import connection

from watchward.domains.objects.vocabulary import shown
from watchward.domains.people.queries.identity import ONE_PERSON
from watchward.foundation.acting import Acting
from watchward.foundation.linkage.vocabulary import Home, Known, KnownName, KnownNumber


class Recorded:
    """What a statement selects of a person ``p``, and what its rows say."""

    # Row-level security leaves out what the reader may not see, in each of these tables by itself: a home at a place
    # that was locked or sealed to them since is no home. Written out, since this is asked at every pause of a caller's
    # typing and composing it anew took longer than answering it.
    COLUMNS = f"""
p.id, p.forenames, p.surname, p.sex, p.date_of_birth, p.birth_certainty, p.reference,
    (select json_agg(json_build_array(n.forenames, n.surname, n.kind) order by n.id)
        from people_name n where n.person_id = p.id),
    (select json_agg(json_build_array(c.normal, c.since, c.until, c.verified_on, c.safe) order by c.id)
        from people_contactnumber c where c.person_id = p.id),
    (select json_agg(json_build_array(r.line, r.town, r.postcode, r.place_id, r.since, r.until) order by r.id)
        from people_residence r left join places_place at on at.id = r.place_id
        where r.person_id = p.id and (r.place_id is null or at.id is not null)),
    {ONE_PERSON % {"expressions": "p.id"}}
"""  # noqa: S608

    @staticmethod
    def of(rows: Iterable[Sequence[Any]]) -> dict[UUID, Known]:
        """Return what rows of ``COLUMNS`` say, by person."""
        return {
            id_: Known(
                person=id_,
                names=(KnownName(forenames, surname), *(KnownName(*name) for name in others or ())),
                date_of_birth=born,
                estimated=certainty == "estimated",
                sex=sex,
                numbers=tuple(
                    KnownNumber(normal, shown(normal), _day(since), _day(until), _day(verified), safe)
                    for normal, since, until, verified, safe in on or ()
                ),
                homes=tuple(
                    Home(line, town, postcode, UUID(place) if place else None, _day(since), _day(until))
                    for line, town, postcode, place, since, until in at or ()
                ),
                reference=reference,
                same=frozenset(same),
            )
            for id_, forenames, surname, sex, born, certainty, reference, others, on, at, same in rows
        }


_RECORDED = f"select {Recorded.COLUMNS} from people_person p where p.id = any(%s)"  # noqa: S608


def known(acting: Acting, *, ids: Iterable[UUID]) -> dict[UUID, Known]:
    """Return what is recorded of these people for recognising them, as far as the reader may see it."""
    wanted = list(ids)
    if not wanted:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(_RECORDED, [wanted])
        return Recorded.of(cursor.fetchall())


def _day(written: str | None) -> date | None:
    return date.fromisoformat(written) if written else None
