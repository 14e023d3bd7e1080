"""From a frightened call to a duty done and a look accounted for: the whole walk, by keyboard, in a real browser."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page

from tests.journeys.conftest import picture
from tests.journeys.looks import assert_accessible, assert_fits
from tests.journeys.walking import Clock, enter, sign_in, tab_to, worker_runs
from watchward.foundation import acting
from watchward.foundation.access.context import as_engine, within
from watchward.foundation.access.queries import machinery
from watchward.foundation.ledgers import counted

pytestmark = [pytest.mark.journey, pytest.mark.usefixtures("clock")]

NUMBER = "07700 900412"
"""Her mobile in the story of the repeat victim."""


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
