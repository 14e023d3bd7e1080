"""Noticing that more is asked of the units on duty than they can meet, and saying what was done about it."""

from __future__ import annotations

from uuid import UUID

from watchward.domains.incidents import queries, rules
from watchward.domains.incidents.models import Surge
from watchward.domains.incidents.vocabulary import Permission
from watchward.foundation.acting import Acting
from watchward.foundation.commands import command
from watchward.foundation.records import NotHere
from watchward.kernel.periods import local_day
from watchward.kernel.refusals import Refusal, refuse_if


@command(needs=Permission.WATCH)
def watch_demand(acting: Acting) -> Surge | None:
    """Begin a surge when demand passes the force's trigger, and end the one that lasts when it no longer does.

    Returns:
        The surge that lasts, if one does.
    """
    version = rules.SURGE.on(local_day(acting.at))
    reasons = rules.surge(queries.demand(acting), version.value)
    lasting = Surge.visible_to(acting).select_for_update().filter(ended_at__isnull=True).first()
    if reasons and lasting is None:
        return Surge.objects.create(
            began_at=acting.at,
            reasons=list(reasons),
            cite=version.cite,
            since=version.in_force,
            answer_by=version.value.answer.due(acting.at),
        )
    if not reasons and lasting is not None:
        lasting.ended_at = acting.at
        lasting.save(update_fields=["ended_at"])
        return None
    return lasting


@command(needs=Permission.DISPATCH)
def answer_surge(acting: Acting, *, surge: UUID, words: str) -> Surge:
    """Say what was done about a surge of demand: who was called in, what was put off, and how it is kept safe.

    Raises:
        Refused: nothing is said, or it was answered already.
        NotHere: there is no such surge.
    """
    row = Surge.visible_to(acting).select_for_update().filter(pk=surge).first()
    if row is None:
        raise NotHere("no such surge")
    reasons = []
    if row.answered_at is not None:
        reasons.append(Refusal("It was answered already.", code="answered"))
    if len(words.split()) < 2:
        reasons.append(Refusal("Say what was done.", field="words"))
    refuse_if(reasons)
    row.answered_at, row.answered_by_id, row.words = acting.at, acting.account, words.strip()
    row.save(update_fields=["answered_at", "answered_by", "words"])
    return row
