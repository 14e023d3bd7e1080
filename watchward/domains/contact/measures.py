"""What is counted of calls: how soon they are answered, and whether the three identifications are made."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from watchward.domains.contact import rules
from watchward.domains.contact.models import Call, Identification
from watchward.domains.contact.vocabulary import Answer, Line, Permission, Which
from watchward.domains.organisation import queries as organisation
from watchward.foundation.acting import Acting
from watchward.foundation.measures.declared import Dimension, Share, Tell, Wanted
from watchward.foundation.ui.words import lasting, stamp

CONTROL_ROOM = "force-incident-manager"
"""Key of the team that explains what happens to calls."""


def _areas(acting: Acting) -> Mapping[str, str]:
    return organisation.area_titles(acting)


def _lines(_acting: Acting) -> Mapping[str, str]:
    return {line.value: line.words for line in Line}


AREA = Dimension(
    key="area", title="Area", of="incident__area__key", words=_areas, missing="Area not recorded, or no incident"
)
LINE = Dimension(key="line", title="Line", of="line", words=_lines)


def _answered(acting: Acting) -> QuerySet[Call]:
    return Call.visible_to(acting).filter(abandoned=False)


def _rang(line: Line) -> Any:
    def rows(acting: Acting) -> QuerySet[Call]:
        return Call.visible_to(acting).filter(line=line)

    return rows


def _waited(call: Call) -> str:
    if call.answered_at is None:
        return "abandoned"
    return f"answered after {lasting(call.answered_at - call.rang_at)}"


LIST: dict[str, Any] = {
    "theme": "Contact",
    "date": "rang_at",
    "noun": ("call", "calls"),
    "needs": Permission.READ,
    "columns": (
        Tell("Rang", lambda row: stamp(row.rang_at)),
        Tell("Line", lambda row: Line(row.line).words),
        Tell("Answered", _waited),
    ),
    "url": "contact:call",
}
"""What the list behind a figure says of a call."""

BY_ANSWERS: dict[str, Any] = {"tied_by": {Identification._meta.db_table: "call_id"}}
"""What is found out on a call decides about that call alone."""

IN_SECONDS = 10
ANSWERED_IN_TIME = Share(
    key="contact.emergency-answered",
    title=f"999 calls answered within {IN_SECONDS} seconds",
    asks=f"Of 999 calls, how many were answered within {IN_SECONDS} seconds?",
    source="National expectation: nine in ten within ten seconds; report line 77",
    rows=_rang(Line.EMERGENCY),
    basis="999 calls",
    breakdowns=(AREA,),
    counted=Q(answered_at__lte=F("rang_at") + timedelta(seconds=IN_SECONDS)),
    wanted=Wanted.HIGHER,
    owner=CONTROL_ROOM,
    counts=("From when it rang until somebody answered.", "An abandoned call was not answered."),
    **LIST,
)

ABANDONED = Share(
    key="contact.abandoned",
    title="101 calls abandoned",
    asks="Of 101 calls, how many ended before anybody answered?",
    source="Report line 77",
    rows=_rang(Line.NON_EMERGENCY),
    basis="101 calls",
    breakdowns=(AREA,),
    counted=Q(abandoned=True),
    wanted=Wanted.LOWER,
    owner=CONTROL_ROOM,
    counts=("The caller ended the call before anybody answered.",),
    tile=False,
    **LIST,
)


def _with_all(acting: Acting) -> Q:
    """Return the condition that each of the three was answered."""
    return Q(*(_with(which)(acting) for which in Which))


def _with(which: Which, *answers: Answer) -> Any:
    # Asked of each call by its index: all calls with an answer are too many to be gone through for each one.
    def condition(acting: Acting) -> Exists:
        rows = Identification.visible_to(acting).filter(which=which, call=OuterRef("pk"))
        return Exists(rows.filter(answer__in=answers) if answers else rows)

    return condition


IDENTIFIED = Share(
    key="contact.identified",
    title="Calls with all three identifications",
    asks="On how many calls was it found out whether they are a repeat victim, abused at home, or mentally unwell?",
    source="Report line 71",
    law=rules.IDENTIFY,
    rows=_answered,
    basis="calls answered",
    breakdowns=(AREA, LINE),
    counted=_with_all,
    wanted=Wanted.HIGHER,
    owner=CONTROL_ROOM,
    counts=(
        "Counts calls with an answer to each of the three.",
        "That it could not be known is an answer; silence is not.",
    ),
    **LIST,
    **BY_ANSWERS,
)

_ASKED = {
    Which.REPEAT_VICTIM: "whether they are a repeat victim",
    Which.DOMESTIC_ABUSE: "whether they are abused at home",
    Which.MENTAL_ILL_HEALTH: "whether they are mentally unwell",
}

ASKED = tuple(
    Share(
        key=f"contact.asked-{which.value}",
        title=f"{which.words}: found out on the call",
        asks=f"On how many calls was it found out {words}?",
        source="Report line 71",
        law=rules.IDENTIFY,
        rows=_answered,
        basis="calls answered",
        breakdowns=(AREA, LINE),
        counted=_with(which),
        wanted=Wanted.HIGHER,
        owner=CONTROL_ROOM,
        counts=("Counts calls with an answer: yes, no, or that it could not be known.",),
        tile=False,
        **LIST,
        **BY_ANSWERS,
    )
    for which, words in _ASKED.items()
)

FOUND = tuple(
    Share(
        key=f"contact.found-{which.value}",
        title=f"{which.words}: identified",
        asks=f"On how many calls is the answer yes, when it is asked {words}?",
        source="Report line 71",
        rows=_answered,
        basis="calls answered",
        breakdowns=(AREA, LINE),
        counted=_with(which, Answer.YES),
        counts=("Counts calls on which the answer is yes. It tells demand, and no way of it is better.",),
        tile=False,
        **LIST,
        **BY_ANSWERS,
    )
    for which, words in _ASKED.items()
)
