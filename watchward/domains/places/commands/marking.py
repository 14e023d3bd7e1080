"""Putting up markers on places, approving them, and looking at them again."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from watchward.domains.places import queries
from watchward.domains.places.models import MarkerReview, Place, PlaceMarker
from watchward.domains.places.rules import markers
from watchward.domains.places.vocabulary import MarkerKind, Permission
from watchward.foundation.acting import Acting
from watchward.foundation.commands import command
from watchward.foundation.records import Handling, take
from watchward.foundation.reference.numbers import next_reference
from watchward.kernel.periods import local_day
from watchward.kernel.refusals import Refusal, refuse_if


@command(needs=Permission.MARK)
def mark_place(
    acting: Acting, *, place: UUID, kind: MarkerKind | str, words: str, source: str, grounds: str = "",
    until: date | None = None, review_on: date | None = None, handling: Handling = Handling.OPEN,
) -> PlaceMarker:  # fmt: skip
    """Mark a place for those who go there or take its calls.

    Args:
        acting: who acts, its author.
        place: its id.
        kind: what it warns of or asks for.
        words: what they must know, in a sentence.
        source: where this comes from: an incident, a partner, the hub.
        grounds: why the place is marked; the words and the source when not said.
        until: the day on which it ends, if one is known; it then owes a review and stands until that is done.
        review_on: the day on which it is looked at again.
        handling: open, locked or sealed; never less than the place's own.

    Raises:
        Refused: words, grounds, source or the day of review are missing; or such a marker stands already.
        NotHere: there is no such place that they may see.
    """
    at = take(acting, Place, place)
    day = local_day(acting.at)
    grounds = grounds or f"{words.strip()} ({source.strip()})"
    again = markers.review_day(since=day, until=until, asked=review_on)
    reasons = list(
        markers.why_not_mark(since=day, until=until, review_on=again, words=words, grounds=grounds, source=source)
    )
    if kind not in list(MarkerKind):
        reasons.append(Refusal("Choose what kind of marker this is.", field="kind"))
    elif queries.markers(acting, place=place).filter(kind=kind, words__iexact=words.strip()).exists():
        reasons.append(Refusal("The place is marked with this already.", field="words"))
    refuse_if(reasons)
    kept = max(Handling(handling), Handling(at.handling))
    assert again is not None  # noqa: S101 - its absence was refused above
    row = PlaceMarker.objects.create(
        reference=next_reference(acting, "M"),
        made_at=acting.at,
        handling=kept,
        team_id=at.team_id if at.handling else acting.team,
        place=at,
        kind=MarkerKind(kind).value,
        words=words.strip(),
        grounds=grounds.strip(),
        source=source.strip(),
        author_id=acting.account,
        since=acting.at,
        review_on=again,
        until=until,
    )
    _owe_review(acting, row)
    return row


def _owe_review(acting: Acting, marker: PlaceMarker) -> None:
    MarkerReview.objects.create(
        marker=marker,
        arose_at=acting.at,
        due_on=marker.review_on,
        handling=marker.handling,
        team_id=marker.team_id,
    )


@command(needs=Permission.MARK)
def approve_marker(acting: Acting, *, marker: UUID, version: int | None = None) -> PlaceMarker:
    """Approve a marker that somebody else put up.

    Raises:
        Refused: by its author; or it is approved or ended already.
        NotHere: there is no such marker that they may see.
    """
    row = take(acting, PlaceMarker, marker, version=version)
    reasons = []
    if row.author_id == acting.account:
        reasons.append(Refusal("Somebody else approves a marker that you put up."))
    if row.approver_id is not None:
        reasons.append(Refusal("This marker is approved already."))
    if row.ended_at is not None:
        reasons.append(Refusal("This marker has ended."))
    refuse_if(reasons)
    row.approver_id = acting.account
    row.save()
    return row


@command(needs=Permission.MARK)
def review_marker(
    acting: Acting, *, marker: UUID, keep: bool, reason: str, review_on: date | None = None,
    words: str | None = None, version: int | None = None,
) -> PlaceMarker:  # fmt: skip
    """Review a marker: keep it until a later day, or end it, with the reason.

    Args:
        acting: who acts.
        marker: its id.
        keep: whether it stays.
        reason: why.
        review_on: the day on which it is looked at next, where it stays.
        words: what it says from now on, where that changes.
        version: the version that the person had before them.

    Raises:
        Refused: it has ended; the reason is missing; it stays and no later day is named.
        NotHere: there is no such marker that they may see.
    """
    row = take(acting, PlaceMarker, marker, version=version)
    day = local_day(acting.at)
    reasons = []
    if row.ended_at is not None:
        reasons.append(Refusal("This marker has ended."))
    if len(reason.split()) < 2:
        reasons.append(Refusal("Say why it stays or ends.", field="reason"))
    again = markers.review_day(since=day, until=None, asked=review_on) if keep else None
    if keep and (again is None or again <= day):
        reasons.append(Refusal("Name a later day on which it is looked at again.", field="review_on"))
    if words is not None and not words.strip():
        reasons.append(Refusal("Say what those who go there must know.", field="words"))
    refuse_if(reasons)
    done = MarkerReview.visible_to(acting).select_for_update(of=("self",)).get(marker=row, done_at__isnull=True)
    done.done_at, done.done_by_id, done.kept, done.words = acting.at, acting.account, keep, reason.strip()
    done.save()
    if again is not None:
        row.review_on = again
        row.until = None if row.until is not None and row.until <= day else row.until
        row.words = words.strip() if words is not None else row.words
    else:
        row.ended_at, row.ended_words = acting.at, reason.strip()
    row.save()
    if again is not None:
        _owe_review(acting, row)
    return row
