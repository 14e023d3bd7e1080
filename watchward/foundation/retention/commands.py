"""Calling up reviews, deciding them by two people, laying holds and ending them, and disposing."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, Final
from uuid import UUID

from django.db import connection, transaction

from watchward.foundation.access.context import as_engine
from watchward.foundation.acting import Acting
from watchward.foundation.audit.models import Change
from watchward.foundation.commands import command, current
from watchward.foundation.duties.commands import PROVE
from watchward.foundation.questions import commands as questions
from watchward.foundation.records import NotHere, Record
from watchward.foundation.retention import listed, queries, rules
from watchward.foundation.retention.criteria import CRITERIA
from watchward.foundation.retention.declared import kept
from watchward.foundation.retention.holding import end_hold, hold_more, lay_hold, look_at_hold
from watchward.foundation.retention.models import Disposal, Review
from watchward.foundation.retention.vocabulary import STANDING, Group, Permission, State
from watchward.kernel.refusals import Refusal, Refused, refuse_if

__all__ = [
    "agree",
    "call_up",
    "dispose_again",
    "empty",
    "end_hold",
    "hold_more",
    "lay_hold",
    "look_at_hold",
    "propose",
    "regroup",
    "retain",
    "send_back",
]

AT_ONCE: Final = 200
SHORTEST: Final = 5
"""Characters from which on a value of the record is looked for in a reason: shorter ones stand in any sentence."""


@command(needs=PROVE)
def call_up(acting: Acting) -> int:
    """Call up the reviews that have come due, and let go those that are due no more because something happened.

    Args:
        acting: the force's own machinery.

    Returns:
        How many were called up.
    """
    on, made = queries.today(acting), 0
    with as_engine(acting, command=str(current().id)) as engine:
        for table, declared in sorted(kept.items()):
            rows = queries.coming(engine, declared, on=on, most=AT_ONCE)
            found = queries.known(engine, declared, [row.pk for row in rows])
            for row in rows:
                made += row.pk in found and _call(acting, table, row, found[row.pk].facts, on)
        _let_go(engine, on)
    return made


def _call(acting: Acting, table: str, row: Record, facts: rules.Facts, on: date) -> bool:
    """Call a record up if it is due; otherwise note when it will be, so that it is not looked at before."""
    due = rules.due_on(facts, on=on)
    review = Review(
        table=table, of=row.pk, reference=row.reference, handling=row.handling, team_id=row.team_id, group=facts.group,
        since=facts.since, due_on=due, called_at=acting.at, cite=rules.TERMS.on(on).cite,
    )  # fmt: skip
    if due > on:
        review.state, review.reason, review.next_on = State.LAPSED, "Looked at, and not due yet", due
        review.decided_at, review.decided_by_id = acting.at, acting.account
    review.save()
    return due <= on


def _let_go(engine: Acting, on: date) -> None:
    """Let go the reviews of records on which something has happened since: their clear period has begun anew."""
    for table, declared in sorted(kept.items()):
        rows = list(Review.objects.filter(table=table, state__in=STANDING).select_for_update())
        found = queries.known(engine, declared, [row.of for row in rows])
        for row in rows:
            now_due = rules.due_on(found[row.of].facts, on=on) if row.of in found else on
            if now_due > on:
                row.state, row.reason = State.LAPSED, "Something has happened since: the clear period began anew"
                row.decided_at, row.decided_by_id, row.next_on = engine.at, engine.account, now_due
                row.save()


def _taken(acting: Acting, review: UUID, *states: State) -> tuple[Review, rules.Facts]:
    """Return a review locked, with what is known of its record now.

    Raises:
        NotHere: there is none that they may see.
        Refused: it has been decided otherwise.
    """
    row = Review.visible_to(acting).select_for_update().filter(pk=review).first()
    if row is None:
        raise NotHere("no such review")
    if row.state not in states:
        raise Refused(Refusal(f"This review is {row.state}: it was decided meanwhile.", code="decided"))
    with as_engine(acting, command=str(current().id)) as engine:
        return row, queries.known_of(engine, row).facts


def _decide(acting: Acting, row: Review, state: State, reason: str, **more: Any) -> Review:
    row.state, row.reason = state, reason.strip()
    row.decided_at, row.decided_by_id = acting.at, acting.account
    for name, value in more.items():
        setattr(row, name, value)
    row.save()
    return row


@command(needs=Permission.REVIEW)
def retain(
    acting: Acting, *, review: UUID, reason: str, next_on: date | None, answers: Mapping[str, str],
    child_reason: str = "",
) -> Review:  # fmt: skip
    """Keep a record on, by the national retention assessment criteria, until a next review.

    Args:
        acting: who decides.
        review: its id.
        reason: why it is still needed.
        next_on: the day of the next review.
        answers: to the criteria, by their keys.
        child_reason: why it is kept although it is about a child under ten, where it is.

    Raises:
        Refused: with every reason.
        NotHere: there is no such review.
    """
    row, facts = _taken(acting, review, State.DUE, State.PROPOSED)
    on = queries.today(acting)
    refuse_if(
        rules.why_not_retain(
            facts, on=on, reason=reason, next_on=next_on, child_reason=child_reason,
            unanswered=[question.key for question in CRITERIA.unanswered(answers)],
        )
    )  # fmt: skip
    kept_answers = questions.answer(acting, questionnaire=CRITERIA, about=row, values=answers)
    return _decide(
        acting, row, State.RETAINED, reason, next_on=next_on, child_reason=child_reason.strip(), answers=kept_answers
    )


@command(needs=Permission.REVIEW)
def regroup(acting: Acting, *, review: UUID, group: int, reason: str) -> Review:
    """Change the review group of a record; it is reviewed again when that group says, at once if that is over.

    Raises:
        Refused: with every reason.
        NotHere: there is no such review.
    """
    row, facts = _taken(acting, review, State.DUE, State.PROPOSED)
    reasons = []
    if group not in list(Group):
        reasons.append(Refusal("Choose a group.", field="group", code="no-group"))
    elif group == facts.group:
        reasons.append(Refusal("It is in that group already.", field="group", code="same-group"))
    if len(reason.split()) < 3:
        reasons.append(Refusal("Say why, in a few words.", field="reason", code="no-reason"))
    refuse_if(reasons)
    on = queries.today(acting)
    moved = rules.Facts(since=facts.since, group=Group(group))
    return _decide(acting, row, State.REGROUPED, reason, group=group, given=True, next_on=rules.due_on(moved, on=on))


@command(needs=Permission.REVIEW)
def propose(acting: Acting, *, review: UUID, reason: str) -> Review:
    """Propose that a record is disposed of; somebody else agrees.

    Raises:
        Refused: with every reason, among them whatever holds the record.
        NotHere: there is no such review.
    """
    row, facts = _taken(acting, review, State.DUE)
    refuse_if((*rules.why_not_dispose(facts, on=queries.today(acting)), *_why_not_words(row, reason)))
    return _decide(acting, row, State.PROPOSED, reason)


def _why_not_words(row: Review, reason: str) -> Iterable[Refusal]:
    if len(reason.split()) < 3:
        yield Refusal("Say why it is no longer needed, in a few words.", field="reason", code="no-reason")
    elif _repeats(row, reason):
        yield Refusal("Do not repeat in the reason what is disposed of.", field="reason", code="repeats")


def _repeats(row: Review, reason: str) -> bool:
    """Return whether a reason, which is kept, repeats a personal value of the record."""
    said = reason.casefold()
    record: Mapping[str, Any] = kept[row.table].table._default_manager.filter(pk=row.of).values().first() or {}
    names = kept[row.table].table.privacy.personal
    values = (str(record.get(name) or "").casefold() for name in names)
    return any(len(value) >= SHORTEST and value in said for value in values)


@command(needs=Permission.REVIEW)
def send_back(acting: Acting, *, review: UUID, reason: str) -> Review:
    """Do not agree that a record is disposed of: its review is due again.

    Raises:
        Refused: without a reason, or when nothing was proposed.
        NotHere: there is no such review.
    """
    row, _facts = _taken(acting, review, State.PROPOSED)
    if len(reason.split()) < 3:
        raise Refused(Refusal("Say why not, in a few words.", field="reason", code="no-reason"))
    return _decide(acting, row, State.DUE, reason)


@command(needs=Permission.REVIEW)
def agree(acting: Acting, *, review: UUID) -> Disposal:
    """Agree to what somebody else proposed: the record is disposed of now, with its history.

    Raises:
        Refused: by whoever proposed it, or with every reason that stands against it by now.
        NotHere: there is no such review.
    """
    row, facts = _taken(acting, review, State.PROPOSED)
    on = queries.today(acting)
    reasons = list(rules.why_not_dispose(facts, on=on))
    if row.decided_by_id == acting.account:
        reasons.append(Refusal("Somebody else agrees to what you proposed.", code="same-person"))
    refuse_if(reasons)
    proposer = row.decided_by
    if proposer is None or row.decided_at is None:
        raise Refused(Refusal("Nobody proposed this.", code="decided"))
    row.state, row.agreed_at, row.agreed_by_id, row.since = State.DISPOSED, acting.at, acting.account, facts.since
    row.save()
    said = {
        "called": kept[row.table].called, "group": facts.group, "since": facts.since, "on": on, "reason": row.reason,
        "cite": row.cite, "proposed_by": proposer.pk, "proposed_name": proposer.display_name,
        "proposed_at": row.decided_at, "agreed_by": acting.account, "agreed_name": acting.name, "at": acting.at,
    }  # fmt: skip
    return _dispose(acting, row.table, row.of, said)


def _dispose(acting: Acting, table: str, record: UUID, said: Mapping[str, Any]) -> Disposal:
    """Empty a record, let what follows from that follow, and forget its past; then note it where it outlives us."""
    with as_engine(acting, command=str(current().id)):
        row = kept[table].table._default_manager.select_for_update().get(pk=record)
        disposal = Disposal.objects.create(
            table=table, of=record, reference=row.reference, handling=row.handling, team_id=row.team_id,
            digest=_digest(table, record), **said,
        )  # fmt: skip
    emptied = empty(acting, table=table, disposal=disposal.pk)
    with connection.cursor() as cursor:
        cursor.execute(f'select "ww_disposed_{table}"(%s, %s)', [disposal.pk, emptied])
    transaction.on_commit(lambda: listed.note(disposal))
    return disposal


def _digest(table: str, record: UUID) -> str:
    """Return one hash over the digests of all that was written of a record: they stay, sealed, in the log."""
    whole = hashlib.sha256()
    for digest in Change.objects.filter(table=table, record=record).order_by("id").values_list("digest", flat=True):
        whole.update(bytes(digest))
    return whole.hexdigest()


@command(needs=None)
def empty(acting: Acting, *, table: str, disposal: UUID) -> UUID:
    """Empty the rows of a record and remove what says nothing without them; only a disposal of this transaction can.

    Args:
        acting: who agreed to it.
        table: of the record, one of those that say what is left of them.
        disposal: its id.

    Returns:
        The id of this command, by which its changes are known.

    Raises:
        NotHere: there is no such table.
    """
    if table not in kept:
        raise NotHere("no such table")
    with connection.cursor() as cursor:
        cursor.execute(f'select "ww_dispose_{table}"(%s)', [disposal])
    return current().id


@command(needs=PROVE)
def dispose_again(acting: Acting, *, entry: listed.Entry) -> str:
    """Dispose again of what a restored backup has brought back; return why not, in words, or nothing.

    Args:
        acting: the force's own machinery.
        entry: from the list that outlived the database.
    """
    declared = kept.get(entry.table)
    if declared is None:
        return f"{entry.reference}: there is no table {entry.table}"
    with as_engine(acting, command=str(current().id)) as engine:
        if Disposal.objects.filter(of=entry.of).exists():
            return ""
        if not declared.table._default_manager.filter(pk=entry.of).exists():
            return ""  # the backup is older than the record itself
        found = queries.known(engine, declared, [entry.of]).get(entry.of)
        held = found.facts.holds if found else ()
        Review.objects.filter(of=entry.of, state__in=STANDING).update(
            state=State.LAPSED, reason="Disposed of before this backup was restored", decided_at=acting.at,
            decided_by_id=acting.account,
        )  # fmt: skip
    if held:
        return f"{entry.reference} is held: {'; '.join(held)}"
    _dispose(acting, entry.table, entry.of, {**entry.said, "again": True})
    return ""
