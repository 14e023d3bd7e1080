"""Short forms of given names, from data/names/nicknames.csv."""

from __future__ import annotations

import csv
from functools import cache
from pathlib import Path

NICKNAMES = Path(__file__).resolve().parents[3] / "data" / "names" / "nicknames.csv"


@cache
def _table() -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    with NICKNAMES.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            found.setdefault(row["short"], []).append(row["given"])
    return {short: tuple(given) for short, given in found.items()}


def given_names(part: str) -> tuple[str, ...]:
    """Return the given names that a folded name is short for: Kate is Catherine or Katherine; none for most."""
    return _table().get(part, ())


def same_given_name(one: str, other: str) -> bool:
    """Return whether one of two folded names is short for the other, or both for the same."""
    return one == other or bool({one, *given_names(one)} & {other, *given_names(other)})
