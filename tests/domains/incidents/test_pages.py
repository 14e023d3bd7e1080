"""The board, an incident, its briefing and the day's deployments, as people see them."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from unittest.mock import patch

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests import factories
from tests.domains.incidents.scenes import (
    NOW,
    after,
    all_six,
    handler,
    house,
    incident,
    manager,
    somebody,
    unit,
    worker,
)
from watchward.domains.incidents import commands, queries
from watchward.domains.incidents.models import Deployment, Incident
from watchward.domains.incidents.vocabulary import Grade, Kind, Part, Qualifier, Sign, Stage, values_of
from watchward.domains.people import commands as people
from watchward.foundation.access.context import within
from watchward.foundation.acting import Acting, real_now
from watchward.foundation.audit.models import Trace
from watchward.foundation.records import Handling

pytestmark = pytest.mark.django_db

KNIFE = (Sign.DOMESTIC_ABUSE, Sign.WEAPON, Sign.STILL_THERE)
BOARD = "/incidents/"


@contextmanager
def at(minutes: float) -> Iterator[None]:
    """Let it be so many minutes after the start for whoever asks for a page."""
    with patch("watchward.foundation.access.middleware.now", return_value=NOW + timedelta(minutes=minutes)):
        yield


def signed_in(acting: Acting) -> Client:
    """Return the browser of somebody who is signed in."""
    client = Client()
    session = client.session
    began = real_now().isoformat()
    session["_auth_user_id"], session["way"], session["began"], session["seen"] = (
        str(acting.account), "passkey", began, began,
    )  # fmt: skip
    session.save()
    return client


def text(client: Client, url: str, minutes: float = 0) -> str:
    """Return a page as it stands so many minutes after the start."""
    with at(minutes):
        answer = client.get(url)
    assert answer.status_code == 200, answer.content.decode()[:2000]
    return " ".join(answer.content.decode().split())


def looked(acting: Acting, what: str) -> int:
    """Return how many traces somebody has left of one list."""
    with within(worker()):
        return Trace.objects.filter(account_id=acting.account, what=what).count()


def watched(minutes: float) -> None:
    """Let the machinery sweep at a later time."""
    acting = worker(minutes)
    with within(acting):
        commands.watch(acting)


@pytest.mark.report("RSP-11", by="incidents.queries.board")
def test_the_board_shows_each_clock_in_one_of_three_states() -> None:
    """Over its target, due within 15 minutes, and in time: each in words, with its due time."""
    boss = manager()
    incident(boss, signs=KNIFE, place_words="Wharf Bridge, Stone")
    incident(boss, place_words="Cinder Path, Hednesford")
    incident(boss, signs=(), kind=Kind.DAMAGE, place_words="Market Arcade, Cannock")
    watched(16)
    page = text(signed_in(boss), BOARD, 23)
    assert "Wharf Bridge, Stone" in page
    assert "8 min over" in page
    assert "due 08:00" in page
    assert "37 min left" in page
    assert "47 h left" in page
    assert "1 over target, 0 due in 15 minutes" in page
    assert "1 owed = 0 late + 1 in time" in page
    assert "1 more in Immediate" in page
    soon = text(signed_in(boss), BOARD, 50)
    assert "10 min left" in soon
    assert "1 over target, 1 due in 15 minutes" in soon


def test_a_delayed_incident_stands_once_with_what_is_owed() -> None:
    """A Priority incident past its target moves to Delayed, says its harm, and that nobody rang back."""
    boss = manager()
    made = incident(boss, place_words="6 Ashlar Close, Tamworth")
    watched(61)
    page = text(signed_in(boss), BOARD, 75)
    assert page.count(f'id="i-{made.pk}"') == 1
    assert "5 min late" in page
    assert "owed 08:55" in page
    assert "High harm." in page
    assert "Never re-assessed, not rung back" in page
    assert "1 over target, in Delayed" in page


def test_the_board_leaves_a_trace_when_its_rows_change_and_not_at_each_refresh() -> None:
    """Three refreshes of the same rows are one look; a new incident makes another."""
    boss = manager()
    client = signed_in(boss)
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
    client = signed_in(manager())
    assert '<noscript><meta http-equiv="refresh" content="15"></noscript>' in text(client, BOARD)
    paused = text(client, f"{BOARD}?pause=1")
    assert "http-equiv" not in paused
    assert "Paused at 07:45:00" in paused


def test_the_board_asks_the_database_as_often_for_six_incidents_as_for_three() -> None:
    """Rows do not cost a query each."""
    boss = manager()
    client = signed_in(boss)
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


@pytest.mark.report("MHT-06", by="incidents.queries.board")
@pytest.mark.report("MHT-07", by="incidents.queries.board")
@pytest.mark.report("MHT-09", by="incidents.queries.board")
def test_the_board_says_whether_a_triage_car_is_out_and_where_there_is_none() -> None:
    """At 07:45 the north's car is off duty until 16:00; after midnight it still is on; the south has none."""
    client = signed_in(manager())
    morning = text(client, BOARD)
    assert "Off duty</span> On at <b>16:00</b>" in morning
    assert "No car" in morning
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
    page = text(signed_in(boss), BOARD, 3)
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
    page = text(signed_in(boss), BOARD, 1)
    assert f"nearest {near.call_sign}, 3.2 km in a straight line" in page
    one = text(signed_in(boss), f"/incidents/{made.pk}", 1)
    assert f"Send {near.call_sign}, 3.2 km" in one
    assert f"Send {far.call_sign}, 10 km" in one


def post(client: Client, made: Incident, minutes: float = 1, **given: object) -> int:
    """Send a form of an incident's page, and return the answer's status."""
    with at(minutes):
        return client.post(f"/incidents/{made.pk}", given).status_code


def test_an_incident_is_carried_through_on_its_own_page() -> None:
    """Sent, on the way, at scene, logged, assessed, clear and closed by its forms alone."""
    boss = manager()
    car, client = unit(), signed_in(boss)
    made = incident(boss, signs=KNIFE)
    assert post(client, made, 1, do="send", unit=car.pk) == 302
    with within(boss):
        sent = Deployment.visible_to(boss).get(incident=made)
    assert post(client, made, 2, do="route", deployment=sent.pk) == 302
    assert post(client, made, 9, do="scene", deployment=sent.pk) == 302
    assert post(client, made, 10, do="log", line="Door is open, lights on") == 302
    assert post(client, made, 11, do="assess", sign="domestic-abuse", **values_of(all_six())) == 302
    assert post(client, made, 40, do="clear", deployment=sent.pk) == 302
    assert post(client, made, 41, do="close", closed_as="domestic", outcome="Man arrested, statement taken") == 302
    page = text(client, f"/incidents/{made.pk}", 42)
    assert "Man arrested, statement taken" in page
    assert "9 min to scene" in page
    with within(boss):
        made.refresh_from_db()
    assert made.stage == Stage.CLOSED


def test_what_was_typed_is_kept_when_it_is_refused_with_every_reason() -> None:
    """A close that is refused answers 422, says all the reasons, and keeps the words typed."""
    boss = manager()
    made = incident(boss)
    with at(1):
        answer = signed_in(boss).post(f"/incidents/{made.pk}", {"do": "close", "outcome": "Resolved"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Assess it with THRIVE first." in page
    assert "Say how it ended." in page
    assert ">Resolved</textarea>" in page


def test_thrive_that_is_refused_is_not_lost() -> None:
    """A re-assessment without a word of what keeps them safe comes back with all that was typed and ticked."""
    boss = manager()
    made = incident(boss)
    watched(61)
    given = {"do": "reassess", "threat": "He is back outside", "threat-level": "high", "sign": "still-there"}
    with at(65):
        answer = signed_in(boss).post(f"/incidents/{made.pk}", given)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Say what keeps them safe while they wait." in page
    assert ">He is back outside</textarea>" in page
    assert 'value="still-there" checked' in page
    assert '<option value="high" selected>' in page


def test_a_change_by_somebody_else_shows_both_versions() -> None:
    """Whoever sends a grade for an older version gets 409 with what each of them said."""
    boss, other = manager(), manager()
    made = incident(boss)
    with within(other):
        commands.give_grade(other, incident=made.pk, grade=Grade.IMMEDIATE, reason="A neighbour heard screams")
    given = {"do": "grade", "grade": "3", "reason": "She is at work now", "version": "1"}
    with at(2):
        answer = signed_in(boss).post(f"/incidents/{made.pk}", given)
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "3 Scheduled" in page
    assert "1 Immediate" in page
    assert "She is at work now" in page
    with within(boss):
        made.refresh_from_db()
    assert made.grade == Grade.IMMEDIATE


def test_a_call_handler_is_shown_only_what_they_may_do() -> None:
    """No button to send or to close, and the same is refused when it is sent all the same."""
    acting, car = handler(), unit()
    made = incident(acting)
    client = signed_in(acting)
    page = text(client, f"/incidents/{made.pk}")
    assert 'value="send"' not in page
    assert 'value="close"' not in page
    assert post(client, made, 1, do="send", unit=car.pk) == 422


def test_who_types_markup_types_words() -> None:
    """What is typed is shown as it was typed and never as part of the page."""
    boss = manager()
    made = incident(boss, what="<script>alert(1)</script>", place_words="<b>Here</b>")
    for url in (BOARD, f"/incidents/{made.pk}", f"/incidents/{made.pk}/briefing"):
        page = text(signed_in(boss), url)
        assert "<script>alert" not in page
        assert "<b>Here</b>" not in page
        assert "&lt;script&gt;alert(1)" in page


@pytest.mark.report("RSP-07", by="incidents.queries.whole")
def test_the_briefing_tells_what_is_behind_the_door() -> None:
    """Dangers, warnings on the place, adults and children by age, earlier incidents and what to ask, on one page."""
    boss = manager()
    place = house(boss)
    kerry, ellie = somebody(boss), somebody(boss, "Ellie", date(2012, 5, 2))
    with within(boss):
        for each in (kerry, ellie):
            people.live_at(boss, person=each.pk, place=place.pk, since=date(2018, 2, 1))
    before = incident(boss, what="Banging and screaming", place=place.pk, people=((kerry.pk, Part.VICTIM),))
    made = incident(boss, signs=KNIFE, place=place.pk, people=((kerry.pk, Part.VICTIM),))
    page = text(signed_in(boss), f"/incidents/{made.pk}/briefing", 2)
    assert "A weapon is there" in page
    assert "Adult, 31" in page
    assert "Child, 7" in page
    assert "1 adult, 1 child" in page
    assert "Banging and screaming" in page
    assert before.reference != made.reference
    assert "Speak to each of them away from the other" in page
    assert "None in force" in page
    assert "<script" not in page


@pytest.mark.report("RSP-06", by="incidents.commands.read_briefing")
def test_that_a_briefing_was_read_is_kept_until_there_is_more_to_read() -> None:
    """The receipt names who read it and when; a change of the incident asks again."""
    officer, boss, car = factories.officer("response-officer"), manager(), unit()
    made = incident(boss, signs=KNIFE)
    with within(boss):
        commands.crew(boss, unit=car.pk, account=officer.account)
        commands.send(boss, incident=made.pk, unit=car.pk)
    client, url = signed_in(officer), f"/incidents/{made.pk}/briefing"
    assert "At scene" in text(client, url, 1)
    with at(2):
        assert client.post(url, {"do": "read"}).status_code == 302
    assert "Read 07:47" in text(client, url, 3)
    with within(boss):
        commands.give_grade(after(boss, 4), incident=made.pk, grade=Grade.PRIORITY, reason="He has run off now")
    assert "I have read this" in text(client, url, 5)
    assert f"read by {officer.name} 07:47" in text(signed_in(boss), f"/incidents/{made.pk}", 5)


@pytest.mark.report("RSP-10", by="incidents.queries.deployed_on")
@pytest.mark.report("RSP-01", by="incidents.queries.response_times")
def test_the_report_of_a_day_has_every_deployment_and_adds_up() -> None:
    """Three incidents: one reached in time, one late, one still waiting; each deployment is in the file."""
    boss, first, second = manager(), unit(), unit()
    made = [incident(boss, signs=(*KNIFE, Sign.VULNERABLE)) for _ in range(3)]
    with within(boss):
        for each, car, minutes in ((made[0], first, 8), (made[1], second, 30)):
            sent = commands.send(after(boss, 1), incident=each.pk, unit=car.pk)
            commands.mark_at_scene(after(boss, minutes), deployment=sent.pk)
        (row,) = queries.response_times(
            after(boss, 40), since=NOW, until=NOW + timedelta(hours=1), qualifier=Qualifier.VULNERABLE
        )
    assert (row.reported, row.attended, row.in_time, row.waiting, row.past_target) == (3, 2, 1, 1, 1)
    assert (row.median, row.adds_up) == (19 * 60, True)
    client = signed_in(boss)
    page = text(client, "/incidents/deployments", 40)
    assert "15 min over" in page
    assert "Of 3 domestic incidents reported, 2 were attended as Immediate or Priority" in page
    with at(40):
        answer = client.get("/incidents/deployments.csv?day=2019-07-01")
    lines = list(csv.DictReader(io.StringIO(answer.content.decode())))
    assert [line["In time"] for line in lines] == ["yes", "no"]
    assert lines[0]["Sent"] == "2019-07-01T07:46:00+01:00"
    assert lines[1]["Seconds"] == "1800"


@pytest.mark.report("DAB-02", by="incidents.queries.answered_how")
@pytest.mark.report("DAB-03", by="incidents.queries.answered_how")
def test_how_domestic_incidents_were_answered_is_counted_from_the_incidents() -> None:
    """Of four: two attended fast, one closed by telephone, one still waiting."""
    boss = manager()
    made = [incident(boss) for _ in range(4)]
    with within(boss):
        for each in made[:2]:
            sent = commands.send(boss, incident=each.pk, unit=unit().pk)
            commands.mark_at_scene(after(boss, 5), deployment=sent.pk)
        commands.assess(boss, incident=made[2].pk, answers=all_six())
        commands.close(
            after(boss, 9), incident=made[2].pk, outcome="Advice by telephone", why_nobody_went="She asked for a call"
        )
        found = queries.answered_how(
            boss, since=NOW, until=NOW + timedelta(hours=1), qualifier=Qualifier.DOMESTIC_ABUSE
        )
        hours = queries.demand_by_hour(boss, since=NOW.date(), until=NOW.date(), qualifier=Qualifier.DOMESTIC_ABUSE)
    assert (found.total, found.fast, found.by_phone) == (4, 2, 1)
    assert (hours[7], sum(hours)) == (4, 4)


def test_units_are_made_and_put_on_duty_on_their_page() -> None:
    """A unit made there is off the road until it is put on duty, and its crew is named."""
    boss = manager()
    client = signed_in(boss)
    with at(0):
        assert client.post("/incidents/units", {"do": "make", "call_sign": "sn21", "skill": "dog"}).status_code == 302
        assert client.post("/incidents/units", {"do": "make", "call_sign": "SN21"}).status_code == 422
    with within(boss):
        made = queries.units(boss).get(call_sign="SN21")
    with at(0):
        client.post("/incidents/units", {"do": "duty", "unit": made.pk, "on": "1"})
        client.post("/incidents/units", {"do": "crew", "unit": made.pk, "account": boss.account})
    page = text(client, "/incidents/units")
    assert "<b>1</b> on duty" in page
    assert boss.name in page


def test_a_locked_incident_asks_why_before_it_opens() -> None:
    """Somebody of another team is told that it exists, gives a reason, and then reads it."""
    owner, other = manager(team=factories.team()), manager(team=factories.team())
    made = incident(owner, handling=Handling.LOCKED)
    client = signed_in(other)
    assert made.reference not in text(client, BOARD)
    assert "This record is locked" in text(client, f"/incidents/{made.pk}")
    assert post(client, made, 1, do="open", reason="No") == 422
    assert post(client, made, 1, do="open", reason="I am the duty manager tonight") == 302
    assert made.reference in text(client, f"/incidents/{made.pk}", 2)


def test_a_sealed_incident_is_not_there_for_others() -> None:
    """Its own team sees it on the board and its page; for anybody else there is none, and nothing is counted."""
    team = factories.team()
    owner, other = manager(team=team), manager(team=factories.team())
    made = incident(owner, signs=KNIFE, handling=Handling.SEALED)
    watched(16)
    assert str(made.pk) in text(signed_in(owner), BOARD, 20)
    client = signed_in(other)
    with at(20):
        assert client.get(f"/incidents/{made.pk}").status_code == 404
        assert client.get(f"/incidents/{made.pk}/briefing").status_code == 404
    assert "0 over target, 0 due in 15 minutes" in text(client, BOARD, 20)
