"""Measures of calls, against calls that were taken by commands."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests import factories
from tests.measures.asked import counts
from watchward.domains.contact import commands
from watchward.domains.contact.vocabulary import Answer, Line, Which
from watchward.foundation.access.context import within
from watchward.foundation.acting import Acting
from watchward.foundation.measures.spans import Span

pytestmark = pytest.mark.django_db

DAY = Span(factories.NOW.date(), factories.NOW.date())
REPEAT, ABUSE, UNWELL = Which.REPEAT_VICTIM, Which.DOMESTIC_ABUSE, Which.MENTAL_ILL_HEALTH


@pytest.fixture
def calls() -> Acting:
    """Three calls answered and two abandoned.

    A 999 call answered after 10 seconds with all three identifications; one after 11 with two of them, one not known;
    a 101 call answered at once with none; a 999 and a 101 call abandoned.
    """
    taker = factories.officer("call-handler", team=factories.team())
    said: tuple[tuple[Line, int, dict[Which, Answer]], ...] = (
        (Line.EMERGENCY, 10, {REPEAT: Answer.YES, ABUSE: Answer.NO, UNWELL: Answer.NOT_KNOWN}),
        (Line.EMERGENCY, 11, {REPEAT: Answer.NO, UNWELL: Answer.YES}),
        (Line.NON_EMERGENCY, 0, {}),
    )
    with within(taker):
        for line, seconds, answers in said:
            call = commands.take_call(taker, line=line, rang_at=taker.at - timedelta(seconds=seconds))
            for which, answer in answers.items():
                commands.identify(taker, call=call.pk, which=which, answer=answer)
        for line in (Line.EMERGENCY, Line.NON_EMERGENCY):
            rang = taker.at - timedelta(seconds=40)
            commands.record_abandoned(taker, line=line, rang_at=rang, ended_at=taker.at)
    return taker


@pytest.mark.measure("contact.emergency-answered")
@pytest.mark.report("RSP-04", by="contact.emergency-answered")
def test_emergency_calls_answered_within_ten_seconds(calls: Acting) -> None:
    """On the tenth second is in time, on the eleventh is not, and an abandoned call never was."""
    assert counts(calls, "contact.emergency-answered", span=DAY) == (1, 3)


@pytest.mark.measure("contact.abandoned")
@pytest.mark.report("RSP-04", by="contact.abandoned")
def test_101_calls_abandoned(calls: Acting) -> None:
    """One of two."""
    assert counts(calls, "contact.abandoned", span=DAY) == (1, 2)


@pytest.mark.measure("contact.identified")
@pytest.mark.report("CON-02", by="contact.identified")
def test_all_three_identifications(calls: Acting) -> None:
    """One of three: that it could not be known is an answer, and silence is not."""
    assert counts(calls, "contact.identified", span=DAY) == (1, 3)
    assert counts(calls, "contact.identified", span=DAY, line="101") == (0, 1)


@pytest.mark.measure("contact.asked-repeat-victim")
@pytest.mark.measure("contact.asked-domestic-abuse")
@pytest.mark.measure("contact.asked-mental-ill-health")
@pytest.mark.report("CON-01", by="contact.asked-repeat-victim")
def test_each_of_the_three(calls: Acting) -> None:
    """Found out on two, one and two of three."""
    found = [counts(calls, f"contact.asked-{which.value}", span=DAY) for which in (REPEAT, ABUSE, UNWELL)]
    assert found == [(2, 3), (1, 3), (2, 3)]


@pytest.mark.measure("contact.found-repeat-victim")
@pytest.mark.measure("contact.found-domestic-abuse")
@pytest.mark.measure("contact.found-mental-ill-health")
def test_how_often_the_answer_is_yes(calls: Acting) -> None:
    """Once, never, once."""
    found = [counts(calls, f"contact.found-{which.value}", span=DAY) for which in (REPEAT, ABUSE, UNWELL)]
    assert found == [(1, 3), (0, 3), (1, 3)]
