"""Forms where the need arises, without scripts, at every width: an incident that goes on, a number, what has ended."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest
from django.test import Client
from django.test.testcases import _StaticFilesHandler
from playwright.sync_api import Browser, Page
from pytest_django.live_server_helper import LiveServer

from tests.domains.incidents.scenes import NOW, house, incident, somebody, unit, worker
from tests.domains.signed_in import signed_in
from tests.factories import team
from tests.journeys.looks import assert_accessible, assert_fits, browsing, nothing_in_the_console
from watchward.domains.incidents import commands
from watchward.domains.incidents.vocabulary import Grade, Kind, Level, Part
from watchward.domains.objects import commands as objects
from watchward.domains.people import commands as people
from watchward.domains.people import queries
from watchward.foundation.access.context import within

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

PICTURES = os.environ.get("WATCHWARD_TEST_PICTURES", "")


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with browsing() as started:
        yield started


@pytest.fixture(scope="module")
def server(django_db_setup: None) -> Iterator[LiveServer]:
    """Serve the pages with their collected files under the names that the pages give them."""
    with patch("django.contrib.staticfiles.handlers.StaticFilesHandler", _StaticFilesHandler):
        served = LiveServer("localhost")
    yield served
    served.stop()


@pytest.fixture(autouse=True)
def monday() -> Iterator[None]:
    """It is Monday 1 July 2019, 07:45 for whoever asks for a page."""
    with patch("watchward.foundation.access.middleware.now", return_value=NOW):
        yield


def opened(browser: Browser, server: LiveServer, client: Client, *, scripts: bool) -> Page:
    """Open a page of whoever is signed in."""
    context = browser.new_context(viewport={"width": 1280, "height": 900}, java_script_enabled=scripts)
    name, value = next((key, morsel.value) for key, morsel in client.cookies.items())
    context.add_cookies([{"name": name, "value": value, "url": server.url}])
    return context.new_page()


def looked_at(page: Page, url: str, name: str) -> None:
    """Fail with everything that is wrong with a page for somebody, everything that is folded on it opened."""
    with nothing_in_the_console(page):
        page.goto(url)
        page.evaluate("() => document.querySelectorAll('details').forEach(one => one.open = true)")
        assert_accessible(page)
        assert_fits(page, widths=(320, 375, 801, 1280))
        page.set_viewport_size({"width": 320, "height": 900})
        assert_accessible(page)
        page.set_viewport_size({"width": 1280, "height": 900})
    if PICTURES:
        page.screenshot(path=str(Path(PICTURES) / f"{name}.png"), full_page=True)


@pytest.mark.usefixtures("transactional_db")
def test_a_manager_follows_up_without_scripts(browser: Browser, server: LiveServer, settings: Any) -> None:
    """A time is agreed by keyboard alone; then every page that has a form of its own, with nothing wrong on it."""
    client, who = signed_in(settings, "force-incident-manager", team=team("Control"), supervises=True)
    home, woman, child = house(who, easting=387_000, northing=350_000), somebody(who), somebody(who, "Maisie")
    with within(who):
        people.live_at(who, person=woman.pk, place=home.pk, since=date(2019, 3, 1))
        people.live_at(who, person=child.pk, place=home.pk)
        people.relate(who, one=woman.pk, other=child.pk, kind="parent")
        people.add_number(who, person=woman.pk, number="07700 900123", source="a call")
        number = objects.record_number(who, typed="07700 900123")
        marker = objects.mark_number(
            who, number=number.pk, kind="cannot-speak", words="Silent calls from here are real",
            grounds="Twice rang and could not speak", source="Incident of 6 June", review_on=date(2019, 12, 1),
        )  # fmt: skip
    row = incident(
        who, signs=(), kind=Kind.THEFT, what="Bicycle taken from the yard", grade=Grade.SCHEDULED,
        reason="Nobody is in danger", place=home.pk, people=[(woman.pk, Part.VICTIM)],
    )  # fmt: skip
    with within(who):
        commands.judge_risk(who, incident=row.pk, person=woman.pk, level=Level.HIGH, words="Afraid that he returns")
        commands.record_advice(who, incident=row.pk, nurse="Nurse Frost", asked="Is she known?", answer="No")
        link = queries.numbers(who, person=woman.pk).get()
    for _ in range(3):
        incident(who)
    unit(skills=["dog"])
    with within(worker()) as machine:
        surge = commands.watch_demand(machine)
        assert surge is not None
    plain = opened(browser, server, client, scripts=False)
    plain.goto(f"{server.url}/incidents/{row.pk}")
    plain.get_by_text("Agree a time").click()
    group = plain.get_by_role("group", name="Agreed for")
    for part, typed in (("Day", "2"), ("Month", "7"), ("Year", "2019"), ("Time", "10:00")):
        group.get_by_label(part).fill(typed)
    plain.get_by_label("With whom").fill("With her by telephone")
    plain.get_by_role("button", name="It is agreed").click()
    assert plain.get_by_text("With her by telephone").first.is_visible()
    page = opened(browser, server, client, scripts=True)
    for path, name in (
        (f"/incidents/{row.pk}", "incident"), ("/incidents/", "board"), (f"/incidents/surges/{surge.pk}", "surge"),
        ("/incidents/units", "units"), (f"/numbers/{number.pk}", "number"), (f"/numbers/{number.pk}/mark", "mark"),
        (f"/numbers/{number.pk}/shared", "shared"), (f"/numbers/markers/{marker.pk}", "marker"),
        (f"/people/{woman.pk}", "person"), (f"/people/{woman.pk}/number/{link.pk}/end", "end"),
        (f"/people/{woman.pk}/number/{link.pk}/days", "days"),
    ):  # fmt: skip
        looked_at(page, server.url + path, name)
