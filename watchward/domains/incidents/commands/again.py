"""Agreeing a time with whoever waits, and opening again what was closed."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from watchward.domains.incidents import rules
from watchward.domains.incidents.commands.records import end_delay, move, note, of, signed, taken
from watchward.domains.incidents.models import Appointment, Incident, Reopening
from watchward.domains.incidents.vocabulary import (
    LIFE,
    REOPEN,
    SEND,
    SET_ANEW,
    TAKE_UP_AGAIN,
    Grade,
    Permission,
    Stage,
)
from watchward.foundation.acting import Acting
from watchward.foundation.commands import command
from watchward.foundation.ui.words import moment
from watchward.kernel.refusals import Refusal, refuse_if


@command(needs=Permission.ASSESS)
def agree_time(
    acting: Acting, *, incident: UUID, agreed: datetime, words: str, version: int | None = None
) -> Appointment:
    """Agree a time with whoever waits for a Scheduled visit; somebody must then be there by that time.

    Args:
        acting: who agrees it.
        incident: its id.
        agreed: the time, still to come.
        words: with whom, and what else was said.
        version: the version that was looked at.

    Raises:
        Refused: it is not Scheduled, it is closed or somebody was there; the time is past; it is delayed and was not
            assessed again.
        NotHere: there is no such incident.
        Stale: it was changed since it was looked at.
    """
    row = taken(acting, incident, version)
    reasons = list(
        rules.why_not_agree(
            grade=Grade(row.grade), closed=row.stage == Stage.CLOSED, there=row.at_scene_at is not None, at=acting.at,
            agreed=agreed, stands=row.agreed_at, words=words,
        )
    )  # fmt: skip
    if row.stage == Stage.DELAYED and not row.delays.filter(reassessed_at__isnull=False).exists():
        reasons.append(
            Refusal(
                "It is delayed. Assess it again before its time is moved.",
                cite=rules.DELAY_POLICY, code="no-reassessment",
            )
        )  # fmt: skip
    refuse_if(reasons)
    row.agreed_at, row.target_at, row.target_words = agreed, max(agreed, row.clock_from), "As agreed with them"
    if row.stage == Stage.DELAYED:
        move(row, SET_ANEW)
        if row.deployments.filter(cleared_at__isnull=True).exists():
            move(row, SEND)
        end_delay(acting, row)
    row.save()
    note(acting, row, f"Agreed for {moment(agreed)}: {words.strip()}")
    return Appointment.objects.create(**of(row), **signed(acting), agreed_for=agreed, words=words.strip()[:300])


@command(needs=Permission.CLOSE)
def reopen(acting: Acting, *, incident: UUID, reason: str, version: int | None = None) -> Reopening:
    """Open a closed incident again: how it had been closed stays on record, and it is closed anew when it is done.

    Where nobody had been there, the response counts afresh from now; where somebody had, it stays attended.

    Args:
        acting: who reopens it.
        incident: its id.
        reason: what came up.
        version: the version that was looked at.

    Raises:
        Refused: it is not closed, or nothing is said of why.
        NotHere: there is no such incident.
        Stale: it was changed since it was looked at.
    """
    row = taken(acting, incident, version)
    verb = REOPEN if row.at_scene_at is None else TAKE_UP_AGAIN
    reasons = list(LIFE.why_not(Stage(row.stage), verb))
    if len(reason.split()) < 2:
        reasons.append(Refusal("Say why it is reopened.", field="reason"))
    refuse_if(reasons)
    assert row.closed_at is not None  # noqa: S101 - what is closed was closed at a time
    made = Reopening.objects.create(
        **of(row),
        **signed(acting),
        reason=reason.strip(),
        closed_at=row.closed_at,
        closed_as=row.closed_as,
        outcome=row.outcome,
        why_nobody_went=row.why_nobody_went,
    )
    move(row, verb)
    row.closed_at, row.closed_as, row.outcome, row.why_nobody_went = None, "", "", ""
    if row.at_scene_at is None:
        _count_afresh(acting, row)
    row.save()
    note(acting, row, f"Reopened: {reason.strip()}")
    return made


def _count_afresh(acting: Acting, row: Incident) -> None:
    moments = rules.Moments(row.rang_at, row.answered_at, row.made_at, row.graded_at)
    target = rules.target_when_reopened(Grade(row.grade), moments, at=acting.at, urban=row.urban)
    row.clock_from, row.target_at, row.target_words, row.agreed_at = target.starts, target.by, target.words, None
