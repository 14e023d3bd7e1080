"""What is owed about guidance: that its owner looks it over, and that those who were asked read it."""

from __future__ import annotations

from datetime import timedelta

from django.db.models import Q, QuerySet

from watchward.foundation.access.owners import PersonOf, SupervisorOf
from watchward.foundation.acting import Acting
from watchward.foundation.chronicle.kinds import Follows
from watchward.foundation.duties.kinds import Due, DutyKind, Step
from watchward.foundation.guidance.models import Edition, Item, Receipt, Review
from watchward.foundation.guidance.rules import READ_WITHIN, REVIEW
from watchward.kernel.periods import day_ends, local_day


def _reviews(acting: Acting) -> QuerySet[Review]:
    """Return every look that was had, and those that wait while their guidance stands."""
    rows = Review.visible_to(acting).filter(Q(done_at__isnull=False) | Q(item__withdrawn_at__isnull=True))
    return rows.select_related("item")


def _review_due(review: Review) -> Due:
    version = REVIEW.standing_on(local_day(review.set_at))
    return Due(arose=review.set_at, by=day_ends(review.due_on), cite=version.cite, since=version.in_force)


REVIEWED = DutyKind(
    key="guidance.review",
    asks="Is this guidance still right?",
    about=Review,
    population=_reviews,
    met=lambda acting: Review.visible_to(acting).filter(done_at__isnull=False),
    due=_review_due,
    owed_by=PersonOf("owner_id"),
    says=lambda review: f"Guidance: {review.item.slug.replace('-', ' ')}",
    rules=(REVIEW,),
    follows=(Follows(Item, "reviews__pk"),),
    escalates=(Step(timedelta(days=7), SupervisorOf("owed_by_team_id")),),
    released="The guidance was withdrawn before it was looked over",
    verb="Look it over",
    url="guidance:review",
)


def _asked(acting: Acting) -> QuerySet[Receipt]:
    """Return whoever was asked and has read it, and whoever was asked to read what is still the last version."""
    rows = Receipt.visible_to(acting).filter(asked_at__isnull=False)
    return rows.filter(Q(read_at__isnull=False) | Q(edition__until__isnull=True)).select_related("edition__item")


def _read_due(receipt: Receipt) -> Due:
    assert receipt.asked_at is not None  # noqa: S101  the population holds no other
    return Due.under(READ_WITHIN, receipt.asked_at)


READ = DutyKind(
    key="guidance.read",
    asks="Have you read this?",
    about=Receipt,
    population=_asked,
    met=lambda acting: Receipt.visible_to(acting).filter(read_at__isnull=False),
    due=_read_due,
    owed_by=PersonOf("account_id"),
    says=lambda receipt: f"{receipt.edition.title}, version {receipt.edition.number}",
    rules=(READ_WITHIN,),
    harm=lambda _receipt: 0,
    follows=(Follows(Edition, "receipts__pk"),),
    released="Another version took its place, or it was withdrawn, before it was read",
    verb="Read it",
    url="guidance:receipt",
)
