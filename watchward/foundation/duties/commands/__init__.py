"""Giving a duty to somebody, asking about it, discharging it with words, releasing it with a reason, sending it up."""

from __future__ import annotations

from datetime import datetime
from time import monotonic
from uuid import UUID

from watchward.foundation.access.context import as_engine
from watchward.foundation.access.models import Account
from watchward.foundation.acting import Acting
from watchward.foundation.commands import command, current
from watchward.foundation.duties import queries
from watchward.foundation.duties.commands.attending import choose, look
from watchward.foundation.duties.commands.moving import accept, hand_over, reassign, refuse, take_back
from watchward.foundation.duties.engine import missing, settle
from watchward.foundation.duties.kinds import kinds
from watchward.foundation.duties.models import Ask, Duty, Escalation, LedgersCounted, State
from watchward.foundation.duties.queries import to_send_up
from watchward.foundation.duties.vocabulary import DISCHARGE, MOST_WORDS, PROVE, SUPERVISE
from watchward.foundation.ledgers import Shelves, ledgers, shelves_of
from watchward.foundation.records import Handling, NotHere
from watchward.kernel.refusals import Refusal, Refused, refuse_if

__all__ = [
    "DISCHARGE", "MOST_WORDS", "PROVE", "SUPERVISE", "accept", "answer", "ask", "choose", "count_again",
    "count_ledgers", "discharge", "escalate", "give", "hand_over", "look", "prove", "reassign", "refuse", "release",
    "see_escalation", "take_back", "withdraw",
]  # fmt: skip


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
    person = Account.visible_to(acting).filter(pk=to, is_active=True, machine=False).first()
    if person is None:
        raise Refused(Refusal("Choose somebody who works here.", field="to"))
    row.owed_by, row.given, row.stands_in_for_id = person, True, None
    row.came_at, row.came_by_id = acting.at, acting.account
    row.save()
    return row


@command(needs=DISCHARGE)
def ask(
    acting: Acting, *, duty: UUID, words: str, by: datetime | None, to: UUID | None = None, team: int | None = None
) -> Ask:
    """Ask somebody, or a team, a question about a duty; an answer is owed by the time that is named.

    Args:
        acting: who asks: whoever owes the duty, somebody of the team that does, or to whom it went up.
        duty: its id.
        words: the question.
        by: when the answer is needed, aware UTC.
        to: who is asked.
        team: number of the team that is asked, where nobody is named.

    Raises:
        Refused: with every reason.
        NotHere: there is no such duty.
    """
    row = _open(acting, duty)
    reasons = []
    if not queries.is_theirs(acting, row):
        reasons.append(Refusal("Whoever owes this asks about it, or their team.", code="not-theirs"))
    chosen = queries.addressee(acting, duty=row, to=to, team=team)
    if chosen is None:
        kept = row.handling != Handling.OPEN
        words_ = (
            "The record is closed to them. Ask somebody of the team that keeps it." if kept else "Choose whom to ask."
        )
        reasons.append(Refusal(words_, field="whom"))
    elif chosen.account == acting.account:
        reasons.append(Refusal("Ask somebody else than yourself.", field="whom"))
    if len(words.split()) < 2:
        reasons.append(Refusal("Say what you want to know.", field="question"))
    if len(words) > MOST_WORDS:
        reasons.append(Refusal(f"Ask in at most {MOST_WORDS} characters.", field="question"))
    if by is None or by <= acting.at:
        reasons.append(Refusal("Say by when you need the answer: a time to come.", field="answer_by"))
    refuse_if(reasons)
    assert chosen is not None and by is not None  # noqa: S101, PT018 - refused otherwise
    row.asked += 1
    row.save(update_fields=["asked"])
    return Ask.objects.create(
        duty=row, about=row.about, reference=row.reference, words=words.strip(), at=acting.at, by_id=acting.account,
        to_id=chosen.account, to_team_id=chosen.team, answer_by=by, handling=row.handling, team_id=row.team_id,
    )  # fmt: skip


def _unanswered(acting: Acting, id_: UUID) -> Ask:
    row = queries.asks(acting).select_for_update().filter(pk=id_).first()
    if row is None:
        raise NotHere("nothing like this was asked")
    if row.answered_at is not None:
        raise Refused(Refusal("This was answered already.", code="answered"))
    if row.withdrawn_at is not None:
        raise Refused(Refusal("Whoever asked this has withdrawn it.", code="withdrawn"))
    return row


@command(needs=DISCHARGE)
def answer(acting: Acting, *, asked: UUID, words: str) -> Ask:
    """Answer what was asked about a duty: whoever asked is shown it beside the duty.

    Args:
        acting: who was asked, somebody of their team, or to whom the answer was given by a supervisor.
        asked: id of the question.
        words: the answer.

    Raises:
        Refused: without words, by somebody else, or answered or withdrawn already.
        NotHere: nothing like this was asked.
    """
    row = _unanswered(acting, asked)
    reasons = []
    if not queries.may_answer(acting, row):
        reasons.append(Refusal("Somebody else was asked this.", code="not-theirs"))
    if not words.strip():
        reasons.append(Refusal("Write down the answer.", field="answer"))
    if len(words) > MOST_WORDS:
        reasons.append(Refusal(f"Answer in at most {MOST_WORDS} characters.", field="answer"))
    refuse_if(reasons)
    row.answered_at, row.answered_by_id, row.answer = acting.at, acting.account, words.strip()
    row.save(update_fields=["answered_at", "answered_by", "answer"])
    return row


@command(needs=DISCHARGE)
def withdraw(acting: Acting, *, asked: UUID) -> Ask:
    """Withdraw what one asked: no answer is owed any more.

    Raises:
        Refused: by somebody else, or answered or withdrawn already.
        NotHere: nothing like this was asked.
    """
    row = _unanswered(acting, asked)
    if row.by_id != acting.account:
        raise Refused(Refusal("Whoever asked it withdraws it.", code="not-theirs"))
    row.withdrawn_at = acting.at
    row.save(update_fields=["withdrawn_at"])
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
                found[kind.key] = settle(engine, [(kind, ids)], current().id).opened
    return found


@command(needs=PROVE)
def count_ledgers(acting: Acting) -> list[str]:
    """Count every ledger in whole from the records themselves, and keep it for whoever looks.

    Returns:
        The ledgers that do not add up, by key, where they are others than at the last count.
    """
    with as_engine(acting, command=str(current().id)) as engine:
        begun = monotonic()
        shelves = shelves_of(engine)
        took = monotonic() - begun
    before = LedgersCounted.objects.first()
    astray = _astray(shelves)
    LedgersCounted.objects.update_or_create(
        only=True,
        defaults={
            "at": acting.at,
            "took": took,
            "shelves": {
                key: [[each.handling, each.team, each.counts] for each in found] for key, found in shelves.items()
            },
        },
    )
    return [] if before is not None and astray == _astray(queries.read(before)) else astray


def _astray(shelves: Shelves) -> list[str]:
    return [key for key, found in shelves.items() if key in ledgers and not ledgers[key].of(found).balances]


@command(needs=None)
def count_again(acting: Acting) -> None:
    """Ask for the ledgers to be counted in whole now, and not when their time comes."""
    LedgersCounted.objects.update(asked_at=acting.at)
