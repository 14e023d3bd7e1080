"""Putting up markers on telephone numbers, approving them, and looking at them again."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from watchward.domains.objects.models import NumberMarker, TelephoneNumber
from watchward.domains.objects.queries import MARKERS
from watchward.domains.objects.vocabulary import MarkerKind, Permission
from watchward.foundation.acting import Acting
from watchward.foundation.commands import command
from watchward.foundation.markers.rules import Said
from watchward.foundation.records import Handling, get
from watchward.foundation.reference.numbers import next_reference
from watchward.kernel.refusals import Refusal, refuse_if


@command(needs=Permission.MARK)
def mark_number(
    acting: Acting, *, number: UUID, kind: MarkerKind | str, words: str, source: str, grounds: str = "",
    until: date | None = None, review_on: date | None = None, handling: Handling = Handling.OPEN,
) -> NumberMarker:  # fmt: skip
    """Mark a telephone number for whoever answers a call from it.

    Args:
        acting: who acts, its author.
        number: its id.
        kind: what it warns of or asks for.
        words: what whoever answers must know, in a sentence.
        source: where this comes from: an incident, a partner, the hub.
        grounds: why the number is marked; the words and the source when not said.
        until: the day on which it ends, if one is known; it then owes a review and stands until that is done.
        review_on: the day on which it is looked at again.
        handling: open, locked or sealed; the number itself is open to all, what is said of it need not be.

    Raises:
        Refused: words, grounds, source or the day of review are missing; such a marker stands already; or somebody
            in no team would lock or seal it.
        NotHere: there is no such number.
    """
    at = get(acting, TelephoneNumber, number)
    grounds = grounds or f"{words.strip()} ({source.strip()})"
    said = Said(kind=kind, words=words, grounds=grounds, source=source, until=until, review_on=review_on)
    reasons = list(MARKERS.why_not_mark(acting, said, once_on=number))
    if handling != Handling.OPEN and acting.team is None:
        reasons.append(Refusal("Only a team can keep what others may not see.", field="handling"))
    refuse_if(reasons)
    return MARKERS.put_up(
        acting, said, number=at, reference=next_reference(acting, "M"), made_at=acting.at,
        handling=Handling(handling), team_id=acting.team,
    )  # fmt: skip


@command(needs=Permission.APPROVE)
def approve_marker(acting: Acting, *, marker: UUID, version: int | None = None) -> NumberMarker:
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
) -> NumberMarker:  # fmt: skip
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
