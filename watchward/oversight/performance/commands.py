"""Noticing that a measure got worse, and explaining it."""

from __future__ import annotations

from uuid import UUID

from watchward.foundation.acting import Acting
from watchward.foundation.commands import command
from watchward.foundation.duties.commands import PROVE
from watchward.foundation.measures import queries as measuring
from watchward.foundation.measures.declared import Measure, Wanted, measures
from watchward.foundation.measures.judging import Stretch
from watchward.foundation.measures.queries import Told
from watchward.foundation.measures.spans import last_months
from watchward.foundation.measures.telling import Tone, tone_of
from watchward.foundation.records import NotHere
from watchward.kernel.periods import local_day
from watchward.kernel.refusals import Refusal, refuse_if
from watchward.oversight.performance.models import Signal
from watchward.oversight.performance.vocabulary import Permission


def judged() -> list[Measure]:
    """Return the measures of which a signal is worse for somebody who is asked why."""
    return [each for each in measures.values() if each.owner and each.wanted is not Wanted.NEITHER]


@command(needs=PROVE)
def notice(acting: Acting) -> int:
    """Notice every measure whose last settled month stands in a signal the unwanted way; each owes an explanation.

    A signal is noticed once: while it lasts, or is found to have begun earlier, the same row says until when.

    Returns:
        How many were new.
    """
    fresh = 0
    for told in measuring.tell_all(acting, judged(), span=last_months(local_day(acting.at))):
        going = told.chart.now
        if going is not None and tone_of(told.measure, going.side) is Tone.WORSE:
            fresh += _note(acting, told, going)
    return fresh


def _note(acting: Acting, told: Told, going: Stretch) -> bool:
    standing = (
        Signal.visible_to(acting)
        .select_for_update()
        .filter(measure=told.measure.key, side=going.side.value, last__gte=going.since)
        .order_by("-last")
        .first()
    )
    if standing is not None:
        if standing.last != going.last:
            standing.last = going.last
            standing.value = _value(told, going)
            standing.save(update_fields=["last", "value"])
        return False
    Signal.objects.create(
        measure=told.measure.key, title=told.measure.title, side=going.side.value,
        since=going.outside_since or going.since, last=going.last, value=_value(told, going),
        average=told.chart.limits[-1].average, unit=told.measure.unit.value, noticed_at=acting.at,
        owner=told.measure.owner,
    )  # fmt: skip
    return True


def _value(told: Told, going: Stretch) -> float:
    found = (each.point.value for each in told.chart.points if each.point.month == going.last)
    return next(value for value in found if value is not None)


@command(needs=Permission.EXPLAIN)
def explain(acting: Acting, *, signal: UUID, explanation: str, follows: str) -> Signal:
    """Explain why a measure got worse, and say what is done about it; both stay with their date.

    Args:
        acting: who acts.
        signal: which.
        explanation: why, as far as it is understood.
        follows: what is done about it, or why nothing is.

    Raises:
        Refused: without words, or when it is explained already.
    """
    row = Signal.visible_to(acting).select_for_update().filter(pk=signal).first()
    if row is None:
        raise NotHere("no such signal")
    reasons = []
    if row.explained_at is not None:
        reasons.append(Refusal("This was explained already. What was said then stands."))
    if len(explanation.split()) < 3:
        reasons.append(Refusal("Say why it moved, as far as it is understood.", field="explanation"))
    if len(follows.split()) < 2:
        reasons.append(Refusal("Say what is done about it, or why nothing is.", field="follows"))
    refuse_if(reasons)
    row.explained_at, row.explained_by_id = acting.at, acting.account
    row.explanation, row.follows = explanation.strip(), follows.strip()
    row.save(update_fields=["explained_at", "explained_by", "explanation", "follows"])
    return row
