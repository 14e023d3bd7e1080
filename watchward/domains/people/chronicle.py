"""What may be told of people: the markers that stand on them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.db.models import QuerySet

from watchward.domains.people.models import Marker
from watchward.domains.people.vocabulary import MarkerKind, Side
from watchward.foundation.acting import Acting
from watchward.foundation.chronicle.kinds import About, ChronicleKind, Says

_FLAGS = {
    MarkerKind.DA_VICTIM: ("domestic-abuse",),
    MarkerKind.DA_REPEAT_VICTIM: ("domestic-abuse", "repeat"),
    MarkerKind.DA_PERPETRATOR: ("domestic-abuse",),
    MarkerKind.CHILD_AT_RISK: ("child",),
    MarkerKind.CSE: ("child",),
    MarkerKind.MENTAL_DISORDER: ("mental-ill-health",),
    MarkerKind.SELF_HARM: ("mental-ill-health",),
}


def _live(acting: Acting) -> QuerySet[Marker]:
    """Return markers that have not been ended: one past its day stands until somebody reviews it."""
    return Marker.visible_to(acting).filter(ended_at__isnull=True)


def _says(acting: Acting, markers: Sequence[Marker]) -> Iterable[Says]:
    for marker in markers:
        kind = MarkerKind(marker.kind)
        yield Says(
            source=marker.pk,
            about=[About("person", marker.person_id, kind.side.value)],
            since=marker.since,
            headline=f"{kind.says}: {marker.words}",
            detail=f"Grounds: {marker.grounds}",
            stands=True,
            state="stands" if marker.approver_id else "not yet approved",
            harm=1 if kind.side is not Side.NEED else 0,
            flags=("warning", *_FLAGS.get(kind, ())) if kind.side is Side.WARNING else _FLAGS.get(kind, ()),
            handling=marker.handling,
            team=marker.team_id,
            opens=marker.person_id,
        )


MARKER = ChronicleKind(key="people.marker", title="Markers that stand on people", source=Marker, live=_live, says=_says)
