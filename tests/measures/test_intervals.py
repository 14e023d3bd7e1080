"""Intervals of shares, against the published figures of others."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from watchward.foundation.measures.intervals import Verdict, beside, wilson


@pytest.mark.parametrize(
    ("counted", "rows", "lower", "upper"),
    [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0, 0.1611), (1, 29, 0.0061, 0.1718)],
)
def test_newcombes_examples(counted: int, rows: int, lower: float, upper: float) -> None:
    """Newcombe, Statistics in Medicine 17 (1998), 857-872, table I, the score method without continuity correction."""
    interval = wilson(counted, rows)
    assert interval is not None
    assert (interval.lower, interval.upper) == pytest.approx((lower, upper), abs=5e-5)


@given(st.integers(1, 5000).flatmap(lambda rows: st.tuples(st.integers(0, rows), st.just(rows))))
def test_the_interval_holds_the_share_and_is_a_share(counts: tuple[int, int]) -> None:
    """It never leaves 0 to 1, and the share itself is always within."""
    counted, rows = counts
    interval = wilson(counted, rows)
    assert interval is not None
    assert 0 <= interval.lower <= counted / rows <= interval.upper <= 1


def test_of_no_rows_there_is_no_interval() -> None:
    """And more counted than there are is a fault of ours, not a figure."""
    assert wilson(0, 0) is None
    with pytest.raises(ValueError, match="among"):
        wilson(3, 2)


def test_verdicts_in_words() -> None:
    """581 of 5,699 is above a force at 8.9 per cent; 725 of 7,731 is no different; 515 of 6,342 is below."""
    assert beside(581, 5699, 0.089) is Verdict.ABOVE
    assert beside(725, 7731, 0.089) is Verdict.ALIKE
    assert beside(515, 6342, 0.089) is Verdict.BELOW
    assert beside(0, 0, 0.089) is Verdict.NOT_COMPARED
    assert beside(1, 2, None) is Verdict.NOT_COMPARED
