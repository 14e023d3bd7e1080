"""Times, lengths and counts in the words of the pages."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from watchward.foundation.ui import words

NOW = datetime(2019, 7, 1, 6, 45, 30, tzinfo=UTC)  # a Monday, 07:45:30 in London


def test_times_are_those_of_london() -> None:
    """The clock shows summer time in July and not in January."""
    assert words.clock(NOW) == "07:45:30"
    assert words.hm(datetime(2019, 1, 1, 6, 45, tzinfo=UTC)) == "06:45"
    assert words.moment(NOW) == "Mon 1 Jul 2019, 07:45"
    assert words.day(datetime(2019, 6, 30, 23, 30, tzinfo=UTC)) == "Mon 1 Jul"
    assert words.machine(NOW) == "2019-07-01T06:45:30Z"
    assert words.machine(date(2018, 5, 30)) == "2018-05-30"


def test_a_time_without_its_zone_is_not_shown() -> None:
    """Nobody could say which hour it means."""
    with pytest.raises(ValueError):
        words.hm(datetime(2019, 7, 1, 7, 45))  # noqa: DTZ001


@pytest.mark.parametrize(
    ("when", "shown"),
    [
        (date(2019, 6, 28), "Fri 28 Jun"),
        (date(2019, 6, 1), "Sat 1 Jun"),
        (date(2019, 5, 31), "31 May"),
        (date(2018, 11, 4), "4 Nov 2018"),
        (date(2019, 7, 24), "24 Jul"),
    ],
)
def test_a_date_says_as_much_as_is_needed(when: date, shown: str) -> None:
    """The weekday for thirty days, the year for another year."""
    assert words.recent(when, NOW) == shown


@pytest.mark.parametrize(
    ("span", "shown"),
    [
        (timedelta(seconds=40), "40 s"),
        (timedelta(minutes=45), "45 min"),
        (timedelta(minutes=90), "90 min"),
        (timedelta(minutes=91), "1 h 31"),
        (timedelta(hours=2, minutes=5), "2 h 05"),
        (timedelta(hours=2), "2 h"),
        (timedelta(hours=9, minutes=15), "9 h"),
        (timedelta(hours=32, minutes=31), "32 h"),
        (timedelta(hours=48), "2 days"),
    ],
)
def test_lengths(span: timedelta, shown: str) -> None:
    """Minutes to ninety, then hours and minutes, then hours, then days; late or left, the same words."""
    assert words.lasting(span) == shown
    assert words.left(NOW - span, NOW) == f"{shown} late"
    assert words.left(NOW + span, NOW) == f"{shown} left"


def test_a_due_time_says_its_day_only_when_it_is_not_today() -> None:
    """17:00 today, Sat 23:14 this week, else the date."""
    assert words.due(datetime(2019, 7, 1, 16, tzinfo=UTC), NOW) == "17:00"
    assert words.due(datetime(2019, 6, 29, 22, 14, tzinfo=UTC), NOW) == "Sat 23:14"
    assert words.due(datetime(2019, 7, 16, 9, tzinfo=UTC), NOW) == "Tue 16 Jul"


def test_counts() -> None:
    """Ordinals, times and nouns."""
    assert [words.ordinal(number) for number in (1, 2, 3, 4, 11, 12, 21, 112)] == [
        "1st", "2nd", "3rd", "4th", "11th", "12th", "21st", "112th",
    ]  # fmt: skip
    assert [words.times(number) for number in (0, 1, 2, 3)] == ["never", "once", "twice", "3 times"]
    assert words.counted(1, "child", "children") == "1 child"
    assert words.counted(1200, "child", "children") == "1,200 children"
    assert words.listed(["a"]) == "a"
    assert words.listed(["a", "b", "c"]) == "a, b and c"
