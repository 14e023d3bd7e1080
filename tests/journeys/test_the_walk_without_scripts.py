"""The same walk with scripts turned off, as a locked-down desk or a bad signal has it: forms, links and keys alone."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.journeys.conftest import Opens, picture
from tests.journeys.walking import Clock, enter, sign_in, tab_to, worker_runs

pytestmark = [pytest.mark.journey, pytest.mark.usefixtures("clock")]

HERS = "07700 900412"
"""Her mobile in the story of the repeat victim."""
NOBODYS = "07700 900999"


@pytest.fixture
def page(opens: Opens) -> Page:
    """A browser without scripts, of somebody who has not signed in."""
    return opens(scripts=False)


def press(page: Page, what: Locator) -> None:
    """Press Enter on something, and wait for the page that it leads to."""
    what.focus()
    enter(page)


def take(page: Page, line: str, number: str) -> None:
    """Take a call from the list of calls."""
    page.goto("/calls/")
    tab_to(page, page.locator("#number"))
    page.keyboard.type(number)
    press(page, page.get_by_role("button", name=line))
    page.wait_for_url(re.compile(r"/calls/[0-9a-f-]{36}"))
    assert number.replace(" ", "") not in page.url


def look_up(page: Page) -> None:
    """Press the button that saves and looks up; it stands on the page because no script does it."""
    press(page, page.get_by_role("button", name="Look up").last)


def test_two_fields_are_saved_and_completed_later(page: Page, clock: Clock) -> None:
    """A number and a name are enough to save; the call waits among those to complete, and says what it lacks."""
    sign_in(page, "Meena Bhatt")
    take(page, "101", NOBODYS)
    tab_to(page, page.locator("#caller"))
    page.keyboard.type("Agnes Dalwhin")
    enter(page)
    expect(page.locator("#know")).to_contain_text("Who this may be")
    expect(page.locator(".ww-status")).to_contain_text("Saved")
    page.goto("/calls/")
    waiting = page.locator(".ww-line").filter(has_text="Agnes Dalwhin").first
    expect(waiting).to_contain_text("Missing: place, what, what was said, THRIVE")
    press(page, waiting.get_by_role("link"))
    expect(page.locator("#caller")).to_have_value("Agnes Dalwhin")
    expect(page.locator("#number")).to_have_value(NOBODYS)
    page.locator("#place").fill("Market Place, Leek")
    page.locator("#what").select_option(label="Advice asked for")
    page.locator("#log-line").fill("Asks how to report a lost purse")
    press(page, page.locator("#log-line-add"))
    for which in ("repeat-victim", "domestic-abuse", "mental-ill-health"):
        page.locator(f"#{which}-no").check()
    page.get_by_label("Engage", exact=True).fill("She will come to the station")
    look_up(page)
    expect(page.locator("#idents")).to_contain_text("3 of 3 done")
    press(page, page.get_by_role("button", name=re.compile("Finish, no visit|End call")))
    page.goto("/calls/")
    lacks = page.locator(".ww-line").filter(has_text="Agnes Dalwhin").first
    expect(lacks).not_to_contain_text("what was said")
    expect(lacks).not_to_contain_text("place")


def call_taken(page: Page) -> str:
    """Take the call of a repeat victim, up to the open incident; return where the incident is."""
    sign_in(page, "Meena Bhatt")
    take(page, "Take a 999 call", HERS)
    tab_to(page, page.locator("#caller"))
    page.keyboard.type("Lee Brough")
    tab_to(page, page.locator("#place"))
    page.keyboard.type("14 Tarrowby Street, Burslem")
    look_up(page)

    # Who it may be and why, in words; what stands about them; when they rang before.
    first = page.locator(".ww-guess--first")
    expect(first).to_contain_text("Leanne Brough")
    expect(first).to_contain_text("Strong fit")
    expect(first).to_contain_text("Her number since")
    expect(first).to_contain_text("Against")
    expect(page.locator("#know")).to_contain_text("Craig Hollins: Weapons")
    expect(page.locator("#know")).to_contain_text("Treat calls as urgent")
    expect(page.locator("#know")).to_contain_text(re.compile(r"\d+ in 30 days"))
    expect(page.locator("#know")).to_contain_text("Banging and screaming at number 14")
    picture(page, "no-scripts-1-recognised")
    press(page, page.get_by_role("button", name=re.compile("That is")))
    expect(page.locator("#h-who")).to_have_text("Who this is")

    # The three identifications, what she says, THRIVE as far as it goes, and the grade with its reasons.
    page.locator("#what").select_option(label="Domestic: violence, happening now")
    page.locator("#mental-ill-health-unknown").check()
    page.locator("#thrive-threat").fill("He is in the house, shouting")
    page.locator("[name=threat-level]").select_option(label="High")
    page.locator("#log-line").fill("Whispering. He is kicking off again")
    press(page, page.locator("#log-line-add"))
    expect(page.locator("#log-lines")).to_contain_text("He is kicking off again")
    expect(page.locator("#idents")).to_contain_text("3 of 3 done")
    expect(page.locator("#thrive-threat")).to_have_value("He is in the house, shouting")
    expect(page.locator("#grade-part")).to_contain_text("Suggested: 1 Immediate")
    expect(page.locator("#grade-part .ww-reasons li").first).to_contain_text("Violence now")

    # Another grade is kept and asks for its reason; with the reason the incident has it.
    page.locator("#grade-part summary").click()
    page.locator("#grade").select_option(label="2 Priority")
    press(page, page.locator("#go-button"))
    expect(page.get_by_role("alert")).to_contain_text("Say why you give 2 Priority")
    expect(page.locator("#grade")).to_have_value("2")
    page.locator("#grade-reason").fill("He has just driven off, her neighbour is with her")
    press(page, page.locator("#go-button"))
    opened = page.get_by_role("link", name=re.compile(r"Incident I-190701-\d{4}"))
    expect(opened).to_be_visible()
    expect(page.locator("#know")).to_contain_text("Owed to her")
    picture(page, "no-scripts-2-opened")
    press(page, opened)
    incident = page.url
    expect(page.locator("#grade")).to_contain_text("He has just driven off")
    return incident


def test_the_walk_without_scripts(page: Page, clock: Clock) -> None:
    """From the call to the board, the scene, what is owed, the ledgers, a duty's proof, the record and its trace."""
    incident = call_taken(page)

    # The board: her incident with its clock; the target passes, and a re-assessment is owed by itself.
    sign_in(page, "Grace Okafor")
    page.goto("/incidents/")
    hers = page.locator(".ww-row").filter(has_text="14 Tarrowby Street").first
    expect(hers).to_contain_text("left")
    picture(page, "no-scripts-3-board")
    press(page, hers.get_by_role("link"))
    assert page.url == incident
    clock.goes_on(minutes=61)
    worker_runs()
    page.goto("/incidents/")
    expect(page.locator("section[aria-labelledby=h-del]")).to_contain_text("14 Tarrowby Street")
    page.goto(incident)
    expect(page.locator("#delay")).to_contain_text("To assess again by")
    picture(page, "no-scripts-4-delayed")
    page.locator("#thrive textarea").first.fill("He is back outside")
    press(page, page.get_by_role("button", name="Assess it again"))
    expect(page.get_by_role("alert")).to_contain_text("Say what keeps them safe while they wait")
    expect(page.locator("#thrive textarea").first).to_have_value("He is back outside")

    # Somebody goes and arrives.
    page.goto(incident)
    press(page, page.locator("#units").get_by_role("button", name=re.compile("^Send ")).first)
    for step in ("On the way", "At scene"):
        press(page, page.locator("#units").get_by_role("button", name=re.compile(step)).first)
    expect(page.locator("#units")).to_contain_text("at scene")

    # What is late, and every ledger.
    page.goto("/my-work/overdue")
    expect(page.locator(".ww-duty").first).to_contain_text("late")
    press(page, page.get_by_role("link", name="Ledgers").first)
    expect(page.locator(".ww-status")).to_contain_text("add up")

    # A supervisor does what is owed, on the page that its button leads to: the command is the proof.
    sign_in(page, "Joan Thorley")
    page.goto("/my-work/")
    owed = page.locator(".ww-duty").filter(has_text="marked at this place").first
    duty = owed.locator(".ww-duty__ask").get_attribute("href")
    assert duty is not None
    press(page, owed.locator(".ww-buttons a").first)
    review(page)
    page.goto(duty)
    expect(page.locator("section[aria-labelledby=h-proof]")).to_contain_text("Joan Thorley")
    picture(page, "no-scripts-5-proof")

    # What is late goes up, and whoever it went up to says that they have seen it.
    clock.goes_on(hours=3)
    worker_runs()
    sign_in(page, "Grace Okafor")
    page.goto("/my-work/")
    up = page.locator("section[aria-labelledby=h-up]")
    unseen = up.get_by_role("button", name=re.compile("^Seen")).count()
    assert unseen
    press(page, up.get_by_role("button", name=re.compile("^Seen")).first)
    expect(up.get_by_role("button", name=re.compile("^Seen"))).to_have_count(unseen - 1)

    # One person's record across all of it; and the auditor finds that look.
    sign_in(page, "Marian Lowe")
    tab_to(page, page.locator("#find"))
    page.keyboard.type("Leanne Brough")
    enter(page)
    assert "Brough" not in page.url
    press(page, page.get_by_role("link", name=re.compile("Leanne Brough")).first)
    expect(page.get_by_role("heading", name="Leanne Brough", level=1)).to_be_visible()
    assert "/records/people/" in page.url
    picture(page, "no-scripts-6-record")
    person = page.url.rsplit("/", 1)[-1]
    sign_in(page, "Imogen Kerr")
    page.goto("/audit/looks")
    page.get_by_label("Record").fill(person)
    press(page, page.get_by_role("button", name="Show", exact=True))
    expect(page.locator("main table")).to_contain_text("Sgt Marian Lowe")


def review(page: Page) -> None:
    """Answer by its form whether what is marked at a place still holds; a form that lacks something is not lost."""
    press(page, page.get_by_role("button", name="Record the review"))
    expect(page.get_by_role("alert")).to_contain_text("problem")
    page.get_by_label("still holds").check()
    page.get_by_label("Why").fill("Seen by the hub this morning, nothing has changed")
    for part, typed in (("Day", "2"), ("Month", "9"), ("Year", "2019")):
        page.get_by_role("group", name="Look again on").get_by_label(part).fill(typed)
    press(page, page.get_by_role("button", name="Record the review"))
    expect(page.locator(".ww-told")).to_contain_text("The review is recorded")
