"""Ledgers: every population adds up, and nothing leaves a queue without an accounted destination."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from watchward.foundation.acting import Acting


@dataclass(frozen=True)
class Balance:
    """A ledger counted: population = discharged + open + released.

    Args:
        key: stable name.
        title: what it counts, in words.
        population: how many must be accounted for, counted from the records themselves.
        discharged: how many were done, with proof.
        open: how many are still owed.
        released: how many ended without being done, with a reason.
        faults: what does not add up, in words, each with its number.
    """

    key: str
    title: str
    population: int
    discharged: int
    open: int
    released: int
    faults: tuple[str, ...] = ()

    @property
    def balances(self) -> bool:
        """Return whether it adds up and nothing is missing or left over."""
        return not self.faults and self.population == self.discharged + self.open + self.released


ledgers: dict[str, Callable[[Acting], Balance]] = {}
"""Every ledger by key; counted by the force's machinery, which sees all."""


def counted(acting: Acting) -> list[Balance]:
    """Return every ledger, counted now.

    Args:
        acting: the machinery, or a person for whom the scope was lifted for counting alone.
    """
    return [count(acting) for _key, count in sorted(ledgers.items())]
