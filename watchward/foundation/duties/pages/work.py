"""My work, or a team's: the ledger, the lists, who owes what, what went up and what was released."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.urls import reverse

from watchward.foundation.acting import Acting
from watchward.foundation.duties.models import Duty, Escalation
from watchward.foundation.duties.pages.rows import asks
from watchward.foundation.duties.queries import Sums
from watchward.foundation.ui import words
from watchward.foundation.ui.parts import Column, DutyRow, Ledger, Link, Mark, Piece, Row, Said, Soft, Strong, Table


@dataclass(frozen=True)
class Section:
    """A list of duties under its heading; ``more`` says how many it leaves out, ``url`` where all of them are."""

    id: str
    title: str
    note: str
    rows: tuple[DutyRow, ...]
    more: int = 0
    url: str = ""


@dataclass(frozen=True)
class WorkPage:
    """My work, or a team's."""

    of: str
    late: int
    today: int
    at_risk: int
    ledger: Ledger
    sections: tuple[Section, ...]
    team: Table | None
    team_name: str
    went_up_to: tuple[UpTo, ...]
    went_up: tuple[Mark, ...]
    asked: tuple[Mark, ...]
    released: tuple[Mark, ...]
    views: tuple[tuple[str, str, bool], ...]


@dataclass(frozen=True)
class UpTo:
    """What went up to the reader, and whether they said that they saw it."""

    id: UUID
    words: Said
    url: str
    seen: str


def ledger(sums: Sums, *, of: str, at_risk: int, rows_url: str) -> Ledger:
    """Return the two sums of a scope."""
    return Ledger(
        owed=sums.owed, done=sums.done, released=sums.released, open=sums.open, late=sums.late, today=sums.today,
        later=sums.later, owed_by=of, since=words.day(sums.since) if sums.since else "the first record",
        checked=sums.at, on_time=sums.on_time, at_risk=at_risk, hidden=sums.hidden, rows_url=rows_url,
    )  # fmt: skip


def team_table(
    members: Iterable[tuple[UUID, str]], counts: dict[UUID | None, dict[str, int]], *, reader: UUID
) -> Table:
    """Return who of a team has how much late, today and later; what nobody is named for stands last."""
    nothing = {"late": 0, "today": 0, "later": 0}
    left = dict(counts)
    rows = []
    for account, name in members:
        count = left.pop(account, nothing)
        who: tuple[Piece, ...] = (Link(name, f"{reverse('work:mine')}?who={account}"),)
        rows.append(Row(((*who, " ", Soft("you")) if account == reader else who, *_counts(count))))
    unnamed = left.pop(None, None)
    if unnamed:
        rows.append(Row(("Nobody named", *_counts(unnamed))))
    others = {name: sum(count[name] for count in left.values()) for name in nothing}
    if any(others.values()):
        rows.append(Row(("People no longer in the team", *_counts(others))))
    total = {name: sum(count[name] for count in counts.values()) for name in nothing}
    columns = (Column("Officer"), Column("Late", True), Column("Today", True), Column("Later", True))
    return Table(columns, tuple(rows), Row(("Team", *_counts(total))), caption="What each officer owes")


def _counts(count: dict[str, int]) -> tuple[Said, ...]:
    late: Said = Strong(str(count["late"])) if count["late"] else "0"
    return late, str(count["today"]), str(count["later"])


def up_to(acting: Acting, rows: Sequence[Escalation]) -> tuple[UpTo, ...]:
    """Return what went up to the reader."""
    return tuple(
        UpTo(
            id=each.pk,
            words=(Strong(asks(each.duty)), f" {each.duty.what}. {words.left(each.duty.due_at, acting.at)}"),
            url=reverse("work:duty", args=[each.duty_id]),
            seen=words.recent(each.seen_at, acting.at) + ", " + words.hm(each.seen_at) if each.seen_at else "",
        )
        for each in rows
    )


def went_up(acting: Acting, rows: Sequence[Escalation]) -> tuple[Mark, ...]:
    """Return what went up from a team, to whom, and whether they saw it."""
    return tuple(
        Mark(
            words.stamp(each.at),
            (Link(asks(each.duty), reverse("work:duty", args=[each.duty_id])), f" {each.duty.what}"),
            f"To {each.to.display_name if each.to else each.to_team.name if each.to_team else 'nobody'}. "
            + (f"Seen {words.stamp(each.seen_at)}" if each.seen_at else "Not seen yet"),
        )
        for each in rows
    )


def released(rows: Sequence[Duty]) -> tuple[Mark, ...]:
    """Return what was released, with the reason and by whom."""
    return tuple(
        Mark(
            words.short_day(each.closed_at) if each.closed_at else "",
            f"{each.what}: {each.closed_words}. {each.closed_by.display_name if each.closed_by else ''}",
        )
        for each in rows
    )
