"""How many incidents there are, and how soon somebody was there."""

from __future__ import annotations

from typing import Any

from django.db.models import F, Q, QuerySet

from watchward.domains.incidents.measures.parts import ALSO, AREA, BY, CONTROL_ROOM, KIND, LIST, RESPONSE, WHERE
from watchward.domains.incidents.models import Incident
from watchward.domains.incidents.rules import response as rules
from watchward.domains.incidents.vocabulary import Grade, Qualifier, Stage
from watchward.foundation.acting import Acting
from watchward.foundation.measures.counting import lasted
from watchward.foundation.measures.declared import Rate, Share, Spread, Wanted


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


_TOOK = lasted("clock_from", "at_scene_at")


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
    law=rules.RESPONSE,
    open=_may_still_be,
    still_open="still waiting in time",
    wanted=Wanted.HIGHER,
    owner=CONTROL_ROOM,
    counts=TARGET,
    **LIST,
)

PRIORITIES_IN_TIME = Share(
    key="incidents.priorities-in-time",
    title="Priority incidents attended in time",
    asks="Of incidents graded Priority, how many did somebody reach by the target?",
    source=RESPONSE,
    theme="Contact",
    rows=_priorities,
    date="rang_at",
    basis="incidents graded Priority, reported",
    noun=("incident", "incidents"),
    breakdowns=(AREA, ALSO, KIND, WHERE),
    counted=IN_TIME,
    law=rules.RESPONSE,
    open=_may_still_be,
    still_open="still waiting in time",
    wanted=Wanted.HIGHER,
    owner=CONTROL_ROOM,
    counts=TARGET,
    **LIST,
)

IN_TIME_BY_GRADE = Share(
    key="incidents.attended-in-time",
    title="Incidents attended in time, all grades",
    asks="Of incidents to which somebody was to go, how many did somebody reach by the target?",
    source=RESPONSE,
    theme="Contact",
    rows=_to_attend,
    date="rang_at",
    basis="incidents to attend, reported",
    noun=("incident", "incidents"),
    breakdowns=BY,
    counted=IN_TIME,
    law=rules.RESPONSE,
    open=_may_still_be,
    still_open="still waiting in time",
    wanted=Wanted.HIGHER,
    owner=CONTROL_ROOM,
    counts=TARGET,
    tile=False,
    **LIST,
)

FLAGGED = (
    Qualifier.VULNERABLE, Qualifier.DOMESTIC_ABUSE, Qualifier.MENTAL_ILL_HEALTH, Qualifier.REPEAT_VICTIM,
    Qualifier.CHILD,
)  # fmt: skip
"""What makes an incident one with somebody vulnerable."""


def _vulnerable(acting: Acting) -> QuerySet[Incident]:
    return _to_attend(acting).filter(qualifiers__overlap=[each.value for each in FLAGGED])


VULNERABLE_IN_TIME = Share(
    key="incidents.vulnerable-in-time",
    title="Incidents with somebody vulnerable attended in time",
    asks="Of incidents with somebody vulnerable, how many did somebody reach by the target?",
    source="Report line 76; force response policy",
    theme="Contact",
    rows=_vulnerable,
    date="rang_at",
    basis="incidents with somebody vulnerable, to attend, reported",
    noun=("incident", "incidents"),
    breakdowns=BY,
    counted=IN_TIME,
    law=rules.RESPONSE,
    open=_may_still_be,
    still_open="still waiting in time",
    wanted=Wanted.HIGHER,
    owner=CONTROL_ROOM,
    counts=(
        *TARGET,
        "Somebody vulnerable: flagged vulnerable, domestic abuse, mental ill health, repeat victim or child.",
    ),
    **LIST,
)


def _spread(key: str, title: str, rows: Any, whose: str, *, tile: bool) -> Spread:
    return Spread(
        key=key,
        title=title,
        asks=f"How long does it take until somebody is with {whose}?",
        source=f"{RESPONSE} and line 76",
        theme="Contact",
        rows=rows,
        date="rang_at",
        basis=f"{whose}, reported",
        noun=("incident", "incidents"),
        breakdowns=BY,
        of=_TOOK,
        open=_may_still_be,
        still_open="still waiting in time",
        wanted=Wanted.LOWER,
        owner=CONTROL_ROOM,
        counts=(
            "Minutes from when the clock began until the first unit was at scene: the median, and the 90th centile.",
            "Incidents that nobody reached have no time, and are told as such beside it.",
        ),
        tile=tile,
        **LIST,
    )


TIME_TO_EMERGENCIES = _spread(
    "incidents.emergency-minutes", "Time to reach emergencies", _emergencies, "incidents graded Immediate", tile=False
)
TIME_TO_PRIORITIES = _spread(
    "incidents.priority-minutes", "Time to reach Priority incidents", _priorities, "incidents graded Priority",
    tile=False,
)  # fmt: skip
TIME_TO_VULNERABLE = _spread(
    "incidents.vulnerable-minutes", "Time to reach somebody vulnerable", _vulnerable,
    "incidents with somebody vulnerable", tile=True,
)  # fmt: skip
TIME_TO_SCENE = _spread("incidents.minutes", "Time to scene, all grades", _to_attend, "incidents to attend", tile=False)
