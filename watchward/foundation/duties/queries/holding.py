"""Who may hold what is owed: every reason against somebody or a team taking over some duties."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from uuid import UUID

from django.urls import NoReverseMatch, resolve, reverse

from watchward.foundation.access import absences
from watchward.foundation.access import queries as access
from watchward.foundation.access.models import Team
from watchward.foundation.acting import Acting
from watchward.foundation.duties.kinds import DutyKind, kinds
from watchward.foundation.duties.models import Duty
from watchward.foundation.duties.vocabulary import DISCHARGE
from watchward.foundation.records import Handling, standing
from watchward.foundation.ui import words
from watchward.kernel.periods import local_day
from watchward.kernel.refusals import Refusal

SHOWN = 5
"""Duties that one reason names; the rest are counted."""


def why_not_hold(
    acting: Acting, *, duties: Sequence[Duty], to: UUID | None, team: int | None
) -> tuple[access.Works | None, list[Refusal]]:
    """Return somebody and every reason why they, or a team, may not hold these duties.

    Args:
        acting: who gives them.
        duties: which.
        to: who is to hold them.
        team: number of the team that is to hold them, where nobody is named.

    Returns:
        Who is to hold them, None for a team; and the reasons, none of them where they may.
    """
    if to is None:
        return None, _why_not_team(acting, duties, team)
    person = access.works(acting, account=to)
    if person is None:
        return None, [Refusal("Choose somebody who works here, or a team.", field="to")]
    reasons = []
    until = absences.away_until(acting, account=to)
    if until is not None:
        reasons.append(Refusal(f"{person.name} is away until {words.moment(until)}.", field="to", code="away"))
    if DISCHARGE not in person.permissions:
        reasons.append(Refusal(f"No role of {person.name} lets them do what is owed.", field="to", code="role"))
    shut = [row for row in duties if (needs := _needs(kinds.get(row.kind))) and needs not in person.permissions]
    if shut:
        reasons.append(Refusal(f"No role of {person.name} opens where this is done: {_named(shut)}.", code="role"))
    closed = [row for row in duties if row.handling != Handling.OPEN and row.team_id not in person.teams]
    if closed:
        reasons.append(Refusal(f"The record is closed to {person.name}: {_named(closed)}.", code="handling"))
    return person, reasons


def _why_not_team(acting: Acting, duties: Sequence[Duty], team: int | None) -> list[Refusal]:
    found = Team.visible_to(acting).filter(standing(local_day(acting.at)), number=team).first() if team else None
    if found is None:
        return [Refusal("Choose somebody who works here, or a team.", field="to")]
    closed = [row for row in duties if row.handling != Handling.OPEN and row.team_id != found.number]
    return [Refusal(f"The record is closed to {found.name}: {_named(closed)}.", code="handling")] if closed else []


def _named(duties: Sequence[Duty]) -> str:
    said = [row.reference or row.what for row in duties[:SHOWN]]
    more = len(duties) - len(said)
    return ", ".join(said) + (f" and {more} more" if more else "")


@lru_cache(maxsize=200)
def _door(url: str) -> str | None:
    """Return the permission that the page takes where a duty is done; None where it has no page of its own."""
    try:
        view = resolve(reverse(url, args=[UUID(int=0)])).func
    except NoReverseMatch:
        return None
    found: str | None = getattr(view, "needs", None)
    return found


def _needs(kind: DutyKind | None) -> str | None:
    return _door(kind.url) if kind is not None and kind.url else None
