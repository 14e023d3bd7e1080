"""The ledgers as one reader may know them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from watchward.foundation.duties.models import State
from watchward.foundation.ledgers import Balance
from watchward.foundation.ui.parts import Column, Row, Soft, Table
from watchward.foundation.ui.parts import State as Word


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
