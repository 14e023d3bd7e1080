"""The ledgers as one reader may know them."""

from __future__ import annotations

from collections.abc import Sequence

from watchward.foundation.duties.queries import Known
from watchward.foundation.ledgers import Balance
from watchward.foundation.ui.parts import Column, Row, Soft, Table
from watchward.foundation.ui.parts import State as Word


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
