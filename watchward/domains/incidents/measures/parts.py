"""What the measures of incidents have in common: what they are counted by, and what is said of one incident."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from watchward.domains.incidents.models import Incident
from watchward.domains.incidents.vocabulary import Grade, Kind, Permission, Qualifier, Stage
from watchward.domains.organisation import queries as organisation
from watchward.foundation.acting import Acting
from watchward.foundation.measures.declared import Dimension, Tell
from watchward.foundation.ui.words import lasting, stamp

RESPONSE = "Force response policy; report line 80"
CONTROL_ROOM = "force-incident-manager"
"""Key of the team that explains what the board's measures do."""


def areas(acting: Acting) -> Mapping[str, str]:
    return organisation.area_titles(acting)


def grades(_acting: Acting) -> Mapping[str, str]:
    return {str(grade.value): grade.word for grade in Grade}


def _qualifiers(_acting: Acting) -> Mapping[str, str]:
    return {each.value: each.label for each in Qualifier}


def _kinds(_acting: Acting) -> Mapping[str, str]:
    return {each.value: each.label for each in Kind}


def _where(_acting: Acting) -> Mapping[str, str]:
    return {"true": "Urban", "false": "Rural"}


AREA = Dimension(key="area", title="Area", of="area__key", words=areas, missing="Area not recorded")
GRADE = Dimension(key="grade", title="Grade", of="grade", words=grades, ordered=True)
ALSO = Dimension(
    key="also", title="Vulnerability and more", of="qualifiers", words=_qualifiers, missing="None of these",
    overlaps=True,
)  # fmt: skip
KIND = Dimension(key="kind", title="Kind", of="kind", words=_kinds)
WHERE = Dimension(key="urban", title="Urban or rural", of="urban", words=_where, missing="Not known")
BY = (AREA, GRADE, ALSO, KIND, WHERE)


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
