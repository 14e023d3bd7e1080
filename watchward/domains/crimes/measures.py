"""What is counted of crimes: how they end, on both bases, and whether they are recorded in time."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db.models import F, Q, QuerySet

from watchward.domains.crimes.models import Crime, Outcome
from watchward.domains.crimes.rules import recording
from watchward.domains.crimes.vocabulary import OutcomeState, Permission, Stage
from watchward.domains.offences.vocabulary import Flag, OffenceGroup
from watchward.domains.organisation import queries as organisation
from watchward.foundation.acting import Acting
from watchward.foundation.measures.declared import Comparison, Dimension, Share, Tell, Wanted
from watchward.foundation.ui.words import day_year, stamp

CHARGED = ("1", "1A")
YEAR = {"first": date(2018, 7, 1), "last": date(2019, 6, 30)}


def _areas(acting: Acting) -> Mapping[str, str]:
    return organisation.area_titles(acting)


def _flags(_acting: Acting) -> Mapping[str, str]:
    return {flag.value: flag.value for flag in Flag}


AREA = Dimension(key="area", title="Area", of="area__key", words=_areas, missing="Area not recorded")
OFFENCE = Dimension(key="group", title="Group of offences", of="offence_group")
FLAG = Dimension(key="flag", title="Flag", of="flags", words=_flags, missing="Nothing flagged", overlaps=True)


def _recorded(acting: Acting) -> QuerySet[Crime]:
    """Return recorded crimes, without those that were cancelled and without fraud, which the national body counts."""
    rows = Crime.visible_to(acting).exclude(stage=Stage.CANCELLED)
    return rows.exclude(offence_group=OffenceGroup.FRAUD)


def _ended(acting: Acting) -> QuerySet[Outcome]:
    """Return the outcomes that stand, of the same crimes, whenever these were recorded."""
    return Outcome.visible_to(acting).filter(state=OutcomeState.GIVEN, crime__in=_recorded(acting))


LIST: dict[str, Any] = {
    "theme": "Solve",
    "noun": ("crime", "crimes"),
    "needs": Permission.READ,
    "columns": (
        Tell("Recorded", lambda row: stamp(row.recorded_at)),
        Tell("Offence", lambda row: row.offence_words),
        Tell("Outcome", lambda row: row.outcome or row.stage),
    ),
    "url": "crimes:one",
}
"""What the list behind a figure says of a crime."""

OF_RECORDED: dict[str, Any] = {
    "rows": _recorded,
    "date": "recorded_on",
    "basis": "crimes recorded, without fraud",
    "breakdowns": (AREA, OFFENCE, FLAG),
    "open": Q(outcome=""),
    "still_open": "without an outcome yet",
    **LIST,
}
OF_ENDED: dict[str, Any] = {
    **LIST,
    "rows": _ended,
    "date": "given_at",
    "basis": "outcomes recorded, whenever the crime was, without fraud",
    "noun": ("outcome", "outcomes"),
    "breakdowns": (
        Dimension(key="area", title="Area", of="crime__area__key", words=_areas, missing="Area not recorded"),
        Dimension(key="outcome", title="Outcome", of="code"),
    ),
    "joins": ("crime",),
    "tied_to": {Crime._meta.db_table: "crime"},
    "columns": (
        Tell("Entered", lambda row: stamp(row.given_at)),
        Tell("Offence", lambda row: row.crime.offence_words),
        Tell("Outcome", lambda row: f"{row.code}, {day_year(row.decided_on)}"),
    ),
    "record": lambda row: row.crime_id,
    "reference": lambda row: row.crime.reference,
}

CHARGE_RATE = Share(
    key="crimes.charged",
    title="Crimes that led to a charge",
    asks="Of the crimes recorded, how many have led to a charge or summons so far?",
    source="Home Office, crime outcomes, by crimes recorded in the period; report line 30",
    counted=Q(outcome__in=CHARGED),
    wanted=Wanted.HIGHER,
    counts=(
        "Outcomes 1 and 1A, of crimes recorded in the period.",
        "Fraud and cancelled crimes are in neither number.",
        "Which of the two bases the inspectorate used is not said: both stand here.",
    ),
    compares=(Comparison(who="England and Wales", value=7.7, source="PEEL report, line 30", **YEAR),),
    beside="crimes.charged-outcomes",
    **OF_RECORDED,
)

CHARGE_RATE_BY_OUTCOME = Share(
    key="crimes.charged-outcomes",
    title="Outcomes that are a charge",
    asks="Of the outcomes recorded, how many are a charge or summons?",
    source="Home Office, crime outcomes, by outcomes recorded in the period; report line 30",
    counted=Q(code__in=CHARGED),
    wanted=Wanted.HIGHER,
    counts=("Outcomes 1 and 1A, of outcomes entered in the period and still standing.", "A reopened crime has none."),
    beside="crimes.charged",
    tile=False,
    **OF_ENDED,
)

WITHDRAWN = Share(
    key="crimes.no-support",
    title="Suspect named, victim does not support action (outcome 16)",
    asks="Of the crimes recorded, in how many was a suspect named and the victim did not support action?",
    source="Report line 30: outcome 16 alone, by its words",
    counted=Q(outcome="16"),
    wanted=Wanted.LOWER,
    counts=("Outcome 16 alone: outcome 14 has no suspect.", "Fraud and cancelled crimes are in neither number."),
    compares=(Comparison(who="England and Wales", value=18.0, source="PEEL report, line 30", **YEAR),),
    beside="crimes.no-support-either",
    **OF_RECORDED,
)

WITHDRAWN_EITHER = Share(
    key="crimes.no-support-either",
    title="Victim does not support action (outcomes 14 and 16)",
    asks="Of the crimes recorded, in how many did the victim not support action, whether a suspect was named or not?",
    source="Home Office, crime outcomes: evidential difficulties, victim does not support action",
    counted=Q(outcome__in=("14", "16")),
    wanted=Wanted.LOWER,
    counts=("Outcomes 14 and 16 together, as the Home Office's tables count them.",),
    beside="crimes.no-support",
    tile=False,
    **OF_RECORDED,
)

IN_TIME = Share(
    key="crimes.recorded-in-time",
    title="Crimes recorded within the limit",
    asks="Of the crimes recorded, how many were recorded within the limit of the counting rules?",
    source="Home Office Counting Rules, General Rules A: 24 hours since April 2015",
    counted=Q(recorded_at__lte=F("limit_at")),
    wanted=Wanted.HIGHER,
    owner="crime-desk",
    law=recording.RECORD_BY,
    counts=("From the first report by any route until the crime was recorded.", "The limit of the day of the report."),
    **{**OF_RECORDED, "open": None},
)
