"""Who may hold a post when, and until when training counts."""

from __future__ import annotations

from datetime import date

import pytest

from watchward.domains.organisation import rules
from watchward.domains.organisation.rules import THRIVE_COUNTS_FOR, Span, expires_on
from watchward.domains.organisation.vocabulary import DISTRICTS, SHORT, Rank
from watchward.kernel.dated import Version
from watchward.kernel.periods import Months

A, B, C = date(2019, 1, 1), date(2019, 2, 1), date(2019, 3, 1)


@pytest.mark.parametrize(
    ("one", "other", "meets"),
    [
        (Span(A, B), Span(B, C), False),
        (Span(A, C), Span(B, C), True),
        (Span(A), Span(C), True),
        (Span(C), Span(A, B), False),
        (Span(A, B), Span(A, B), True),
    ],
)
def test_spans_that_share_a_day(one: Span, other: Span, meets: bool) -> None:
    """A span ends on the day on which the next may begin."""
    assert one.meets(other) is meets
    assert other.meets(one) is meets


def test_training_without_a_policy_counts_as_its_certificate_says() -> None:
    """While the force has not said for how long THRIVE counts, no end is made up."""
    assert expires_on("thrive", passed_on=A, asked=None) is None
    assert expires_on("thrive", passed_on=A, asked=C) == C


def test_the_force_may_say_how_long_training_counts(monkeypatch: pytest.MonkeyPatch) -> None:
    """Once it has, the end follows from the day on which the course was passed; the certificate still prevails."""
    yearly = THRIVE_COUNTS_FOR.set_to(Version(in_force=A, value=Months(12), cite="Training policy 2019"))
    monkeypatch.setitem(rules.COURSES, "thrive", ("THRIVE for call handlers", yearly))
    assert expires_on("thrive", passed_on=B, asked=None) == date(2020, 2, 1)
    assert expires_on("thrive", passed_on=B, asked=C) == C
    assert expires_on("thrive", passed_on=date(2018, 12, 31), asked=None) is None


@pytest.mark.parametrize("rank", list(Rank))
def test_every_rank_can_be_said(rank: Rank) -> None:
    """Each rank has its short form, and staff have none before their name."""
    assert rank in SHORT
    assert (rank.short == "") is (rank is Rank.STAFF)


def test_the_nine_districts() -> None:
    """The force covers the city and the eight districts of the county."""
    assert len(DISTRICTS) == 9
