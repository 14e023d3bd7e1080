"""How far a share of a part may differ from that of the whole by chance alone."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from math import sqrt

Z_95 = 1.959963984540054
"""The 97.5th centile of the standard normal distribution."""


class Verdict(StrEnum):
    """What is said of a part beside the whole."""

    ABOVE = "above the force"
    BELOW = "below the force"
    ALIKE = "no different"
    NOT_COMPARED = "not compared"


@dataclass(frozen=True)
class Interval:
    """An interval of a share, from 0 to 1."""

    lower: float
    upper: float


def wilson(counted: int, rows: int) -> Interval | None:
    """Return the 95 % score interval of a share; None of no rows.

    Source: Wilson, Journal of the American Statistical Association 22 (1927), 209-212.

    Raises:
        ValueError: more are counted than there are.
    """
    if not 0 <= counted <= rows:
        raise ValueError(f"{counted} cannot be counted among {rows}")
    if rows == 0:
        return None
    share, z2 = counted / rows, Z_95 * Z_95
    middle = (share + z2 / (2 * rows)) / (1 + z2 / rows)
    half = Z_95 * sqrt(share * (1 - share) / rows + z2 / (4 * rows * rows)) / (1 + z2 / rows)
    # At either end the interval touches it exactly, and arithmetic must not put the share itself outside.
    lower = 0.0 if counted == 0 else max(0.0, middle - half)
    upper = 1.0 if counted == rows else min(1.0, middle + half)
    return Interval(lower, upper)


def beside(counted: int, rows: int, whole: float | None) -> Verdict:
    """Return how a part compares with the whole: it differs where its interval does not hold the whole's share.

    Args:
        counted: of the part.
        rows: of the part.
        whole: the share of the whole, from 0 to 1; None where it has none.
    """
    interval = wilson(counted, rows)
    if interval is None or whole is None:
        return Verdict.NOT_COMPARED
    if interval.lower > whole:
        return Verdict.ABOVE
    return Verdict.BELOW if interval.upper < whole else Verdict.ALIKE
