"""Care for those who wait past their target: assessed again, and rung back."""

from __future__ import annotations

from typing import Any

from django.db.models import F, Q, QuerySet

from watchward.domains.incidents.measures.parts import CONTROL_ROOM, areas, grades
from watchward.domains.incidents.models import Delay
from watchward.domains.incidents.rules import response as rules
from watchward.domains.incidents.vocabulary import Permission
from watchward.foundation.acting import Acting
from watchward.foundation.measures.declared import Dimension, Share, Tell, Wanted
from watchward.foundation.ui.words import stamp


def _owed_again(acting: Acting) -> QuerySet[Delay]:
    """Return delays that owed a re-assessment: those that ended before it was due owed none any more."""
    over = Q(reassessed_at__isnull=True, ended_at__lte=F("reassess_by"))
    return Delay.visible_to(acting).exclude(over)


def _owed_a_call(acting: Acting) -> QuerySet[Delay]:
    over = Q(recontacted_at__isnull=True, incident__at_scene_at__lte=F("recontact_by"))
    closed = Q(recontacted_at__isnull=True, incident__closed_at__lte=F("recontact_by"))
    return Delay.visible_to(acting).filter(recontact_by__isnull=False).exclude(over).exclude(closed)


def _may_still_be_rung(acting: Acting) -> Q:
    waits = Q(incident__at_scene_at__isnull=True, incident__closed_at__isnull=True)
    return waits & Q(recontacted_at__isnull=True, recontact_by__gte=acting.at)


OF_DELAY: dict[str, Any] = {
    "theme": "Contact",
    "date": "since",
    "law": rules.DELAY,
    "noun": ("delay", "delays"),
    "breakdowns": (
        Dimension(key="area", title="Area", of="incident__area__key", words=areas, missing="Area not recorded"),
        Dimension(key="grade", title="Grade", of="incident__grade", words=grades, ordered=True),
        Dimension(key="harm", title="Harm when it was delayed", of="harm"),
    ),
    "wanted": Wanted.HIGHER,
    "owner": CONTROL_ROOM,
    "needs": Permission.READ,
    "joins": ("incident", "incident__area"),
    "record": lambda row: row.incident_id,
    "reference": lambda row: str(row.incident.reference),
    "url": "incidents:one",
}
"""What measures of delays have in common: a delay is opened as its incident."""

REASSESSED = Share(
    key="incidents.reassessed-in-time",
    title="Delayed incidents re-assessed in time",
    asks="Of incidents that stood past their target, how many were assessed again in time?",
    source="Force policy on delayed incidents; report line 79",
    rows=_owed_again,
    basis="delays that owed a re-assessment, begun",
    counted=Q(reassessed_at__lte=F("reassess_by")),
    open=lambda acting: Q(reassessed_at__isnull=True, ended_at__isnull=True, reassess_by__gte=acting.at),
    still_open="not yet due",
    counts=(
        "Each time that an incident stood past its target with nobody there.",
        "Not among them: those that ended before the re-assessment was due.",
    ),
    columns=(
        Tell("Delayed", lambda row: stamp(row.since)),
        Tell("Due again", lambda row: stamp(row.reassess_by)),
        Tell("Assessed again", lambda row: stamp(row.reassessed_at) if row.reassessed_at else "not"),
        Tell("Area", lambda row: row.incident.area.name if row.incident.area else "Not recorded"),
    ),
    **OF_DELAY,
)

RUNG_BACK = Share(
    key="incidents.rung-back-in-time",
    title="Those who wait rung back in time",
    asks="Of those who waited past their target, how many were rung back in time?",
    source="Force policy on delayed incidents; report line 79",
    rows=_owed_a_call,
    basis="delays that owed a call back, begun",
    counted=Q(recontacted_at__lte=F("recontact_by")),
    open=_may_still_be_rung,
    still_open="not yet due",
    tile=False,
    counts=(
        "Each time that an incident stood past its target with nobody there.",
        "Not among them: those reached or closed before the call was due.",
    ),
    columns=(
        Tell("Delayed", lambda row: stamp(row.since)),
        Tell("Call due", lambda row: stamp(row.recontact_by) if row.recontact_by else "not"),
        Tell("Rung back", lambda row: stamp(row.recontacted_at) if row.recontacted_at else "not"),
        Tell("Area", lambda row: row.incident.area.name if row.incident.area else "Not recorded"),
    ),
    **OF_DELAY,
)
