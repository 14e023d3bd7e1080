"""What is owed about people, their markers and who asked for a sealed record, and how long people are kept."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date
from uuid import UUID

from django.db.models import QuerySet

from watchward.domains.people import queries
from watchward.domains.people.models import Marker, Person, SealedAsk
from watchward.domains.people.queries import MARKERS
from watchward.domains.people.rules import LOOK
from watchward.domains.people.vocabulary import under_ten
from watchward.foundation.access.owners import SupervisorOf
from watchward.foundation.acting import Acting
from watchward.foundation.duties.kinds import Due, DutyKind
from watchward.foundation.markers.duties import approval_duty, review_duty
from watchward.foundation.retention.declared import Event, Kept
from watchward.foundation.retention.vocabulary import Group
from watchward.kernel.periods import day_ends, local_day

MARKER_REVIEW = review_duty(MARKERS)
MARKER_APPROVAL = approval_duty(MARKERS)


def _asks(acting: Acting) -> QuerySet[SealedAsk]:
    return SealedAsk.visible_to(acting).select_related("person", "asked_by")


def _seen(acting: Acting) -> QuerySet[SealedAsk]:
    return SealedAsk.visible_to(acting).filter(seen_at__isnull=False)


SEALED_ASK = DutyKind(
    key="people.sealed-asked",
    asks="Have you seen that somebody asked for what fits this sealed record?",
    about=SealedAsk,
    population=_asks,
    met=_seen,
    due=lambda ask: Due.under(LOOK, ask.at),
    owed_by=SupervisorOf(),
    says=lambda ask: f"{ask.person.reference}: {ask.asked_by.display_name}, {ask.how}. {ask.fits}",
    rules=(LOOK,),
    harm=lambda _ask: 2,
    verb="See",
    url="people:asked",
)


# How long people are kept


def _before(acting: Acting, day: date) -> QuerySet[Person]:
    return Person.visible_to(acting).filter(made_at__lt=day_ends(day))


def _recorded(_acting: Acting, ids: Collection[UUID]) -> Iterable[Event]:
    for row in Person.objects.filter(pk__in=ids):
        on = local_day(row.made_at)
        child = under_ten(row.date_of_birth, on)
        yield Event(
            record=row.pk, of=row.pk, on=on, group=Group.FOUR, says=f"Recorded as {row.reference}", child=child,
            born=row.date_of_birth,
        )  # fmt: skip
    for marker in Marker.objects.filter(person__in=ids):
        ended = marker.ended_at
        yield Event(
            record=marker.person_id, of=marker.pk, on=local_day(ended or marker.since), group=Group.FOUR,
            says=f"Marker: {marker.kind}", open="" if ended else "still stands",
        )  # fmt: skip


def _same(acting: Acting, ids: Collection[UUID]) -> dict[UUID, set[UUID]]:
    return {id_: set(others) - {id_} for id_, others in queries.same_people(acting, ids=ids).items()}


PEOPLE = Kept(table=Person, called="Person", before=_before, events=_recorded, along=_same, url="people:one")
