"""The ledgers as one reader may know them."""

from __future__ import annotations

from collections.abc import Sequence

from django.urls import reverse

from watchward.foundation.duties.models import Duty, State
from watchward.foundation.duties.queries import Known
from watchward.foundation.ledgers import Balance
from watchward.foundation.ui import words
from watchward.foundation.ui.parts import Column, Link, Piece, Row, Soft, Table
from watchward.foundation.ui.parts import State as Word

WORDS = {State.OPEN: "Open", State.DISCHARGED: "Done", State.RELEASED: "Released"}


def ledgers_table(rows: Sequence[Known]) -> Table:
    """Return the ledgers as a table."""
    columns = (
        Column("Ledger"), Column("Owed", True), Column("Done", True), Column("Open", True),
        Column("Released", True), Column("Hidden", True), Column("Adds up"),
    )  # fmt: skip
    return Table(
        columns,
        tuple(
            Row(
                (
                    (each.balance.title, " ", Soft(each.balance.key)),
                    f"{each.balance.population:,}",
                    _counted(each.balance, State.DISCHARGED, each.balance.discharged),
                    _counted(each.balance, State.OPEN, each.balance.open),
                    _counted(each.balance, State.RELEASED, each.balance.released),
                    f"{each.hidden:,}",
                    "adds up" if each.balance.balances else Word(_astray(each.balance), "late"),
                )
            )
            for each in rows
        ),
        caption="Every ledger",
        empty="No ledgers yet",
    )


def _counted(balance: Balance, state: State, number: int) -> str | Link:
    """Return a number that opens to its rows, where it is of duties."""
    room, _, kind = balance.key.partition(".")
    if room != "duties" or not number:
        return f"{number:,}"
    return Link(
        f"{number:,}",
        f"{reverse('work:ledger', args=[kind])}?state={state}",
        f"{WORDS[state].lower()}: {balance.title}",
    )


def duties_table(rows: Sequence[Duty], state: State) -> Table:
    """Return duties of one kind in one state as a table."""
    closed = state != State.OPEN
    columns = (Column("What"), Column("Whose"), Column("When"), *((Column("How it ended"),) if closed else ()))
    return Table(
        columns,
        tuple(
            Row(
                (
                    Link(duty.what or duty.reference or "This duty", reverse("work:duty", args=[duty.pk])),
                    duty.owed_by.display_name if duty.owed_by else duty.owed_by_team.name if duty.owed_by_team else "",
                    (f"due {words.moment(duty.due_at)}", Soft(f", arose {words.moment(duty.arose_at)}")),
                    *((_ended(duty),) if closed else ()),
                )
            )
            for duty in rows
        ),
        caption="Its rows",
        empty="None that you may see",
        stack=True,
    )


def _ended(duty: Duty) -> tuple[Piece, ...]:
    at = f"{WORDS[State(duty.state)].lower()} {words.moment(duty.closed_at)}" if duty.closed_at else ""
    late = duty.state == State.DISCHARGED and duty.closed_at is not None and duty.closed_at > duty.due_at
    said = (". ", Soft(duty.closed_words)) if duty.closed_words else ()
    return (at, *((" ", Word("late", "late")) if late else ()), *said)


def _astray(balance: Balance) -> str:
    return "does not add up: " + ("; ".join(balance.faults) or "the sum is not the population")
