"""Markers on people: given by one, approved by another, looked at again by their day, ended with a reason."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from watchward.domains.people.models import Marker, Person
from watchward.domains.people.queries import MARKERS
from watchward.domains.people.vocabulary import Permission
from watchward.foundation.acting import Acting
from watchward.foundation.commands import command
from watchward.foundation.markers.rules import LONGEST_SOURCE, Said
from watchward.foundation.records import take
from watchward.kernel.refusals import refuse_if


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
    said = Said(
        kind=kind, words=words, grounds=grounds, source=source.strip() or acting.why()[:LONGEST_SOURCE], until=until,
        review_on=review_on,
    )  # fmt: skip
    refuse_if(MARKERS.why_not_mark(acting, said))
    return MARKERS.put_up(acting, said, person=row, handling=row.handling, team_id=row.team_id)


@command(needs=Permission.APPROVE)
def approve_marker(acting: Acting, *, marker: UUID) -> Marker:
    """Approve a marker that somebody else gave.

    Raises:
        Refused: by its author, or when it is approved or ended already.
    """
    return MARKERS.approve(acting, marker=marker)


@command(needs=Permission.MARK)
def review_marker(
    acting: Acting, *, marker: UUID, keep: bool, reason: str, review_on: date | None = None,
    until: date | None = None, words: str | None = None,
) -> Marker:  # fmt: skip
    """Review a marker: keep it until a next review, or end it.

    Args:
        acting: who reviews.
        marker: id.
        keep: whether it goes on.
        reason: what was found, in words.
        review_on: the next review, where it goes on.
        until: the day on which it should end, where it goes on and one is known.
        words: what it says from now on, where that changes.

    Raises:
        Refused: with every reason.
    """
    return MARKERS.reviewed(
        acting, marker=marker, keep=keep, reason=reason, review_on=review_on, until=until, words=words
    )


@command(needs=Permission.MARK)
def end_marker(acting: Acting, *, marker: UUID, reason: str) -> Marker:
    """End a marker before its review, saying why.

    Raises:
        Refused: without a reason, or when it has ended already.
    """
    return MARKERS.end(acting, marker=marker, reason=reason)
