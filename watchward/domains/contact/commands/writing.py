"""What several commands write in the same way: lines of the log, the three answers, advice, and what is missing."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from watchward.domains.contact import rules
from watchward.domains.contact.models import Advice, Call, CallLine, Identification
from watchward.domains.contact.vocabulary import LIFE, Answer, How, State, Which
from watchward.domains.incidents.vocabulary import Element, Heard, Level
from watchward.foundation.acting import Acting
from watchward.foundation.records import Stale, take
from watchward.kernel.periods import local_day
from watchward.kernel.refusals import Refusal, Refused

WHAT_WAS_SAID = "what was said"
ENOUGH = 2
"""Boxes filled that make a draft a record."""


def in_hand(acting: Acting, call: UUID, version: int | None = None) -> Call:
    """Return a call locked for this command.

    Args:
        acting: who acts.
        call: its id.
        version: the version that the person had before them. Their own later saving does not stand against them:
            what is typed is saved while they type.

    Raises:
        NotHere: there is none that they may see.
        Stale: somebody else has changed it since.
    """
    row = take(acting, Call, call)
    if version is not None and row.version != version and row.saved_by_id != acting.account:
        raise Stale(row)
    if row.abandoned:
        raise Refused(Refusal("Nobody answered this call. Take a new one.", code="wrong-state"))
    return row


def thrive_of(call: Call) -> dict[Element, Heard]:
    """Return THRIVE as it stands on a call."""
    return {Element(name): Heard(text, Level(level) if level else None) for name, (text, level) in call.thrive.items()}


def settle(acting: Acting, call: Call) -> None:
    """Save a call with what it still lacks, and close it when it has ended and lacks nothing."""
    said = WHAT_WAS_SAID not in call.missing
    call.missing = list(
        rules.missing(
            number=call.number, caller=call.caller, place=call.place_words, what=call.what, said=said,
            thrive=thrive_of(call),
        )
    )  # fmt: skip
    boxes = (call.number or call.caller, call.place_words, call.what, said)
    if call.state != State.DRAFT or sum(map(bool, boxes)) >= ENOUGH:
        call.state = LIFE.after(State(call.state), "save")
    if call.state != State.DRAFT and call.ended_at is not None and not call.missing and call.state != State.CLOSED:
        call.state = LIFE.after(State(call.state), "close")
    call.saved_at, call.saved_by_id = acting.at, acting.account
    call.save()


def of_call(call: Call) -> dict[str, Any]:
    """Return what a row that belongs to a call takes from it."""
    return {"call": call, "handling": call.handling, "team_id": call.team_id}


def write_line(acting: Acting, call: Call, words: str, *, automatic: bool = False, key: str = "") -> bool:
    """Add a line to the log; the same form's line only once.

    Returns:
        Whether it was added now.
    """
    if key and CallLine.visible_to(acting).filter(call=call, form_key=key).exists():
        return False
    CallLine.objects.create(
        **of_call(call), at=acting.at, by_id=None if automatic else acting.account, words=words.strip(),
        automatic=automatic, form_key=key,
    )  # fmt: skip
    return True


def write_answer(acting: Acting, call: Call, which: Which, answer: Answer, how: How, words: str = "") -> bool:
    """Keep the answer to one of the three; the same answer again changes nothing unless it is now asked.

    Returns:
        Whether anything changed.
    """
    row = Identification.visible_to(acting).filter(call=call, which=which).first()
    if row is not None and row.answer == answer and (row.how == how or how is not How.ASKED):
        return False
    if row is None:
        row = Identification(**of_call(call), which=which)
    row.answer, row.how, row.words, row.at, row.by_id = answer, how, words, acting.at, acting.account
    row.save()
    return True


def write_advice(acting: Acting, call: Call, said: frozenset[str], shown: frozenset[str]) -> bool:
    """Keep which advice was said, and take back a tick that was taken out of a page that showed it.

    Returns:
        Whether anything changed.

    Raises:
        Refused: there is no such advice in the policy of that day.
    """
    if not said and not shown:
        return False
    day = local_day(call.rang_at)
    known = rules.advice_called(said, day)
    if said - known.keys():
        raise Refused(Refusal("There is no such advice in the policy of that day.", field="advice"))
    rows = {row.key: row for row in Advice.visible_to(acting).filter(call=call)}
    changed = False
    for key, spoken in known.items():
        row = rows.get(key)
        if row is not None and row.taken_back_at is None:
            continue
        if row is None:
            row = Advice(**of_call(call), key=key)
        row.at, row.by_id, row.taken_back_at = acting.at, acting.account, None
        row.save()
        write_line(acting, call, f"Advice given: {spoken.short}", automatic=True)
        changed = True
    for key in shown - said:
        row = rows.get(key)
        if row is not None and row.taken_back_at is None:
            row.taken_back_at = acting.at
            row.save()
            short = rules.advice_called({key}, day)[key].short
            write_line(acting, call, f"Advice not given after all: {short}", automatic=True)
            changed = True
    return changed
