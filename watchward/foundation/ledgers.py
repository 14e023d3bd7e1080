"""Ledgers: every population adds up, and nothing leaves a queue without an accounted destination."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from watchward.foundation.access.policy import Handling
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
class Shelf:
    """What one ledger counts of the records that are kept alike.

    Args:
        handling: how they are kept.
        team: number of the team that they belong to; None for those of no team.
        counts: how many, as the ledger reads them.
    """

    handling: int
    team: int | None
    counts: tuple[int, ...]

    def hidden_from(self, acting: Acting) -> bool:
        """Return whether these are locked or sealed and not of this person's teams."""
        return self.handling != Handling.OPEN and self.team not in acting.teams

    def unknown_to(self, acting: Acting) -> bool:
        """Return whether this person may not know that there are any."""
        return self.handling == Handling.SEALED and self.team not in acting.teams


Shelves = Mapping[str, Sequence[Shelf]]
"""Every ledger, by its key, as it was counted at one moment."""


@dataclass(frozen=True)
class Ledger:
    """How one ledger is counted.

    Args:
        key: stable name.
        asks: a select of one row and one column, JSON: for each handling and team an array of these two and of counts;
            with its parameters; given one who sees all.
        balance: the ledger from the sum of those counts.
        width: how many counts there are.
        settles: what is added to the counts where a statement alone cannot tell; given one who sees all.
    """

    key: str
    asks: Callable[[Acting], tuple[str, Sequence[Any]]]
    balance: Callable[[Sequence[int]], Balance]
    width: int
    settles: Callable[[Acting, Sequence[Shelf]], Sequence[Shelf]] = lambda _acting, shelves: shelves

    def __call__(self, acting: Acting) -> Balance:
        """Return this ledger alone, counted now."""
        return self.of(_shelves(acting, [self])[self.key])

    def of(self, shelves: Sequence[Shelf]) -> Balance:
        """Return this ledger over those records alone that stand on these shelves."""
        return self.balance([sum(shelf.counts[at] for shelf in shelves) for at in range(self.width)])


ledgers: dict[str, Ledger] = {}
"""Every ledger by key; counted by the force's machinery, which sees all."""


def shelves_of(acting: Acting) -> Shelves:
    """Return the counts of every ledger by who keeps the records, in one statement: all of them at the same moment.

    Args:
        acting: the machinery, or a person for whom the scope was lifted for counting alone.
    """
    return _shelves(acting, [ledger for _key, ledger in sorted(ledgers.items())])


def counted(acting: Acting) -> list[Balance]:
    """Return every ledger, counted now.

    Args:
        acting: the machinery, or a person for whom the scope was lifted for counting alone.
    """
    return [ledgers[key].of(shelves) for key, shelves in shelves_of(acting).items()]


def _shelves(acting: Acting, asked: Sequence[Ledger]) -> Shelves:
    told = at_once(*(ledger.asks(acting) for ledger in asked))
    return {
        ledger.key: ledger.settles(
            acting, [Shelf(handling, team, tuple(counts)) for handling, team, *counts in json.loads(rows)]
        )
        for ledger, rows in zip(asked, told, strict=True)
    }
