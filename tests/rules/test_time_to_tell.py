"""When victims, reviewers, offenders and schools must have been told, reviewed or notified."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

import pytest

from tests.rules.times import bst, gmt
from watchward.kernel.periods import (
    CalendarEnds,
    Days,
    DaysBeginningWith,
    DaySpan,
    Months,
    SchoolCalendar,
    SchoolDays,
    WorkingDays,
    Years,
    YearsBeginningWith,
)

VICTIMS_CODE = [
    pytest.param("2019-06-03", "2019-06-04", "2019-06-05", "2019-06-10", id="a Monday in June"),
    pytest.param("2019-06-07", "2019-06-10", "2019-06-11", "2019-06-14", id="a Friday"),
    pytest.param("2019-06-08", "2019-06-10", "2019-06-11", "2019-06-14", id="a Saturday"),
    pytest.param("2019-06-09", "2019-06-10", "2019-06-11", "2019-06-14", id="a Sunday"),
    pytest.param("2019-04-18", "2019-04-23", "2019-04-24", "2019-04-29", id="Maundy Thursday"),
    pytest.param("2019-04-19", "2019-04-23", "2019-04-24", "2019-04-29", id="Good Friday"),
    pytest.param("2019-05-03", "2019-05-07", "2019-05-08", "2019-05-13", id="before the early May holiday"),
    pytest.param("2019-12-20", "2019-12-23", "2019-12-24", "2019-12-31", id="the Friday before Christmas 2019"),
    pytest.param("2019-12-24", "2019-12-27", "2019-12-30", "2020-01-03", id="Christmas Eve 2019"),
    pytest.param("2020-05-07", "2020-05-11", "2020-05-12", "2020-05-15", id="before VE Day 2020"),
    pytest.param("2020-12-24", "2020-12-29", "2020-12-30", "2021-01-05", id="Christmas Eve 2020"),
    pytest.param("2021-12-24", "2021-12-29", "2021-12-30", "2022-01-05", id="Christmas Eve 2021"),
    pytest.param("2022-06-01", "2022-06-06", "2022-06-07", "2022-06-10", id="before the Platinum Jubilee"),
    pytest.param("2022-09-16", "2022-09-20", "2022-09-21", "2022-09-26", id="before the state funeral"),
    pytest.param("2026-12-24", "2026-12-29", "2026-12-30", "2027-01-05", id="Christmas Eve 2026"),
]


@pytest.mark.parametrize(("learnt", "one", "two", "five"), VICTIMS_CODE)
def test_a_victim_is_told_within_1_2_or_5_working_days(learnt: str, one: str, two: str, five: str) -> None:
    """Code of Practice for Victims: the day the force learns of it is not counted, nor weekends and holidays."""
    day = date.fromisoformat(learnt)
    assert [str(WorkingDays(n).due(day)) for n in (1, 2, 5)] == [one, two, five]


REVIEW = [
    pytest.param("2019-06-03", "2019-06-17", "2019-07-15", id="June: six whole weeks"),
    pytest.param("2019-12-02", "2019-12-16", "2020-01-16", id="over Christmas"),
    pytest.param("2019-04-15", "2019-05-01", "2019-05-31", id="over Easter and both May holidays"),
]


@pytest.mark.parametrize(("asked", "acknowledged", "finished"), REVIEW)
def test_a_right_to_review_is_acknowledged_in_10_and_finished_in_30_working_days(
    asked: str, acknowledged: str, finished: str
) -> None:
    """National Police Chiefs' Council Victims' Right to Review scheme."""
    day = date.fromisoformat(asked)
    assert [str(WorkingDays(n).due(day)) for n in (10, 30)] == [acknowledged, finished]


@pytest.mark.parametrize(
    ("told", "latest"),
    [
        ("2019-06-14", "2019-09-14"),
        ("2019-11-30", "2020-02-29"),
        ("2018-11-30", "2019-02-28"),
        ("2019-05-31", "2019-08-31"),
    ],
)
def test_a_victim_may_ask_for_a_review_within_three_months_of_being_told(told: str, latest: str) -> None:
    """The corresponding date, or the last day of a month that has none."""
    assert str(Months(3).due(date.fromisoformat(told))) == latest


RELEASED = [
    pytest.param(bst("2019-06-03 16:40"), bst("2019-07-01 16:40"), 28 * 24, id="summer"),
    pytest.param(gmt("2020-02-10 09:00"), gmt("2020-03-09 09:00"), 28 * 24, id="over 29 February"),
    pytest.param(gmt("2019-03-13 16:40"), bst("2019-04-10 16:40"), 28 * 24 - 1, id="the clocks go forward between"),
    pytest.param(bst("2019-10-09 16:40"), gmt("2019-11-06 16:40"), 28 * 24 + 1, id="the clocks go back between"),
    pytest.param(gmt("2019-03-03 01:30"), bst("2019-03-31 02:30"), 28 * 24, id="due at a time that is skipped"),
    pytest.param(bst("2019-09-29 01:30"), bst("2019-10-27 01:30"), 28 * 24, id="due at a time that comes twice"),
]


@pytest.mark.parametrize(("released", "due", "hours"), RELEASED)
def test_a_release_under_investigation_is_reviewed_at_the_same_time_of_day_28_days_on(
    released: datetime, due: datetime, hours: int
) -> None:
    """Force policy counts 28 days of the calendar, so a clock change makes them an hour longer or shorter."""
    assert Days(28).due(released) == due
    assert due - released == timedelta(hours=hours)


NOTIFIED = [
    ("2019-03-01", "2019-03-03"),
    ("2020-02-27", "2020-02-29"),
    ("2019-02-27", "2019-03-01"),
    ("2019-12-30", "2020-01-01"),
]


@pytest.mark.parametrize(("relevant", "latest"), NOTIFIED)
def test_an_offender_notifies_within_three_days_beginning_with_the_relevant_date(relevant: str, latest: str) -> None:
    """Sexual Offences Act 2003 s 83(1): the date itself is the first of the three."""
    assert str(DaysBeginningWith(3).due(date.fromisoformat(relevant))) == latest


def test_a_notification_period_beginning_with_conviction_ends_the_day_before_its_anniversary() -> None:
    """Sexual Offences Act 2003 s 82: ten years from 14 June 2019; five from 29 February 2020, which 2025 lacks."""
    assert YearsBeginningWith(10).due(date(2019, 6, 14)) == date(2029, 6, 13)
    assert YearsBeginningWith(5).due(date(2020, 2, 29)) == date(2025, 2, 28)


def test_the_yearly_notification_falls_on_the_same_date_a_year_on() -> None:
    """Sexual Offences Act 2003 s 85: within a year after the last; from 29 February it is 28 February."""
    assert Years(1).due(date(2019, 6, 14)) == date(2020, 6, 14)
    assert Years(1).due(date(2020, 2, 29)) == date(2021, 2, 28)


@pytest.mark.parametrize(("n", "due"), [(10, "2019-05-03"), (20, "2019-05-20")])
def test_an_overseas_record_answered_in_10_or_20_working_days_steps_over_easter(n: int, due: str) -> None:
    """Asked on Wednesday 17 April 2019 by the calendar of England and Wales; whose calendar counts is not settled."""
    assert str(WorkingDays(n).due(date(2019, 4, 17))) == due


SCHOOL = SchoolCalendar(
    terms=(
        DaySpan(date(2018, 9, 3), date(2018, 10, 26)),
        DaySpan(date(2018, 11, 5), date(2018, 12, 21)),
        DaySpan(date(2019, 1, 7), date(2019, 2, 15)),
        DaySpan(date(2019, 2, 25), date(2019, 4, 12)),
        DaySpan(date(2019, 4, 29), date(2019, 5, 24)),
        DaySpan(date(2019, 6, 3), date(2019, 7, 23)),
    ),
    inset=frozenset({date(2018, 9, 3), date(2019, 1, 7), date(2019, 6, 28)}),
    closures=frozenset({date(2019, 2, 1), date(2019, 5, 2)}),
    covers=DaySpan(date(2018, 8, 1), date(2019, 8, 31)),
)

ENCOMPASS = [
    pytest.param(bst("2019-06-18 22:15"), bst("2019-06-19 09:00"), id="Tuesday night: Wednesday morning"),
    pytest.param(bst("2019-06-19 02:30"), bst("2019-06-19 09:00"), id="in the small hours: that same morning"),
    pytest.param(bst("2019-06-19 08:59"), bst("2019-06-19 09:00"), id="a minute before nine: a minute is left"),
    pytest.param(bst("2019-06-19 09:00"), bst("2019-06-20 09:00"), id="at nine: never in the past"),
    pytest.param(bst("2019-06-21 23:00"), bst("2019-06-24 09:00"), id="Friday night: Monday"),
    pytest.param(bst("2019-06-22 12:00"), bst("2019-06-24 09:00"), id="Saturday: Monday"),
    pytest.param(bst("2019-06-27 20:00"), bst("2019-07-01 09:00"), id="Friday is an INSET day: Monday"),
    pytest.param(bst("2019-05-01 20:00"), bst("2019-05-03 09:00"), id="closed as a polling station on Thursday"),
    pytest.param(bst("2019-05-03 20:00"), bst("2019-05-07 09:00"), id="the early May holiday lies in term"),
    pytest.param(bst("2019-05-24 20:00"), bst("2019-06-03 09:00"), id="half-term"),
    pytest.param(bst("2019-04-12 16:00"), bst("2019-04-29 09:00"), id="Easter holidays"),
    pytest.param(gmt("2018-12-21 18:00"), gmt("2019-01-08 09:00"), id="Christmas holidays, then an INSET day"),
    pytest.param(gmt("2019-01-31 21:00"), gmt("2019-02-04 09:00"), id="snow on Friday"),
    pytest.param(gmt("2019-03-30 23:00"), bst("2019-04-01 09:00"), id="the clocks go forward on Sunday"),
    pytest.param(bst("2018-10-27 23:00"), gmt("2018-11-05 09:00"), id="the clocks go back in half-term"),
    pytest.param(bst("2018-08-15 20:00"), bst("2018-09-04 09:00"), id="summer holidays, then an INSET day"),
]


@pytest.mark.parametrize(("incident", "latest"), ENCOMPASS)
def test_a_school_is_told_before_nine_on_its_next_school_day(incident: datetime, latest: datetime) -> None:
    """Operation Encompass: the next morning that this school is open, never skipped and never in the past."""
    assert SchoolDays(1).deadline(incident, SCHOOL) == latest


@pytest.mark.parametrize(
    ("starts", "incident", "latest"),
    [
        pytest.param(time(8, 40), bst("2019-06-19 08:35"), bst("2019-06-19 08:40"), id="starts 08:40, told by 08:40"),
        pytest.param(time(8, 40), bst("2019-06-19 08:50"), bst("2019-06-20 08:40"), id="starts 08:40, just missed"),
        pytest.param(time(9, 15), bst("2019-06-18 20:00"), bst("2019-06-19 09:00"), id="starts 09:15, told by 09:00"),
    ],
)
def test_the_deadline_is_the_earlier_of_nine_and_the_start_of_that_school(
    starts: time, incident: datetime, latest: datetime
) -> None:
    """Nine can be after the children have come in."""
    calendar = SchoolCalendar(terms=SCHOOL.terms, starts=starts)
    assert calendar.next_start(incident) == latest


def test_a_calendar_that_has_run_out_says_so_and_does_not_guess() -> None:
    """An incident on the last afternoon of the summer term, with next year's terms not yet loaded."""
    with pytest.raises(CalendarEnds):
        SchoolDays(1).deadline(bst("2019-07-23 20:00"), SCHOOL)
