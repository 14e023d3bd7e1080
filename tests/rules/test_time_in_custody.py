"""How long a person may be detained before charge: PACE 1984 ss 40-44, worked through to the minute."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from tests.rules.times import bst, gmt
from watchward.kernel.periods import Clock, Hours, Segment, london

DETENTION = [
    pytest.param(
        bst("2018-06-12 14:20"),
        bst("2018-06-13 14:20"),
        bst("2018-06-14 02:20"),
        bst("2018-06-16 14:20"),
        id="an ordinary week in June",
    ),
    pytest.param(
        gmt("2018-03-24 20:00"),
        bst("2018-03-25 21:00"),
        bst("2018-03-26 09:00"),
        bst("2018-03-28 21:00"),
        id="the clocks go forward on the first night",
    ),
    pytest.param(
        bst("2018-10-27 20:00"),
        gmt("2018-10-28 19:00"),
        gmt("2018-10-29 07:00"),
        gmt("2018-10-31 19:00"),
        id="the clocks go back on the first night",
    ),
    pytest.param(
        bst("2018-10-28 01:30"),
        gmt("2018-10-29 00:30"),
        gmt("2018-10-29 12:30"),
        gmt("2018-11-01 00:30"),
        id="arrival at 01:30, the first time it is 01:30 that night",
    ),
    pytest.param(
        gmt("2018-10-28 01:30"),
        gmt("2018-10-29 01:30"),
        gmt("2018-10-29 13:30"),
        gmt("2018-11-01 01:30"),
        id="arrival at 01:30, the second time it is 01:30 that night",
    ),
    pytest.param(
        gmt("2020-02-28 23:10"),
        gmt("2020-02-29 23:10"),
        gmt("2020-03-01 11:10"),
        gmt("2020-03-03 23:10"),
        id="over 29 February",
    ),
    pytest.param(
        gmt("2019-12-31 16:00"),
        gmt("2020-01-01 16:00"),
        gmt("2020-01-02 04:00"),
        gmt("2020-01-04 16:00"),
        id="over New Year, and holidays change nothing",
    ),
]


@pytest.mark.parametrize(("relevant", "day", "superintendent", "overall"), DETENTION)
def test_detention_without_charge_is_24_36_and_96_hours_from_the_relevant_time(
    relevant: datetime, day: datetime, superintendent: datetime, overall: datetime
) -> None:
    """Sections 41(1), 42(1) and 44(3) count hours that pass, whatever the clock on the wall says."""
    assert Hours(24).due(relevant) == day
    assert Hours(36).due(relevant) == superintendent
    assert Hours(96).due(relevant) == overall


def test_the_wall_clock_shows_an_hour_later_after_spring_and_an_hour_earlier_after_autumn() -> None:
    """What the custody officer reads: 20:00 becomes 21:00 in spring and 19:00 in autumn, 24 hours on."""
    assert london(Hours(24).due(gmt("2018-03-24 20:00"))).strftime("%a %H:%M %Z") == "Sun 21:00 BST"
    assert london(Hours(24).due(bst("2018-10-27 20:00"))).strftime("%a %H:%M %Z") == "Sun 19:00 GMT"


def test_the_first_review_is_after_6_hours_and_each_later_one_9_hours_on() -> None:
    """Section 40(3): authorised at 22:00 before the clocks go forward, reviewed at 05:00, 14:00 and 23:00."""
    first = Hours(6).due(gmt("2018-03-24 22:00"))
    second = Hours(9).due(first)
    assert (first, second, Hours(9).due(second)) == (
        bst("2018-03-25 05:00"),
        bst("2018-03-25 14:00"),
        bst("2018-03-25 23:00"),
    )


def test_a_warrant_runs_36_hours_from_its_issue_and_never_past_96_hours_overall() -> None:
    """Sections 43(10)-(12) and 44(3): the first warrant ends by its own 36 hours, its extension by the 96."""
    relevant = bst("2019-07-01 10:00")
    issued, extended = bst("2019-07-02 21:00"), bst("2019-07-04 08:00")
    assert min(Hours(36).due(issued), Hours(96).due(relevant)) == bst("2019-07-04 09:00")
    assert min(Hours(36).due(extended), Hours(96).due(relevant)) == bst("2019-07-05 10:00")


RESUMED = [
    pytest.param(
        Clock.started(bst("2019-07-01 10:00")).stopped(bst("2019-07-01 13:15")).resumed(bst("2019-07-01 17:45")),
        bst("2019-07-02 14:30"),
        id="four and a half hours at hospital without questions",
    ),
    pytest.param(
        Clock.started(bst("2019-07-01 09:00")).stopped(bst("2019-07-01 14:00")).resumed(bst("2019-07-29 10:00")),
        bst("2019-07-30 05:00"),
        id="five hours, four weeks on bail, and back at the station",
    ),
    pytest.param(
        Clock.started(bst("2018-10-27 22:00")).stopped(bst("2018-10-27 23:00")).resumed(gmt("2018-10-28 02:00")),
        gmt("2018-10-29 01:00"),
        id="at hospital while the clocks go back",
    ),
    pytest.param(
        Clock(
            (
                Segment(bst("2019-07-01 08:00"), bst("2019-07-01 12:00")),
                Segment(bst("2019-07-05 08:00"), bst("2019-07-05 18:30")),
                Segment(bst("2019-07-20 11:00")),
            )
        ),
        bst("2019-07-20 20:30"),
        id="arrested for the same offence a third time",
    ),
]


@pytest.mark.parametrize(("clock", "ends"), RESUMED)
def test_a_detention_clock_that_stopped_goes_on_from_where_it_was(clock: Clock, ends: datetime) -> None:
    """Sections 41(6) and 47(6): time away at hospital or on bail does not count, time before it does."""
    assert clock.deadline(Hours(24)) == ends
    assert clock.elapsed(ends) == timedelta(hours=24)


def test_nobody_can_say_when_24_hours_end_while_the_person_is_on_bail() -> None:
    """A clock that stands still with time left has no deadline, only time left."""
    clock = Clock.started(bst("2019-07-01 09:00")).stopped(bst("2019-07-01 14:00"))
    assert clock.deadline(Hours(24)) is None
    assert clock.remaining(Hours(24), bst("2019-07-09 12:00")) == timedelta(hours=19)


PLACE_OF_SAFETY = [
    pytest.param(
        bst("2019-06-12 23:30"), bst("2019-06-13 23:30"), bst("2019-06-14 11:30"), id="an ordinary night in June"
    ),
    pytest.param(gmt("2019-03-30 20:00"), bst("2019-03-31 21:00"), bst("2019-04-01 09:00"), id="the clocks go forward"),
    pytest.param(bst("2019-10-26 20:00"), gmt("2019-10-27 19:00"), gmt("2019-10-28 07:00"), id="the clocks go back"),
]


@pytest.mark.parametrize(("arrival", "day", "extended"), PLACE_OF_SAFETY)
def test_a_place_of_safety_holds_24_hours_from_arrival_and_12_more_from_their_end(
    arrival: datetime, day: datetime, extended: datetime
) -> None:
    """Mental Health Act 1983 ss 136(2A) and 136B: the 12 hours follow the 24; a transfer restarts neither."""
    assert Hours(24).due(arrival) == day
    assert Hours(12).due(Hours(24).due(arrival)) == extended
