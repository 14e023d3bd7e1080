"""What the pages of duties show: my work, a team's, all that is late, one duty, and the ledgers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.urls import NoReverseMatch, reverse

from watchward.foundation.acting import Acting
from watchward.foundation.audit.models import CommandLog
from watchward.foundation.audit.queries import Entry
from watchward.foundation.duties.commands import DISCHARGE, SUPERVISE
from watchward.foundation.duties.kinds import DutyKind, kinds
from watchward.foundation.duties.models import Duty, Escalation, State
from watchward.foundation.duties.queries import Sums
from watchward.foundation.ledgers import Balance
from watchward.foundation.ui import words
from watchward.foundation.ui.frame import Shortcut
from watchward.foundation.ui.parts import (
    Button,
    Column,
    DutyRow,
    Ledger,
    Link,
    Mark,
    Piece,
    Row,
    Said,
    Soft,
    Strong,
    Table,
)
from watchward.foundation.ui.parts import State as Word

KEYS = (
    Shortcut("J", "next"),
    Shortcut("K", "back"),
    Shortcut("Enter", "open"),
    Shortcut("R", "do it"),
    Shortcut("G", "give to"),
    Shortcut("V", "why: the rule"),
)


@dataclass(frozen=True)
class Section:
    """A list of duties under its heading; ``more`` says how many it leaves out."""

    id: str
    title: str
    note: str
    rows: tuple[DutyRow, ...]
    more: int = 0


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
    released: tuple[Mark, ...]
    views: tuple[tuple[str, str, bool], ...]


@dataclass(frozen=True)
class UpTo:
    """What went up to the reader, and whether they said that they saw it."""

    id: UUID
    words: Said
    url: str
    seen: str


def url_of(kind: DutyKind | None, about: UUID) -> str:
    """Return the page where a duty is done, empty where it has none."""
    if kind is None or not kind.url:
        return ""
    try:
        return reverse(kind.url, args=[about])
    except NoReverseMatch:
        return ""


def row(acting: Acting, duty: Duty, *, why_at_risk: str = "", here: bool = False, names: bool = True) -> DutyRow:
    """Return a duty as a row: its state, its own question, whom and what it is about, its rule, what can be done."""
    kind, page = kinds.get(duty.kind), reverse("work:duty", args=[duty.pk])
    late, day = duty.due_at < acting.at, words.day(duty.due_at) == words.day(acting.at)
    if late:
        state, due = Word(words.left(duty.due_at, acting.at), "late"), f"due {words.due(duty.due_at, acting.at)}"
    elif day:
        state, due = Word(words.hm(duty.due_at), "soon"), words.left(duty.due_at, acting.at)
    else:
        state, due = Word(words.day(duty.due_at), "ok"), words.left(duty.due_at, acting.at)
    about: list[Piece] = [duty.what]
    if names:
        about.append(f". {duty.owed_by.display_name}" if duty.owed_by else ". Nobody named")
    if why_at_risk:
        about += [". ", Strong(why_at_risk)]
    return DutyRow(
        state=state,
        due=due,
        asks=kind.asks if kind else duty.kind,
        url=page,
        about=tuple(about),
        rule=f"{duty.rule}, from {words.day_year(duty.rule_since)}",
        actions=actions(acting, duty, kind, page),
        here=here,
        id=f"duty-{duty.pk}",
    )


def actions(acting: Acting, duty: Duty, kind: DutyKind | None, page: str) -> tuple[Button, ...]:
    """Return what this person can do about an open duty, the doing of it first."""
    found = []
    done_at = url_of(kind, duty.about)
    if done_at and kind is not None:
        found.append(Button(kind.verb, url=done_at, key="r", keys="list", small=True))
    elif kind is not None and kind.met is None and acting.may(DISCHARGE):
        found.append(Button("Say it is done", url=f"{page}#done", key="r", keys="list", small=True))
    if acting.may(SUPERVISE):
        found.append(Button("Give to", url=f"{page}#give", key="g", keys="list", small=True))
    found.append(Button("Why", url=f"{page}#rule", key="v", keys="list", small=True))
    return tuple(found)


def why_at_risk(duty: Duty, acting: Acting, late_of: dict[UUID | None, int]) -> str:
    """Return why a duty that is in time is unlikely to stay so, empty where nothing says it."""
    if duty.due_at > acting.at + timedelta(days=7):
        return ""
    if duty.owed_by is None:
        return "Nobody is named for it"
    behind = late_of.get(duty.owed_by_id, 0)
    return f"{duty.owed_by.display_name} is late with {behind} already" if behind else ""


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
            words=(Strong(_asks(each.duty)), f" {each.duty.what}. {words.left(each.duty.due_at, acting.at)}"),
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
            (Link(_asks(each.duty), reverse("work:duty", args=[each.duty_id])), f" {each.duty.what}"),
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


def _asks(duty: Duty) -> str:
    kind = kinds.get(duty.kind)
    return kind.asks if kind else duty.kind


@dataclass(frozen=True)
class OnePage:
    """One duty: what it asks, its rule, how it came to be what it is, and what can be done."""

    id: UUID
    asks: str
    what: str
    reference: str
    state: Word
    facts: tuple[Mark, ...]
    rules: tuple[Table, ...]
    history: tuple[Mark, ...]
    proof: tuple[Mark, ...]
    do: Button | None
    may_discharge: bool
    may_supervise: bool
    people: tuple[tuple[str, str], ...]
    seen: tuple[UUID, ...]
    typed: dict[str, str]
    wrong: tuple[Any, ...]


def state_of(acting: Acting, duty: Duty) -> Word:
    """Return a duty's state in a word or two."""
    if duty.state != State.OPEN:
        return Word(duty.state, "done")
    late = duty.due_at < acting.at
    today = words.day(duty.due_at) == words.day(acting.at)
    return Word(words.left(duty.due_at, acting.at), "late" if late else "soon" if today else "ok")


def facts(duty: Duty) -> tuple[Mark, ...]:
    """Return whose a duty is and its times."""
    who = duty.owed_by.display_name if duty.owed_by else "Nobody named"
    team = duty.owed_by_team.name if duty.owed_by_team else "no team"
    found = [
        Mark("Owed by", f"{who}, {team}", "Given by hand" if duty.given and duty.state == State.OPEN else ""),
        Mark("Arose", words.moment(duty.arose_at)),
        Mark("Due", words.moment(duty.due_at)),
        Mark("Rule", duty.rule, f"In force from {words.day_year(duty.rule_since)}"),
    ]
    return tuple(found)


def proof(duty: Duty, command: CommandLog | None) -> tuple[Mark, ...]:
    """Return how a duty ended: when, by whom, by which command and in which words."""
    if duty.state == State.OPEN or duty.closed_at is None:
        return ()
    who = duty.closed_by.display_name if duty.closed_by else ""
    said: list[Mark] = [Mark(duty.state.capitalize(), f"{words.moment(duty.closed_at)}, {who}")]
    if duty.closed_words:
        said.append(Mark("Reason" if duty.state == State.RELEASED else "In words", duty.closed_words))
    name = command.name if command else "one that you may not read"
    said.append(Mark("Command", name, f"Log entry {duty.closed_command}"))
    return tuple(said)


def rule_tables(kind: DutyKind | None) -> tuple[Table, ...]:
    """Return the rules of a kind with every version, as the pages of the law show them."""
    columns = (Column("In force"), Column("Says"), Column("Source"))
    return tuple(
        Table(
            columns,
            tuple(
                Row((_span(version.in_force, version.until), version.value, version.cite)) for version in table.rows()
            ),
            caption=f"{table.title or 'The rule'}, chosen by {table.chosen_by}",
        )
        for table in (kind.rules if kind else ())
    )


def _span(since: Any, until: Any) -> str:
    return f"from {words.day_year(since)}" + (f" to {words.day_year(until)}" if until else "")


SHOWN = {
    "state": "state",
    "due_at": "due",
    "owed_by_id": "owed by",
    "escalated": "gone up, steps",
    "handling": "handling",
    "rule": "rule",
}


def history(entries: Sequence[Entry], names: dict[UUID, str]) -> tuple[Mark, ...]:
    """Return what changed at each step, latest first: the values after it."""
    found, before = [], dict[str, Any]()
    for entry in entries:
        after: dict[str, Any] = entry.change.row or {}
        if not after:
            said = "Forgotten: what it held was erased"
        elif not before:
            said = f"Opened, due {_value('due_at', after.get('due_at'), names)}"
        else:
            changed = [key for key in SHOWN if before.get(key) != after.get(key)]
            said = "; ".join(f"{SHOWN[key]}: {_value(key, after.get(key), names)}" for key in changed) or "Noted again"
        at = words.stamp(entry.at) if entry.at else "At set-up"
        found.append(Mark(at, said, f"{entry.who}, by {entry.command}" if entry.command else entry.who))
        before = after or before
    return tuple(reversed(found))


def _value(key: str, value: Any, names: dict[UUID, str]) -> str:
    if value in (None, ""):
        return "nobody" if key == "owed_by_id" else "none"
    if key == "due_at":
        return words.moment(datetime.fromisoformat(str(value)))
    if key == "owed_by_id":
        return names.get(UUID(str(value)), "somebody else")
    if key == "handling":
        return ("open", "locked", "sealed")[int(value)]
    return str(value)


@dataclass(frozen=True)
class LedgerRow:
    """A ledger with the sealed rows that the reader may not know of taken off."""

    balance: Balance
    hidden: int


def ledgers(balances: Iterable[Balance], unseen: dict[str, tuple[int, dict[str, int]]]) -> tuple[LedgerRow, ...]:
    """Return every ledger as this reader may know it: those that do not add up first."""
    found = []
    for balance in balances:
        hidden, sealed = unseen.get(balance.key, (0, {}))
        found.append(
            LedgerRow(
                Balance(
                    balance.key,
                    balance.title,
                    population=balance.population - sum(sealed.values()),
                    discharged=balance.discharged - sealed.get(State.DISCHARGED, 0),
                    open=balance.open - sealed.get(State.OPEN, 0),
                    released=balance.released - sealed.get(State.RELEASED, 0),
                    faults=balance.faults,
                ),
                hidden,
            )
        )
    return tuple(sorted(found, key=lambda each: (each.balance.balances, each.balance.key)))


def ledgers_table(rows: Sequence[LedgerRow]) -> Table:
    """Return the ledgers as a table."""
    columns = (
        Column("Ledger"), Column("Must be accounted for", True), Column("Done", True), Column("Open", True),
        Column("Released", True), Column("You may not see", True), Column("Adds up"),
    )  # fmt: skip
    return Table(
        columns,
        tuple(
            Row(
                (
                    (each.balance.title, " ", Soft(each.balance.key)),
                    f"{each.balance.population:,}",
                    f"{each.balance.discharged:,}",
                    f"{each.balance.open:,}",
                    f"{each.balance.released:,}",
                    f"{each.hidden:,}",
                    "adds up" if each.balance.balances else Word(_astray(each.balance), "late"),
                )
            )
            for each in rows
        ),
        caption="Every ledger",
        empty="No ledgers yet",
    )


def _astray(balance: Balance) -> str:
    return "does not add up: " + ("; ".join(balance.faults) or "the sum is not the population")
