"""What the pages of a place show: where it lies, what is marked there, what stands and what happened."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.urls import NoReverseMatch, reverse

from watchward.domains.places.queries import MarkerReview, Place, PlaceMarker
from watchward.domains.places.rules.geography import ward_names
from watchward.domains.places.vocabulary import MarkerKind
from watchward.foundation.chronicle.kinds import kinds
from watchward.foundation.chronicle.models import Line as Told
from watchward.foundation.records import Handling
from watchward.foundation.ui import words
from watchward.foundation.ui.parts import Hand, Line, Link, Mark, Piece, State, Strong
from watchward.kernel.periods import day_ends


@dataclass(frozen=True)
class PlacePage:
    """One place."""

    id: UUID
    address: str
    reference: str
    hand: Hand | None
    facts: tuple[Mark, ...]
    markers: tuple[Mark, ...]
    ended: tuple[Mark, ...]
    lines: tuple[Line, ...]
    hidden: str
    mark_url: str


@dataclass(frozen=True)
class ReviewPage:
    """One marker and the look that it owes."""

    title: str
    address: str
    place_url: str
    facts: tuple[Mark, ...]
    before: tuple[Mark, ...]
    state: State
    may_approve: bool
    why_not_approve: str


def hand(handling: int) -> Hand | None:
    """Return the badge of a record that is not open; a sealed one has none, whoever may see it."""
    return Hand("locked") if handling == Handling.LOCKED else None


def facts(place: Place) -> tuple[Mark, ...]:
    """Return where a place lies and how that is known."""
    ward = ward_names([place.ward]).get(place.ward, "")
    lies = ", ".join(part for part in (ward, place.area.name if place.area else "") if part)
    urban = {True: "urban", False: "rural", None: "nobody has said whether it is urban"}[place.urban]
    return (
        Mark("Address", place.full_address),
        Mark("Lies in", f"{lies}, {urban}" if lies else "not known", quiet=not lies),
        Mark(
            "Position",
            f"{place.easting} {place.northing}, from {'a fix' if place.position_from == 'given' else 'its postcode'}"
            if place.easting is not None else "not known",
            quiet=place.easting is None,
        ),
    )  # fmt: skip


def review_state(due: datetime, at: datetime) -> State:
    """Return how a review stands."""
    return State(words.left(due, at), "late" if at > due else "ok")


def marked(marker: PlaceMarker, review: MarkerReview | None, at: datetime, *, may_review: bool) -> Mark:
    """Return a marker that stands, with its grounds, whose it is, and the look that it owes."""
    approved = f"approved by {marker.approver.display_name}" if marker.approver else "not yet approved"
    beneath: tuple[Piece, ...] = (
        f"{marker.grounds.rstrip('. ')}. From {marker.source.rstrip('. ')}. ",
        f"{marker.author.display_name}, {words.day_year(marker.since)}, {approved}. ",
    )
    if review is not None:
        said = f"{'Review' if may_review else 'Reviewed'} by {words.day_year(marker.review_on)}"
        beneath = (*beneath, Link(said, reverse("places:review", args=[review.pk])))
    kind = MarkerKind(marker.kind)
    late = review is not None and at > day_ends(review.due_on)
    word: str | State = State("Review late", "late") if late else ("Protect" if kind.protects else "Warning")
    return Mark(word, (Strong(f"{kind.says}: "), marker.words), beneath)


def ended(rows: Iterable[PlaceMarker]) -> tuple[Mark, ...]:
    """Return the markers that were ended, each with the reason."""
    return tuple(
        Mark(words.day_year(row.ended_at), f"{MarkerKind(row.kind).says}: {row.words}", f"Ended: {row.ended_words}")
        for row in rows
        if row.ended_at is not None
    )


def lines(told: Iterable[Told]) -> tuple[Line, ...]:
    """Return what stands and what happened about a place."""
    return tuple(
        Line(
            row.since,
            row.headline,
            url=_url(row),
            beneath=row.detail,
            state=State(row.state, "ok" if row.stands else "none") if row.state else hand(row.handling),
            harm=bool(row.harm),
        )
        for row in told
    )


def _url(row: Told) -> str:
    kind = kinds.get(row.kind)
    if kind is None or not kind.url:
        return ""
    try:
        return reverse(kind.url, args=[row.source])
    except NoReverseMatch:
        return ""


def marker_facts(marker: PlaceMarker) -> tuple[Mark, ...]:
    """Return what a marker says, on what grounds, from where and by whom."""
    approved = marker.approver.display_name if marker.approver else "nobody yet"
    return (
        Mark("Says", (Strong(f"{MarkerKind(marker.kind).says}: "), marker.words)),
        Mark("Grounds", marker.grounds),
        Mark("From", marker.source),
        Mark("By", f"{marker.author.display_name}, {words.day_year(marker.since)}"),
        Mark("Approved", f"by {approved}", quiet=marker.approver is None),
        Mark("Ends", words.day_year(marker.until) if marker.until else "when it is ended", quiet=marker.until is None),
        *((Mark("Ended", f"{words.day_year(marker.ended_at)}: {marker.ended_words}"),) if marker.ended_at else ()),
    )


def reviews(rows: Iterable[MarkerReview]) -> tuple[Mark, ...]:
    """Return the looks that were had before."""
    return tuple(
        Mark(
            words.day_year(row.done_at),
            f"{'Kept' if row.kept else 'Ended'}: {row.words}",
            row.done_by.display_name if row.done_by else "",
        )
        for row in rows
        if row.done_at is not None
    )
