"""Delays, closing, the life of an incident and when a triage car is out."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from watchward.domains.incidents.rules import (
    TRIAGE,
    Closing,
    Window,
    cover_at,
    covers,
    reassess_by,
    recontact_by,
    why_not_close,
)
from watchward.domains.incidents.vocabulary import LIFE, Element, Heard, Level, Stage, heard_from, values_of

AT = datetime(2019, 7, 1, 6, 45, tzinfo=UTC)


@pytest.mark.parametrize(("harm", "again", "ring"), [(Level.HIGH, 10, 20), (Level.SOME, 30, 30), (Level.NONE, 60, 60)])
def test_the_worse_waiting_could_be_the_sooner_it_is_looked_at(harm: Level, again: int, ring: int) -> None:
    """High harm is assessed again within 10 minutes of the target."""
    by, version = reassess_by(AT, harm)
    assert (by, version.in_force) == (AT + timedelta(minutes=again), date(2018, 4, 1))
    assert recontact_by(AT, harm)[0] == AT + timedelta(minutes=ring)


def test_before_the_policy_on_delays_everything_waited_an_hour() -> None:
    """The day before and the first day of the policy that followed the inspection."""
    last, first = datetime(2018, 3, 31, 12, tzinfo=UTC), datetime(2018, 4, 1, 12, tzinfo=UTC)
    assert reassess_by(last, Level.HIGH)[0] == last + timedelta(minutes=60)
    assert reassess_by(first, Level.HIGH)[0] == first + timedelta(minutes=10)


# Closing

DONE = Closing(
    stage=Stage.ATTENDED, unasked=(), outcome="Advice given", to_attend=True, attended=True, why_nobody_went="",
    units=(), reassessments=0, recontacts=0,
)  # fmt: skip


def test_an_incident_that_was_seen_to_may_be_closed() -> None:
    """Assessed, attended, cleared, and it is said how it ended."""
    assert why_not_close(DONE) == ()


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"unasked": tuple(Element)}, "no-thrive"),
        ({"unasked": (Element.RISK,)}, "no-thrive"),
        ({"outcome": ""}, "no-outcome"),
        ({"outcome": "Done"}, "no-outcome"),
        ({"attended": False}, "nobody-went"),
        ({"units": ("SN21",)}, "units"),
        ({"reassessments": 1}, "no-reassessment"),
        ({"recontacts": 1}, "no-recontact"),
        ({"stage": Stage.CLOSED}, "wrong-state"),
    ],
)
def test_each_thing_undone_refuses_it(change: dict[str, object], code: str) -> None:
    """One thing left undone gives one reason, in words."""
    (reason,) = why_not_close(replace(DONE, **change))  # type: ignore[arg-type]
    assert reason.code == code


def test_nobody_need_go_where_the_grade_sends_nobody() -> None:
    """What is resolved by telephone needs no reason why nobody went."""
    assert why_not_close(replace(DONE, to_attend=False, attended=False)) == ()


def test_the_life_of_an_incident_ends_closed_from_everywhere() -> None:
    """Every stage but the last can be closed, and nothing leaves the last."""
    assert LIFE.final == (Stage.CLOSED,)
    for stage in Stage:
        if stage is not Stage.CLOSED:
            assert "close" in LIFE.moves_from(stage)


def test_only_being_there_ends_a_delay_without_a_decision() -> None:
    """Sending a unit leaves an incident delayed; a new time is set by a person."""
    assert LIFE.after(Stage.DELAYED, "send a unit to") == Stage.DELAYED
    leads_out = {move for move in LIFE.moves_from(Stage.DELAYED) if LIFE.after(Stage.DELAYED, move) != Stage.DELAYED}
    assert leads_out == {"arrive at", "set a new time for", "close"}


@given(st.dictionaries(st.sampled_from(list(Element)), st.builds(Heard, st.text(), st.sampled_from([None, *Level]))))
def test_thrive_comes_back_as_it_was_said(said: dict[Element, Heard]) -> None:
    """What is kept as answers is what was heard, word for word; what was not asked stays not asked."""
    kept = heard_from(values_of(said))
    assert kept == {element: heard for element, heard in said.items() if heard.answered}


# Triage cars: 16:00 to 02:00, in the north alone


def london(day: int, hour: int, minute: int = 0) -> datetime:
    """Return a time of July 2019 by the clock in London."""
    return datetime(2019, 7, day, hour, minute, tzinfo=UTC) - timedelta(hours=1)


@pytest.mark.parametrize(
    ("at", "on", "changes"),
    [
        (london(1, 7, 45), False, london(1, 16)),
        (london(1, 15, 59), False, london(1, 16)),
        (london(1, 16), True, london(2, 2)),
        (london(2, 0, 30), True, london(2, 2)),
        (london(2, 1, 59), True, london(2, 2)),
        (london(2, 2), False, london(2, 16)),
    ],
)
def test_the_car_in_the_north_is_out_across_midnight(at: datetime, on: bool, changes: datetime) -> None:
    """Half past midnight belongs to the evening before; the south has no car at any hour."""
    (north, south), advice = cover_at(at)
    assert (north.part, north.on, north.changes) == ("North", on, changes)
    assert (south.part, south.on, south.changes) == ("South", False, None)
    assert advice.number == "01632 960150"
    assert covers("stoke", at) is on
    assert not covers("cannock", at)


def test_the_night_the_clocks_change_is_an_hour_longer() -> None:
    """On 27 October 2019 the clocks go back at 02:00, so that 01:00 comes twice and the car is out for 11 hours."""
    starts, ends = TRIAGE.value_on(date(2019, 10, 26)).windows[0].of_day(date(2019, 10, 26))
    assert ends - starts == timedelta(hours=11)


def test_a_second_area_is_one_more_window() -> None:
    """A window within one day does not cross midnight."""
    window = Window("South", ("cannock",), time(9), time(17))
    starts, ends = window.of_day(date(2019, 7, 1))
    assert ends - starts == timedelta(hours=8)
