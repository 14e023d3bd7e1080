"""What is owed about people: the review of their markers, and a look at who asked for a sealed record."""

from __future__ import annotations

from datetime import timedelta

from django.db.models import Q, QuerySet

from watchward.domains.people.models import Marker, MarkerReview, SealedAsk
from watchward.domains.people.rules import LOOK, REVIEW
from watchward.domains.people.vocabulary import MarkerKind, Side
from watchward.foundation.access.owners import SupervisorOf
from watchward.foundation.acting import Acting
from watchward.foundation.chronicle.kinds import Follows
from watchward.foundation.duties.kinds import Due, DutyKind, Step
from watchward.kernel.periods import day_ends, local_day


def _reviews(acting: Acting) -> QuerySet[MarkerReview]:
    """Return every review that was done, and those that wait while their marker stands."""
    return (
        MarkerReview.visible_to(acting)
        .filter(Q(done_at__isnull=False) | Q(marker__ended_at__isnull=True))
        .select_related("marker__person")
    )


def _reviewed(acting: Acting) -> QuerySet[MarkerReview]:
    return MarkerReview.visible_to(acting).filter(done_at__isnull=False)


def _review_due(review: MarkerReview) -> Due:
    version = REVIEW.standing_on(local_day(review.arose_at))
    return Due(arose=review.arose_at, by=day_ends(review.due_on), cite=version.cite, since=version.in_force)


def _review_says(review: MarkerReview) -> str:
    marker = review.marker
    return f"{MarkerKind(marker.kind).says} on {marker.person.name}, {marker.person.reference}: {marker.words}"


MARKER_REVIEW = DutyKind(
    key="people.marker-review",
    asks="Does what is marked on this person still hold?",
    about=MarkerReview,
    population=_reviews,
    met=_reviewed,
    due=_review_due,
    owed_by=SupervisorOf(),
    says=_review_says,
    rules=(REVIEW,),
    # No subjects: the marker itself stands in the chronicle, and a second line would only crowd it.
    harm=lambda review: 1 if MarkerKind(review.marker.kind).side is Side.NEED else 2,
    follows=(Follows(Marker, "reviews__pk"),),
    escalates=(Step(timedelta(days=7), SupervisorOf("owed_by_team_id")),),
    released="The marker was ended before its review",
    verb="Review",
    url="people:review",
)


def _asks(acting: Acting) -> QuerySet[SealedAsk]:
    return SealedAsk.visible_to(acting).select_related("person", "asked_by")


def _seen(acting: Acting) -> QuerySet[SealedAsk]:
    return SealedAsk.visible_to(acting).filter(seen_at__isnull=False)


def _look_due(ask: SealedAsk) -> Due:
    version = LOOK.on(local_day(ask.at))
    return Due(arose=ask.at, by=version.value.deadline(ask.at), cite=version.cite, since=version.in_force)


SEALED_ASK = DutyKind(
    key="people.sealed-asked",
    asks="Have you seen that somebody asked for what fits this sealed record?",
    about=SealedAsk,
    population=_asks,
    met=_seen,
    due=_look_due,
    owed_by=SupervisorOf(),
    says=lambda ask: f"{ask.person.reference}: {ask.asked_by.display_name}, {ask.how}. {ask.fits}",
    rules=(LOOK,),
    harm=lambda _ask: 2,
    verb="See",
    url="people:asked",
)
