"""Putting up markers on places, approving them, and looking at them again."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from watchward.domains.places.models import Place, PlaceMarker
from watchward.domains.places.queries import MARKERS
from watchward.domains.places.vocabulary import MarkerKind, Permission
from watchward.foundation.acting import Acting
from watchward.foundation.commands import command
from watchward.foundation.markers.rules import Said
from watchward.foundation.records import Handling, take
from watchward.foundation.reference.numbers import next_reference
from watchward.kernel.refusals import refuse_if


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
    grounds = grounds or f"{words.strip()} ({source.strip()})"
    said = Said(kind=kind, words=words, grounds=grounds, source=source, until=until, review_on=review_on)
    refuse_if(MARKERS.why_not_mark(acting, said, once_on=place))
    return MARKERS.put_up(
        acting, said, place=at, reference=next_reference(acting, "M"), made_at=acting.at,
        handling=max(Handling(handling), Handling(at.handling)), team_id=at.team_id if at.handling else acting.team,
    )  # fmt: skip


@command(needs=Permission.APPROVE)
def approve_marker(acting: Acting, *, marker: UUID, version: int | None = None) -> PlaceMarker:
    """Approve a marker that somebody else put up.

    Raises:
        Refused: by its author; or it is approved or ended already.
        NotHere: there is no such marker that they may see.
    """
    return MARKERS.approve(acting, marker=marker, version=version)


@command(needs=Permission.MARK)
def review_marker(
    acting: Acting, *, marker: UUID, keep: bool, reason: str, review_on: date | None = None,
    until: date | None = None, words: str | None = None, version: int | None = None,
) -> PlaceMarker:  # fmt: skip
    """Review a marker: keep it until a later day, or end it, with the reason.

    Args:
        acting: who acts.
        marker: its id.
        keep: whether it stays.
        reason: why.
        review_on: the day on which it is looked at next, where it stays.
        until: the day on which it should end, where it stays and one is known.
        words: what it says from now on, where that changes.
        version: the version that the person had before them.

    Raises:
        Refused: it has ended; the reason is missing; it stays and no later day is named.
        NotHere: there is no such marker that they may see.
    """
    return MARKERS.reviewed(
        acting, marker=marker, keep=keep, reason=reason, review_on=review_on, until=until, words=words, version=version
    )
