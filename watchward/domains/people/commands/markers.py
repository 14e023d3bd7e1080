"""Markers on people: given by one, approved by another, reviewed before they lapse, ended with a reason."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from watchward.domains.people import rules
from watchward.domains.people.models import Marker, MarkerReview, Person
from watchward.domains.people.vocabulary import Permission
from watchward.foundation.acting import Acting
from watchward.foundation.commands import command
from watchward.foundation.records import NotHere, take
from watchward.kernel.periods import local_day
from watchward.kernel.refusals import Refusal, Refused, refuse_if


@command(needs=Permission.MARK)
def mark_person(
    acting: Acting,
    *,
    person: UUID,
    kind: str,
    words: str,
    grounds: str,
    source: str = "",
    until: date | None = None,
    review_on: date | None = None,
) -> Marker:
    """Put a marker on somebody; it stands at once and waits for somebody else's approval.

    Args:
        acting: its author.
        person: id.
        kind: which signal or flag.
        words: what must be known.
        grounds: what happened that makes it needed.
        source: where this comes from; the task in hand where nothing is said.
        until: the day on which it should end; it then stands until it is reviewed, and does not lapse unseen.
        review_on: by when it must be reviewed; the day on which it ends where nothing is said.

    Raises:
        Refused: with every reason.
    """
    row = take(acting, Person, person)
    said = source.strip() or acting.why()
    review = review_on or until
    refuse_if(
        rules.why_not_mark(
            kind=kind, words=words, grounds=grounds, source=said, review_on=review, until=until,
            today=local_day(acting.at),
        )
    )  # fmt: skip
    assert review is not None  # noqa: S101 - the rules refuse without one
    marker = Marker.objects.create(
        person=row,
        kind=kind,
        words=words.strip(),
        grounds=grounds.strip(),
        source=said[:120],
        author_id=acting.account,
        since=acting.at,
        review_on=review,
        until=until,
        handling=row.handling,
        team_id=row.team_id,
    )
    _owe_review(acting, marker, review)
    return marker


def _owe_review(acting: Acting, marker: Marker, due_on: date) -> MarkerReview:
    return MarkerReview.objects.create(
        person_id=marker.person_id,
        marker=marker,
        arose_at=acting.at,
        due_on=due_on,
        handling=marker.handling,
        team_id=marker.team_id,
    )


def _standing(acting: Acting, id_: UUID) -> Marker:
    marker = Marker.visible_to(acting).select_for_update().filter(pk=id_).first()
    if marker is None:
        raise NotHere("no such marker")
    if marker.ended_at is not None:
        raise Refused(Refusal("This marker has ended.", code="ended"))
    return marker


@command(needs=Permission.MARK)
def approve_marker(acting: Acting, *, marker: UUID) -> Marker:
    """Approve a marker that somebody else gave.

    Raises:
        Refused: by its author, or when it is approved already.
    """
    row = _standing(acting, marker)
    reasons = []
    if row.author_id == acting.account:
        reasons.append(Refusal("Somebody else approves a marker that you gave.", code="own"))
    if row.approver_id is not None:
        reasons.append(Refusal("This marker is approved already.", code="approved"))
    refuse_if(reasons)
    row.approver_id, row.approved_at = acting.account, acting.at
    row.save(update_fields=["approver", "approved_at"])
    return row


@command(needs=Permission.MARK)
def review_marker(
    acting: Acting, *, marker: UUID, finding: str, keep: bool, review_on: date | None = None, until: date | None = None
) -> Marker:
    """Review a marker: keep it until a next review, or end it.

    Args:
        acting: who reviews.
        marker: id.
        finding: what was found, in words.
        keep: whether it goes on.
        review_on: the next review, where it goes on.
        until: the day on which it should end, where it goes on and one is known.

    Raises:
        Refused: with every reason.
    """
    row = _standing(acting, marker)
    today = local_day(acting.at)
    reasons = []
    if len(finding.split()) < 2:
        reasons.append(Refusal("Say what you found.", field="finding", code="no-finding"))
    if keep and (review_on is None or review_on <= today):
        reasons.append(Refusal("Say when it is reviewed next, after today.", field="review_on", code="no-review"))
    if keep and until is not None and (until <= today or (review_on is not None and review_on > until)):
        reasons.append(Refusal("It ends after today, and no sooner than its next review.", field="until"))
    if keep and review_on is not None:
        reasons += rules.why_not_review_then(review_on=review_on, today=today)
    refuse_if(reasons)
    waiting = MarkerReview.objects.select_for_update().get(marker=row, done_at__isnull=True)
    waiting.done_at, waiting.done_by_id, waiting.finding = acting.at, acting.account, finding.strip()
    waiting.save(update_fields=["done_at", "done_by", "finding"])
    if keep and review_on is not None:
        row.review_on, row.until = review_on, until
        row.save(update_fields=["review_on", "until"])
        _owe_review(acting, row, review_on)
    else:
        row.ended_at, row.ended_words = acting.at, finding.strip()[:300]
        row.save(update_fields=["ended_at", "ended_words"])
    return row


@command(needs=Permission.MARK)
def end_marker(acting: Acting, *, marker: UUID, reason: str) -> Marker:
    """End a marker before its review, saying why.

    Raises:
        Refused: without a reason, or when it has ended already.
    """
    row = _standing(acting, marker)
    if len(reason.split()) < 2:
        raise Refused(Refusal("Say why it ends.", field="reason", code="no-reason"))
    row.ended_at, row.ended_words = acting.at, reason.strip()[:300]
    row.save(update_fields=["ended_at", "ended_words"])
    return row
