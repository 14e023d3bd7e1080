"""What of a person's record matters first, and whether contact with them is rising."""

from __future__ import annotations

from fractions import Fraction
from math import comb

RECENT_DAYS, YEAR_DAYS = 30, 365
LEAST, CHANCE = 3, Fraction(1, 20)
"""How many contacts in 30 days make a trend worth saying, and how seldom chance may make it."""


def chance(recent: int, earlier: int) -> Fraction:
    """Return how likely so many of a year's contacts, or more, would fall in its last 30 days at an even rate.

    The exact binomial tail for comparing two Poisson rates given their sum (Przyborowski and Wilenski, 1940).

    Args:
        recent: contacts in the last 30 days.
        earlier: contacts in the 335 days before them.
    """
    total, share = recent + earlier, Fraction(RECENT_DAYS, YEAR_DAYS)
    below = sum((comb(total, k) * share**k * (1 - share) ** (total - k) for k in range(recent)), Fraction(0))
    return 1 - below


def is_rising(recent: int, earlier: int) -> bool:
    """Return whether contact is rising: at least 3 in 30 days, and chance would seldom make it so."""
    return recent >= LEAST and chance(recent, earlier) <= CHANCE


def once_in(odds: Fraction) -> int:
    """Return a chance as "once in so many", rounded so that no false precision is shown.

    Raises:
        ValueError: when the chance is nothing.
    """
    if odds <= 0:
        raise ValueError("what cannot happen does not happen once in any number")
    whole = round(1 / odds)
    if whole < 20:
        return whole
    step: int = 10 ** (len(str(whole)) - 1)
    return round(whole / step) * step
