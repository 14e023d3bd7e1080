"""How somebody's record is kept: open, locked or sealed, with all that belongs to it."""

from __future__ import annotations

from uuid import UUID

from django.db.models import Q

from watchward.domains.people.commands.upkeep import more_guarded, retoken
from watchward.domains.people.models import Belonging, Between, IdentityDecision, Person, Relationship, Residence
from watchward.domains.people.vocabulary import Permission
from watchward.domains.places import queries as places
from watchward.foundation.access.context import as_engine
from watchward.foundation.acting import Acting
from watchward.foundation.commands import command, current
from watchward.foundation.records import Handling, take
from watchward.kernel.refusals import Refusal, refuse_if


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
    reasons = []
    if handling not in list(Handling):
        reasons.append(Refusal("A record is kept open, locked or sealed.", field="handling"))
    if len(reason.split()) < 2:
        reasons.append(Refusal("Say why it is kept like this.", field="reason", code="no-reason"))
    if handling != Handling.OPEN and keeper is None:
        reasons.append(Refusal("Say which team keeps it: nobody else could open it.", field="team", code="no-team"))
    elif handling != Handling.OPEN and keeper not in acting.teams and not acting.sees_all:
        reasons.append(Refusal("Only its own team can be given a record that others may not see.", field="team"))
    refuse_if(reasons)
    row.handling, row.team_id = handling, keeper
    row.save(update_fields=["handling", "team"])
    # Rows about two people may be kept with somebody whom this person may not see.
    with as_engine(acting, command=str(current().id)) as engine:
        _belonging(engine, row)
        _between(engine, row)
        retoken(engine, row)
    return row


def _belonging(engine: Acting, person: Person) -> None:
    for table in Belonging.__subclasses__():
        rows = table._default_manager.filter(person_id=person.pk)
        if table.__name__ == "SealedAsk":
            continue  # who asked is known to the keepers alone, however the record is kept later
        if table is not Residence:
            rows.update(handling=person.handling, team_id=person.team_id)
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
