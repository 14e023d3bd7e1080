"""What the pages of markers show, and the lines of them on the page of what is marked."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.urls import reverse

from watchward.foundation.markers.room import Room
from watchward.foundation.ui import words
from watchward.foundation.ui.parts import Link, Mark, State, Strong
from watchward.kernel.periods import day_ends


@dataclass(frozen=True)
class MarkerPage:
    """One marker and the look that it owes.

    Args:
        subject: what is marked, in words.
        may_approve: whether this person is asked to approve it; ``why_not_approve`` says why they cannot.
    """

    id: UUID
    title: str
    subject: str
    subject_url: str
    facts: tuple[Mark, ...]
    before: tuple[Mark, ...]
    state: State
    approve_url: str
    may_approve: bool
    why_not_approve: str


def marked(room: Room[Any], markers: Iterable[Any], at: datetime) -> tuple[Mark, ...]:
    """Return the markers that stand: each leads to its page, says its grounds and when it is looked at again."""
    return tuple(_marked(room, marker, at) for marker in markers)


def _marked(room: Room[Any], marker: Any, at: datetime) -> Mark:
    kind = room.kind(marker)
    approved = f"approved by {marker.approver.display_name}" if marker.approver else "not yet approved"
    source = f" From {marker.source.rstrip('. ')}." if marker.source else ""
    beneath = (
        f"{marker.grounds.rstrip('. ')}.{source} {marker.author.display_name}, {words.day_year(marker.since)}, "
        f"{approved}. Look again by {words.day_year(marker.review_on)}"
    )
    late = at > day_ends(marker.review_on)
    return Mark(
        State("Review late", "late") if late else kind.word,
        (Strong(f"{kind.says}: "), Link(marker.words, reverse(f"{room.app}:marker", args=[marker.pk]))),
        beneath,
    )


def ended(room: Room[Any], markers: Iterable[Any]) -> tuple[Mark, ...]:
    """Return the markers that were ended, each with the reason."""
    return tuple(
        Mark(
            words.day_year(marker.ended_at),
            f"{room.kind(marker).says}: {marker.words}",
            f"Ended: {marker.ended_words.rstrip('. ')}",
        )
        for marker in markers
        if marker.ended_at is not None
    )


def marker_page(
    room: Room[Any], marker: Any, looks: Iterable[Any], *, subject: str, may_approve: bool, own: bool, at: datetime
) -> MarkerPage:
    """Return the page of one marker.

    Args:
        room: whose it is.
        marker: the marker, with author and approver.
        looks: at it that were had.
        subject: what is marked, in words.
        may_approve: whether this person's roles let them approve markers.
        own: whether this person put it up.
        at: the moment.
    """
    kind = room.kind(marker)
    state = State("ended", "done")
    if marker.ended_at is None:
        due = day_ends(marker.review_on)
        state = State(words.left(due, at), "late" if at > due else "ok")
    return MarkerPage(
        id=marker.pk,
        title=f"Does this still hold? {kind.says}: {marker.words}",
        subject=subject,
        subject_url=reverse(f"{room.app}:one", args=[room.about(marker)]),
        facts=_facts(room, marker),
        before=tuple(
            Mark(
                words.day_year(look.done_at),
                f"{'Kept' if look.kept else 'Ended'}: {look.words}",
                look.done_by.display_name if look.done_by else "",
            )
            for look in looks
        ),
        state=state,
        approve_url=reverse(f"{room.app}:approve", args=[marker.pk]),
        may_approve=may_approve and marker.approver_id is None and marker.ended_at is None,
        why_not_approve="Somebody else approves what you put up." if own else "",
    )


def _facts(room: Room[Any], marker: Any) -> tuple[Mark, ...]:
    approved = "Not yet approved"
    if marker.approver:
        on = f", {words.day_year(marker.approved_at)}" if marker.approved_at else ""
        approved = f"{marker.approver.display_name}{on}"
    return (
        Mark("Says", (Strong(f"{room.kind(marker).says}: "), marker.words)),
        Mark("Grounds", marker.grounds),
        Mark("From", marker.source or "not said", quiet=not marker.source),
        Mark("Author", f"{marker.author.display_name}, {words.day_year(marker.since)}"),
        Mark("Approver", approved, quiet=marker.approver is None),
        Mark("Look again", f"by {words.day_year(marker.review_on)}"),
        Mark("Ends", words.day_year(marker.until) if marker.until else "when it is ended", quiet=marker.until is None),
        *((Mark("Ended", f"{words.day_year(marker.ended_at)}: {marker.ended_words}"),) if marker.ended_at else ()),
    )
