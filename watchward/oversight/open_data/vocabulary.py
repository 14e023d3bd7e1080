"""The words of published open data: what an outcome column can say, where a row lies, how areas are outlined."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Final


class Permission(StrEnum):
    """What roles let people do here.

    READ: see maps and tables of published data.
    LOAD: load published files.
    """

    READ = "open-data.read"
    LOAD = "open-data.load"


class AreaKind(StrEnum):
    """What an area is."""

    LSOA = "lsoa"
    WARD = "ward"


UNABLE: Final = "Unable to prosecute suspect"
"""The publisher's word for several of the Home Office's outcome types together; not a count of victims who withdrew."""

OPEN: Final = frozenset({"Under investigation", "Status update unavailable"})
"""Published outcomes that say that no outcome is known yet."""


@dataclass(frozen=True)
class Cell:
    """Rows of one area code, month and category.

    Args:
        lsoa: code of the area; empty where the row has none.
        month: its first day.
        crimes: rows.
        unable: of those, with the outcome ``UNABLE``.
        open: of those, with no outcome yet.
        with_outcome: of those, that can have an outcome at all; anti-social behaviour has none.
        harm: days of sentence, where weights were asked for.
    """

    lsoa: str
    month: date
    crimes: int
    unable: int
    open: int
    with_outcome: int
    harm: float = 0.0


@dataclass(frozen=True)
class MonthLoaded:
    """A month that is loaded.

    Args:
        month: its first day.
        rows: loaded.
        with_outcome: rows that can have an outcome.
        open: of those, with none yet.
    """

    month: date
    rows: int
    with_outcome: int
    open: int


@dataclass(frozen=True)
class EditionLoaded:
    """The edition of a month that is counted, and how it differs from the one before it.

    Args:
        month: its first day.
        number: 1 for the first that was loaded.
        at: when it was loaded, aware UTC.
        rows: of it: same, changed and added.
        same: rows that stood as they are.
        changed: rows whose Crime ID stood with other values.
        added: rows that are new.
        gone: rows that stood and are in it no more.
    """

    month: date
    number: int
    at: datetime
    rows: int
    same: int
    changed: int
    added: int
    gone: int


@dataclass(frozen=True)
class Outlined:
    """The outline of an area, ready to be drawn: units of 20 m on the national grid, northings negative.

    Args:
        code: of the area.
        name: of the area.
        district: code of the district that it lies in.
        path: SVG path.
        x: of a point inside, for its number.
        y: of that point.
        box: left, top, right, bottom.
    """

    code: str
    name: str
    district: str
    path: str
    x: int
    y: int
    box: tuple[int, int, int, int]
