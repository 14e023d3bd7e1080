"""What was said on a call: lines of the log, the three answers, advice given, what a nurse was asked."""

from __future__ import annotations

from uuid import UUID

from watchward.domains.contact.commands.writing import (
    WHAT_WAS_SAID,
    in_hand,
    of_call,
    settle,
    write_advice,
    write_answer,
    write_line,
)
from watchward.domains.contact.models import Call, NurseAdvice
from watchward.domains.contact.vocabulary import Answer, How, Permission, Which
from watchward.foundation.acting import Acting
from watchward.foundation.commands import command
from watchward.foundation.records import NotHere
from watchward.kernel.refusals import Refusal, Refused, refuse_if


@command(needs=Permission.TAKE)
def add_line(acting: Acting, *, call: UUID, words: str, form_key: str = "") -> Call:
    """Add a line to the log of a call; the same form, however often it is sent, adds it once.

    Args:
        acting: who says so.
        call: its id.
        words: as heard.
        form_key: of the form that the words were typed into.

    Raises:
        Refused: the line is empty.
        NotHere: no such call.
    """
    row = in_hand(acting, call)
    if not words.strip():
        raise Refused(Refusal("Type what was said before you add it.", field="line"))
    if write_line(acting, row, words, key=form_key):
        row.missing = [lacks for lacks in row.missing if lacks != WHAT_WAS_SAID]
        row.draft = ""
        settle(acting, row)
    return row


@command(needs=Permission.TAKE)
def identify(
    acting: Acting, *, call: UUID, which: Which, answer: Answer, how: How = How.ASKED, words: str = ""
) -> Call:
    """Answer one of the three things that every call must identify (report line 71).

    Args:
        acting: who says so.
        call: its id.
        which: repeat victim, domestic abuse or mental ill health.
        answer: yes, no, or that it could not be known.
        how: asked, recognised or from a marker.
        words: what was recognised.
    """
    row = in_hand(acting, call)
    if write_answer(acting, row, Which(which), Answer(answer), How(how), words):
        settle(acting, row)
    return row


@command(needs=Permission.TAKE)
def give_advice(acting: Acting, *, call: UUID, key: str) -> Call:
    """Record that safety advice was said to the caller, and when.

    Raises:
        Refused: there is no such advice in the policy of that day.
    """
    row = in_hand(acting, call)
    if write_advice(acting, row, frozenset({key}), frozenset()):
        settle(acting, row)
    return row


@command(needs=Permission.TAKE)
def ask_nurse(acting: Acting, *, call: UUID, asked: str, form_key: str = "") -> NurseAdvice:
    """Record what a community psychiatric nurse was asked by telephone about this call (report line 73).

    Raises:
        Refused: the question is empty.
    """
    row = in_hand(acting, call)
    if not asked.strip():
        raise Refused(Refusal("Say what you asked the nurse.", field="asked"))
    sent = NurseAdvice.visible_to(acting).filter(call=row, form_key=form_key).first() if form_key else None
    if sent is not None:
        return sent
    made = NurseAdvice.objects.create(
        **of_call(row), at=acting.at, by_id=acting.account, asked=asked.strip(), form_key=form_key
    )
    write_line(acting, row, f"Nurse asked: {asked.strip()}", automatic=True)
    settle(acting, row)
    return made


@command(needs=Permission.TAKE)
def answer_nurse(acting: Acting, *, advice: UUID, nurse: str, answer: str) -> NurseAdvice:
    """Record what the nurse answered, and who they are.

    Raises:
        Refused: the nurse or the answer is missing, or it was answered before.
    """
    asked = NurseAdvice.visible_to(acting).select_for_update().filter(pk=advice).first()
    if asked is None:
        raise NotHere("nobody was asked this")
    reasons = []
    if asked.answered_at is not None:
        reasons.append(Refusal("This was answered. Ask again and record the new answer."))
    if not nurse.strip():
        reasons.append(Refusal("Say who answered.", field="nurse"))
    if not answer.strip():
        reasons.append(Refusal("Say what they answered.", field="answer"))
    refuse_if(reasons)
    row = in_hand(acting, asked.call_id)
    asked.nurse, asked.answer, asked.answered_at = nurse.strip(), answer.strip(), acting.at
    asked.save()
    write_line(acting, row, f"{asked.nurse} answered: {asked.answer}", automatic=True)
    settle(acting, row)
    return asked
