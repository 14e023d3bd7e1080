"""What makes an incident of an earlier system one that can be brought over."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from itertools import pairwise

from watchward.domains.incidents.vocabulary import EarlierIncident, Grade


def why_not_bring(rows: Sequence[EarlierIncident], *, at: datetime) -> Iterator[tuple[int, str]]:
    """Yield why rows cannot be brought over: the place of each from 0, and the reason in words.

    Args:
        rows: closed incidents.
        at: when they are brought over: nothing in them is later.
    """
    seen: set[str] = set()
    for place, row in enumerate(rows):
        yield from ((place, words) for words in _faults(row, at))
        if row.reference in seen:
            yield place, f"{row.reference} comes twice."
        seen.add(row.reference)


def _faults(row: EarlierIncident, at: datetime) -> Iterator[str]:
    if not row.reference.strip() or not row.what.strip():
        yield "It lacks its number, or what it was."
    if row.closed > at:
        yield "Only closed incidents are brought over."
    order = (row.rang, row.answered, row.opened, row.sent, row.there, row.left)
    moments = [moment for moment in order if moment is not None]
    if any(later < earlier for earlier, later in pairwise(moments)) or row.closed < moments[-1]:
        yield "Its times are not in order: reported, answered, opened, sent, at scene, clear, closed."
    if row.there is not None and (row.unit is None or row.sent is None or row.left is None):
        yield "Somebody was at scene: say which unit, when it was sent and when it was clear."
    if row.there is None and row.grade is not Grade.RESOLVED and len(row.why_nobody_went.split()) < 2:
        yield "Say why nobody went."
    if not row.outcome.strip():
        yield "Say how it ended."
    if row.agreed is not None and row.grade is not Grade.SCHEDULED:
        yield "Only a Scheduled incident has an agreed time."
