"""Properties of one school's days."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from watchward.kernel.periods import (
    CalendarEnds,
    DaySpan,
    SchoolCalendar,
    SchoolDays,
    instant,
    is_working_day,
    local_day,
    london,
)

YEAR = DaySpan(date(2018, 8, 1), date(2020, 8, 31))
in_year = st.dates(date(2018, 9, 1), date(2020, 5, 1))


@st.composite
def calendars(draw: st.DrawFn) -> SchoolCalendar:
    """Draw a school with terms, breaks, INSET days, closures and odd openings over two years."""
    terms, day = [], date(2018, 9, 3)
    while day < date(2020, 7, 1):
        last = min(day + timedelta(days=draw(st.integers(20, 70))), YEAR.last)
        terms.append(DaySpan(day, last))
        day = last + timedelta(days=draw(st.integers(3, 25)))
    some = st.frozensets(in_year, max_size=8)
    return SchoolCalendar(
        terms=tuple(terms),
        inset=draw(some),
        closures=draw(some),
        also_open=draw(st.frozensets(in_year, max_size=3)),
        starts=draw(st.sampled_from([time(8, 30), time(8, 45), time(9), time(9, 10)])),
        covers=YEAR,
    )


def by_hand(calendar: SchoolCalendar, day: date) -> bool:
    """Return whether a day is a school day, said once more in other words."""
    if day in calendar.inset | calendar.closures:
        return False
    in_term = [term for term in calendar.terms if term.first <= day <= term.last]
    return day in calendar.also_open or (bool(in_term) and is_working_day(day))


@given(calendar=calendars(), day=in_year, n=st.integers(1, 15))
def test_school_days_agree_with_a_count_one_by_one(calendar: SchoolCalendar, day: date, n: int) -> None:
    """Exactly that many school days lie after the start up to the last, and the last is one."""
    last = SchoolDays(n).last_day(day, calendar)
    after = [day + timedelta(days=step) for step in range(1, (last - day).days + 1)]
    assert [one for one in after if by_hand(calendar, one)][-1] == last
    assert sum(by_hand(calendar, one) for one in after) == n
    assert SchoolDays(n).due(day, calendar) == last


@given(calendar=calendars(), day=in_year, at=st.times(), n=st.integers(1, 3))
def test_the_next_morning_is_never_past_and_never_skipped(
    calendar: SchoolCalendar, day: date, at: time, n: int
) -> None:
    """No school morning lies between the incident and the first deadline; later ones follow in turn."""
    incident = instant(day, at.replace(fold=0))
    deadline = calendar.next_start(incident)
    told_by = min(time(9), calendar.starts)
    assert deadline > incident
    assert london(deadline).time() == told_by
    assert by_hand(calendar, local_day(deadline))
    between = (day + timedelta(days=step) for step in range((local_day(deadline) - day).days))
    assert not any(by_hand(calendar, one) and instant(one, told_by) > incident for one in between)
    assert SchoolDays(1).deadline(incident, calendar) == deadline
    assert SchoolDays(n + 1).deadline(incident, calendar) > SchoolDays(n).deadline(incident, calendar)


@given(calendar=calendars(), day=in_year, hours=st.integers(0, 200))
def test_a_later_incident_never_has_an_earlier_deadline(calendar: SchoolCalendar, day: date, hours: int) -> None:
    """Monotone in its start."""
    first = datetime(day.year, day.month, day.day, 3, tzinfo=UTC)
    assert calendar.next_start(first + timedelta(hours=hours)) >= calendar.next_start(first)


AUTUMN = DaySpan(date(2019, 9, 2), date(2019, 10, 25))


def test_a_day_outside_the_calendar_is_not_guessed() -> None:
    """Without more, a calendar speaks only from its first day of term to its last."""
    calendar = SchoolCalendar(terms=(AUTUMN,))
    for day in (date(2019, 9, 1), date(2019, 10, 26)):
        with pytest.raises(CalendarEnds, match=str(day)):
            calendar.is_open(day)
    with pytest.raises(CalendarEnds):
        calendar.next_school_day(AUTUMN.last)
    with pytest.raises(CalendarEnds):
        SchoolDays(60).due(AUTUMN.first, calendar)
    known = SchoolCalendar(terms=(AUTUMN,), covers=DaySpan(date(2019, 8, 1), AUTUMN.last))
    assert known.next_school_day(date(2019, 8, 10)) == AUTUMN.first


def test_a_closure_outweighs_an_extra_opening() -> None:
    """Snow on the Saturday that was to be a school day."""
    saturday = date(2019, 9, 14)
    assert SchoolCalendar(terms=(AUTUMN,), also_open=frozenset({saturday})).is_open(saturday)
    shut = SchoolCalendar(terms=(AUTUMN,), also_open=frozenset({saturday}), closures=frozenset({saturday}))
    assert not shut.is_open(saturday)


def test_a_calendar_that_contradicts_itself_is_refused() -> None:
    """No terms, terms that overlap, a term outside what is covered, a span that ends before it starts."""
    with pytest.raises(ValueError, match="needs its terms"):
        SchoolCalendar(terms=())
    with pytest.raises(ValueError, match="overlap"):
        SchoolCalendar(terms=(AUTUMN, DaySpan(date(2019, 10, 25), date(2019, 12, 20))))
    with pytest.raises(ValueError, match="outside"):
        SchoolCalendar(terms=(AUTUMN,), covers=DaySpan(date(2019, 9, 3), AUTUMN.last))
    with pytest.raises(ValueError, match="cannot end"):
        DaySpan(AUTUMN.last, AUTUMN.first)
    with pytest.raises(ValueError, match="least is 1"):
        SchoolDays(0)


def test_spans_say_how_long_they_are() -> None:
    """Both ends are counted."""
    assert AUTUMN.days == 54
    assert DaySpan(AUTUMN.first, AUTUMN.first).days == 1
    assert (AUTUMN.last in AUTUMN, date(2019, 10, 26) in AUTUMN) == (True, False)
    assert [str(SchoolDays(1)), str(SchoolDays(2))] == ["1 school day", "2 school days"]
