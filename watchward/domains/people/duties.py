"""What is owed about people: approval and review of their markers, and a look at who asked for a sealed record."""

from __future__ import annotations

from django.db.models import QuerySet

from watchward.domains.people.models import SealedAsk
from watchward.domains.people.queries import MARKERS
from watchward.domains.people.rules import LOOK
from watchward.foundation.access.owners import SupervisorOf
from watchward.foundation.acting import Acting
from watchward.foundation.duties.kinds import Due, DutyKind
from watchward.foundation.markers.duties import approval_duty, review_duty

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
