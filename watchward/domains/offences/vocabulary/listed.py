"""Offences as the Home Office lists them, with group, street-level category and harm weight, each from a day."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from functools import cached_property
from typing import Protocol, TypeVar


class Permission(StrEnum):
    """What roles let people do here.

    READ: see the offence list, outcome types and flags.
    LOAD: load another edition of the list.
    """

    READ = "offences.read"
    LOAD = "offences.load"


class OffenceGroup(StrEnum):
    """The groups of police recorded crime."""

    VIOLENCE = "Violence against the person"
    SEXUAL = "Sexual offences"
    ROBBERY = "Robbery"
    THEFT = "Theft offences"
    DAMAGE = "Criminal damage and arson"
    DRUGS = "Drug offences"
    WEAPONS = "Possession of weapons offences"
    PUBLIC_ORDER = "Public order offences"
    MISCELLANEOUS = "Miscellaneous crimes against society"
    FRAUD = "Fraud offences"


class Category(StrEnum):
    """The categories in which street-level crime is published; anti-social behaviour is no offence of the list."""

    ANTI_SOCIAL = "Anti-social behaviour"
    BICYCLE = "Bicycle theft"
    BURGLARY = "Burglary"
    DAMAGE = "Criminal damage and arson"
    DRUGS = "Drugs"
    OTHER_CRIME = "Other crime"
    OTHER_THEFT = "Other theft"
    WEAPONS = "Possession of weapons"
    PUBLIC_ORDER = "Public order"
    ROBBERY = "Robbery"
    SHOPLIFTING = "Shoplifting"
    FROM_PERSON = "Theft from the person"
    VEHICLE = "Vehicle crime"
    VIOLENCE = "Violence and sexual offences"

    @classmethod
    def of(cls, words: str) -> Category:
        """Return the category that these words mean, however they are capitalised.

        Raises:
            ValueError: there is none.
        """
        return cls(words.strip().capitalize())


class NotListed(LookupError):  # noqa: N818
    """The offence list has no such code on the day asked about."""


@dataclass(frozen=True)
class Offence:
    """One code of the list.

    Args:
        code: of the Home Office, such as ``8N``.
        words: what it is.
        group: of police recorded crime.
        subgroup: within the group, in the words of its edition.
        category: in which it is published at street level.
        recordable: whether new crimes may be recorded under it; an "outcome only" code still takes outcomes.
        since: its first day.
        until: the first day on which it no longer stands; None while it does.
    """

    code: str
    words: str
    group: OffenceGroup
    subgroup: str
    category: Category
    recordable: bool
    since: date
    until: date | None = None


@dataclass(frozen=True)
class Weight:
    """The harm weight of one code in the Crime Severity Score: days of sentence, from a day until a day."""

    code: str
    weight: Decimal
    since: date
    until: date | None = None


class _Standing(Protocol):
    @property
    def code(self) -> str: ...
    @property
    def since(self) -> date: ...
    @property
    def until(self) -> date | None: ...


S = TypeVar("S", bound=_Standing)


def _by_code(rows: Iterable[S]) -> dict[str, tuple[S, ...]]:
    found: dict[str, list[S]] = {}
    for row in rows:
        found.setdefault(row.code, []).append(row)
    return {code: tuple(sorted(versions, key=lambda row: row.since)) for code, versions in found.items()}


def _on(versions: tuple[S, ...], day: date) -> S | None:
    return next((row for row in versions if row.since <= day and (row.until is None or day < row.until)), None)


@dataclass(frozen=True)
class OffenceList:
    """The whole list with its weights: pure, so that rules may ask it.

    The day is always that of the fact that is being coded, when the crime was recorded, and need not be today.
    """

    offences: tuple[Offence, ...]
    weights: tuple[Weight, ...] = ()

    @cached_property
    def _offences(self) -> dict[str, tuple[Offence, ...]]:
        return _by_code(self.offences)

    @cached_property
    def _weights(self) -> dict[str, tuple[Weight, ...]]:
        return _by_code(self.weights)

    def offence(self, code: str, on: date) -> Offence:
        """Return what a code means on a day.

        Raises:
            NotListed: it means nothing then; the meaning of another day is never used in its place.
        """
        versions = self._offences.get(code, ())
        found = _on(versions, on)
        if found is None:
            known = f"it stands from {versions[0].since}" if versions else "no edition has it"
            raise NotListed(f"No offence has the code {code!r} on {on}: {known}.")
        return found

    def group_of(self, code: str, on: date) -> OffenceGroup:
        """Return the group of a code on a day; raises as ``offence`` does."""
        return self.offence(code, on).group

    def weight_of(self, code: str, on: date) -> Decimal | None:
        """Return the harm weight of a code on a day; None where the score gives none, as for fraud.

        Raises:
            NotListed: neither the list nor the weights have it then.
        """
        found = _on(self._weights.get(code, ()), on)
        if found is None:
            self.offence(code, on)
            return None
        return found.weight

    def standing(self, on: date, *, recordable: bool = False) -> tuple[Offence, ...]:
        """Return the offences that stand on a day, in the order of the list.

        Args:
            on: the day.
            recordable: leave out those under which nothing new may be recorded.
        """
        found = (row for row in self.offences if row.since <= on and (row.until is None or on < row.until))
        return tuple(row for row in found if row.recordable or not recordable)
