"""How much there is in each month of the two years, as the real county's published figures weigh it."""

from __future__ import annotations

import csv
import gzip
import io
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import Final

from watchward.demo.crowd.names import DATA
from watchward.domains.offences.vocabulary import Category, OffenceGroup
from watchward.kernel.streams import Lottery, Stream

CRIMES, INCIDENTS, CALLS, RESIDENTS = 83_768, 250_000, 730_000, 400_000
"""Recorded crimes, incidents and calls of the twelve months to 30 June 2019, and people whom the force knows, at
scale 1: recorded crime as published for 2017/18, about 2,000 calls a day, the rest invented."""

YEAR_BEFORE: Final = 0.965
"""How much of that the twelve months before had. Invented."""

CHARGED, WITHDREW = 0.089, 0.203
"""Of the crimes recorded in the twelve months to 30 June 2019: charged, and outcome 16 (inspection report, line 30)."""
CHARGED_BEFORE, WITHDREW_BEFORE = 0.098, 0.187
"""The same of the twelve months before. Invented."""

MONTHS: Final = tuple(date(2017 + (6 + n) // 12, (6 + n) % 12 + 1, 1) for n in range(24))
"""The first days of the 24 months."""
_SUMMER: Final = (1.01, 1.02, 1.00, 1.01, 0.97, 0.95, 0.93, 0.90, 0.98, 1.01, 1.05, 1.05)
"""How much each month of a year from July on has of incidents and calls, one as another. Invented."""


def days_of(month: date) -> int:
    """Return how many days a month has."""
    return ((month.replace(day=28) + timedelta(days=4)).replace(day=1) - month).days


def spread(total: int, weights: Sequence[float]) -> list[int]:
    """Return a total in whole parts, as near to their weights as they can be, which add up to it."""
    whole = sum(weights)
    exact = [total * weight / whole for weight in weights]
    parts = [int(part) for part in exact]
    rest = sorted(range(len(parts)), key=lambda n: (parts[n] - exact[n], n))
    for n in rest[: total - sum(parts)]:
        parts[n] += 1
    return parts


def rounds_to(count: int, among: int, share: float) -> bool:
    """Return whether a count is said as this share, in per cent with one place after the point."""
    return among > 0 and round(100 * count / among, 1) == round(100 * share, 1)


@dataclass(frozen=True)
class Year:
    """What the crimes recorded in the twelve months must come to, beside those that the stories tell.

    Args:
        crimes: recorded.
        charged: of them.
        withdrew: of them, ended with outcome 16.
    """

    crimes: int
    charged: int
    withdrew: int


def last_year(scale: float, told: Year) -> Year:
    """Return the least number of crimes, at this scale or above, with which both rates are said as the report says.

    Args:
        scale: 1 for the whole force.
        told: what the stories tell of that year.
    """
    among = max(round(CRIMES * scale), told.crimes + 2)
    while True:
        ends = round(CHARGED * among), round(WITHDREW * among)
        if rounds_to(ends[0], among, CHARGED) and rounds_to(ends[1], among, WITHDREW):
            return Year(among - told.crimes, ends[0] - told.charged, ends[1] - told.withdrew)
        among += 1


@dataclass(frozen=True)
class Listed:
    """An offence as it is drawn: its code, its group and the category in which it is published."""

    code: str
    words: str
    group: OffenceGroup
    category: Category


def _rows(path: str) -> list[dict[str, str]]:
    packed = (DATA / path).read_bytes()
    text = (gzip.decompress(packed) if path.endswith(".gz") else packed).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text)))


@cache
def offences() -> dict[str, Listed]:
    """Return the offences under which new crimes are recorded, by code."""
    found = {}
    for row in _rows("offences/CrimeCatMappings.csv"):
        words, group = row["Offence_Description"].strip(), row["Offence_Group"]
        if not words.endswith("(outcome only)"):
            kind = OffenceGroup.MISCELLANEOUS if group.startswith("Misc") else OffenceGroup(group)
            code = row["Offence_Code"]
            found[code] = Listed(code, words, kind, Category.of(row["Police.uk_Cat"]))
    return found


@cache
def _recorded() -> dict[int, Counter[str]]:
    """Return how many crimes of each code were recorded in each quarter of 2017/18, by quarter of the calendar."""
    found: dict[int, Counter[str]] = {n: Counter() for n in range(1, 5)}
    for row in _rows("recorded_crime/staffordshire_2017-18.csv.gz"):
        said = row["Number of Offences"].strip().replace(",", "")
        if said.isdecimal() and row["Offence Code"] in offences():
            quarter = int(row["Financial Quarter"]) % 4 + 1  # the first of the financial year begins in April
            found[quarter][row["Offence Code"]] += int(said)
    return found


def quarter_of(month: date) -> int:
    """Return the quarter of the calendar of a month, 1 to 4."""
    return (month.month + 2) // 3


@cache
def offences_in(quarter: int) -> Lottery[Listed]:
    """Return what is recorded in a quarter, each offence as likely as it was in 2017/18."""
    counts = _recorded()[quarter]
    return Lottery([offences()[code] for code in counts], list(counts.values()))


@cache
def where() -> dict[Category, Counter[str]]:
    """Return how many rows each small area (LSOA of 2011) has in three published months, by category."""
    found: dict[Category, Counter[str]] = {category: Counter() for category in Category}
    for path in sorted((DATA / "police_uk").glob("*.csv.gz")):
        for row in _rows(f"police_uk/{path.name}"):
            if row["LSOA code"]:
                found[Category.of(row["Crime type"])][row["LSOA code"]] += 1
    return found


def crimes_by_month(last: int, before: int) -> list[int]:
    """Return how many crimes each of the 24 months has.

    Args:
        last: of the last twelve months.
        before: of the twelve before.
    """
    weights = [sum(_recorded()[quarter_of(month)].values()) * days_of(month) for month in MONTHS]
    return [*spread(before, weights[:12]), *spread(last, weights[12:])]


def by_month(total: int, stream: Stream) -> list[int]:
    """Return how many incidents or calls each of the 24 months has, of so many in the last twelve.

    Args:
        total: of the last twelve months.
        stream: from which months differ beyond their season.
    """
    weights = [
        _SUMMER[n % 12] * days_of(month) * (0.985 + 0.03 * stream.of(n).random()) for n, month in enumerate(MONTHS)
    ]
    return [*spread(round(total * YEAR_BEFORE), weights[:12]), *spread(total, weights[12:])]
