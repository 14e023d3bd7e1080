"""From a frightened call to a duty done and a look accounted for: the whole walk, by keyboard, in a real browser."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from unittest.mock import patch

import pytest
from django.conf import settings
from django.test.testcases import _StaticFilesHandler
from playwright.sync_api import Browser, Locator, Page
from pytest_django.live_server_helper import LiveServer

from tests.journeys.looks import assert_accessible, assert_fits, browsing, nothing_in_the_console
from watchward.demo.calendar import START, moment
from watchward.domains.incidents import commands as incidents
from watchward.foundation import acting
from watchward.foundation.access.context import as_engine, within
from watchward.foundation.access.queries import machinery
from watchward.foundation.duties import commands as duties
from watchward.foundation.ledgers import counted

pytestmark = [pytest.mark.journey, pytest.mark.usefixtures("demonstration")]

PICTURES = os.environ.get("WATCHWARD_TEST_PICTURES", "")
NUMBER = "07700 900412"
"""Her mobile in the story of the repeat victim."""


class Clock:
    """The force's clock for the pages, moved by hand."""

    def __init__(self) -> None:
        self.seconds = (moment(START) - acting.real_now()).total_seconds()

    def read(self) -> float:
        """Return how far the force's time stands from true time."""
        return self.seconds

    def goes_on(self, **by: float) -> None:
        """Let time pass."""
        self.seconds += timedelta(**by).total_seconds()


@pytest.fixture(scope="module")
def clock() -> Iterator[Clock]:
    """The clock of the demonstration, at 07:45 on 1 July 2019."""
    ticking = Clock()
    with patch.object(acting, "_offset", ticking):
        yield ticking


@pytest.fixture(scope="module")
def server(demonstration: None, clock: Clock) -> Iterator[LiveServer]:
    """Serve the force in demonstration mode."""
    with (
        patch("django.contrib.staticfiles.handlers.StaticFilesHandler", _StaticFilesHandler),
        patch.object(settings, "DEMO", True),
    ):
        served = LiveServer("localhost")
        yield served
        served.stop()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Debian's Chromium."""
    with browsing() as started:
        yield started


@pytest.fixture
def page(browser: Browser, server: LiveServer) -> Iterator[Page]:
    """A browser of somebody who has not signed in; nothing may be said in its console."""
    context = browser.new_context(viewport={"width": 1280, "height": 900}, base_url=server.url)
    opened = context.new_page()
    with nothing_in_the_console(opened):
        yield opened
    context.close()


def picture(page: Page, name: str) -> None:
    """Keep a picture for whoever asked for pictures."""
    if PICTURES:
        for width in (1280, 375):
            page.set_viewport_size({"width": width, "height": 900})
            page.screenshot(path=Path(PICTURES) / f"{name}-{width}.png", full_page=True, caret="initial")
        page.set_viewport_size({"width": 1280, "height": 900})


def tab_to(page: Page, wanted: Locator, *, at_most: int = 150) -> None:
    """Go to something by the Tab key alone."""
    for _ in range(at_most):
        if wanted.evaluate("item => item === document.activeElement"):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"{wanted} is not reached by Tab")


def enter(page: Page) -> None:
    """Press Enter on what has the focus, and wait for the page that it leads to."""
    with page.expect_navigation():
        page.keyboard.press("Enter")


def sign_in(page: Page, name: str) -> None:
    """Sign in as one of the invented people, by keyboard; whoever was signed in before is signed out by it."""
    page.goto("/sign-in")
    tab_to(page, page.get_by_role("button", name=re.compile(name)))
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: "/sign-in" not in url)


def worker_runs() -> None:
    """Do what the worker does every few seconds."""
    now = acting.now()
    with within(machinery(now, "marking incidents whose target has passed")) as machine:
        incidents.watch(machine)
    with within(machinery(now, "sending up what is late")) as machine:
        duties.escalate(machine)


@pytest.mark.report("CON-08", by="people.queries.recognise")
@pytest.mark.report("CON-02", by="contact.commands.record_call")
@pytest.mark.report("RSP-09", by="incidents.commands.watch")
def test_the_walk(page: Page, clock: Clock) -> None:
    """A call comes in, the caller is recognised, and nothing that is owed can be forgotten."""
    sign_in(page, "Meena Bhatt")
    page.goto("/calls/")
    assert_accessible(page)

    # A number, a name and an address, and who it may be stands beside them while they are typed.
    tab_to(page, page.locator("#number"))
    page.keyboard.type(NUMBER)
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/calls/[0-9a-f-]{36}"))
    call = page.url
    assert NUMBER.replace(" ", "") not in call
    tab_to(page, page.locator("[name=caller]"))
    page.keyboard.type("Lee Brough")
    tab_to(page, page.locator("[name=place]"))
    page.keyboard.type("14 Tarrowby Street, Burslem")
    first = page.locator("#know .ww-guess").first
    first.get_by_text("Leanne Brough").wait_for()
    first.get_by_text(re.compile("number", re.IGNORECASE)).first.wait_for()
    page.get_by_text(re.compile("Craig Hollins")).first.wait_for()
    assert page.locator("#know").get_by_text(re.compile(r"\d+ in 30 days")).count() == 1
    picture(page, "1-call-recognised")
    page.locator("[name=caller]").focus()
    page.keyboard.press("Tab")

    # That is her; what she says; the three identifications; THRIVE; the grade and the green action.
    tab_to(page, page.get_by_role("button", name=re.compile("That is")))
    page.keyboard.press("Enter")
    page.get_by_text("You said this is her").wait_for()
    page.locator("[name=what]").select_option(label="Domestic: violence, happening now")
    tab_to(page, page.locator("#log-line"))
    page.keyboard.type("Whispering. He is kicking off again")
    page.keyboard.press("Enter")
    page.get_by_text("Whispering. He is kicking off again").first.wait_for()
    tab_to(page, page.locator("#mental-ill-health-yes"))
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    assert page.locator("#mental-ill-health-unknown").is_checked()
    tab_to(page, page.locator("#thrive-threat"))
    page.keyboard.type("He is in the house, shouting")
    page.keyboard.press("Tab")
    page.keyboard.type("H")
    go = page.get_by_role("button", name=re.compile(r"Open incident, grade 1"))
    go.wait_for()
    assert_accessible(page)
    assert_fits(page)
    picture(page, "2-call-graded")
    go.focus()
    page.keyboard.press("Enter")
    page.get_by_role("link", name=re.compile(r"Incident I-190701-\d{4}")).first.wait_for()
    picture(page, "3-incident-opened")

    # The board: her incident with its response clock; a unit is sent by keyboard.
    sign_in(page, "Grace Okafor")
    page.goto("/incidents/")
    assert_accessible(page)
    picture(page, "4-board")
    hers = page.get_by_role("link", name=re.compile("14 Tarrowby Street")).first
    tab_to(page, hers)
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/incidents/[0-9a-f-]{36}"))
    incident = page.url
    page.get_by_text(re.compile("left")).first.wait_for()
    picture(page, "5-incident")

    # Nobody is sent: the target passes, and a re-assessment is owed by itself.
    clock.goes_on(minutes=21)
    worker_runs()
    page.goto(incident)
    page.get_by_text(re.compile("delayed", re.IGNORECASE)).first.wait_for()
    picture(page, "6-delayed")
    page.goto("/my-work/overdue")
    assert_accessible(page)
    picture(page, "7-overdue")

    # Somebody goes and arrives.
    page.goto(incident)
    send = page.get_by_role("button", name=re.compile("^Send "))
    tab_to(page, send.first)
    enter(page)
    for step in ("On the way", "At scene"):
        button = page.get_by_role("button", name=re.compile(step)).first
        button.focus()
        enter(page)
    page.goto(incident)
    page.get_by_text(re.compile("at scene", re.IGNORECASE)).first.wait_for()
    picture(page, "8-at-scene")

    # The sergeant sees what is owed, and the sum that adds up.
    sign_in(page, "Marian Lowe")
    page.goto("/my-work/")
    page.get_by_text("adds up").first.wait_for()
    assert_accessible(page)
    assert_fits(page)
    picture(page, "9-my-work")

    # One person's record across all of it; and the auditor finds that look.
    tab_to(page, page.locator("#find"))
    page.keyboard.type("Leanne Brough")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/people/found/[0-9a-f-]{36}"))
    assert "Brough" not in page.url
    assert_accessible(page)
    picture(page, "10-found")
    page.get_by_role("link", name=re.compile("Leanne Brough")).first.focus()
    enter(page)
    if "/records/" not in page.url:
        person = page.url.rstrip("/").rsplit("/", 1)[-1]
        page.goto(f"/records/people/{person}")
    page.get_by_role("heading", name="Leanne Brough").first.wait_for()
    assert_accessible(page)
    assert_fits(page)
    picture(page, "11-profile")

    sign_in(page, "Imogen Kerr")
    page.goto("/audit/looks")
    assert_accessible(page)
    assert page.get_by_text("Sgt Marian Lowe").count() > 0
    picture(page, "12-who-looked")


def test_every_ledger_adds_up_after_the_demonstration(clock: Clock) -> None:
    """Nothing leaves a queue without an accounted destination."""
    with within(machinery(acting.now(), "counting ledgers")) as machine, as_engine(machine) as counting:
        wrong = [balance for balance in counted(counting) if not balance.balances]
    assert not wrong
