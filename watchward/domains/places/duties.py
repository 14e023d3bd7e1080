"""What is owed because of places: a marker is looked at again on its day."""

from __future__ import annotations

from datetime import timedelta

from django.db.models import QuerySet

from watchward.domains.places.models import MarkerReview
from watchward.domains.places.rules.markers import REVIEW
from watchward.domains.places.vocabulary import MarkerKind
from watchward.foundation.access.owners import SupervisorOf
from watchward.foundation.acting import Acting
from watchward.foundation.duties.kinds import Due, DutyKind, Step
from watchward.kernel.periods import day_ends, local_day


def _population(acting: Acting) -> QuerySet[MarkerReview]:
    return MarkerReview.visible_to(acting).select_related("marker__place")


def _done(acting: Acting) -> QuerySet[MarkerReview]:
    return MarkerReview.visible_to(acting).filter(done_at__isnull=False)


def _due(review: MarkerReview) -> Due:
    version = REVIEW.standing_on(local_day(review.arose_at))
    return Due(arose=review.arose_at, by=day_ends(review.due_on), cite=version.cite, since=version.in_force)


def _says(review: MarkerReview) -> str:
    marker = review.marker
    return f"{MarkerKind(marker.kind).says} at {marker.place.address}: {marker.words}"


MARKER_REVIEW = DutyKind(
    key="places.marker-review",
    asks="Does what is marked at this place still hold?",
    about=MarkerReview,
    population=_population,
    met=_done,
    due=_due,
    owed_by=SupervisorOf(),
    says=_says,
    rules=(REVIEW,),
    # No subjects: the marker itself stands in the chronicle with its day, and a second line would only crowd it.
    harm=lambda review: 2 if MarkerKind(review.marker.kind).protects else 1,
    escalates=(Step(timedelta(days=7), SupervisorOf("owed_by_team_id")),),
    verb="Review",
    url="places:review",
)
