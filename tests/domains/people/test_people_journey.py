"""A call handler finds somebody in a real browser, with scripts and without, at every width."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any
from unittest.mock import patch

import pytest
from django.test import Client
from django.test.testcases import _StaticFilesHandler
from playwright.sync_api import Browser, Page
from pytest_django.live_server_helper import LiveServer

from tests import factories
from tests.domains.people import world
from tests.domains.signed_in import signed_in
from tests.factories import NOW
from tests.journeys.looks import assert_accessible, assert_fits, browsing, nothing_in_the_console
from watchward.domains.people import commands
from watchward.foundation.access.context import within
from watchward.foundation.records import Handling

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Debian's Chromium."""
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
def _first_of_july() -> Iterator[None]:
    """It is Monday 1 July 2019, 07:45 for whoever asks for a page."""
    with patch("watchward.foundation.access.middleware.now", return_value=NOW):
        yield


def opened(browser: Browser, server: LiveServer, client: Client, *, scripts: bool) -> Page:
    """Open a page of whoever is signed in."""
    context = browser.new_context(viewport={"width": 1280, "height": 900}, java_script_enabled=scripts)
    name, value = next((key, morsel.value) for key, morsel in client.cookies.items())
    context.add_cookies([{"name": name, "value": value, "url": server.url}])
    return context.new_page()


def looked_at(page: Page, url: str) -> None:
    """Fail with everything that is wrong with a page for somebody."""
    with nothing_in_the_console(page):
        page.goto(url)
        assert_accessible(page)
        assert_fits(page, widths=(320, 375, 801, 1280))
        page.set_viewport_size({"width": 320, "height": 900})
        assert_accessible(page)
        page.set_viewport_size({"width": 1280, "height": 900})


@pytest.mark.usefixtures("transactional_db")
def test_a_sergeant_finds_her_and_reads_what_is_recorded(browser: Browser, server: LiveServer, settings: Any) -> None:
    """Without scripts by keyboard; then every page of the room at four widths, nothing wrong by WCAG 2.2 AA."""
    team = factories.team("Hub")
    client, who = signed_in(settings, "sergeant", team=team, supervises=True)
    place = world.place(who).pk
    person = world.kerry(who, at=place)
    with within(who):
        child = commands.record_person(
            who, forenames="Tom", surname="Sharples", date_of_birth=date(2012, 5, 6), sex="M"
        )
        commands.live_at(who, person=child.pk, place=place)
        commands.relate(who, one=person.pk, other=child.pk, kind="parent")
        marker = commands.mark_person(
            who, person=person.pk, kind="domestic abuse victim", words="Repeat victim of her former partner",
            grounds="Three calls since May", source="C-1", review_on=date(2019, 12, 1),
        )  # fmt: skip
    other = factories.officer("sergeant", team=factories.team("Custody"), supervises=True)
    locked = world.kerry(other)
    with within(other):
        commands.keep_as(other, person=locked.pk, handling=Handling.LOCKED, reason="a colleague of ours")
    plain = opened(browser, server, client, scripts=False)
    plain.goto(f"{server.url}/people/")
    plain.get_by_label("Find", exact=True).fill("Kez Sharples 07700 900123")
    plain.keyboard.press("Enter")
    plain.wait_for_url("**/people/found/*")
    assert plain.get_by_role("heading", name="1 person fits").is_visible()
    assert plain.get_by_text("A locked record of Custody may fit").is_visible()
    assert "harples" not in plain.url
    assert "900123" not in plain.url
    found = plain.url
    page = opened(browser, server, client, scripts=True)
    for url in (
        found, f"{server.url}/people/", f"{server.url}/people/{person.pk}", f"{server.url}/people/record",
        f"{server.url}/people/{person.pk}/mark", f"{server.url}/people/{person.pk}/change",
        f"{server.url}/people/markers/{marker.pk}", f"{server.url}/people/gaps", f"{server.url}/people/gaps/sex",
    ):  # fmt: skip
        looked_at(page, url)
