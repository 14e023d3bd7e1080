"""The board of a supervisor's teams: who holds what, what needs a decision first, and who is away."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode
from uuid import UUID

from django.urls import reverse

from watchward.foundation.access.models import Absence
from watchward.foundation.access.queries import Staff
from watchward.foundation.acting import Acting
from watchward.foundation.duties.models import HandOver
from watchward.foundation.duties.pages import moving
from watchward.foundation.duties.pages.rows import asks
from watchward.foundation.duties.queries import Held
from watchward.foundation.ui import words
from watchward.foundation.ui.parts import Column, Link, Mark, Matters, Piece, Row, Said, Soft, State, Strong, Table


@dataclass(frozen=True)
class BoardPage:
    """What the people of some teams hold.

    Args:
        of: the teams, in words.
        table: each who holds something or is away, and the teams with nobody named; what needs a decision first.
        idle: how many hold nothing.
        hidden: open ones of these teams that the reader may not see.
        away: who is or will be away.
        waiting: hand-overs of these teams and of the reader that nobody has accepted yet.
    """

    of: str
    late: int
    at_risk: int
    today: int
    later: int
    open: int
    hidden: int
    table: Table
    idle: int
    matters: Matters | None
    away: tuple[Mark, ...]
    waiting: tuple[Mark, ...]


def rank(held: Held) -> tuple[bool, int, int, int, int]:
    """Return what puts a row before others: nobody is named, due while away, late, at risk, today."""
    return (held.person is not None, -held.away, -held.late, -held.at_risk, -held.today)


def board(
    acting: Acting, rows: Sequence[Held], staff: Sequence[Staff], away: Mapping[UUID, Sequence[Absence]], *,
    of: str, open_: int, waiting: Iterable[HandOver],
) -> BoardPage:  # fmt: skip
    """Return the board.

    Args:
        acting: the reader.
        rows: what each holds, as the reader may see it.
        staff: who works in these teams.
        away: who is or will be away.
        of: the teams, in words.
        open_: how many are open by the ledger, those that the reader may not see among them.
        waiting: hand-overs.
    """
    names = {each.account: each.name for each in staff}
    teams = {each.team: each.team_name for each in staff}
    holding = sorted(rows, key=lambda held: (*rank(held), held.first_due))
    total = {name: sum(getattr(held, name) for held in rows) for name in ("late", "at_risk", "today", "later", "open")}
    several = len(teams) > 1
    shown = tuple(_row(acting, held, names, teams, away, several=several) for held in holding)
    foot = Row(("All", *(f"{total[name]:,}" for name in ("late", "at_risk", "today", "later")), "", ""))
    columns = (
        Column("Who"), Column("Late", True), Column("At risk", True), Column("Today", True), Column("Later", True),
        Column("Due first"), Column("Do", hidden=True),
    )  # fmt: skip
    return BoardPage(
        of=of,
        **total,
        hidden=max(0, open_ - total["open"]),
        table=Table(columns, shown, foot, caption="Who holds what", empty="Nothing is open"),
        idle=len(set(names) - {held.person for held in rows}),
        matters=_matters(acting, rows, names),
        away=tuple(_away(acting, each, rows) for gone in away.values() for each in gone),
        waiting=moving.waiting(acting, waiting),
    )


def _row(
    acting: Acting, held: Held, names: Mapping[UUID, str], teams: Mapping[int, str],
    away: Mapping[UUID, Sequence[Absence]], *, several: bool,
) -> Row:  # fmt: skip
    team = teams.get(held.team or 0, "")
    if held.person is None:
        address = f"{reverse('work:reassign')}?{urlencode({'team': held.team})}"
        who: tuple[Piece, ...] = (Link(f"Nobody named, {team}", address),)
    else:
        name = names.get(held.person) or (_owner(held) + ", not in the team")
        who = (Link(name, f"{reverse('work:mine')}?who={held.person}"),)
        if held.person == acting.account:
            who = (*who, " ", Soft("you"))
        elif several and team:
            who = (*who, " ", Soft(team))
        gone = [each for each in away.get(held.person, ()) if each.since_at <= acting.at]
        if gone:
            who = (*who, " ", State(f"away until {words.due(gone[0].until_at, acting.at)}", "soon"))
        address = f"{reverse('work:reassign')}?{urlencode({'who': held.person})}"
    late: Said = Strong(str(held.late)) if held.late else "0"
    give = Link("Give to others", address, "" if held.person is None else names.get(held.person, ""))
    return Row((who, late, str(held.at_risk), str(held.today), str(held.later), _oldest(acting, held), give))


def _owner(held: Held) -> str:
    owner = held.oldest.owed_by if held.oldest is not None else None
    return owner.display_name if owner is not None else "Somebody"


def _oldest(acting: Acting, held: Held) -> Said:
    if held.oldest is None:
        return words.left(held.first_due, acting.at)
    link = Link(asks(held.oldest), reverse("work:duty", args=[held.oldest.pk]), held.oldest.what)
    return (link, " ", Soft(words.left(held.oldest.due_at, acting.at)))


def _matters(acting: Acting, rows: Sequence[Held], names: Mapping[UUID, str]) -> Matters | None:
    said = []
    if unnamed := sum(held.open for held in rows if held.person is None):
        said.append(f"{words.counted(unnamed, 'duty has', 'duties have')} nobody named.")
    for held in sorted(rows, key=rank):
        if held.away and held.person is not None and len(said) < 2:
            name = names.get(held.person, "Somebody")
            falls = "duty of {} falls" if held.away == 1 else "duties of {} fall"
            said.append(f"{held.away:,} {falls.format(name)} due while they are away.")
    return Matters(" ".join(said)) if said else None


def _away(acting: Acting, absence: Absence, rows: Sequence[Held]) -> Mark:
    due = sum(held.away for held in rows if held.person == absence.account_id)
    now = absence.since_at <= acting.at
    until = words.moment(absence.until_at)
    fact: list[Piece] = [Strong(absence.account.display_name), f", until {until}"]
    if not now:
        fact = [Strong(absence.account.display_name), f", {words.moment(absence.since_at)} until {until}"]
    cover = f"{absence.cover.display_name} stands in" if absence.cover else "Nobody stands in: new ones go to the team"
    fact += [". ", Link("Open", reverse("work:absence", args=[absence.pk]), absence.account.display_name)]
    more = f". {words.counted(due, 'duty falls', 'duties fall')} due meanwhile" if due else ""
    return Mark(State("away", "soon") if now else words.short_day(absence.since_at), tuple(fact), cover + more)
