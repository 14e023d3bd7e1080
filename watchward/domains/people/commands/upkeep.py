"""What must follow whenever a person's rows change: their tokens, and whose handling a row carries."""

from __future__ import annotations

from typing import TypeVar
from uuid import UUID

from watchward.domains.people.models import Person, PersonToken, Residence
from watchward.domains.people.queries import known
from watchward.foundation.acting import Acting
from watchward.foundation.linkage.keys import tokens_of
from watchward.foundation.linkage.vocabulary import Known
from watchward.foundation.records import Guarded, NotHere, Record

T = TypeVar("T", bound=Guarded)


def more_guarded(*records: Record) -> Record:
    """Return the record whose handling a row about all of them must carry: the most guarded, the first among equals."""
    return max(records, key=lambda record: record.handling)


def retoken(acting: Acting, person: Person) -> None:
    """Bring somebody's tokens to what is recorded of them.

    Rows that are more guarded than the person, such as the address of a sealed place, give no token: found through
    it, an open record would give the sealed one away.
    """
    wanted = tokens_of(_as_guarded(acting, person))
    rows = PersonToken.objects.filter(person_id=person.pk)
    standing = {row.key: row for row in rows}
    gone = [key for key in standing if key not in wanted]
    if gone:
        rows.filter(key__in=gone).delete()
    if any((row.handling, row.team_id) != (person.handling, person.team_id) for row in standing.values()):
        rows.update(handling=person.handling, team_id=person.team_id)
    PersonToken.objects.bulk_create(
        [
            PersonToken(person_id=person.pk, key=key, handling=person.handling, team_id=person.team_id)
            for key in sorted(wanted - set(standing))
        ]
    )


def _as_guarded(acting: Acting, person: Person) -> Known:
    whole = known(acting, ids=[person.pk])[person.pk]
    hidden: set[UUID | None] = set(
        Residence.visible_to(acting)
        .filter(person_id=person.pk, handling__gt=person.handling)
        .values_list("place_id", flat=True)
    )
    if not hidden:
        return whole
    return Known(
        person=whole.person,
        names=whole.names,
        date_of_birth=whole.date_of_birth,
        estimated=whole.estimated,
        sex=whole.sex,
        numbers=whole.numbers,
        homes=tuple(home for home in whole.homes if home.place not in hidden),
        reference=whole.reference,
    )


def own(acting: Acting, table: type[T], id_: UUID) -> T:
    """Return one row of a person, locked for this command."""
    found = table.visible_to(acting).select_for_update().filter(pk=id_).first()
    if found is None:
        raise NotHere(f"no such {table._meta.verbose_name}")
    return found
