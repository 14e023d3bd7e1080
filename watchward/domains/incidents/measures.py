"""What is counted of incidents: how many, how soon somebody was there, and care for those who waited."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db.models import DurationField, ExpressionWrapper, F, Q, QuerySet
from django.db.models.functions import Extract

from watchward.domains.incidents.models import Incident
from watchward.domains.incidents.vocabulary import Grade, Kind, Permission, Qualifier, Stage
from watchward.domains.organisation import queries as organisation
from watchward.foundation.acting import Acting
from watchward.foundation.measures.declared import Dimension, Rate, Share, Tell, Wanted
from watchward.foundation.ui.words import lasting, stamp

RESPONSE = "Force response policy; report line 80"
CONTROL_ROOM = "force-incident-manager"
"""Key of the team that explains what the board's measures do."""


def _areas(acting: Acting) -> Mapping[str, str]:
    return organisation.area_titles(acting)


def _grades(_acting: Acting) -> Mapping[str, str]:
    return {str(grade.value): grade.word for grade in Grade}


def _qualifiers(_acting: Acting) -> Mapping[str, str]:
    return {each.value: each.label for each in Qualifier}


def _kinds(_acting: Acting) -> Mapping[str, str]:
    return {each.value: each.label for each in Kind}


def _where(_acting: Acting) -> Mapping[str, str]:
    return {"true": "Urban", "false": "Rural"}


AREA = Dimension(key="area", title="Area", of="area__key", words=_areas, missing="Area not recorded")
GRADE = Dimension(key="grade", title="Grade", of="grade", words=_grades, ordered=True)
ALSO = Dimension(
    key="also", title="Vulnerability and more", of="qualifiers", words=_qualifiers, missing="None of these",
    overlaps=True,
)  # fmt: skip
KIND = Dimension(key="kind", title="Kind", of="kind", words=_kinds)
WHERE = Dimension(key="urban", title="Urban or rural", of="urban", words=_where, missing="Not known")
BY = (AREA, GRADE, ALSO, KIND, WHERE)


def _reported(acting: Acting) -> QuerySet[Incident]:
    return Incident.visible_to(acting)


def _to_attend(acting: Acting) -> QuerySet[Incident]:
    """Return incidents to which somebody had to go, and that did not end before anybody was due with nobody there."""
    unneeded = Q(stage=Stage.CLOSED, at_scene_at__isnull=True, closed_at__lte=F("target_at"))
    return Incident.visible_to(acting).filter(target_at__isnull=False).exclude(unneeded)


def _emergencies(acting: Acting) -> QuerySet[Incident]:
    return _to_attend(acting).filter(grade=Grade.IMMEDIATE)


def _priorities(acting: Acting) -> QuerySet[Incident]:
    return _to_attend(acting).filter(grade=Grade.PRIORITY)


IN_TIME = Q(at_scene_at__lte=F("target_at"))


def _may_still_be(acting: Acting) -> Q:
    """Return the condition that somebody may still be there in time."""
    return Q(at_scene_at__isnull=True, target_at__gte=acting.at) & ~Q(stage=Stage.CLOSED)


_TOOK = Extract(ExpressionWrapper(F("at_scene_at") - F("clock_from"), output_field=DurationField()), "epoch") / 60.0


def _response(row: Incident) -> str:
    if row.at_scene_at is None:
        return "nobody there yet" if row.stage != Stage.CLOSED else "closed with nobody there"
    return lasting(row.at_scene_at - row.clock_from)


LIST: dict[str, Any] = {
    "needs": Permission.READ,
    "joins": ("area",),
    "columns": (
        Tell("Reported", lambda row: stamp(row.rang_at)),
        Tell("Grade", lambda row: Grade(row.grade).word),
        Tell("Kind", lambda row: Kind(row.kind).label),
        Tell("Area", lambda row: row.area.name if row.area else "Not recorded"),
        Tell("There after", _response),
    ),
    "url": "incidents:one",
}
"""What the list behind a figure says of an incident."""

TARGET = (
    "In time: the first unit was at scene by the target that stood.",
    "The target is that of its grade, from the moment from which the policy of the day counts.",
    "Not among them: closed before its target with nobody there, because nobody needed to go any more.",
)

REPORTED = Rate(
    key="incidents.reported",
    title="Incidents reported",
    asks="How much is asked of the force?",
    source="Report line 60: patterns by community",
    theme="Contact",
    rows=_reported,
    date="rang_at",
    basis="incidents reported",
    noun=("incident", "incidents"),
    breakdowns=BY,
    counts=("Every incident, whatever its grade, by the day on which it was reported.",),
    **LIST,
)

EMERGENCIES_IN_TIME = Share(
    key="incidents.emergencies-in-time",
    title="Emergencies attended in time",
    asks="Of incidents graded Immediate, how many did somebody reach by the target?",
    source=RESPONSE,
    theme="Contact",
    rows=_emergencies,
    date="rang_at",
    basis="incidents graded Immediate, reported",
    noun=("incident", "incidents"),
    breakdowns=(AREA, ALSO, KIND, WHERE),
    counted=IN_TIME,
    open=_may_still_be,
    still_open="still waiting in time",
    wanted=Wanted.HIGHER,
    owner=CONTROL_ROOM,
    counts=TARGET,
    **LIST,
)
