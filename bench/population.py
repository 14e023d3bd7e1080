"""Invented people in any number: names as frequent as in the lists under data/names, real postcodes, no real street."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import accumulate

import polars as pl

from watchward.demo.crowd.names import _rows
from watchward.demo.crowd.streets import ENDINGS, STEMS
from watchward.foundation.intake.bulk import ids

HOLDERS_OF_A_NUMBER = 100
"""There are two thousand numbers that reach nobody: each is shared by so many, and everybody else has none."""


@dataclass(frozen=True)
class _Drawn:
    values: list[str]
    until: list[float]


def _drawn(values: list[str], weights: list[float]) -> _Drawn:
    return _Drawn(values, list(accumulate(weights)))


class Population:
    """Draws people, the same ones in the same order for the same seed."""

    def __init__(self, seed: int = 20190701) -> None:
        self.chance = random.Random(seed)
        rows = _rows("surnames.csv")
        self.surnames = _drawn([row["surname"] for row in rows], [float(row["weight"]) for row in rows])
        names = [row for row in _rows("forenames.csv") if row["origin"] == "english"]
        self.forenames = {
            sex: _drawn(
                [row["forename"] for row in names if sex in (row["sex"] or "FM")],
                [float(row["weight"] or 1) for row in names if sex in (row["sex"] or "FM")],
            )
            for sex in "FM"
        }
        self.postcodes = sorted(_postcodes())
        self.drawn = 0

    def people(self, count: int, *, at: datetime | None = None, everything: bool = True) -> pl.DataFrame:
        """Return so many people as rows that the loading takes.

        Args:
            count: how many.
            at: the moment in their identifiers.
            everything: with homes and numbers; otherwise name, sex and date of birth alone.
        """
        chance = self.chance
        sexes = chance.choices("FM", k=count)
        surnames = chance.choices(self.surnames.values, cum_weights=self.surnames.until, k=count)
        firsts = {
            sex: iter(chance.choices(drawn.values, cum_weights=drawn.until, k=count))
            for sex, drawn in self.forenames.items()
        }
        oldest = date(1925, 1, 1)
        homes = [self._home(self.drawn + n) if everything else ("", "", "") for n in range(count)]
        frame = pl.DataFrame(
            {
                "record": ids(count, at or datetime.now(UTC)),
                "forenames": [next(firsts[sex]) for sex in sexes],
                "surname": surnames,
                "sex": sexes,
                "date_of_birth": [oldest + timedelta(days=chance.randrange(34_500)) for _ in range(count)],
                "line": [home[0] for home in homes],
                "town": [home[1] for home in homes],
                "postcode": [home[2] for home in homes],
                "number": [self._number(self.drawn + n) if everything else "" for n in range(count)],
            }
        ).with_columns(name=pl.lit(""), known_as=pl.lit(""), email=pl.lit(""))
        self.drawn += count
        return frame

    def _home(self, n: int) -> tuple[str, str, str]:
        """Return an address: about two people at each, on one invented street for each real postcode."""
        house = n // 2
        which = house * 7919 % len(self.postcodes)
        number = house // len(self.postcodes) % 40 + 1
        street = f"{STEMS[which % len(STEMS)]} {ENDINGS[which // len(STEMS) % len(ENDINGS)]}"
        return f"{number} {street}", "Burslem", self.postcodes[which]

    def _number(self, n: int) -> str:
        if n % 6 or n // 6 >= 2_000 * HOLDERS_OF_A_NUMBER:
            return ""
        which = n // 6 % 2_000
        return f"07700 {900_000 + which}" if which < 1_000 else f"01632 {960_000 + which - 1_000}"


def _postcodes() -> list[str]:
    from watchward.domains.places.rules import geography

    return list(geography.postcodes())
