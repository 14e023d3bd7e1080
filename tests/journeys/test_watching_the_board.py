"""A force incident manager watches the board, sends a unit and reads the briefing, in a real browser."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from unittest.mock import patch

import pytest
from django.test import Client
from django.test.testcases import _StaticFilesHandler
from playwright.sync_api import Browser, BrowserContext, Page
from pytest_django.live_server_helper import LiveServer

from tests.domains.incidents.scenes import after, all_six, house, incident, manager, somebody, unit, worker
from tests.domains.incidents.test_pages import signed_in
from tests.journeys.looks import assert_accessible, assert_fits, browsing, nothing_in_the_console
from watchward.domains.incidents import commands
from watchward.domains.incidents.models import Incident
from watchward.domains.incidents.vocabulary import Kind, Part, Sign
from watchward.foundation.access.context import within
from watchward.foundation.acting import Acting

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

PICTURES = os.environ.get("WATCHWARD_TEST_PICTURES", "")
KNIFE = (Sign.DOMESTIC_ABUSE, Sign.WEAPON, Sign.STILL_THERE, Sign.CHILD_THERE)


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


@pytest.fixture
def _quarter_past() -> Iterator[None]:
    """It is 20 minutes after the start for whoever asks for a page."""
    with patch("watchward.foundation.access.middleware.now", return_value=after(worker(), 20).at):
        yield


def shift() -> tuple[Acting, Incident]:
    """A board with something of everything: over, soon, delayed, in time, at scene; one incident to go to."""
    boss = manager(name="Insp Ruth Adeyemi")
    place = house(boss, easting=386_000, northing=349_000)
    kerry = somebody(boss)
    cars = [unit() for _ in range(3)]
    with within(boss):
        commands.place_unit(boss, unit=cars[0].pk, easting=386_400, northing=352_200)
    made = incident(after(boss, 12), signs=KNIFE, place=place.pk, people=((kerry.pk, Part.VICTIM),))
    over = incident(boss, signs=KNIFE, place_words="Wharf Bridge, Stone", what="Man on the bridge, knife in hand")
    incident(boss, place_words="Cinder Path, Hednesford", what="Neighbour with a hammer, has gone in")
    incident(boss, signs=(), kind=Kind.DAMAGE, place_words="Market Arcade, Cannock", what="Window broken overnight")
    at_it = incident(boss, signs=KNIFE, place_words="Heath House, Leek", what="Shouting heard")
    early = after(boss, -105)
    late = incident(early, place_words="6 Ashlar Close, Tamworth", what="He has left, she is afraid he comes back")
    with within(boss):
        commands.send(after(boss, 3), incident=over.pk, unit=cars[1].pk)
        sent = commands.send(after(boss, 1), incident=at_it.pk, unit=cars[2].pk)
        commands.mark_at_scene(after(boss, 9), deployment=sent.pk)
    machine = worker(16)
    with within(machine):
        commands.watch(machine)
    with within(boss):
        later = after(boss, 17)
        commands.reassess(later, incident=late.pk, answers=all_six(), safeguarding="Her mother is with her")
    return boss, made


def opened(browser: Browser, server: LiveServer, client: Client, *, scripts: bool = True) -> BrowserContext:
    """Open a browser that is signed in."""
    context = browser.new_context(viewport={"width": 1280, "height": 900}, java_script_enabled=scripts)
    name, value = next((key, morsel.value) for key, morsel in client.cookies.items())
    context.add_cookies([{"name": name, "value": value, "url": server.url}])
    return context


def picture(page: Page, name: str) -> None:
    """Keep a picture where one is asked for."""
    if PICTURES:
        page.screenshot(path=Path(PICTURES) / f"{name}.png", full_page=True)


@pytest.mark.usefixtures("_quarter_past")
def test_every_page_can_be_used_by_everybody(browser: Browser, server: LiveServer) -> None:
    """Every page of the room: nothing for axe, no sideways scroll, the content policy kept."""
    boss, made = shift()
    context = opened(browser, server, signed_in(boss))
    page = context.new_page()
    pages = {
        "board": "/incidents/",
        "incident": f"/incidents/{made.pk}",
        "briefing": f"/incidents/{made.pk}/briefing",
        "deployments": "/incidents/deployments",
        "units": "/incidents/units",
    }
    for name, url in pages.items():
        with nothing_in_the_console(page):
            page.set_viewport_size({"width": 1280, "height": 900})
            page.goto(server.url + url)
            picture(page, f"{name}-1280")
            page.set_viewport_size({"width": 1920, "height": 1080})
            picture(page, f"{name}-1920")
            page.set_viewport_size({"width": 1280, "height": 900})
            assert_accessible(page)
            page.set_viewport_size({"width": 375, "height": 812})
            picture(page, f"{name}-375")
            assert_accessible(page)
            assert_fits(page)
    context.close()


@pytest.mark.usefixtures("_quarter_past")
def test_a_unit_is_sent_by_keyboard(browser: Browser, server: LiveServer) -> None:
    """From the board with J and Enter to an incident, and Alt S sends the nearest free unit."""
    boss, made = shift()
    context = opened(browser, server, signed_in(boss))
    page = context.new_page()
    page.goto(f"{server.url}/incidents/{made.pk}")
    before = page.locator(".ww-button--go").inner_text()
    assert before.startswith("Send TT")
    page.locator(".ww-button--go").press("Enter")
    page.wait_for_load_state()
    assert "sent 08:05" in page.inner_text("#units")
    context.close()


@pytest.mark.usefixtures("_quarter_past")
def test_it_all_works_without_scripts(browser: Browser, server: LiveServer) -> None:
    """Without scripts a line is added to the log and the board is paused by a link."""
    boss, made = shift()
    context = opened(browser, server, signed_in(boss), scripts=False)
    page = context.new_page()
    page.goto(f"{server.url}/incidents/{made.pk}")
    page.fill("#log-line", "Dog loose in the yard")
    page.click("#log-line-add")
    assert "Dog loose in the yard" in page.inner_text(".ww-log")
    page.goto(f"{server.url}/incidents/")
    page.click("text=Pause")
    assert "Paused at 08:05:00" in page.inner_text(".ww-status")
    context.close()
