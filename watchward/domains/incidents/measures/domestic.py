"""How domestic abuse is answered, as an incident knows it: by its own qualifier."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from watchward.domains.incidents.measures.parts import ALSO, AREA, CONTROL_ROOM, GRADE, LIST, WHERE
from watchward.domains.incidents.models import Incident
from watchward.domains.incidents.vocabulary import Grade, Qualifier, Stage
from watchward.foundation.acting import Acting
from watchward.foundation.measures.declared import Share, Wanted


def _domestic(acting: Acting) -> QuerySet[Incident]:
    return Incident.visible_to(acting).filter(qualifiers__contains=[Qualifier.DOMESTIC_ABUSE.value])


_NOT_SETTLED = Q(at_scene_at__isnull=True) & ~Q(stage=Stage.CLOSED)

DOMESTIC_ATTENDED_FAST = Share(
    key="incidents.domestic-attended-fast",
    title="Domestic abuse attended as emergency or priority",
    asks="Of domestic abuse incidents, how many did somebody attend as Immediate or Priority?",
    source="Report line 86",
    theme="Prevent",
    rows=_domestic,
    date="rang_at",
    basis="domestic abuse incidents reported",
    noun=("incident", "incidents"),
    breakdowns=(AREA, GRADE, ALSO, WHERE),
    counted=Q(at_scene_at__isnull=False, grade__lte=Grade.PRIORITY),
    open=_NOT_SETTLED,
    still_open="still waiting",
    counts=("Attended, and graded Immediate or Priority when it was.",),
    **LIST,
)

DOMESTIC_BY_TELEPHONE = Share(
    key="incidents.domestic-by-telephone",
    title="Domestic abuse answered by telephone alone",
    asks="Of domestic abuse incidents, how many were closed with nobody there?",
    source="Report line 87",
    theme="Prevent",
    rows=_domestic,
    date="rang_at",
    basis="domestic abuse incidents reported",
    noun=("incident", "incidents"),
    breakdowns=(AREA, GRADE, ALSO, WHERE),
    counted=Q(at_scene_at__isnull=True, stage=Stage.CLOSED),
    open=_NOT_SETTLED,
    still_open="still waiting",
    wanted=Wanted.LOWER,
    owner=CONTROL_ROOM,
    counts=("Closed, and no unit was ever at scene.",),
    **LIST,
)
