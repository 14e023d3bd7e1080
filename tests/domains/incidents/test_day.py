"""The day's deployments, its figures, and the units."""

from __future__ import annotations

import csv
import io
from datetime import timedelta

import pytest

from tests.domains.incidents.scenes import (
    NOW,
    after,
    all_six,
    incident,
    manager,
    unit,
)
from tests.domains.incidents.visits import KNIFE, at, text
from tests.domains.signed_in import client_of
from watchward.domains.incidents import commands, queries
from watchward.domains.incidents.vocabulary import Qualifier, Sign
from watchward.foundation.access.context import within

pytestmark = pytest.mark.django_db


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
    client = client_of(boss)
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
    client = client_of(boss)
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
