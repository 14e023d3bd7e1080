"""What is owed about duties themselves: an answer to what was asked, and a word on what was handed over."""

from __future__ import annotations

from datetime import timedelta

from django.db.models import Q, QuerySet

from watchward.foundation.access.owners import PersonOf, SupervisorOf
from watchward.foundation.acting import Acting
from watchward.foundation.chronicle.kinds import Follows
from watchward.foundation.duties.kinds import Due, DutyKind, Step
from watchward.foundation.duties.models import Ask, Duty, HandOver, State
from watchward.foundation.duties.queries import ANSWER, TAKE_OVER
from watchward.foundation.duties.vocabulary import Stage
from watchward.foundation.ui import words
from watchward.kernel.periods import local_day


def _asked(acting: Acting) -> QuerySet[Ask]:
    """Return what must be answered: what was answered, and what still stands of a duty that is open."""
    stands = Q(withdrawn_at__isnull=True, duty__state=State.OPEN)
    return Ask.visible_to(acting).filter(Q(answered_at__isnull=False) | stands).select_related("by", "duty")


def _due(ask: Ask) -> Due:
    return Due(ask.at, ask.answer_by, "The time that whoever asked has named", local_day(ask.at))


ANSWERED = DutyKind(
    key=ANSWER,
    asks="Have you answered what a colleague asked?",
    about=Ask,
    population=_asked,
    met=lambda acting: Ask.visible_to(acting).filter(answered_at__isnull=False),
    due=_due,
    owed_by=PersonOf("to_id", "to_team_id"),
    says=lambda ask: f"{ask.by.display_name} asks: {ask.words}",
    harm=lambda ask: ask.duty.harm,
    follows=(Follows(Duty, "asks__pk"),),
    escalates=(Step(timedelta(hours=24), SupervisorOf("owed_by_team_id")),),
    released="Withdrawn, or what it was asked about has ended",
    verb="Answer",
    url="work:answer",
)


def _handed_over(acting: Acting) -> QuerySet[HandOver]:
    """Return what must be accepted or refused: all that was handed over and not taken back."""
    return HandOver.visible_to(acting).exclude(stage=Stage.WITHDRAWN).select_related("by")


def _to_accept(row: HandOver) -> Due:
    return Due(row.at, row.accept_by, "The time that whoever hands over has named", local_day(row.at))


TAKEN_OVER = DutyKind(
    key=TAKE_OVER,
    asks="Have you taken over what was handed to you?",
    about=HandOver,
    population=_handed_over,
    met=lambda acting: HandOver.visible_to(acting).filter(stage__in=(Stage.ACCEPTED, Stage.REFUSED)),
    due=_to_accept,
    owed_by=PersonOf("to_id", "to_team_id"),
    says=lambda row: f"{row.by.display_name} hands over {words.counted(row.count, 'duty', 'duties')}",
    harm=lambda _row: 2,
    escalates=(Step(timedelta(hours=1), SupervisorOf("owed_by_team_id")),),
    released="Taken back by whoever handed it over",
    verb="Look at it",
    url="work:handed",
)
