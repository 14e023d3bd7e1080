"""What others may be told of incidents: a line about its people and its place, which stands until it is closed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.db.models import Exists, OuterRef, Q, QuerySet

from watchward.domains.incidents.models import Delay, Incident, Involvement
from watchward.domains.incidents.vocabulary import Grade, Kind, Level, Qualifier, Stage
from watchward.foundation.acting import Acting
from watchward.foundation.chronicle.kinds import About, ChronicleKind, Follows, Says
from watchward.foundation.ui.words import lasting


def _all(acting: Acting) -> QuerySet[Incident]:
    return Incident.visible_to(acting).prefetch_related("involved")


_FLAGS = {
    Qualifier.DOMESTIC_ABUSE: "domestic-abuse",
    Qualifier.MENTAL_ILL_HEALTH: "mental-ill-health",
    Qualifier.REPEAT_VICTIM: "repeat",
    Qualifier.CHILD: "child",
}


def _response(incident: Incident) -> str:
    """Return how it was answered, in a line."""
    if incident.at_scene_at is None:
        if incident.stage == Stage.DELAYED:
            return f"{Grade(incident.grade).word}. Delayed, nobody there yet"
        return (
            f"{Grade(incident.grade).word}. {incident.why_nobody_went}"
            if incident.closed_at
            else Grade(incident.grade).word
        )
    took = lasting(incident.at_scene_at - incident.clock_from)
    late = incident.target_at is not None and incident.at_scene_at > incident.target_at
    return f"{'Delayed, attended' if late else 'Attended'} after {took}"


def _harm(incident: Incident) -> int:
    if incident.stage == Stage.CLOSED:
        return 0
    if incident.stage == Stage.DELAYED:
        return 2
    return 1 if incident.harm == Level.HIGH else 0


def _says(_acting: Acting, incidents: Sequence[Incident]) -> Iterable[Says]:
    for incident in incidents:
        about = [About("person", row.person_id, row.part) for row in incident.involved.all()]
        if incident.place_id:
            about.append(About("place", incident.place_id, "where"))
        kind = Kind(incident.closed_as or incident.kind)
        detail = _response(incident) + (f". {incident.outcome}" if incident.outcome else "")
        yield Says(
            source=incident.pk,
            about=about,
            since=incident.rang_at,
            until=incident.closed_at,
            stands=incident.closed_at is None,
            headline=f"{kind.label}: {incident.what}",
            detail=detail,
            due=incident.target_at if incident.closed_at is None and incident.at_scene_at is None else None,
            state=incident.stage,
            harm=_harm(incident),
            flags=[_FLAGS[Qualifier(key)] for key in incident.qualifiers if Qualifier(key) in _FLAGS],
            reference=incident.reference,
            handling=incident.handling,
            team=incident.team_id,
        )


INCIDENT = ChronicleKind(
    key="incidents.incident",
    title="Incidents in which somebody had a part, or at a place",
    source=Incident,
    live=_all,
    says=_says,
    follows=(Follows(Involvement, "incident_id"), Follows(Delay, "incident_id")),
    mute=Q(place__isnull=True) & ~Exists(Involvement.objects.filter(incident=OuterRef("pk"))),
    url="incidents:one",
)
