"""The editions that Watchward carries, read from its data, and what makes a list one that can be loaded."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Final

from watchward.domains.offences.vocabulary import Category, Offence, OffenceGroup, OffenceList, Weight
from watchward.kernel.refusals import Refusal

DATA: Final = Path(__file__).resolve().parents[3] / "data" / "offences"
SINCE: Final = date(2017, 4, 1)
"""The first day of the edition that is carried, 2017/18. It stands until a later one is loaded."""

SOURCE: Final = "Home Office, police recorded crime open data tables, offence codes of 2017/18"
WEIGHTS_SOURCE: Final = "Office for National Statistics, Crime Severity Score weights, about 2020"
"""One set of weights serves all years that the score compares, so that it is not the years that differ."""

OFFENCES: Final = DATA / "CrimeCatMappings.csv"
WEIGHTS: Final = DATA / "crims_severity_codes.csv"

GROUPS: Final = {"Miscellaneous crimes": OffenceGroup.MISCELLANEOUS}
OUTCOME_ONLY: Final = "(outcome only)"


@dataclass(frozen=True)
class Edition:
    """A list with where it is from.

    Args:
        list: offences and weights.
        source: of the offences.
        weights_source: of the weights.
    """

    list: OffenceList
    source: str
    weights_source: str


@cache
def carried() -> Edition:
    """Return the edition that stands in the project's own data: 132 offences of 2017/18 and 133 weights."""
    return Edition(OffenceList(tuple(_offences()), tuple(_weights())), SOURCE, WEIGHTS_SOURCE)


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(newline="", encoding="utf-8-sig") as file:
        return list(csv.DictReader(file))


def _offences() -> Iterator[Offence]:
    for row in _rows(OFFENCES):
        yield listed(
            code=row["Offence_Code"], words=row["Offence_Description"], group=row["Offence_Group"],
            subgroup=row["Offence_Subgroup"], category=row["Police.uk_Cat"], since=SINCE,
        )  # fmt: skip


def listed(
    *, code: str, words: str, group: str, subgroup: str, category: str, since: date, until: date | None = None
) -> Offence:
    """Return an offence as a row of the Home Office's table writes it.

    Args:
        code: of the offence.
        words: its name; "(outcome only)" behind it where no crime is recorded as it.
        group: of recorded crime.
        subgroup: the part of that group.
        category: in which it is published street by street, however it is capitalised.
        since: first day on which the code means this.
        until: first day on which it does no more.

    Raises:
        ValueError: there is no such group or category.
    """
    words = words.strip()
    return Offence(
        code=code,
        words=words.removesuffix(OUTCOME_ONLY).strip(),
        group=GROUPS.get(group) or OffenceGroup(group),
        subgroup=subgroup,
        category=Category.of(category),
        recordable=not words.endswith(OUTCOME_ONLY),
        since=since,
        until=until,
    )


def _weights() -> Iterator[Weight]:
    """Return each code's weight; two of the 134 lines have one code, 4.1, and one weight."""
    seen: dict[str, Decimal] = {}
    for row in _rows(WEIGHTS):
        code, weight = row["code_original"], round(Decimal(row["weight"]), 6)
        if seen.setdefault(code, weight) != weight:
            raise ValueError(f"two weights for {code}")
    return (Weight(code, weight, SINCE) for code, weight in seen.items())


def why_not_load(edition: OffenceList) -> tuple[Refusal, ...]:
    """Return every reason why this is no list: empty, without words, ending before it starts, two meanings at once."""
    reasons = [] if edition.offences or edition.weights else [Refusal("The list has no codes.", field="list")]
    reasons += [
        Refusal(f"Code {offence.code!r} lacks its code or its words.", field="list")
        for offence in edition.offences
        if not offence.code.strip() or not offence.words.strip()
    ]
    reasons += [
        Refusal(f"The weight of {weight.code} is not above nothing.", field="list")
        for weight in edition.weights
        if weight.weight <= 0
    ]
    for rows in (edition.offences, edition.weights):
        by_code: dict[str, list[Offence | Weight]] = {}
        for row in rows:
            by_code.setdefault(row.code, []).append(row)
            if row.until is not None and row.until <= row.since:
                reasons.append(Refusal(f"Code {row.code} ends on {row.until}, not after it starts.", field="list"))
        for code, versions in by_code.items():
            for earlier, later in pairwise(sorted(versions, key=lambda row: row.since)):
                if earlier.until is None or earlier.until > later.since:
                    reasons.append(Refusal(f"Code {code} has two meanings on {later.since}.", field="list"))
    return tuple(reasons)
