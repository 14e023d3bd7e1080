"""What others are told of a room's markers: those that stand."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.db.models import QuerySet

from watchward.foundation.acting import Acting
from watchward.foundation.chronicle.kinds import About, ChronicleKind, Says
from watchward.foundation.markers.room import Room
from watchward.foundation.markers.rules import Word
from watchward.kernel.periods import day_ends


def standing_markers(room: Room[Any], title: str) -> ChronicleKind:
    """Return the kind of line that tells of a room's markers.

    Args:
        room: whose.
        title: what such a line tells, in words.
    """

    def live(acting: Acting) -> QuerySet[Any]:
        """Return the markers that were not ended: one past its day stands until somebody has looked at it."""
        rows: QuerySet[Any] = room.markers.visible_to(acting)
        return rows.filter(ended_at__isnull=True)

    def says(_acting: Acting, markers: Sequence[Any]) -> Iterable[Says]:
        for marker in markers:
            kind = room.kind(marker)
            yield Says(
                source=marker.pk,
                about=[About(room.subject, room.about(marker), kind.role)],
                since=marker.since,
                # Past the day on which it ends a marker stands until somebody has looked: it lapses into a review.
                until=None,
                due=day_ends(marker.review_on),
                stands=True,
                headline=_headline(kind, marker.words),
                detail=f"{marker.grounds.rstrip('. ')}. From {marker.source}" if marker.source else marker.grounds,
                state="stands" if marker.approver_id else "stands, not yet approved",
                harm=kind.weight - 1,
                flags=kind.flags,
                reference=getattr(marker, "reference", ""),
                handling=marker.handling,
                team=marker.team_id,
                opens=room.opens(marker),
            )

    return ChronicleKind(
        key=f"{room.app}.marker", title=title, source=room.markers, live=live, says=says, url=f"{room.app}:marker"
    )


def _headline(kind: Word, words: str) -> str:
    """Return what is marked in words, once: many markers are written in the words of their kind."""
    return words if words.casefold().startswith(kind.says.casefold()) else f"{kind.says}: {words}"
