"""What a street-level category weighs: the mean of its offences' harm weights, by how often each is recorded here."""

from __future__ import annotations

import csv
import gzip
import io
from collections import Counter
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Final

from watchward.domains.offences.vocabulary import Category, OffenceList

RECORDED: Final = (
    Path(__file__).resolve().parents[4] / "data" / "recorded_crime" / "staffordshire_2017-18.csv.gz"
)  # fmt: skip
RECORDED_IN: Final = "2017/18"


@cache
def recorded() -> Mapping[str, int]:
    """Return how many crimes of each code the force recorded in 2017/18 (Home Office open data tables)."""
    text = gzip.decompress(RECORDED.read_bytes()).decode("utf-8-sig")
    found: Counter[str] = Counter()
    for row in csv.DictReader(io.StringIO(text)):
        found[row["Offence Code"]] += int(row["Number of Offences"].strip().replace(",", ""))
    return found


def weight_of_categories(
    list_: OffenceList, on: date, counts: Mapping[str, int] | None = None
) -> dict[Category, Decimal]:
    """Return the mean harm weight of each category, in days of sentence to two decimals.

    Published rows have no offence code. Each category therefore weighs what its offences weigh on average, each code
    by how often it was recorded. Offences without a weight, such as fraud, do not count; a category of which none was
    recorded takes the plain mean; anti-social behaviour is no offence and weighs nothing.

    Args:
        list_: offences and weights.
        on: the day on which the list is read.
        counts: crimes recorded of each code; those of 2017/18 when not given.
    """
    counted = recorded() if counts is None else counts
    found = {Category.ANTI_SOCIAL: Decimal(0)}
    for category in Category:
        weights = [
            (weight, max(counted.get(row.code, 0), 0))
            for row in list_.standing(on)
            if row.category is category and (weight := list_.weight_of(row.code, on)) is not None
        ]
        if not weights:
            continue
        if not any(count for _weight, count in weights):
            weights = [(weight, 1) for weight, _count in weights]
        whole = sum((weight * count for weight, count in weights), Decimal(0))
        found[category] = round(whole / sum(count for _weight, count in weights), 2)
    return found
