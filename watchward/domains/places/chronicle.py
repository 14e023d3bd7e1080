"""What others are told of places: the markers that stand on them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.db.models import QuerySet

from watchward.domains.places.models import PlaceMarker
from watchward.domains.places.vocabulary import MarkerKind
from watchward.foundation.acting import Acting
from watchward.foundation.chronicle.kinds import About, ChronicleKind, Says
from watchward.kernel.periods import day_ends


def _standing(acting: Acting) -> QuerySet[PlaceMarker]:
    return PlaceMarker.visible_to(acting).filter(ended_at__isnull=True)


def _says(_acting: Acting, markers: Sequence[PlaceMarker]) -> Iterable[Says]:
    for marker in markers:
        kind = MarkerKind(marker.kind)
        yield Says(
            source=marker.pk,
            about=[About("place", marker.place_id, "marked")],
            since=marker.since,
            # Past the day on which it ends a marker stands until somebody has reviewed it: it lapses into a review.
            until=None,
            due=day_ends(marker.review_on),
            stands=True,
            headline=_headline(kind.says, marker.words),
            detail=f"{marker.grounds.rstrip('. ')}. From {marker.source.rstrip('. ')}",
            state="stands" if marker.approver_id else "stands, not yet approved",
            flags=["warning", kind.value] if not kind.protects else [kind.value],
            reference=marker.reference,
            handling=marker.handling,
            team=marker.team_id,
        )


def _headline(says: str, words: str) -> str:
    """Return what is marked in words, once: many markers are written in the words of their kind."""
    return words if words.casefold().startswith(says.casefold()) else f"{says}: {words}"


MARKER = ChronicleKind(
    key="places.marker",
    title="What is marked at a place",
    source=PlaceMarker,
    live=_standing,
    says=_says,
    url="places:marker",
)
