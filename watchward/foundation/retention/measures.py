"""What is counted of retention: reviews decided in time, and what became of what was reviewed."""

from __future__ import annotations

from collections.abc import Mapping

from django.db.models import F, Q, QuerySet

from watchward.foundation.acting import Acting
from watchward.foundation.duties.models import Duty
from watchward.foundation.duties.models import State as DutyState
from watchward.foundation.measures.declared import Dimension, Share, Tell, Wanted
from watchward.foundation.retention.duties import REVIEW
from watchward.foundation.retention.models import Review
from watchward.foundation.retention.vocabulary import STANDING, Group, State
from watchward.foundation.ui.words import day_year


def _due(acting: Acting) -> QuerySet[Duty]:
    rows = Duty.visible_to(acting).filter(kind=REVIEW.key, due_at__lt=acting.at)
    return rows.exclude(state=DutyState.RELEASED, closed_at__lte=F("due_at"))


def _decided(acting: Acting) -> QuerySet[Review]:
    return Review.visible_to(acting).exclude(state__in=(*STANDING, State.LAPSED))


def _groups(_acting: Acting) -> Mapping[str, str]:
    return {str(group.value): group.words for group in Group}


IN_TIME = Share(
    key="retention.in-time",
    title="Retention reviews decided in time",
    asks="Of the records that came due for review, how many were decided within the time the force sets?",
    source="Police Information and Records Management Code of Practice 2023",
    theme="Everywhere",
    rows=_due,
    date="due_at",
    basis="reviews due",
    noun=("review", "reviews"),
    counted=Q(state=DutyState.DISCHARGED, closed_at__lte=F("due_at")),
    wanted=Wanted.HIGHER,
    counts=("Counts reviews by the day by which they were to be decided.",),
    columns=(Tell("Due", lambda row: day_year(row.due_at)),),
    reference=lambda row: row.reference or "Open",
    url="work:duty",
)

DISPOSED = Share(
    key="retention.disposed",
    title="Reviewed records that were disposed of",
    asks="Of the records that were reviewed, how many were no longer needed and went?",
    source="Police Information and Records Management Code of Practice 2023",
    theme="Everywhere",
    rows=_decided,
    date="decided_at",
    basis="reviews decided",
    noun=("review", "reviews"),
    breakdowns=(Dimension(key="group", title="Review group", of="group", words=_groups, ordered=True),),
    counted=Q(state=State.DISPOSED),
    wanted=Wanted.NEITHER,
    counts=("Counts reviews by the day on which they were decided or, of a disposal, proposed.",),
    columns=(
        Tell("Decided", lambda row: day_year(row.decided_at)),
        Tell("Group", lambda row: Group(row.group).words),
        Tell("What became of it", lambda row: State(row.state).value),
    ),
    reference=lambda row: row.reference,
    url="retention:review",
)
