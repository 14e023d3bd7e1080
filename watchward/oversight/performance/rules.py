"""By when a measure that got worse must be explained, and the inspection report's own figures."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from watchward.kernel.dated import Dated, Version
from watchward.kernel.periods import WorkingDays

EXPLAINED_WITHIN = Dated(
    title="Explanation of a measure that got worse",
    chosen_by="the day on which it was noticed",
    policy=True,
    asks="within how many working days a measure that got worse is explained by its owner",
    versions=(
        Version(
            in_force=date(2016, 4, 1),
            value=WorkingDays(10),
            cite="Force performance policy (report line 94); each force sets its own",
        ),
    ),
)

REGISTER = Path(__file__).resolve().parents[3] / "data" / "report" / "figures.csv"


@dataclass(frozen=True)
class Reported:
    """A figure of the inspection report, as data.

    Args:
        key: stable name.
        line: of the report.
        says: the report's value, as it says it.
        meaning: what it is, in our own words.
        measure: key of the measure that counts it; empty while nothing does.
        whose: who else's figure it is, entered beside the measure with its source; empty for the force's own.
        first: first day of its period, and ``last`` its last; None where it has none.
    """

    key: str
    line: str
    says: str
    meaning: str
    measure: str
    whose: str
    first: date | None
    last: date | None


@cache
def register() -> tuple[Reported, ...]:
    """Return the report's figures, in the order of its lines."""
    with REGISTER.open(newline="") as file:
        return tuple(
            Reported(
                key=row["key"], line=row["report_line"], says=row["report"], meaning=row["meaning"],
                measure=row["measure"], whose=row["whose"], first=_day(row["first"]), last=_day(row["last"]),
            )
            for row in csv.DictReader(file)
        )  # fmt: skip


def _day(said: str) -> date | None:
    return date.fromisoformat(said) if said else None
