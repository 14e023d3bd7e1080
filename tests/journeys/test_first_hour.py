"""A stranger's first hour: from a call to a row that somebody altered, on a force that was started as strangers do."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests import databases
from tests.journeys.looks import nothing_in_the_console
from tests.journeys.running import Force, running
from tests.journeys.walking import sign_in
from watchward.config.static import BUILT
from watchward.foundation.database import Embedded

pytestmark = [
    pytest.mark.journey,
    pytest.mark.skipif(not BUILT.is_dir(), reason="the pages' styles and scripts have not been built"),
]

NUMBER = "07700 900412"
"""Leanne Brough's mobile in the story of the repeat victim."""


@pytest.fixture
def force(cluster: Embedded, loaded: str, tmp_path: Path) -> Iterator[Force]:
    """The demonstration as `watchward up --demo` runs it: web, worker, sealer and portal."""
    name = databases.copy_for("first_hour")
    cluster.clone(name, template=loaded)
    try:
        with running(cluster, name, tmp_path) as force:
            yield force
    finally:
        databases.drop(cluster, name)


def test_the_first_hour(force: Force, browser: Browser) -> None:
    """Sign in, take her call, be told who she is, open the incident, find it, read a measure, and name the forger."""
    context = browser.new_context(viewport={"width": 1280, "height": 900}, base_url=force.url)
    try:
        page = context.new_page()
        with nothing_in_the_console(page):
            incident = the_call(page)
            the_sergeant(page, incident)
            the_measure(page)
    finally:
        context.close()
    the_forger(force, incident)


def the_call(page: Page) -> str:
    """A number, a name and an address; she is told who this may be and why; the path of the incident she opens."""
    sign_in(page, "Meena Bhatt")
    page.goto("/calls/")
    page.locator("#number").fill(NUMBER)
    page.locator("#number").press("Enter")
    page.wait_for_url(re.compile(r"/calls/[0-9a-f-]{36}"))
    page.locator("[name=caller]").press_sequentially("Lee Brough")
    page.locator("[name=place]").press_sequentially("14 Tarrowby Street, Burslem")
    who = page.locator("#know .ww-guess").first
    expect(who).to_contain_text("Leanne Brough")
    expect(page.locator("#matters")).to_contain_text("Craig Hollins")
    page.locator("[name=caller]").focus()
    page.wait_for_load_state("networkidle")  # what was typed is looked up, and the suggestions stand still
    page.get_by_role("button", name=re.compile("That is")).first.press("Enter")
    expect(page.get_by_text("You said this is her")).to_be_visible()
    page.locator("[name=what]").select_option(label="Domestic: violence, happening now")
    go = page.get_by_role("button", name=re.compile("Open incident, grade 1"))
    expect(go).to_be_visible()
    page.wait_for_load_state("networkidle")
    go.press("Enter")
    link = page.get_by_role("link", name=re.compile(r"Incident I-190701-\d{4}")).first
    expect(link).to_be_visible()
    opened = link.get_attribute("href")
    assert opened is not None
    return opened


def the_sergeant(page: Page, incident: str) -> None:
    """Her sergeant finds it on the board by the address, with its clock, and opens it."""
    sign_in(page, "Marian Lowe")
    page.goto("/incidents/")
    link = page.locator(f"main a[href='{incident}']").first
    expect(link).to_contain_text("14 Tarrowby Street")
    link.press("Enter")
    page.wait_for_url(f"**{incident}")
    expect(page.locator("main")).to_contain_text("14 Tarrowby Street")


def the_measure(page: Page) -> None:
    """A figure says what it counts; a month of it opens to its rows, and a row to the incident that it is."""
    page.goto("/oversight/performance/measures/incidents.emergencies-in-time")
    expect(page.get_by_role("img").first).to_be_visible()
    page.locator("main a[href*='/rows']").first.click()
    page.wait_for_url(re.compile("/rows"))
    row = page.locator("main table a[href^='/incidents/']").first
    expect(row).to_be_visible()
    row.click()
    page.wait_for_url(re.compile(r"/incidents/[0-9a-f-]{36}"))


def the_forger(force: Force, incident: str) -> None:
    """Her emergency made a lesser one with SQL by whoever holds the database: that row is named, and no other."""
    until = time.monotonic() + 120
    while (clean := json.loads(force.command("audit", "verify", "--json").stdout))["waiting"]:
        assert time.monotonic() < until, clean
    assert clean["faults"] == []
    assert clean["entries"] > 0
    record = incident.rsplit("/", 1)[-1]
    altered = force.tamper("update incidents_incident set grade = 2 where id = %s returning grade", record)
    assert altered == [(2,)]
    done = force.command("audit", "verify", "--json")
    assert done.returncode == 1
    told = [(each["kind"], each["table"], each["record"]) for each in json.loads(done.stdout)["faults"]]
    assert told == [("altered", "incidents_incident", record)]
