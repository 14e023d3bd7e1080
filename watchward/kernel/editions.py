"""A force's own editions of its policies: values in words, read into what a dated table holds."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import fields, is_dataclass, replace
from datetime import date
from enum import Enum
from typing import Any

from watchward.kernel.dated import UNSET, Dated, Version, all_tables
from watchward.kernel.periods import Days, Hours, Minutes, Months, WorkingDays, Years

LENGTHS: dict[str, type[Any]] = {
    "minute": Minutes, "hour": Hours, "day": Days, "working day": WorkingDays, "month": Months, "year": Years,
}  # fmt: skip
"""The words for a length of time."""

_ON_A_CLOCK = (Minutes, Hours)
_WRITTEN = re.compile(r"(\d{1,4}) (minute|hour|day|working day|month|year)s?")


class Unreadable(ValueError):  # noqa: N818
    """A value that this table cannot take; its words say what it takes."""


def policies() -> dict[str, Dated[Any]]:
    """Return the tables of force policy by title: what a force may set."""
    return {table.title: table for table in all_tables() if table.policy}


def edition(table: Dated[Any], *, in_force: date, said: object, cite: str) -> Version[Any]:
    """Return the version that a force's own words make.

    Args:
        table: whose version it is.
        in_force: its first day.
        said: a length such as "6 months", yes or no, a number, a list of words, or a mapping of the parts that differ
            from what stood before.
        cite: the force's policy that says so.

    Raises:
        Unreadable: in words, when the table takes something else.
    """
    before = [version.value for version in table.versions if version.is_set]
    return Version(in_force=in_force, value=_value(said, before[-1] if before else UNSET), cite=cite)


def _value(said: object, like: Any) -> Any:
    if like is UNSET:
        return _length(said, tuple(LENGTHS.values()))
    if isinstance(like, bool):
        return _of_type(said, bool, "true or false")
    if isinstance(like, Enum):
        return _member(said, type(like))
    if isinstance(like, tuple(LENGTHS.values())):
        return _length(said, _ON_A_CLOCK if isinstance(like, _ON_A_CLOCK) else (type(like),))
    if isinstance(like, int | str):
        return _of_type(said, type(like), "a whole number" if isinstance(like, int) else "words")
    if isinstance(like, frozenset | set) and all(isinstance(one, str) for one in like):
        return frozenset(_words(said))
    if is_dataclass(like) and not isinstance(like, type):
        return _parts(said, like)
    raise Unreadable("this table is too rich for a file; it is changed in the rules, with its tests")


def _of_type(said: object, wanted: type[Any], words: str) -> Any:
    if type(said) is not wanted:
        raise Unreadable(f"it takes {words}")
    return said


def _member(said: object, enum: type[Enum]) -> Enum:
    for member in enum:
        if said in (member.value, member.name.lower()):
            return member
    raise Unreadable(f"it takes one of: {', '.join(str(member.value) for member in enum)}")


def _words(said: object) -> list[str]:
    if not isinstance(said, list) or not all(isinstance(one, str) and one for one in said):
        raise Unreadable('it takes a list of words such as ["14", "16"]')
    return said


def _length(said: object, takes: tuple[type[Any], ...]) -> Any:
    found = _WRITTEN.fullmatch(said.strip().lower()) if isinstance(said, str) else None
    made = LENGTHS[found[2]] if found else None
    if found is None or made not in takes or int(found[1]) == 0:
        units = [f"{word}s" for word, kind in LENGTHS.items() if kind in takes]
        raise Unreadable(f'it takes a length in {" or ".join(units)}, such as "6 {units[0]}"')
    return made(int(found[1]))


def _parts(said: object, like: Any) -> Any:
    known = [part.name for part in fields(like)]
    if not isinstance(said, Mapping) or not said or not set(said) <= set(known):
        raise Unreadable(f"it takes one or more of the parts {', '.join(known)}")
    changed = {}
    for name, words in said.items():
        try:
            changed[name] = _value(words, getattr(like, name))
        except Unreadable as wrong:
            raise Unreadable(f"{name}: {wrong}") from None
    try:
        return replace(like, **changed)
    except (ValueError, TypeError) as wrong:
        raise Unreadable(str(wrong)) from None
