"""Delays, closing, the life of an incident and when a triage car is out."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from watchward.domains.incidents import rules
from watchward.domains.incidents.rules import (
    TRIAGE,
    Closing,
    Cover,
    Planned,
    Triage,
    Window,
    cover_at,
    covers,
    reassess_by,
    recontact_by,
    why_not_close,
)
from watchward.domains.incidents.vocabulary import LIFE, Element, Grade, Heard, Level, Stage, heard_from, values_of
from watchward.kernel.dated import Dated, NotInForce, Version

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
    """Every stage but the last can be closed, and nothing leaves the last but being opened again."""
    for stage in Stage:
        if stage is not Stage.CLOSED:
            assert "close" in LIFE.moves_from(stage)
    assert LIFE.moves_from(Stage.CLOSED) == ("reopen", "take up again")
    assert LIFE.after(Stage.CLOSED, "reopen") == Stage.OPEN
    assert LIFE.after(Stage.CLOSED, "take up again") == Stage.ATTENDED


AGREEABLE: dict[str, Any] = {
    "grade": Grade.SCHEDULED, "closed": False, "there": False, "at": AT, "agreed": AT + timedelta(hours=20),
    "stands": None, "words": "With her by telephone",
}  # fmt: skip


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({}, None),
        ({"closed": True}, "wrong-state"),
        ({"there": True}, "wrong-state"),
        ({"grade": Grade.PRIORITY}, "not-scheduled"),
        ({"stands": AT + timedelta(hours=20)}, "same"),
        ({"agreed": AT}, ""),
        ({"words": "her"}, ""),
    ],
)
def test_a_time_is_agreed_on_what_is_scheduled_and_waits(change: dict[str, Any], code: str | None) -> None:
    """Only a Scheduled incident that is open and that nobody reached waits for a time, which is still to come."""
    found = [reason.code for reason in rules.why_not_agree(**{**AGREEABLE, **change})]
    assert found == ([] if code is None else [code])


def test_by_when_a_time_is_agreed_by_policy() -> None:
    """Within 24 hours of opening for what was reported from 1 April 2018 on; before that nothing was laid down."""
    by, version = rules.agree_by(AT, AT)
    assert (by - AT, version.in_force) == (timedelta(hours=24), date(2018, 4, 1))
    with pytest.raises(NotInForce):
        rules.agree_by(AT, datetime(2018, 3, 31, 22, 59, tzinfo=UTC))
    assert rules.agree_by(AT, datetime(2018, 3, 31, 23, 0, tzinfo=UTC))[1] == version


@pytest.mark.parametrize(
    ("grade", "urban", "hours"),
    [(Grade.IMMEDIATE, True, 0.25), (Grade.IMMEDIATE, False, 1 / 3), (Grade.IMMEDIATE, None, 0.25),
     (Grade.PRIORITY, None, 1), (Grade.SCHEDULED, None, 48)],
)  # fmt: skip
def test_what_is_reopened_counts_afresh(grade: Grade, urban: bool | None, hours: float) -> None:
    """The whole time of its grade from the moment at which it is reopened."""
    moments = rules.Moments(rang=AT, answered=None, opened=AT, graded=AT)
    target = rules.target_when_reopened(grade, moments, at=AT + timedelta(days=3), urban=urban)
    assert target.starts == AT + timedelta(days=3)
    assert target.by == target.starts + timedelta(hours=hours)


def test_nobody_is_sent_to_what_is_reopened_without_deployment() -> None:
    """Resolved without deployment has no target, reopened or not."""
    moments = rules.Moments(rang=AT, answered=None, opened=AT, graded=AT)
    assert rules.target_when_reopened(Grade.RESOLVED, moments, at=AT, urban=None).by is None


@pytest.mark.parametrize(
    ("waiting", "unsent", "past", "free", "reasons"),
    [
        (0, 0, 0, 0, 0),
        (2, 2, 0, 0, 0),
        (3, 3, 0, 0, 1),
        (3, 3, 0, 1, 1),
        (3, 3, 0, 2, 0),
        (6, 6, 0, 2, 1),
        (10, 0, 9, 0, 0),
        (10, 0, 10, 0, 1),
        (12, 12, 10, 0, 2),
    ],
)
def test_when_demand_is_a_surge(waiting: int, unsent: int, past: int, free: int, reasons: int) -> None:
    """Three without a unit for each free one, or ten past target: either is enough, both are both said."""
    demand = rules.Demand(waiting=waiting, unsent=unsent, past_target=past, free=free, on_duty=free)
    assert len(rules.surge(demand, rules.SURGE.value_on(date(2019, 7, 1)))) == reasons


def test_the_trigger_of_a_surge_is_policy_from_its_day() -> None:
    """Before 1 April 2018 the force had none."""
    with pytest.raises(NotInForce):
        rules.SURGE.on(date(2018, 3, 31))
    assert rules.SURGE.on(date(2018, 4, 1)).cite == "Force policy on demand in the control room, 1 April 2018"


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


def test_a_plan_for_the_other_part_of_the_county_is_followed_until_its_car_is_out() -> None:
    """The south: nothing planned in 2018, money secured from April 2019, a car of its own from the day agreed."""

    def south(at: datetime, agreed: Dated[Triage] = TRIAGE) -> Cover:
        return next(part for part in cover_at(at, agreed)[0] if part.part == "South")

    assert south(datetime(2018, 7, 1, 18, tzinfo=UTC)).planned is None
    planned = south(datetime(2019, 7, 1, 18, tzinfo=UTC)).planned
    assert planned is not None
    assert (planned.part, planned.starts) == ("South", None)
    later = TRIAGE.versions[-1]
    first = date(2020, 1, 6)
    commissioned = TRIAGE.set_to(
        Version(in_force=date(2019, 10, 1), cite="Contract", value=replace(
            later.value, planned=(Planned("South", "contract awarded", first),))),
        Version(in_force=first, cite="Contract", value=replace(
            later.value, without=(), planned=(),
            windows=(*later.value.windows, Window("South", ("cannock", "lichfield"), time(16), time(2))))),
    )  # fmt: skip
    agreed = south(datetime(2019, 12, 1, 18, tzinfo=UTC), commissioned)
    assert agreed.planned is not None
    assert (agreed.changes, agreed.planned.starts) == (None, first)
    evening = datetime(2020, 1, 6, 18, tzinfo=UTC)
    assert south(evening, commissioned).on
    assert south(evening, commissioned).planned is None
    assert covers("cannock", evening, commissioned)
    assert not covers("cannock", datetime(2020, 1, 5, 18, tzinfo=UTC), commissioned)
