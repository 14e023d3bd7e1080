"""Retention reviews: decided in time, and what became of what was reviewed."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from tests.foundation.disposing import LATER, WHY, called_up, known, manager, review_of
from tests.measures.asked import counts, figure
from watchward.foundation.access.context import within
from watchward.foundation.measures.spans import Span
from watchward.foundation.retention import commands

pytestmark = pytest.mark.django_db

SPAN = Span(LATER.date(), LATER.date() + timedelta(days=40))


@pytest.fixture(autouse=True)
def listed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The list of disposals in a folder of its own."""
    monkeypatch.setenv("WATCHWARD_HEADS", str(tmp_path))


@pytest.mark.measure("retention.in-time")
@pytest.mark.measure("retention.disposed")
def test_reviews_in_time_and_what_became_of_them() -> None:
    """Of three people due one is disposed of, one goes to another group too late, and one is not decided."""
    people = [known(name) for name in ("Wilhelmina", "Clementine", "Ernestine")]
    called_up()
    first, second = (review_of(person).pk for person in people[:2])
    one, other = manager(), manager()
    with within(one):
        commands.propose(one, review=first, reason=WHY)
    with within(other):
        commands.agree(other, review=first)
    late = one.at_time(LATER + timedelta(days=30))
    with within(late):
        commands.regroup(late, review=second, group=2, reason="He was suspected of robbery")
    asking = one.at_time(LATER + timedelta(days=35))
    assert counts(asking, "retention.in-time", span=SPAN) == (1, 3)
    assert counts(asking, "retention.disposed", span=SPAN) == (1, 2)
    assert figure(asking, "retention.disposed", span=SPAN, group="4").rows == 1
