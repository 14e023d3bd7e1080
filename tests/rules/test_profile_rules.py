"""When contact with somebody is rising, and how a chance is said."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from watchward.oversight.profile.rules import chance, is_rising, once_in


@pytest.mark.parametrize(
    ("recent", "earlier", "rising"),
    [
        (4, 3, True),  # the worked case: four in a month after three in eleven months
        (3, 0, True),  # a first month with three
        (2, 0, False),  # two are too few to speak of a trend
        (3, 33, False),  # three a month, all year
        (4, 20, False),  # a little more than usual
        (0, 12, False),  # it has stopped
    ],
)
def test_rising(recent: int, earlier: int, rising: bool) -> None:
    """At least three in 30 days, and chance would seldom make it so at the year's rate."""
    assert is_rising(recent, earlier) is rising


def test_the_chance_is_exact() -> None:
    """Two of two contacts of a year in its last 30 days: (30/365) squared, no more and no less."""
    assert chance(2, 0) == Fraction(30, 365) ** 2
    assert chance(0, 5) == 1


@given(recent=st.integers(0, 40), earlier=st.integers(0, 120))
def test_more_of_late_is_never_less_remarkable(recent: int, earlier: int) -> None:
    """One more this month makes chance less likely; one more before makes it more likely; it stays a probability."""
    assert 0 <= chance(recent + 1, earlier) <= chance(recent, earlier) <= chance(recent, earlier + 1) <= 1


@pytest.mark.parametrize(
    ("odds", "said"),
    [(Fraction(1, 3), 3), (Fraction(1, 19), 19), (Fraction(1, 812), 800), (Fraction(1, 12_345), 10_000)],
)
def test_a_chance_is_said_without_false_precision(odds: Fraction, said: int) -> None:
    """One in 812 is said as about once in 800."""
    assert once_in(odds) == said


def test_what_cannot_happen_is_not_said() -> None:
    """No chance has no "once in"."""
    with pytest.raises(ValueError, match="cannot happen"):
        once_in(Fraction(0))
