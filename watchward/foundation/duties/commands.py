"""Giving a duty to somebody, discharging it with words as its proof, releasing it with a reason, sending it up."""

from __future__ import annotations

from uuid import UUID

from watchward.foundation.access.context import as_engine
from watchward.foundation.access.models import Account
from watchward.foundation.acting import Acting
from watchward.foundation.commands import command, current
from watchward.foundation.duties.engine import missing, settle
from watchward.foundation.duties.kinds import kinds
from watchward.foundation.duties.models import Duty, Escalation, State
from watchward.foundation.duties.queries import to_send_up
from watchward.foundation.records import NotHere
from watchward.kernel.refusals import Refusal, Refused

DISCHARGE = "duties.discharge"
SUPERVISE = "duties.supervise"
PROVE = "duties.prove"


def _open(acting: Acting, duty: UUID) -> Duty:
    row = Duty.visible_to(acting).select_for_update().filter(pk=duty).first()
    if row is None:
        raise NotHere("no such duty")
    if row.state != State.OPEN:
        raise Refused(Refusal(f"This was {row.state} already."))
    return row


@command(needs=DISCHARGE)
def discharge(acting: Acting, *, duty: UUID, words: str) -> Duty:
    """Discharge a duty that is done by saying how it was done.

    Raises:
        Refused: it is done by doing it, where its kind has its own page; or without words.
    """
    row = _open(acting, duty)
    reasons = []
    if kinds[row.kind].met is not None:
        reasons.append(Refusal(f"This is done by doing it: {kinds[row.kind].verb.lower()}."))
    if len(words.split()) < 2:
        reasons.append(Refusal("Say what was done: this is its proof.", field="words"))
    if reasons:
        raise Refused(*reasons)
    row.state, row.closed_at, row.closed_by_id = State.DISCHARGED, acting.at, acting.account
    row.closed_command, row.closed_words = current().id, words.strip()
    row.save()
    return row


@command(needs=SUPERVISE)
def release(acting: Acting, *, duty: UUID, reason: str) -> Duty:
    """Release a duty that need not be done, saying why; it stays in the ledger.

    Raises:
        Refused: without a reason.
    """
    row = _open(acting, duty)
    if len(reason.split()) < 2:
        raise Refused(Refusal("Say why this need not be done.", field="reason"))
    row.state, row.closed_at, row.closed_by_id, row.given = State.RELEASED, acting.at, acting.account, True
    row.closed_command, row.closed_words = current().id, reason.strip()
    row.save()
    return row


@command(needs=SUPERVISE)
def give(acting: Acting, *, duty: UUID, to: UUID) -> Duty:
    """Give a duty to somebody by name.

    Raises:
        Refused: there is no such person, or they no longer sign in.
    """
    row = _open(acting, duty)
    person = Account.visible_to(acting).filter(pk=to, is_active=True).first()
    if person is None:
        raise Refused(Refusal("Choose somebody who works here.", field="to"))
    row.owed_by, row.given = person, True
    row.save()
    return row


@command(needs=PROVE)
def escalate(acting: Acting) -> int:
    """Send up what is late, step by step, to whom its kind names.

    Returns:
        How many went up.
    """
    went = 0
    for duty in to_send_up(acting).select_for_update(skip_locked=True):
        kind = kinds.get(duty.kind)
        steps = kind.escalates if kind else ()
        while duty.escalated < len(steps) and acting.at >= duty.due_at + steps[duty.escalated].after:
            step = steps[duty.escalated]
            to = step.to.of(acting, duty)
            duty.escalated += 1
            Escalation.objects.create(
                duty=duty,
                about=duty.about,
                step=duty.escalated,
                at=acting.at,
                to_team_id=to.team,
                to_id=to.account,
                handling=duty.handling,
                team_id=duty.team_id,
            )
            duty.save(update_fields=["escalated"])
            went += 1
    return went


@command(needs=DISCHARGE)
def see_escalation(acting: Acting, *, escalation: UUID) -> Escalation:
    """Say that one has seen what went up.

    Raises:
        NotHere: it did not go up to this person.
    """
    row = Escalation.visible_to(acting).select_for_update().filter(pk=escalation, to_id=acting.account).first()
    if row is None:
        raise NotHere("nothing went up to you")
    if row.seen_at is None:
        row.seen_at = acting.at
        row.save(update_fields=["seen_at"])
    return row


@command(needs=PROVE)
def prove(acting: Acting) -> dict[str, int]:
    """Prove that every record that must owe something does; open what was missing and say how many there were.

    Returns:
        How many were missing, by kind: none, or a fault that is shown on the ledger's page and in the log.
    """
    found: dict[str, int] = {}
    with as_engine(acting, command=str(current().id)) as engine:
        for kind in kinds.values():
            ids = missing(engine, kind)
            if ids:
                found[kind.key], _written = settle(engine, [(kind, ids)], current().id)
    return found
