"""How an agreement on sharing stands on a day."""

from __future__ import annotations

from datetime import date

import pytest

from watchward.domains.partners.rules import Standing, standing

SINCE, REVIEW, UNTIL = date(2018, 4, 1), date(2019, 4, 1), date(2020, 4, 1)


@pytest.mark.parametrize(
    ("on", "stands"),
    [
        (date(2018, 3, 31), Standing.NOT_YET),
        (SINCE, Standing.IN_FORCE),
        (REVIEW, Standing.IN_FORCE),
        (date(2019, 4, 2), Standing.REVIEW_LATE),
        (date(2020, 3, 31), Standing.REVIEW_LATE),
        (UNTIL, Standing.ENDED),
    ],
)
def test_standing(on: date, stands: Standing) -> None:
    """In force from its first day to its last, and said to be late once its review day has passed."""
    assert standing(since=SINCE, review_on=REVIEW, until=UNTIL, on=on) is stands
    if stands is not Standing.ENDED:
        assert standing(since=SINCE, review_on=REVIEW, until=None, on=on) is stands
