"""The board: every clock, what is delayed, who can be sent, and what it does not show."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests import factories
from tests.domains.incidents.scenes import (
    after,
    house,
    incident,
    manager,
    unit,
)
from tests.domains.incidents.visits import BOARD, KNIFE, at, looked, text, watched
from tests.domains.signed_in import client_of
from watchward.domains.incidents import commands
from watchward.domains.incidents.vocabulary import Kind
from watchward.foundation.access.context import within
from watchward.foundation.records import Handling

pytestmark = pytest.mark.django_db


@pytest.mark.report("RSP-11", by="incidents.queries.board")
def test_the_board_shows_each_clock_in_one_of_three_states() -> None:
    """Over its target, due within 15 minutes, and in time: each in words, with its due time."""
    boss = manager()
    incident(boss, signs=KNIFE, place_words="Wharf Bridge, Stone")
    incident(boss, place_words="Cinder Path, Hednesford")
    incident(boss, signs=(), kind=Kind.DAMAGE, place_words="Market Arcade, Cannock")
    watched(16)
    page = text(client_of(boss), BOARD, 23)
    assert "Wharf Bridge, Stone" in page
    assert "8 min over" in page
    assert "due 08:00" in page
    assert "37 min left" in page
    assert "47 h left" in page
    assert "1 over target, 0 due in 15 minutes" in page
    assert "1 owed = 0 late + 1 in time" in page
    assert "1 more in Immediate" in page
    soon = text(client_of(boss), BOARD, 50)
    assert "10 min left" in soon
    assert "1 over target, 1 due in 15 minutes" in soon


def test_a_delayed_incident_stands_once_with_what_is_owed() -> None:
    """A Priority incident past its target moves to Delayed, says its harm, and that nobody rang back."""
    boss = manager()
    made = incident(boss, place_words="6 Ashlar Close, Tamworth")
    watched(61)
    page = text(client_of(boss), BOARD, 75)
    assert page.count(f'id="i-{made.pk}"') == 1
    assert "5 min late" in page
    assert "owed 08:55" in page
    assert "High harm." in page
    assert "Never re-assessed, not rung back" in page
    assert "1 over target, in Delayed" in page


def test_the_board_leaves_a_trace_when_its_rows_change_and_not_at_each_refresh() -> None:
    """Three refreshes of the same rows are one look; a new incident makes another."""
    boss = manager()
    client = client_of(boss)
    incident(boss)
    for minutes in (0, 0.25, 0.5):
        text(client, BOARD, minutes)
    assert looked(boss, "incidents.board") == 1
    incident(boss)
    text(client, BOARD, 1)
    text(client, BOARD, 2)
    assert looked(boss, "incidents.board") == 2


def test_the_board_can_be_paused_without_scripts() -> None:
    """Without scripts the page asks to be loaded again every 15 s; paused, it does not."""
    client = client_of(manager())
    assert '<noscript><meta http-equiv="refresh" content="15"></noscript>' in text(client, BOARD)
    paused = text(client, f"{BOARD}?pause=1")
    assert "http-equiv" not in paused
    assert "Paused at 07:45:00" in paused


def test_the_board_asks_the_database_as_often_for_six_incidents_as_for_three() -> None:
    """Rows do not cost a query each."""
    boss = manager()
    client = client_of(boss)
    unit()
    text(client, BOARD)
    counts = []
    for _ in range(2):
        for _ in range(3):
            incident(boss, signs=KNIFE)
        watched(16)
        with CaptureQueriesContext(connection) as asked:
            text(client, BOARD, 20)
        counts.append(len(asked))
    assert counts[0] == counts[1]


@pytest.mark.report("MHT-04", by="incidents.queries.board")
@pytest.mark.report("MHT-06", by="incidents.queries.board")
@pytest.mark.report("MHT-07", by="incidents.queries.board")
@pytest.mark.report("MHT-09", by="incidents.queries.board")
@pytest.mark.report("MHT-10", by="incidents.queries.board")
def test_the_board_says_whether_a_triage_car_is_out_and_where_there_is_none() -> None:
    """At 07:45 the north's car is off duty until 16:00; after midnight it still is on; the south has none."""
    client = client_of(manager())
    morning = text(client, BOARD)
    cover = morning.split('id="h-mh"')[1].split("</section>")[0]
    north, south = cover.split("North")[1].split("South")
    assert "Off duty</span> On at <b>16:00</b>" in north
    assert "No car" in south
    assert "Planned: funding secured by the commissioner" in south
    assert "no first day agreed" in south
    assert "01632 960150" in morning
    night = text(client, BOARD, 17 * 60)
    assert "On duty</span> until <b>02:00</b>" in night


def test_units_are_counted_by_what_they_do() -> None:
    """Free, going, there and off the road add up to those on duty."""
    boss = manager()
    first, second = unit(), unit()
    unit(on_duty=False)
    made = incident(boss, signs=KNIFE)
    with within(boss):
        sent = commands.send(boss, incident=made.pk, unit=first.pk)
        commands.mark_at_scene(after(boss, 2), deployment=sent.pk)
    page = text(client_of(boss), BOARD, 3)
    assert "2 on duty" in page
    assert "<b>" in page
    assert second.call_sign not in page  # nobody is without a unit, so no nearest one is named


def test_the_nearest_free_unit_is_named_with_its_distance_in_a_straight_line() -> None:
    """Of two free units the nearer is named; one that is busy is not."""
    boss = manager()
    place = house(boss, easting=386_000, northing=349_000)
    near, far = unit(), unit()
    with within(boss):
        commands.place_unit(boss, unit=near.pk, easting=386_000, northing=352_200)
        commands.place_unit(boss, unit=far.pk, easting=396_000, northing=349_000)
    made = incident(boss, signs=KNIFE, place=place.pk)
    page = text(client_of(boss), BOARD, 1)
    assert f"nearest {near.call_sign}, 3.2 km in a straight line" in page
    one = text(client_of(boss), f"/incidents/{made.pk}", 1)
    assert f"Send {near.call_sign}, 3.2 km" in one
    assert f"Send {far.call_sign}, 10 km" in one


def test_a_sealed_incident_is_not_there_for_others() -> None:
    """Its own team sees it on the board and its page; for anybody else there is none, and nothing is counted."""
    team = factories.team()
    owner, other = manager(team=team), manager(team=factories.team())
    made = incident(owner, signs=KNIFE, handling=Handling.SEALED)
    watched(16)
    assert str(made.pk) in text(client_of(owner), BOARD, 20)
    client = client_of(other)
    with at(20):
        assert client.get(f"/incidents/{made.pk}").status_code == 404
        assert client.get(f"/incidents/{made.pk}/briefing").status_code == 404
    assert "0 over target, 0 due in 15 minutes" in text(client, BOARD, 20)
