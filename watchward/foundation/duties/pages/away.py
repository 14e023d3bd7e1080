"""Who is away, and what is due of them meanwhile."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlencode
from uuid import UUID

from django.urls import reverse

from watchward.foundation.access.models import Absence
from watchward.foundation.acting import Acting
from watchward.foundation.ui import words
from watchward.foundation.ui.parts import DutyRow, Link, Mark, State


@dataclass(frozen=True)
class AbsencePage:
    """One absence, with all that is due meanwhile.

    Args:
        move_url: where all of it is given to others, or handed over by whoever is away; empty where neither is so.
    """

    id: UUID
    name: str
    state: State
    facts: tuple[Mark, ...]
    rows: tuple[DutyRow, ...]
    total: int
    may_end: bool
    begun: bool
    move: str
    move_url: str


def absence(acting: Acting, row: Absence, rows: tuple[DutyRow, ...], *, total: int, may_give: bool) -> AbsencePage:
    """Return an absence as its page shows it."""
    mine, knows = row.account_id == acting.account, row.account_id == acting.account or may_give
    over, begun = row.until_at <= acting.at, row.since_at <= acting.at
    state = State("over", "done") if over else State("away", "soon") if begun else State("to come", "ok")
    facts = [
        Mark("From", words.moment(row.since_at)),
        Mark("Until", words.moment(row.until_at), "" if over else "It ends by itself"),
        Mark("Stands in", row.cover.display_name if row.cover else "Nobody: new ones go to the team"),
    ]
    if knows:
        facts.append(Mark("Kind", row.get_kind_display()))
    facts.append(Mark("Recorded", f"{row.by.display_name}, {words.moment(row.at)}"))
    move, url = "", ""
    if total and may_give:
        move, url = "Give to others", f"{reverse('work:reassign')}?{urlencode({'who': row.account_id, 'away': row.pk})}"
    elif total and mine:
        move, url = "Hand over", reverse("work:hand-over")
    return AbsencePage(
        id=row.pk,
        name=row.account.display_name,
        state=state,
        facts=tuple(facts),
        rows=rows,
        total=total,
        may_end=not over and (mine or may_give),
        begun=begun,
        move=move,
        move_url=url,
    )


def to_come(acting: Acting, rows: Iterable[Absence]) -> tuple[Mark, ...]:
    """Return who is or will be away."""
    return tuple(
        Mark(
            State("away", "soon") if row.since_at <= acting.at else words.short_day(row.since_at),
            (Link(row.account.display_name, reverse("work:absence", args=[row.pk])),),
            f"{words.moment(row.since_at)} until {words.moment(row.until_at)}",
        )
        for row in rows
    )
