"""Measures of incidents, each against a small town whose answers are worked out by hand."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from tests import factories
from tests.measures.asked import JUNE, counts, figure, value
from tests.measures.town import Happened, found_areas, happens, waits
from watchward.domains.incidents.models import Incident
from watchward.domains.incidents.vocabulary import Grade
from watchward.foundation.access.context import within
from watchward.foundation.acting import Acting
from watchward.foundation.measures.spans import Span
from watchward.foundation.records import Handling

pytestmark = pytest.mark.django_db

AT = datetime(2019, 6, 10, 12, tzinfo=UTC)
ABUSE, CHILD, VULNERABLE = "domestic-abuse", "child", "vulnerable"


@pytest.fixture
def reader() -> Acting:
    """A force incident manager, of no team that keeps anything to itself."""
    return factories.officer("force-incident-manager", team=factories.team())


@pytest.fixture
def town(reader: Acting) -> Acting:
    """Five emergencies that somebody was to reach by the target, three in time; and what is not among them.

    North: one there after 10 minutes with somebody vulnerable, one after 14, and a Priority of domestic abuse after 50.
    South: one after 20 with a child, and a Priority after 90. No area: one that nobody reached, one locked to another
    team after 10, one scheduled after 100. Not among them: one closed after 5 minutes with nobody there, one sealed to
    another team, one of domestic abuse resolved by telephone, and one of May.
    """
    other = factories.team().number
    with within(reader):
        found_areas(reader, names=("north", "south"))
        happens(
            reader,
            rows=[
                Happened(AT, minutes=10, area="north", also=(VULNERABLE,)),
                Happened(AT, minutes=14, area="north"),
                Happened(AT, minutes=20, area="south", also=(CHILD,)),
                Happened(AT, minutes=None),
                Happened(AT, minutes=10, handling=Handling.LOCKED, team=other),
                Happened(AT, minutes=None, closed=5),
                Happened(AT, minutes=10, handling=Handling.SEALED, team=other),
                Happened(AT, Grade.PRIORITY, minutes=50, area="north", also=(ABUSE,)),
                Happened(AT, Grade.PRIORITY, minutes=90, area="south"),
                Happened(AT, Grade.SCHEDULED, minutes=100),
                Happened(AT, Grade.RESOLVED, minutes=None, closed=30, also=(ABUSE,)),
                Happened(AT - timedelta(days=20), minutes=30),
            ],
        )
    return reader


@pytest.mark.measure("incidents.emergencies-in-time")
def test_emergencies_in_time(town: Acting) -> None:
    """Three of five; the locked one is counted, and is not among those that the reader may open."""
    assert counts(town, "incidents.emergencies-in-time") == (3, 5)
    assert figure(town, "incidents.emergencies-in-time").seen == 2
    assert counts(town, "incidents.emergencies-in-time", area="north") == (2, 2)
    assert counts(town, "incidents.emergencies-in-time", area="south") == (0, 1)
    assert counts(town, "incidents.emergencies-in-time", area=None) == (1, 2)
    assert counts(town, "incidents.emergencies-in-time", also=VULNERABLE) == (1, 1)


@pytest.mark.measure("incidents.priorities-in-time")
def test_priorities_in_time(town: Acting) -> None:
    """One within the hour, one not."""
    assert counts(town, "incidents.priorities-in-time") == (1, 2)


@pytest.mark.measure("incidents.attended-in-time")
def test_all_grades_in_time(town: Acting) -> None:
    """By grade they are the parts of the whole."""
    assert counts(town, "incidents.attended-in-time") == (5, 8)
    assert counts(town, "incidents.attended-in-time", grade="1") == (3, 5)
    assert counts(town, "incidents.attended-in-time", grade="3") == (1, 1)


@pytest.mark.measure("incidents.vulnerable-in-time")
@pytest.mark.report("RSP-01", by="incidents.vulnerable-in-time")
def test_somebody_vulnerable_in_time(town: Acting) -> None:
    """One vulnerable, one child, one abused; nobody was to go to the one that the telephone resolved."""
    assert counts(town, "incidents.vulnerable-in-time") == (2, 3)
    assert counts(town, "incidents.vulnerable-in-time", also=CHILD) == (0, 1)


@pytest.mark.measure("incidents.reported")
def test_incidents_a_day(town: Acting) -> None:
    """Ten in the thirty days of June, the sealed one not among them; one in May."""
    assert figure(town, "incidents.reported").rows == 10
    assert value(town, "incidents.reported") == pytest.approx(10 / 30)
    may = Span(JUNE.first - timedelta(days=31), JUNE.first - timedelta(days=1))
    assert figure(town, "incidents.reported", span=may).rows == 1


@pytest.mark.measure("incidents.emergency-minutes")
def test_minutes_to_emergencies(town: Acting) -> None:
    """Of 10, 10, 14 and 20 the median is 12 and the 90th centile 18.2; the one never reached has no time."""
    found = figure(town, "incidents.emergency-minutes")
    assert (found.counted, found.rows) == (4, 5)
    assert (found.median, found.ninetieth) == pytest.approx((12, 18.2))


@pytest.mark.measure("incidents.priority-minutes")
def test_minutes_to_priorities(town: Acting) -> None:
    """Of 50 and 90: 70 and 86."""
    found = figure(town, "incidents.priority-minutes")
    assert (found.median, found.ninetieth) == pytest.approx((70, 86))


@pytest.mark.measure("incidents.vulnerable-minutes")
@pytest.mark.report("RSP-01", by="incidents.vulnerable-minutes")
def test_minutes_to_somebody_vulnerable(town: Acting) -> None:
    """Of 10, 20 and 50: 20 and 44."""
    found = figure(town, "incidents.vulnerable-minutes")
    assert (found.median, found.ninetieth) == pytest.approx((20, 44))


@pytest.mark.measure("incidents.minutes")
def test_minutes_of_all_grades(town: Acting) -> None:
    """Of 10, 10, 14, 20, 50, 90 and 100: 20 and 94."""
    found = figure(town, "incidents.minutes")
    assert (found.counted, found.rows) == (7, 8)
    assert (found.median, found.ninetieth) == pytest.approx((20, 94))


@pytest.mark.measure("incidents.domestic-attended-fast")
def test_domestic_abuse_attended_fast(town: Acting) -> None:
    """Of two, one attended as Priority."""
    assert counts(town, "incidents.domestic-attended-fast") == (1, 2)


@pytest.mark.measure("incidents.domestic-by-telephone")
def test_domestic_abuse_by_telephone(town: Acting) -> None:
    """Of two, one closed with nobody there."""
    assert counts(town, "incidents.domestic-by-telephone") == (1, 2)


def test_what_may_still_be_in_time_is_open_and_no_failure(reader: Acting) -> None:
    """Two minutes after the call nobody is late; sixteen minutes after it, nobody is in time any more."""
    now = reader.at
    with within(reader):
        happens(reader, rows=[Happened(now - timedelta(minutes=2), minutes=None, closed=None)])
    july = Span(now.date(), now.date())
    assert figure(reader, "incidents.emergencies-in-time", span=july).open == 1
    later = reader.at_time(now + timedelta(minutes=16))
    assert figure(later, "incidents.emergencies-in-time", span=july).open == 0
    assert counts(later, "incidents.emergencies-in-time", span=july) == (0, 1)


@pytest.fixture
def waiting(reader: Acting) -> Acting:
    """Five delays in June, each since 12:15, to be assessed again by 12:25 and rung back by 12:35."""
    since = AT + timedelta(minutes=15)

    def at(minutes: int) -> datetime:
        return since + timedelta(minutes=minutes)

    with within(reader):

        def late(reached: float | None = None) -> Incident:
            closed = None if reached is None else 5000
            return happens(reader, rows=[Happened(AT, minutes=reached, closed=closed)])[0]

        waits(reader, incident=late(65), reassessed_at=at(10), recontacted_at=at(20), ended_at=at(50))
        waits(reader, incident=late(65), reassessed_at=at(11), recontacted_at=at(21), ended_at=at(50))
        waits(reader, incident=late(65), ended_at=at(50))
        waits(reader, incident=late(20), ended_at=at(5))
        waits(reader, incident=late(), reassess_by=reader.at + timedelta(minutes=5), recontact_by=reader.at)
    return reader


@pytest.mark.measure("incidents.reassessed-in-time")
@pytest.mark.report("RSP-09", by="incidents.reassessed-in-time")
def test_reassessed_in_time(waiting: Acting) -> None:
    """One in time, one a minute late, one never, one not due yet; that which ended before it was due owed none."""
    found = figure(waiting, "incidents.reassessed-in-time")
    assert (found.counted, found.rows, found.open) == (1, 4, 1)


@pytest.mark.measure("incidents.rung-back-in-time")
@pytest.mark.report("RSP-08", by="incidents.rung-back-in-time")
def test_rung_back_in_time(waiting: Acting) -> None:
    """The same of ringing back: on the minute is in time."""
    found = figure(waiting, "incidents.rung-back-in-time")
    assert (found.counted, found.rows, found.open) == (1, 4, 1)
