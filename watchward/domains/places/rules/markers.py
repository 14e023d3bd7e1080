"""When a marker must be looked at again, and what it needs to be put up at all."""

from __future__ import annotations

from datetime import date

from watchward.kernel.dated import UNSET, Dated, Version
from watchward.kernel.periods import Months
from watchward.kernel.refusals import Refusal

REVIEW: Dated[Months] = Dated(
    title="How long a marker on a place stands before it is reviewed",
    chosen_by="the day on which the marker was put up or last reviewed",
    policy=True,
    asks="how many months a marker on a place stands before it is reviewed",
    versions=(Version(in_force=date(2010, 1, 1), value=UNSET, cite="Force policy on markers, to be set by the force"),),
)
"""No national period is laid down for local markers: until the force sets one, whoever marks names the day."""


def review_day(*, since: date, until: date | None, asked: date | None, policy: Dated[Months] = REVIEW) -> date | None:
    """Return the day on which a marker must be looked at again: no later than it ends or the policy says.

    Args:
        since: the day on which it was put up or last reviewed.
        until: the day on which it ends, where one was named.
        asked: the day that was asked for.
        policy: the force's period.

    Returns:
        None where nobody named a day and the force has set no period.
    """
    days = [day for day in (asked, until) if day is not None]
    if policy.is_set_on(since):
        days.append(policy.value_on(since).due(since))
    return min(days, default=None)


def why_not_mark(
    *, since: date, until: date | None, review_on: date | None, words: str, grounds: str, source: str
) -> tuple[Refusal, ...]:
    """Return every reason why a marker may not be put up: it says what, why, where from and until when."""
    reasons = []
    if not words.strip():
        reasons.append(Refusal("Say what those who go there must know.", field="words"))
    if len(grounds.split()) < 2:
        reasons.append(Refusal("Say on what grounds the place is marked.", field="grounds"))
    if not source.strip():
        reasons.append(Refusal("Say where this comes from.", field="source"))
    if until is not None and until <= since:
        reasons.append(Refusal("The marker must end after it begins.", field="until"))
    if review_on is None:
        reasons.append(Refusal("Name the day on which the marker is looked at again.", field="review_on"))
    elif review_on <= since:
        reasons.append(Refusal("The review must come after the marker begins.", field="review_on"))
    return tuple(reasons)
