"""Measures of crimes and their victims, each against a few whose answers are worked out by hand."""

from __future__ import annotations

from datetime import date

import pytest

from tests import factories
from tests.domains.crimes.scenes import NOW, allocated, crime, days, desk, ended, incident, suspected
from tests.domains.victims.test_caring import reached, victim_of
from tests.measures.asked import counts
from watchward.domains.crimes import commands
from watchward.domains.crimes.vocabulary import Cancel
from watchward.domains.victims import commands as victims
from watchward.domains.victims.vocabulary import Response, Tells, Withdraws
from watchward.foundation.access.context import within
from watchward.foundation.acting import Acting
from watchward.foundation.measures.spans import Span

pytestmark = pytest.mark.django_db

JULY = Span(date(2019, 7, 1), date(2019, 7, 31))


@pytest.fixture
def town() -> Acting:
    """Five crimes of 1 July that count: one charged, one withdrawn, one reopened, one late, one open; one cancelled.

    The first victim is told what to expect and how it ended in time, and offered a personal statement; the second gave
    a statement and was offered none.
    """
    charged, _boss, one = allocated()
    party = victim_of(charged)
    outcome = ended(charged, one, "1", suspect=suspected(charged, one))
    reached(one, party, tells=[Tells.EXPECT], outcomes=[outcome.pk])
    withdrawn, boss, other = allocated()
    hers, him = victim_of(withdrawn), suspected(withdrawn, other)
    with within(one):
        victims.note_statement(one, party=party, taken_at=NOW)
        victims.offer_statement(one, party=party, response=Response.ACCEPTED)
        victims.note_statement(one, party=hers, taken_at=NOW)
        victims.record_decision(other, party=hers, supports=False, reason=Withdraws.DELAY, said_on=date(2019, 7, 1),
                                own_words="It has taken far too long", support_told=True)  # fmt: skip
    sixteen = ended(withdrawn, other, "16", suspect=him)
    with within(boss):
        commands.agree_outcome(boss, outcome=sixteen.pk)
    again, boss, third = allocated()
    ended(again, third, "1", suspect=suspected(again, third))
    with within(boss):
        commands.reopen(boss, crime=again.pk, words="The charge was withdrawn")
    crime(incident=incident(hours_ago=30).pk, late_reason="The victim was in hospital")
    crime()
    gone, head = crime(), desk()
    with within(head):
        commands.cancel(head, crime=gone.pk, code=Cancel.C4, words="Recorded twice by mistake")
    return days(factories.officer("auditor"), 30)


@pytest.mark.measure("crimes.charged")
@pytest.mark.measure("crimes.charged-outcomes")
@pytest.mark.report("OUT-01", by="crimes.charged")
def test_the_charge_rate_on_both_bases(town: Acting) -> None:
    """One of five crimes recorded; one of two outcomes that stand: the reopened crime has none."""
    assert counts(town, "crimes.charged", span=JULY) == (1, 5)
    assert counts(town, "crimes.charged-outcomes", span=JULY) == (1, 2)


@pytest.mark.measure("crimes.no-support")
@pytest.mark.measure("crimes.no-support-either")
@pytest.mark.report("OUT-02", by="crimes.no-support")
def test_outcome_16_alone_and_with_14(town: Acting) -> None:
    """One of five, on either count."""
    assert counts(town, "crimes.no-support", span=JULY) == (1, 5)
    assert counts(town, "crimes.no-support-either", span=JULY) == (1, 5)


@pytest.mark.measure("crimes.recorded-in-time")
def test_recorded_within_the_limit(town: Acting) -> None:
    """Four of five: one was recorded 30 hours after it was reported."""
    assert counts(town, "crimes.recorded-in-time", span=JULY) == (4, 5)


@pytest.mark.measure("victims.told-in-time")
@pytest.mark.report("GOV-06", by="victims.told-in-time")
@pytest.mark.report("VIC-06", by="victims.told-in-time")
def test_told_in_time_by_entitlement(town: Acting) -> None:
    """Five victims are owed two things each, three of them how it ended: thirteen; the first was told two."""
    assert counts(town, "victims.told-in-time", span=JULY) == (2, 13)
    assert counts(town, "victims.told-in-time", span=JULY, entitlement="victims.tell-outcome") == (1, 3)
    assert counts(town, "victims.told-in-time", span=JULY, entitlement="victims.expect") == (1, 5)


@pytest.mark.measure("victims.statement-offered")
@pytest.mark.report("VIC-07", by="victims.statement-offered")
def test_personal_statements_offered(town: Acting) -> None:
    """Of two who gave a statement, one was offered a personal one."""
    assert counts(town, "victims.statement-offered", span=JULY) == (1, 2)
