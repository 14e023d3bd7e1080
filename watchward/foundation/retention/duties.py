"""What is owed about retention: each review that has come due, and a look at each hold by its day."""

from __future__ import annotations

from datetime import date
from typing import Final

from django.db.models import QuerySet

from watchward.foundation.access.owners import TeamNamed
from watchward.foundation.acting import Acting
from watchward.foundation.duties.kinds import Due, DutyKind
from watchward.foundation.retention import rules
from watchward.foundation.retention.declared import kept
from watchward.foundation.retention.models import Hold, Review
from watchward.foundation.retention.vocabulary import STANDING, Group, Source, State
from watchward.kernel.dated import Dated, Version
from watchward.kernel.periods import Days, day_ends, local_day

RECORDS: Final = "records"
"""Key of the team that manages records; where a force has none, nobody owes it until somebody is given it."""

REVIEWED_WITHIN: Final[Dated[Days]] = Dated(
    title="How soon a retention review is decided",
    chosen_by="the day on which the review is called up",
    policy=True,
    versions=(Version(in_force=date(2005, 11, 14), value=Days(28), cite="Force policy"),),
)


def _reviews(acting: Acting) -> QuerySet[Review]:
    return Review.visible_to(acting).exclude(state=State.LAPSED)


def _decided(acting: Acting) -> QuerySet[Review]:
    return Review.visible_to(acting).exclude(state__in=STANDING)


def _says(review: Review) -> str:
    called = kept[review.table].called if review.table in kept else "Record"
    return f"{called} {review.reference}: {Group(review.group).words.lower()}, due since {review.due_on:%-d %B %Y}"


REVIEW = DutyKind(
    key="retention.review",
    asks="Is this record still needed?",
    about=Review,
    population=_reviews,
    met=_decided,
    due=lambda review: Due.under(REVIEWED_WITHIN, review.called_at),
    owed_by=TeamNamed(RECORDS),
    says=_says,
    rules=(REVIEWED_WITHIN, rules.TERMS, rules.LEAST),
    released="Something has happened since: the clear period began anew",
    verb="Review",
    url="retention:review",
)


def _holds(acting: Acting) -> QuerySet[Hold]:
    return Hold.visible_to(acting)


def _ended(acting: Acting) -> QuerySet[Hold]:
    return Hold.visible_to(acting).filter(ended_at__isnull=False)


def _hold_due(hold: Hold) -> Due:
    return Due(hold.laid_at, day_ends(hold.review_on), Source(hold.source).cite, local_day(hold.laid_at))


HOLD = DutyKind(
    key="retention.hold",
    asks="Must these records still be held?",
    about=Hold,
    population=_holds,
    met=_ended,
    due=_hold_due,
    owed_by=TeamNamed(RECORDS),
    says=lambda hold: f"{Source(hold.source).words}: {hold.matter}",
    verb="Look",
    url="retention:hold",
)
