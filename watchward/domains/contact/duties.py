"""What is owed on every call that was answered: three identifications, and a complete record."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.db.models import Count, QuerySet

from watchward.domains.contact import rules
from watchward.domains.contact.models import Call, Identification
from watchward.domains.contact.vocabulary import Line, Which
from watchward.foundation.access.owners import PersonOf, SupervisorOf
from watchward.foundation.acting import Acting
from watchward.foundation.chronicle.kinds import Follows
from watchward.foundation.duties.kinds import Due, DutyKind, Step
from watchward.kernel.periods import local_day


def _answered(acting: Acting) -> QuerySet[Call]:
    return Call.visible_to(acting).filter(abandoned=False)


def _identified(acting: Acting) -> QuerySet[Any]:
    done = (
        Identification.visible_to(acting)
        .values("call_id")
        .annotate(answers=Count("pk"))
        .filter(answers=len(Which))
        .values("call_id")
    )
    return _answered(acting).filter(pk__in=done)


def _complete(acting: Acting) -> QuerySet[Call]:
    return _answered(acting).filter(missing=[])


def _identify_by(call: Call) -> Due:
    answered = call.answered_at or call.rang_at
    version = rules.IDENTIFY.on(local_day(answered))
    return Due(answered, rules.identified_by(answered, call.ended_at), version.cite, version.in_force)


def _complete_by(call: Call) -> Due:
    answered = call.answered_at or call.rang_at
    version = rules.COMPLETE.on(local_day(answered))
    return Due(answered, rules.complete_by(answered), version.cite, version.in_force)


def _heading(call: Call) -> str:
    return f"{Line(call.line).words} {call.reference}" + (f", {call.place_words}" if call.place_words else "")


def _says_missing(call: Call) -> str:
    return f"{_heading(call)}. Missing: {', '.join(call.missing)}" if call.missing else _heading(call)


UP = (Step(timedelta(hours=1), SupervisorOf("owed_by_team_id")),)

IDENTIFY = DutyKind(
    key="contact.identify",
    asks="Was it asked whether they are a repeat victim, abused at home, or mentally unwell?",
    about=Call,
    population=_answered,
    met=_identified,
    due=_identify_by,
    owed_by=PersonOf("taken_by_id"),
    says=_heading,
    rules=(rules.IDENTIFY,),
    harm=lambda _call: 2,
    follows=(Follows(Identification, "call_id"),),
    escalates=UP,
    verb="Answer",
    url="contact:call",
)

COMPLETE = DutyKind(
    key="contact.complete",
    asks="Is the record of this call complete?",
    about=Call,
    population=_answered,
    met=_complete,
    due=_complete_by,
    owed_by=PersonOf("taken_by_id"),
    says=_says_missing,
    rules=(rules.COMPLETE,),
    escalates=UP,
    verb="Complete",
    url="contact:call",
)
