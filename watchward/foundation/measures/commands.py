"""Recording what changed, entering others' figures, and publishing ours."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from watchward.foundation.access.context import as_engine
from watchward.foundation.acting import Acting
from watchward.foundation.commands import command, current
from watchward.foundation.duties.commands import PROVE
from watchward.foundation.measures import tables
from watchward.foundation.measures.counting import counting
from watchward.foundation.measures.declared import Measure, measures
from watchward.foundation.measures.kept import keep_months
from watchward.foundation.measures.models import OthersFigure, Published, RecordedChange
from watchward.foundation.measures.spans import Span
from watchward.foundation.records import NotHere
from watchward.kernel.periods import local_day
from watchward.kernel.refusals import Refusal, refuse_if

READ = "measures.read"
RECORD = "measures.record"
PUBLISH = "measures.publish"


def _unknown(keys: Sequence[str]) -> list[Refusal]:
    return [Refusal(f"There is no measure called {key}.", field="keys") for key in keys if key not in measures]


@command(needs=RECORD)
def record_change(acting: Acting, *, day: date, words: str, source: str, keys: Sequence[str] = ()) -> RecordedChange:
    """Record that something changed on a day, so that charts mark it.

    Args:
        acting: who acts.
        day: on which.
        words: what changed.
        source: where that stands: an order, a minute, a change of counting rules.
        keys: the measures that it may have moved; all where none are named.

    Raises:
        Refused: without words or source, of a day to come, or of a measure that there is not.
    """
    reasons = _unknown(keys)
    if not words.strip():
        reasons.append(Refusal("Say what changed.", field="words"))
    if not source.strip():
        reasons.append(Refusal("Say where that stands.", field="source"))
    if day > local_day(acting.at):
        reasons.append(Refusal("A change is recorded once it has happened.", field="day"))
    refuse_if(reasons)
    return RecordedChange.objects.create(
        day=day, words=words.strip(), source=source.strip(), keys=list(keys), at=acting.at, by_id=acting.account
    )


@command(needs=RECORD)
def withdraw_change(acting: Acting, *, change: UUID, reason: str) -> RecordedChange:
    """Withdraw a recorded change that was none, saying why; charts no longer mark it.

    Raises:
        Refused: without a reason, or when it is withdrawn already.
    """
    row = RecordedChange.visible_to(acting).select_for_update().filter(pk=change).first()
    if row is None:
        raise NotHere("no such change")
    _withdraw(acting, row, reason)
    return row


@command(needs=RECORD)
def enter_comparison(
    acting: Acting, *, measure: str, who: str, value: float, first: date, last: date, source: str
) -> OthersFigure:
    """Enter a figure of somebody else's, to stand beside ours.

    Args:
        acting: who acts.
        measure: key of the measure.
        who: whose figure: "England and Wales".
        value: as it is said, in the measure's unit.
        first: first day of its period.
        last: last day of its period.
        source: where it stands.

    Raises:
        Refused: without its source, of a measure that there is not, or a second one of theirs for the same period.
    """
    reasons = _unknown([measure])
    if not who.strip():
        reasons.append(Refusal("Say whose figure it is.", field="who"))
    if not source.strip():
        reasons.append(Refusal("Say where it stands.", field="source"))
    if last < first:
        reasons.append(Refusal("The period ends before it begins.", field="last"))
    standing = OthersFigure.visible_to(acting).filter(
        measure=measure, who=who.strip(), first=first, last=last, withdrawn_at__isnull=True
    )
    if standing.exists():
        reasons.append(Refusal(f"{who.strip()} has a figure for this period. Withdraw it first.", field="who"))
    refuse_if(reasons)
    return OthersFigure.objects.create(
        measure=measure, who=who.strip(), value=value, first=first, last=last, source=source.strip(), at=acting.at,
        by_id=acting.account,
    )  # fmt: skip


@command(needs=RECORD)
def withdraw_comparison(acting: Acting, *, comparison: UUID, reason: str) -> OthersFigure:
    """Withdraw a figure of somebody else's, saying why.

    Raises:
        Refused: without a reason, or when it is withdrawn already.
    """
    row = OthersFigure.visible_to(acting).select_for_update().filter(pk=comparison).first()
    if row is None:
        raise NotHere("no such figure")
    _withdraw(acting, row, reason)
    return row


def _withdraw(acting: Acting, row: RecordedChange | OthersFigure, reason: str) -> None:
    reasons = []
    if row.withdrawn_at is not None:
        reasons.append(Refusal("This was withdrawn already."))
    if len(reason.split()) < 2:
        reasons.append(Refusal("Say why it is withdrawn.", field="reason"))
    refuse_if(reasons)
    row.withdrawn_at, row.withdrawn_why = acting.at, reason.strip()
    row.save(update_fields=["withdrawn_at", "withdrawn_why"])


@command(needs=PUBLISH)
def publish(acting: Acting, *, measure: str, first: date, last: date) -> Published:
    """Freeze a figure as it is published: its basis, its period, when it was counted, every month and every part.

    Raises:
        Refused: of a measure that there is not, or of a period that is not over.
    """
    reasons = _unknown([measure])
    if last >= local_day(acting.at):
        reasons.append(Refusal("The period is not over.", field="last"))
    if last < first:
        reasons.append(Refusal("The period ends before it begins.", field="last"))
    refuse_if(reasons)
    which, span = measures[measure], Span(first, last)
    with counting(acting) as counter:
        figure = counter.whole(which, span)
        parts = {
            key: _frozen(which, tables.table_of(counter, acting, which, span, [key]))
            for key in [tables.MONTH, *(each.key for each in which.breakdowns)]
        }
    return Published.objects.create(
        measure=measure, title=which.title, basis=which.basis, first=first, last=last, counted_at=acting.at,
        by_id=acting.account, unit=which.unit.value, value=figure.value(which, span), ninetieth=figure.ninetieth,
        rows=figure.rows, counted=figure.counted, open=figure.open, parts=parts,
    )  # fmt: skip


def _frozen(measure: Measure, table: tables.Table) -> list[dict[str, Any]]:
    return [
        {
            "key": line.keys[0], "name": line.names[0], "rows": line.figure.rows, "counted": line.figure.counted,
            "open": line.figure.open, "value": line.figure.value(measure, line.span),
        }
        for line in table.lines
        if line.figure is not None
    ]  # fmt: skip


@command(needs=PROVE)
def keep(acting: Acting) -> tuple[int, int]:
    """Let go of kept months that a change has reached, and count and keep every month that is over and is not kept.

    Returns:
        How many kept rows were let go, and how many months of measures were counted anew.
    """
    with as_engine(acting, command=str(current().id)) as engine:
        return keep_months(engine)
