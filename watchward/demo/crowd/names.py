"""Names of invented people, as frequent within each origin as in the lists under data/names."""

from __future__ import annotations

import csv
import gzip
import io
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Final

from watchward.kernel.streams import Lottery, Stream

DATA: Final = Path(__file__).resolve().parents[3] / "data"


class Origin(StrEnum):
    """Where a family's names come from, as the lists part them."""

    ENGLISH = "english"
    SOUTH_ASIAN = "south_asian"
    POLISH = "polish"
    CHINESE = "chinese"


SHARES: Final = {Origin.ENGLISH: 0.80, Origin.SOUTH_ASIAN: 0.11, Origin.POLISH: 0.06, Origin.CHINESE: 0.03}
"""How the households of the invented town are parted among the origins: invented, and no census of any real town.
The smaller groups are larger than in the county, so that what is said of each rests on enough people."""

GENDERED: Final = {"ski": "ska", "cki": "cka", "dzki": "dzka", "zki": "zka"}
"""Endings of Polish surnames that differ between men and women."""

WOMEN_ONLY: Final = frozenset({"Kaur", "Begum", "Bibi", "Khatun", "Khatoon", "Parveen", "Akhtar"})
MEN_ONLY: Final = frozenset({"Singh", "Uddin"})


@dataclass(frozen=True, slots=True)
class Called:
    """A name as it is written on a form."""

    forenames: str
    surname: str

    @property
    def first(self) -> str:
        """The first forename."""
        return self.forenames.split()[0] if self.forenames else ""


def _rows(name: str) -> list[dict[str, str]]:
    path = DATA / "names" / name
    packed = path.with_name(f"{name}.gz")
    text = path.read_text("utf-8") if path.exists() else gzip.decompress(packed.read_bytes()).decode()
    return list(csv.DictReader(io.StringIO(text)))


@cache
def _surnames() -> dict[Origin, Lottery[str]]:
    found: dict[Origin, tuple[list[str], list[float]]] = {origin: ([], []) for origin in Origin}
    for row in _rows("surnames.csv"):
        names, weights = found[Origin(row["origin"])]
        names.append(row["surname"])
        weights.append(float(row["weight"]))
    return {origin: Lottery(*lists) for origin, lists in found.items()}


@cache
def _forenames() -> dict[tuple[Origin, str], Lottery[str]]:
    found: dict[tuple[Origin, str], tuple[list[str], list[float]]] = {}
    for row in _rows("forenames.csv"):
        for sex in row["sex"] or "FM":  # the Chinese syllables are listed for both
            names, weights = found.setdefault((Origin(row["origin"]), sex), ([], []))
            names.append(row["forename"])
            weights.append(float(row["weight"] or 1))
    return {key: Lottery(*lists) for key, lists in found.items()}


def surname(stream: Stream, origin: Origin) -> str:
    """Return a family's surname in the form that men bear."""
    while (drawn := _surnames()[origin].draw(stream)) in WOMEN_ONLY:
        pass
    return drawn


def borne_by(name: str, sex: str, origin: Origin) -> str:
    """Return a family's surname as a woman or a man of it bears it: Kowalska beside Kowalski, Kaur beside Singh."""
    if sex != "F":
        return name
    if origin is Origin.POLISH:
        for his, hers in GENDERED.items():
            if name.endswith(his):
                return name.removesuffix(his) + hers
    if origin is Origin.SOUTH_ASIAN and name in MEN_ONLY:
        return {"Singh": "Kaur", "Uddin": "Begum"}[name]
    return name


def forenames(stream: Stream, origin: Origin, sex: str) -> str:
    """Return forenames as they are registered: with a middle name or a second syllable, where that is usual."""
    one = _forenames()[origin, sex].draw(stream)
    two = _forenames()[origin, sex].draw(stream)
    likely = stream.random()
    match origin:
        case Origin.ENGLISH:
            return f"{one} {two}" if likely < 0.35 and two != one else one
        case Origin.SOUTH_ASIAN:
            if sex == "M" and likely < 0.30 and one not in ("Mohammed", "Muhammad"):
                return f"{'Mohammed' if likely < 0.18 else 'Muhammad'} {one}"
            return f"{one} {two}" if likely > 0.92 and two != one else one
        case Origin.POLISH:
            return f"{one} {two}" if likely < 0.15 and two != one else one
        case Origin.CHINESE:
            if two == one or likely < 0.35:
                return one
            return f"{one} {two}" if likely < 0.60 else f"{one}{two.lower()}"


def origin(stream: Stream) -> Origin:
    """Return the origin of a household's names, as likely as its share."""
    return stream.weighted(tuple(SHARES), tuple(SHARES.values()))
