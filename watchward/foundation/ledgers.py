"""Ledgers: every population adds up, and nothing leaves a queue without an accounted destination."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from watchward.foundation.acting import Acting
from watchward.foundation.together import at_once


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


@dataclass(frozen=True)
class Ledger:
    """How one ledger is counted.

    Args:
        key: stable name.
        asks: a select of one row and one column, an array of counts, with its parameters; given one who sees all.
        balance: the ledger from those counts.
    """

    key: str
    asks: Callable[[Acting], tuple[str, Sequence[Any]]]
    balance: Callable[[Acting, Sequence[int]], Balance]

    def __call__(self, acting: Acting) -> Balance:
        """Return this ledger alone, counted now."""
        return _counted(acting, [self])[0]


ledgers: dict[str, Ledger] = {}
"""Every ledger by key; counted by the force's machinery, which sees all."""


def counted(acting: Acting) -> list[Balance]:
    """Return every ledger, counted now in one statement: all of them at the same moment.

    Args:
        acting: the machinery, or a person for whom the scope was lifted for counting alone.
    """
    return _counted(acting, [ledger for _key, ledger in sorted(ledgers.items())])


def _counted(acting: Acting, asked: Sequence[Ledger]) -> list[Balance]:
    counts = at_once(*(ledger.asks(acting) for ledger in asked))
    return [ledger.balance(acting, numbers) for ledger, numbers in zip(asked, counts, strict=True)]
