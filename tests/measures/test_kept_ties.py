"""Months that are kept, of rows about which other tables decide: what is found out on a call, how a crime ended."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from tests import factories
from tests.domains.crimes.scenes import allocated, crime, days, desk, ended, suspected
from watchward.domains.contact import commands as contact
from watchward.domains.contact.vocabulary import Answer, Line, Which
from watchward.domains.crimes import commands as crimes
from watchward.domains.crimes.vocabulary import Cancel
from watchward.foundation.access.context import within
from watchward.foundation.measures import commands
from watchward.foundation.measures.counting import Asked, Figure, counting
from watchward.foundation.measures.declared import measures
from watchward.foundation.measures.kept import keeping
from watchward.foundation.measures.spans import Span

pytestmark = pytest.mark.django_db(transaction=True)

JULY = Span(date(2019, 7, 1), date(2019, 7, 31))
LATER = 60
KEYS = ("contact.identified", "contact.found-domestic-abuse", "crimes.charged", "crimes.charged-outcomes",
        "duties.on-time")  # fmt: skip


@pytest.fixture(autouse=True)
def few(monkeypatch: pytest.MonkeyPatch) -> None:
    """These measures alone are kept."""
    monkeypatch.setattr(keeping, "measures", {key: measures[key] for key in KEYS})


def keep() -> None:
    """Keep July, two months later."""
    acting = factories.machinery(factories.NOW + timedelta(days=LATER))
    with within(acting):
        commands.keep(acting)


def july() -> tuple[dict[str, Figure], bool]:
    """Return July's figures as they are told, and whether they are those of the rows, by every breakdown."""
    reader = days(factories.officer("auditor"), LATER)
    with within(reader), counting(reader) as counter:
        asked = [Asked(measures[key], JULY, by=by) for key in KEYS
                 for by in [(), *((each,) for each in measures[key].breakdowns)]]  # fmt: skip
        kept, now = counter.several(asked), counter.count_now(asked)
        whole = {key: counter.whole(measures[key], JULY) for key in KEYS}
    return whole, [dict(each) for each in kept] == [dict(each) for each in now]


def test_an_answer_on_a_call_reaches_the_calls_month() -> None:
    """A call of July is kept with one answer; the others come in September, and July is counted again."""
    taker = factories.officer("call-handler", team=factories.team())
    with within(taker):
        call = contact.take_call(taker, line=Line.EMERGENCY, rang_at=taker.at)
        contact.identify(taker, call=call.pk, which=Which.REPEAT_VICTIM, answer=Answer.NO)
    keep()
    figures, same = july()
    assert same
    assert (figures["contact.identified"].counted, figures["contact.identified"].rows) == (0, 1)
    with within(taker):
        for which in (Which.DOMESTIC_ABUSE, Which.MENTAL_ILL_HEALTH):
            contact.identify(taker, call=call.pk, which=which, answer=Answer.YES)
    figures, same = july()
    assert same
    assert figures["contact.identified"].counted == figures["contact.found-domestic-abuse"].counted == 1
    keep()
    assert july() == (figures, True)


def test_a_crime_that_is_reopened_or_cancelled_reaches_its_outcomes_month() -> None:
    """A charge of July stands in both bases; once the crime is reopened it stands in neither."""
    with within(factories.machinery()):
        charged, boss, one = allocated()
        ended(charged, one, "1", suspect=suspected(charged, one))
        gone, head = crime(), desk()
    keep()
    figures, same = july()
    assert same
    assert (figures["crimes.charged"].counted, figures["crimes.charged"].rows) == (1, 2)
    assert figures["crimes.charged-outcomes"].counted == 1
    with within(boss):
        crimes.reopen(boss, crime=charged.pk, words="The charge was withdrawn")
    with within(head):
        crimes.cancel(head, crime=gone.pk, code=Cancel.C4, words="Recorded twice by mistake")
    figures, same = july()
    assert same
    assert (figures["crimes.charged"].counted, figures["crimes.charged"].rows) == (0, 1)
    assert figures["crimes.charged-outcomes"].rows == 0
    keep()
    assert july() == (figures, True)
