"""What is owed on every call that was answered, and how long it is kept."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Count, QuerySet

from watchward.domains.contact import rules
from watchward.domains.contact.models import Call, Identification, Involved
from watchward.domains.contact.vocabulary import Line, Which
from watchward.domains.people import queries as people
from watchward.foundation.access.owners import PersonOf, SupervisorOf
from watchward.foundation.acting import Acting
from watchward.foundation.chronicle.kinds import Follows
from watchward.foundation.duties.kinds import Due, DutyKind, Step
from watchward.foundation.retention.declared import Bears, Event, Kept
from watchward.foundation.retention.vocabulary import Group
from watchward.kernel.periods import day_ends, local_day


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


# How long calls are kept, and what they mean for how long the people in them are


def _before(acting: Acting, day: date) -> QuerySet[Call]:
    return Call.visible_to(acting).filter(rang_at__lt=day_ends(day))


def _event(call: Call, record: UUID) -> Event:
    return Event(
        record=record, of=call.pk, on=local_day(call.ended_at or call.rang_at), group=Group.FOUR,
        says=f"Call {call.reference}", open="" if call.ended_at else "not ended",
    )  # fmt: skip


def _own(_acting: Acting, ids: Collection[UUID]) -> Iterable[Event]:
    for call in Call.objects.filter(pk__in=ids):
        yield _event(call, call.pk)


def _of_people(_acting: Acting, ids: Collection[UUID]) -> Iterable[Event]:
    for call in Call.objects.filter(caller_person__in=ids):
        if call.caller_person_id is not None:
            yield _event(call, call.caller_person_id)
    for row in Involved.objects.filter(person__in=ids).select_related("call"):
        yield _event(row.call, row.person_id)


CALLS = Kept(table=Call, called="Call", before=_before, events=_own, url="contact:call")

PEOPLE = Bears(on=people.Person, events=_of_people)
