"""Law and force policy that change with time: versions, and the fact whose date picks one of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass, replace
from datetime import date, datetime
from enum import Enum
from itertools import pairwise
from typing import Any, Final, Generic, TypeVar
from weakref import WeakValueDictionary

T = TypeVar("T")


class NotInForce(LookupError):  # noqa: N818
    """No version of the table is in force on the day asked about."""


class Unset(Exception):  # noqa: N818
    """The force has not yet set this policy value, so nothing may be worked out from it.

    Args:
        asks: what to ask the force, in words.
    """

    def __init__(self, asks: str) -> None:
        self.asks = asks
        super().__init__(asks)

    def __str__(self) -> str:
        return f"The force has not set: {self.asks}"


class _NotSet:
    """The type of ``UNSET``; it is neither true nor false, so that it cannot pass for a value by accident."""

    def __repr__(self) -> str:
        return "UNSET"

    def __str__(self) -> str:
        return "not set"

    def __bool__(self) -> bool:
        raise Unset("a policy value that was used before it was set")

    def __copy__(self) -> _NotSet:
        return self

    def __deepcopy__(self, memo: object) -> _NotSet:
        return self

    def __reduce__(self) -> str:
        return "UNSET"


UNSET: Final[Any] = _NotSet()
"""Stands in a version whose value the force has still to set; compare with ``is``."""


@dataclass(frozen=True, kw_only=True)
class Version(Generic[T]):
    """One version of a rule.

    Args:
        in_force: its first day.
        value: what the rule says from then on, or ``UNSET`` when the force has still to say.
        cite: the statute, code or policy that says so.
        checked_by: who last compared it with the source, empty when nobody has.
        checked_on: the day on which they did.
        until: its last day, when it ended with nothing in its place; otherwise the next version ends it.
    """

    in_force: date
    value: T
    cite: str
    checked_by: str = ""
    checked_on: date | None = None
    until: date | None = None

    def __post_init__(self) -> None:
        for day in (self.in_force, self.until, self.checked_on):
            if isinstance(day, datetime):
                raise TypeError("A version starts and ends on days, not at times.")
        if not self.cite.strip():
            raise ValueError(f"The version in force from {self.in_force} cites nothing.")
        if self.until is not None and self.until < self.in_force:
            raise ValueError(f"The version in force from {self.in_force} ends before it starts.")

    @property
    def is_set(self) -> bool:
        """Whether the value has been set."""
        return self.value is not UNSET


@dataclass(frozen=True)
class Row:
    """One version of a table in plain words, for a page or a document."""

    in_force: date
    until: date | None
    value: str
    cite: str
    checked_by: str
    checked_on: date | None


@dataclass(frozen=True, kw_only=True)
class Dated(Generic[T]):
    """A rule with all its versions, and the fact whose date picks the one that applies.

    Args:
        chosen_by: the fact whose date picks the version, such as "the date of arrest".
        versions: oldest first, each starting after the one before.
        policy: whether this is the force's own policy and not law.
        title: its heading in the printed law; a table with a title is listed by ``all_tables``.
        asks: what to ask the force when the value is not set; the title when empty.
        listed: whether ``all_tables`` lists it; a force's own edition of a table is not listed twice.

    Raises:
        ValueError: when there are no versions, they are not in strict order, one runs into the next,
            or another table bears the same title.
    """

    chosen_by: str
    versions: tuple[Version[T], ...]
    policy: bool = False
    title: str = ""
    asks: str = ""
    listed: bool = True

    def __post_init__(self) -> None:
        named = self.title or "This table"
        if not self.chosen_by.strip():
            raise ValueError(f"{named} must name the fact whose date picks the version.")
        if not self.versions:
            raise ValueError(f"{named} has no versions.")
        for earlier, later in pairwise(self.versions):
            if later.in_force <= earlier.in_force:
                raise ValueError(f"{named}: {later.in_force} does not come after {earlier.in_force}.")
            if earlier.until is not None and earlier.until >= later.in_force:
                raise ValueError(f"{named}: the version until {earlier.until} runs into {later.in_force}.")
        if self.title and self.listed:
            if any(other != self for other in _TABLES.values() if other.title == self.title):
                raise ValueError(f"Two tables are called {self.title!r}.")
            _TABLES[id(self)] = self

    def standing_on(self, day: date) -> Version[T]:
        """Return the version in force on a day, whether its value is set or not.

        Raises:
            NotInForce: before the first version, or after the end of one that nothing replaced.
        """
        if isinstance(day, datetime):
            raise TypeError("The version is picked by a day; take the local day of the instant first.")
        chosen: Version[T] | None = None
        versions = self.standing
        for version in versions:
            if version.in_force > day:
                break
            chosen = version
        named = self.title or f"the rule chosen by {self.chosen_by}"
        if chosen is None:
            raise NotInForce(f"{named}: nothing in force on {day}; the first version starts {versions[0].in_force}.")
        if chosen.until is not None and day > chosen.until:
            raise NotInForce(f"{named}: nothing in force on {day}; the version before it ended {chosen.until}.")
        return chosen

    @property
    def standing(self) -> tuple[Version[T], ...]:
        """The versions that stand in this process: from the first that the force has confirmed on, its own."""
        own = _CONFIRMED.get(self.title, ()) if self.policy and self.listed else ()
        return (
            (*(version for version in self.versions if version.in_force < own[0].in_force), *own)
            if own
            else self.versions
        )

    def on(self, day: date) -> Version[T]:
        """Return the version that applies when the choosing fact falls on a day.

        Raises:
            NotInForce: when there is none; today's law is never used in its place.
            Unset: when it is policy that the force has not yet set.
        """
        version = self.standing_on(day)
        if not version.is_set:
            raise Unset(self.asks or self.title or f"the value chosen by {self.chosen_by}")
        return version

    def value_on(self, day: date) -> T:
        """Return what the rule says when the choosing fact falls on a day; raises as ``on`` does."""
        return self.on(day).value

    def is_set_on(self, day: date) -> bool:
        """Return whether a version is in force on a day and has its value."""
        try:
            return self.standing_on(day).is_set
        except NotInForce:
            return False

    def set_to(self, *versions: Version[T]) -> Dated[T]:
        """Return the same table with the force's own versions in place of these.

        Raises:
            ValueError: when the table is law and settled, which no force may change.
        """
        if not self.policy and all(version.is_set for version in self.versions):
            raise ValueError(f"{self.title or 'This table'} is law; a force cannot set it.")
        return replace(self, versions=versions, listed=False)

    def rows(self) -> tuple[Row, ...]:
        """Return the table in plain words, one row for each version, each with its last day where it has one."""
        return tuple(
            Row(
                in_force=version.in_force,
                until=version.until or (_day_before(after.in_force) if after else None),
                value=in_words(version.value),
                cite=version.cite,
                checked_by=version.checked_by,
                checked_on=version.checked_on,
            )
            for version, after in zip(self.standing, (*self.standing[1:], None), strict=True)
        )


# Weak, so that a table made inside a test does not outlive it and appear in the printed law. By identity, so that a
# second making of the same table that is let go does not take the first with it.
_TABLES: WeakValueDictionary[int, Dated[Any]] = WeakValueDictionary()


_CONFIRMED: dict[str, tuple[Version[Any], ...]] = {}


def confirm(editions: Mapping[str, tuple[Version[Any], ...]]) -> None:
    """Let a force's own editions of its policies stand in this process, in place of any that stood before.

    Args:
        editions: by the title of the table, oldest first.

    Raises:
        ValueError: when a title is of no policy, or its versions are not in strict order.
    """
    by_title = {table.title: table for table in all_tables()}
    for title, versions in editions.items():
        if title not in by_title or not by_title[title].policy:
            raise ValueError(f"There is no policy called {title!r} that a force may set.")
        by_title[title].set_to(*versions)
    _CONFIRMED.update(editions)  # at no moment without those that stay: others of this process work meanwhile
    for title in _CONFIRMED.keys() - editions.keys():
        del _CONFIRMED[title]


def all_tables() -> tuple[Dated[Any], ...]:
    """Return every titled table of the modules imported so far, by title."""
    by_title = {table.title: table for table in _TABLES.values()}
    return tuple(by_title[title] for title in sorted(by_title))


def in_words(value: object) -> str:
    """Return a value of a rule as plain words, part by part where it has parts."""
    if value is UNSET:
        return "not set"
    if value is None:
        return "none"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Enum):
        return str(value.value)
    if isinstance(value, Mapping):
        return "; ".join(f"{in_words(key)}: {in_words(part)}" for key, part in value.items())
    if isinstance(value, tuple | list):
        return "; ".join(in_words(part) for part in value)
    if isinstance(value, set | frozenset):
        return "; ".join(sorted(in_words(part) for part in value))
    if is_dataclass(value) and not isinstance(value, type) and type(value).__str__ is object.__str__:
        return ", ".join(f"{name.replace('_', ' ')} {in_words(part)}" for name, part in _parts(value))
    return str(value)


def _parts(value: Any) -> Iterator[tuple[str, object]]:
    return ((part.name, getattr(value, part.name)) for part in fields(value))


def _day_before(day: date) -> date:
    return date.fromordinal(day.toordinal() - 1)
