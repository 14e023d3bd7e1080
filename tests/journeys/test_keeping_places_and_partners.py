"""A sergeant marks a house, an administrator keeps the force and its partners, in a real browser."""

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
from playwright.sync_api import Browser, Page, sync_playwright
from pytest_django.live_server_helper import LiveServer

from tests.domains.signed_in import signed_in
from tests.factories import NOW, START, officer, team
from tests.journeys.looks import assert_accessible, assert_fits, chromium, nothing_in_the_console
from watchward.domains.organisation import commands as organisation
from watchward.domains.partners import commands as partners
from watchward.domains.places import commands, queries
from watchward.foundation.access.context import within

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

PICTURES = os.environ.get("WATCHWARD_TEST_PICTURES", "")


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"  # playwright keeps a loop in this thread
    with sync_playwright() as playwright:
        started = chromium(playwright)
        yield started
        started.close()


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


def _opened(browser: Browser, server: LiveServer, client: Client, *, scripts: bool = True) -> Page:
    context = browser.new_context(viewport={"width": 1280, "height": 900}, java_script_enabled=scripts)
    name, value = next((key, morsel.value) for key, morsel in client.cookies.items())
    context.add_cookies([{"name": name, "value": value, "url": server.url}])
    return context.new_page()


def _looked_at(page: Page, url: str, name: str) -> None:
    with nothing_in_the_console(page):
        page.goto(url)
        assert_accessible(page)
        assert_fits(page, widths=(320, 375, 801, 1280))
        page.set_viewport_size({"width": 320, "height": 900})
        assert_accessible(page)
        page.set_viewport_size({"width": 1280, "height": 900})
    if PICTURES:
        page.screenshot(path=str(Path(PICTURES) / f"{name}.png"), full_page=True)


@pytest.mark.usefixtures("transactional_db")
def test_a_sergeant_marks_a_house_without_scripts(browser: Browser, server: LiveServer, settings: Any) -> None:
    """By keyboard and forms alone: the refusal keeps what was typed, then the marker stands with its review."""
    response = team("Response A")
    client, who = signed_in(settings, "sergeant", team=response, supervises=True)
    with within(who):
        place = commands.record_place(
            who, line="27 Kilncroft Street", locality="Burslem", town="Stoke-on-Trent", postcode="ST6 3AA"
        )
        commands.mark_place(
            who, place=place.pk, kind="dangerous-dog", words="Large dog loose in the yard", source="Crew of 28 June",
            grounds="Bit a postal worker on 20 June", review_on=date(2019, 12, 1),
        )  # fmt: skip
    page = _opened(browser, server, client, scripts=False)
    page.goto(f"{server.url}/places/{place.pk}")
    page.get_by_role("link", name="Mark this place").click()
    page.get_by_label("What they must know").fill("Calls from here are urgent")
    page.get_by_role("button", name="Put it up").click()
    assert page.get_by_role("alert").is_visible()
    assert page.get_by_label("What they must know").input_value() == "Calls from here are urgent"
    page.get_by_label("What", exact=True).select_option("treat-as-urgent")
    page.get_by_label("Grounds").fill("Assaulted here three times since May")
    page.get_by_label("From").fill("Harm reduction hub")
    for part, typed in (("Day", "12"), ("Month", "9"), ("Year", "2019")):
        page.get_by_role("group", name="Look again on").get_by_label(part).fill(typed)
    page.get_by_role("button", name="Put it up").click()
    assert page.get_by_text("Calls from here are urgent").is_visible()
    scripted = _opened(browser, server, client)
    _looked_at(scripted, f"{server.url}/places/{place.pk}", "place")
    _looked_at(scripted, f"{server.url}/places/{place.pk}/mark", "mark")
    with within(who):
        marker = queries.MARKERS.standing(who, about=place.pk)[0]
    _looked_at(scripted, f"{server.url}/places/markers/{marker.pk}", "review")


@pytest.mark.usefixtures("transactional_db")
def test_the_force_and_its_partners_are_fit_to_read(browser: Browser, server: LiveServer, settings: Any) -> None:
    """Every page of the force and of the directory at four widths, with nothing wrong by WCAG 2.2 AA."""
    room = team("Contact and control room")
    officer("sergeant", team=room, supervises=True, name="Moira Lowndes")
    client, who = signed_in(settings, "administrator", team=room)
    with within(who):
        organisation.open_area(who, key="stoke", name="Stoke-on-Trent", districts=["E06000021"], since=START)
        organisation.establish_team(who, team=room.number, function="Control room", posts=40, since=START)
        organisation.post_officer(who, account=who.account, collar_number="7102", rank="Police staff", since=START)
        organisation.enter_training(who, account=who.account, course="thrive", passed_on=date(2019, 1, 8))
        agency = partners.add_agency(who, name="Moorlands Care", kind="Adult social care", since=START, about="Adults")
        partners.add_route(
            who, agency=agency.pk, kind="Telephone", words="Emergency duty team", to="01632 960050", since=START,
            round_the_clock=True,
        )  # fmt: skip
        partners.add_basis(who, agency=agency.pk, law="Care Act 2014 s.6", covers="An adult at risk", since=START)
        partners.add_agreement(
            who, agency=agency.pk, title="Adults at risk", covers="Name", since=START, review_on=date(2019, 6, 1)
        )
        partners.add_service(who, agency=agency.pk, name="Sitting service", needs=["Dementia"], how="Ring", since=START)
    page = _opened(browser, server, client)
    for path, name in (
        ("/force/", "force"), (f"/force/teams/{room.number}", "team"), (f"/force/people/{who.account}", "person"),
        ("/force/areas/open", "open-area"), (f"/force/people/{who.account}/post", "post"),
        ("/partners/", "partners"), (f"/partners/{agency.pk}", "agency"),
        (f"/partners/{agency.pk}/add/service", "service"),
    ):  # fmt: skip
        _looked_at(page, server.url + path, name)
