"""A force incident manager sees what fell, whose it is, and says why: in a real browser, without scripts."""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import Any
from unittest.mock import patch

import pytest
from django.test.testcases import _StaticFilesHandler
from playwright.sync_api import Browser, sync_playwright
from pytest_django.live_server_helper import LiveServer

from tests import factories
from tests.domains.signed_in import signed_in
from tests.journeys.looks import assert_accessible, assert_fits, chromium, nothing_in_the_console
from tests.oversight.test_performance import two_years
from watchward.foundation.access import commands as access
from watchward.foundation.access.context import within
from watchward.oversight.performance import commands

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


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
    with patch("watchward.foundation.access.middleware.now", return_value=factories.NOW):
        yield


def test_from_the_dashboard_to_an_explanation(browser: Browser, server: LiveServer, settings: Any) -> None:
    """The tile says what got worse; its page shows it month by month and by area; its owner says why, and it stays."""
    machinery = factories.machinery()
    with within(machinery):
        team = access.form_team(machinery, key="force-incident-manager", name="Managers", since=factories.START)
    client, who = signed_in(settings, "force-incident-manager", team=team, supervises=True)
    two_years(who, falls=True)
    with within(machinery):
        assert commands.notice(machinery) >= 1
    context = browser.new_context(viewport={"width": 1280, "height": 900}, java_script_enabled=False)
    name, value = next((key, morsel.value) for key, morsel in client.cookies.items())
    context.add_cookies([{"name": name, "value": value, "url": server.url}])
    page = context.new_page()
    with nothing_in_the_console(page):
        page.goto(f"{server.url}/oversight/performance/")
        page.get_by_role("link", name="Emergencies attended in time").click()
        assert page.get_by_text("An explanation is owed by 15 July 2019.").is_visible()
        assert page.get_by_role("img").count() == 1  # the other drawing is for a phone
        page.get_by_role("link", name="South", exact=True).click()
        assert page.get_by_text("Area: South").is_visible()
        page.go_back()
        page.get_by_role("link", name="Lower since January 2019").click()
        page.get_by_label("Why it moved").fill("Two crews were moved to the south in January")
        page.get_by_label("What is done about it").fill("They come back in August")
        page.get_by_role("button", name="Record it").click()
        assert page.get_by_text("Two crews were moved to the south").is_visible()


def test_every_page_of_it_is_for_everybody(browser: Browser, server: LiveServer, settings: Any) -> None:
    """Nothing that axe finds wrong at a desk and on a phone, and no sideways scroll down to 320 px."""
    client, who = signed_in(settings, "administrator", team=factories.team())
    two_years(who, falls=True)
    machinery = factories.machinery()
    with within(machinery):
        commands.notice(machinery)
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    name, value = next((key, morsel.value) for key, morsel in client.cookies.items())
    context.add_cookies([{"name": name, "value": value, "url": server.url}])
    page = context.new_page()
    key = "incidents.emergencies-in-time"
    with nothing_in_the_console(page):
        for path in ("", "measures", f"measures/{key}", "measures/incidents.emergency-minutes?by=also",
                     f"measures/{key}/keep", "figures"):  # fmt: skip
            page.goto(f"{server.url}/oversight/performance/{path}")
            assert_accessible(page)
            assert_fits(page, widths=(320, 375, 801, 1180, 1280))
            page.set_viewport_size({"width": 375, "height": 900})
            assert_accessible(page)
            page.set_viewport_size({"width": 1280, "height": 900})
