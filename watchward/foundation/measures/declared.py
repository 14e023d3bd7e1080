"""Measures as they are declared: a share, a rate or a spread, each once, in the `measures.py` of the room it counts.

A declaration registers itself. It says what is counted, what that answers, who asks for it, which date puts a row in
a period, and when a figure may be judged. Everything that shows a figure reads the same declaration.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any, TypeAlias
from uuid import UUID

from django.db.models import Exists, Q, QuerySet

from watchward.foundation.acting import Acting
from watchward.kernel.dated import Dated

Condition: TypeAlias = Q | Exists | Callable[[Acting], Q | Exists]
"""A condition on the rows that are counted. What depends on the moment is given who acts, and so when."""

SETTLED = 0.15
"""The share of rows still open above which a point is not settled, and is not judged (force setting)."""


class Wanted(StrEnum):
    """Which way a figure should move, if any: only then is a signal better or worse."""

    HIGHER = "higher"
    LOWER = "lower"
    NEITHER = "neither"


class Unit(StrEnum):
    """In what a figure is said."""

    PER_CENT = "%"
    A_DAY = "a day"
    MINUTES = "min"
    HOURS = "h"
    DAYS = "days"


@dataclass(frozen=True, kw_only=True)
class Dimension:
    """A breakdown: what parts the rows of a measure into groups.

    Args:
        key: stable name, as in `--by area`.
        title: as people say it: "Area".
        of: a field of the rows, or an expression on them; a row without it stands apart, and is never spread.
        words: the names of the groups by their key as text, given who asks; a key that is missing names itself.
        missing: what is said of rows without it.
        overlaps: one row may stand in several groups, so that they do not add up to the whole.
        ordered: the groups have an order of their own, that of their keys; otherwise they stand by their figure.
    """

    key: str
    title: str
    of: Any
    words: Callable[[Acting], Mapping[str, str]] = lambda _acting: {}
    missing: str = "Not recorded"
    overlaps: bool = False
    ordered: bool = False


@dataclass(frozen=True, kw_only=True)
class Comparison:
    """A figure of somebody else's to stand beside ours, with its source.

    Args:
        who: whose: "England and Wales".
        value: as it is said, in the measure's unit: 7.7 for 7.7 %.
        first: first day of its period.
        last: last day of its period.
        source: where it stands.
    """

    who: str
    value: float
    first: date
    last: date
    source: str


@dataclass(frozen=True)
class Tell:
    """A column of the list of rows behind a figure.

    Args:
        title: its heading.
        says: what it says of one row.
    """

    title: str
    says: Callable[[Any], str]


@dataclass(frozen=True, kw_only=True)
class Measure:
    """What every measure says of itself; declare a `Share`, a `Rate` or a `Spread`.

    Args:
        key: stable name, `domain.what`.
        title: what it is called: "Emergencies attended in time".
        asks: the question that it answers, as its own sentence with a question mark.
        source: the law, policy or line of the report that asks for it.
        theme: where it stands on the dashboard: Contact, Solve or Prevent.
        rows: the rows that it is about, given who acts: the denominator. Begin with `Model.visible_to(acting)`.
        date: the field whose date puts a row in a period, a day or a moment.
        basis: what the rows are, to stand before the period: "crimes recorded", "incidents graded Immediate, reported".
        noun: what one row is called, and several: ("crime", "crimes").
        breakdowns: what they can be counted by; the first is shown on the page, and should be the area.
        open: those of the rows whose part in the figure may still change. None: it never does.
        still_open: how these are called.
        settled: the share of them above which a point is hollow and never judged.
        wanted: which way the figure should move.
        owner: key of the team that explains a signal the other way; empty where nobody is asked to.
        counts: what it counts and what it does not, line by line, for its definition.
        compares: figures of others that are known from the start; a force enters more by command.
        beside: key of the measure of the same thing on another basis, to stand beside it.
        needs: the permission that opens the rows behind it; None where the figure's own does.
        joins: what the rows are joined to for the list.
        columns: what the list says of a row, after its reference.
        record: the id of the record that is opened for a row.
        reference: what a row is called in the list.
        url: name of the page of that record.
        tile: whether it has a tile on the dashboard.
        tied_by: of each further table that decides about a row, its column that names the row; for months that are
            kept, so that a change there is known to reach the row. Without it any change there reaches all months.
        tied_to: of each further table that decides about a row, the path that leads from the row to it.
        law: the table of law or policy that it goes by; before its first version there is nothing to count by.
    """

    key: str
    title: str
    asks: str
    source: str
    theme: str
    rows: Callable[[Acting], QuerySet[Any]]
    date: str
    basis: str
    noun: tuple[str, str]
    breakdowns: tuple[Dimension, ...] = ()
    open: Condition | None = None
    still_open: str = "still open"
    settled: float = SETTLED
    wanted: Wanted = Wanted.NEITHER
    owner: str = ""
    counts: tuple[str, ...] = ()
    compares: tuple[Comparison, ...] = ()
    beside: str = ""
    needs: str | None = None
    joins: tuple[str, ...] = ()
    columns: tuple[Tell, ...] = ()
    record: Callable[[Any], UUID] = lambda row: row.pk
    reference: Callable[[Any], str] = lambda row: str(row.reference)
    url: str = ""
    tile: bool = True
    tied_by: Mapping[str, str] = field(default_factory=dict)
    tied_to: Mapping[str, str] = field(default_factory=dict)
    law: Dated[Any] | None = None

    def __post_init__(self) -> None:
        wrong = _why_not(self)
        if wrong:
            raise ValueError(f"measure {self.key!r}: {'; '.join(wrong)}")
        measures[self.key] = self

    @property
    def unit(self) -> Unit:
        """In what its figure is said."""
        raise NotImplementedError

    def dimension(self, key: str) -> Dimension:
        """Return one of its breakdowns.

        Raises:
            LookupError: it has no such one.
        """
        for each in self.breakdowns:
            if each.key == key:
                return each
        raise LookupError(f"{self.key} is not counted by {key!r}, but by {', '.join(d.key for d in self.breakdowns)}")


@dataclass(frozen=True, kw_only=True)
class Share(Measure):
    """How many of the rows meet a condition, in per cent. It is asked of these rows alone, so it cannot exceed them.

    Args:
        counted: the condition: the numerator.
    """

    counted: Condition

    @property
    def unit(self) -> Unit:
        """Per cent."""
        return Unit.PER_CENT


@dataclass(frozen=True, kw_only=True)
class Rate(Measure):
    """How many rows there are a day, so that months of unlike length can be compared."""

    @property
    def unit(self) -> Unit:
        """A day."""
        return Unit.A_DAY


@dataclass(frozen=True, kw_only=True)
class Spread(Measure):
    """How a quantity is spread over the rows: its median, and the 90th centile that nine in ten do not exceed.

    Args:
        of: an expression on a row, in the unit; rows where it is null have no part in the median.
        said_in: the unit.
    """

    of: Any
    said_in: Unit = Unit.MINUTES

    @property
    def unit(self) -> Unit:
        """As declared."""
        return self.said_in


measures: dict[str, Measure] = {}
"""Every measure by key, in the order in which the rooms declare them."""

_KEY = re.compile(r"[a-z0-9_]+(\.[a-z0-9-]+)+")


def _why_not(measure: Measure) -> Sequence[str]:
    wrong = []
    if measure.key in measures:
        wrong.append("another is called the same")
    if not _KEY.fullmatch(measure.key):
        wrong.append("a key is its room and its name, as in crimes.charged")
    if not measure.asks.rstrip().endswith("?"):
        wrong.append("it asks no question")
    if not measure.source.strip():
        wrong.append("it names no source")
    if len({each.key for each in measure.breakdowns}) != len(measure.breakdowns):
        wrong.append("two breakdowns have one key")
    if not 0 < measure.settled <= 1:
        wrong.append("the settled threshold is a share")
    return wrong


def measure(key: str) -> Measure:
    """Return a measure by its key.

    Raises:
        LookupError: there is none.
    """
    if key not in measures:
        raise LookupError(f"there is no measure called {key!r}")
    return measures[key]
