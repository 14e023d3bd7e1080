"""How long incidents are kept, and what they mean for how long the people in them are."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date
from uuid import UUID

from django.db.models import QuerySet

from watchward.domains.incidents.models import Incident, Involvement
from watchward.domains.incidents.vocabulary import Kind, Stage
from watchward.domains.people import queries as people
from watchward.domains.people.vocabulary import under_ten
from watchward.foundation.acting import Acting
from watchward.foundation.retention.declared import Bears, Event, Kept
from watchward.foundation.retention.vocabulary import Group
from watchward.kernel.periods import day_ends, local_day


def _before(acting: Acting, day: date) -> QuerySet[Incident]:
    return Incident.visible_to(acting).filter(rang_at__lt=day_ends(day))


def _event(incident: Incident, record: UUID, *, child: bool = False) -> Event:
    return Event(
        record=record, of=incident.pk, on=local_day(incident.closed_at or incident.rang_at), group=Group.FOUR,
        says=f"{Kind(incident.closed_as or incident.kind).label} incident {incident.reference}",
        open="" if incident.stage == Stage.CLOSED else "still open", child=child,
    )  # fmt: skip


def _own(_acting: Acting, ids: Collection[UUID]) -> Iterable[Event]:
    rows = list(Incident.objects.filter(pk__in=ids))
    children = _children(Involvement.objects.filter(incident__in=ids))
    for row in rows:
        yield _event(row, row.pk, child=row.pk in children)


def _children(rows: QuerySet[Involvement]) -> set[UUID]:
    """Return the incidents in which somebody was under ten."""
    return {
        row.incident_id
        for row in rows.select_related("incident", "person")
        if under_ten(row.person.date_of_birth, local_day(row.incident.rang_at))
    }


def _of_people(_acting: Acting, ids: Collection[UUID]) -> Iterable[Event]:
    for row in Involvement.objects.filter(person__in=ids).select_related("incident", "person"):
        child = under_ten(row.person.date_of_birth, local_day(row.incident.rang_at))
        yield _event(row.incident, row.person_id, child=child)


INCIDENTS = Kept(table=Incident, called="Incident", before=_before, events=_own, url="incidents:one")

PEOPLE = Bears(on=people.Person, events=_of_people)
