"""How somebody's record is kept: open, locked or sealed, with all that belongs to it."""

from __future__ import annotations

from uuid import UUID

from django.db.models import Q

from watchward.domains.people.commands.upkeep import more_guarded, retoken
from watchward.domains.people.models import Between, IdentityDecision, Person, Relationship, Residence
from watchward.domains.people.vocabulary import Permission
from watchward.domains.places import queries as places
from watchward.foundation.access.context import as_engine
from watchward.foundation.acting import Acting
from watchward.foundation.commands import command, current
from watchward.foundation.keeping import keep, why_not_keep
from watchward.foundation.records import take
from watchward.kernel.refusals import refuse_if


@command(needs=Permission.HANDLE)
def keep_as(acting: Acting, *, person: UUID, handling: int, reason: str, team: int | None = None) -> Person:
    """Keep somebody's record open, locked or sealed, with everything that belongs to it.

    Args:
        acting: who decides.
        person: id.
        handling: 0 open, 1 locked, 2 sealed.
        reason: why.
        team: number of the team that keeps it; the team that has it where nothing is said.

    Raises:
        Refused: with every reason.
    """
    row = take(acting, Person, person)
    keeper = team if team is not None else row.team_id
    refuse_if(why_not_keep(acting, handling=handling, keeper=keeper, reason=reason))
    keep(row, handling=handling, keeper=keeper)
    # Rows about two people may be kept with somebody whom this person may not see.
    with as_engine(acting, command=str(current().id)) as engine:
        _homes(engine, row)
        _between(engine, row)
        retoken(engine, row)
    return row


def _homes(engine: Acting, person: Person) -> None:
    for home in Residence.objects.filter(person_id=person.pk):
        there = places.place(engine, id_=home.place_id) if home.place_id else None
        kept = more_guarded(person, there) if there is not None else person
        home.handling, home.team_id = kept.handling, kept.team_id
        home.save(update_fields=["handling", "team"])


def _between(engine: Acting, person: Person) -> None:
    tables: tuple[type[Between], ...] = (Relationship, IdentityDecision)
    for table in tables:
        for row in table._default_manager.filter(Q(one_id=person.pk) | Q(other_id=person.pk)).select_related(
            "one", "other"
        ):
            kept = more_guarded(row.one, row.other)
            row.kept_with, row.handling, row.team_id = kept.pk, kept.handling, kept.team_id
            row.save(update_fields=["kept_with", "handling", "team"])
