"""From a call to how it ended: one man charged, one victim who withdraws, by keyboard, in a real browser."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page

from tests.journeys.conftest import picture
from tests.journeys.looks import assert_accessible, assert_fits
from tests.journeys.walking import enter, sign_in, tab_to
from watchward.demo.stories.crime_to_outcome import HIS, SHOP
from watchward.domains.people.models import Person
from watchward.foundation import acting
from watchward.foundation.access.context import within
from watchward.foundation.access.queries import machinery

pytestmark = [pytest.mark.journey, pytest.mark.usefixtures("clock")]

WIDTHS = (320, 375, 801, 1280)


def reference_of(surname: str) -> str:
    """Return the reference of somebody of the stories, as it stands on their record."""
    with within(machinery(acting.now(), "a test")) as machine:
        return str(Person.visible_to(machine).get(surname=surname).reference)


def looked_at(page: Page, name: str) -> None:
    """Check that everybody can use this page, and keep a picture of it."""
    assert_accessible(page)
    assert_fits(page, widths=WIDTHS)
    picture(page, name)


def press(page: Page, name: str) -> None:
    """Go to a button or a link by Tab and press it."""
    wanted = page.get_by_role("button", name=re.compile(name)).or_(page.get_by_role("link", name=re.compile(name)))
    tab_to(page, wanted.first)
    enter(page)


def typed(page: Page, box: str, words: str) -> None:
    """Go to a box by Tab and type into it."""
    tab_to(page, page.locator(box))
    page.keyboard.type(words)


def allocated(page: Page, row: str) -> str:
    """Record the crime of one report of the queue and allocate it as advised; return its address."""
    page.goto("/crimes/queue")
    link = page.locator(".ww-duty", has_text=row).get_by_role("link", name="Is this recorded as a crime?")
    tab_to(page, link)
    enter(page)
    tab_to(page, page.locator("#id_offence"))
    page.locator("#id_offence").select_option("8N")
    assert page.locator("[name=victims]:checked").count() == 1
    looked_at(page, f"crime-1-record-{row[:6].strip()}")
    press(page, "^Record it")
    page.get_by_text("Nobody has it since").wait_for()
    crime = page.url
    press(page, "^Allocate")
    page.get_by_text("Advised: Local investigation").wait_for()
    looked_at(page, f"crime-2-allocate-{row[:6].strip()}")
    press(page, "^Give it to them")
    page.get_by_text("under investigation").first.wait_for()
    return crime


def suspected(page: Page, crime: str, surname: str) -> None:
    """Name a suspect on a crime by the reference of their record."""
    page.goto(crime)
    press(page, "^Name somebody")
    tab_to(page, page.locator("#id_part"))
    page.keyboard.type("Suspect")
    typed(page, "#id_person", reference_of(surname))
    press(page, "^Name them")
    page.get_by_text("Not interviewed").wait_for()


def chosen(page: Page, code: str) -> None:
    """Choose an outcome and see what it asks."""
    press(page, "^Outcome")
    page.locator("#which").focus()
    page.locator("#which").select_option(code)
    press(page, "^Show what it asks")


@pytest.mark.report("STR-11", by="crimes.commands.allocate")
@pytest.mark.report("VIC-04", by="victims.commands.record_contact")
def test_from_a_call_to_a_charge(page: Page) -> None:
    """He rings, it is recorded without being asked again, goes to a detective, a man is charged and he is told."""
    sign_in(page, "Meena Bhatt")
    page.goto("/calls/")
    typed(page, "#number", HIS)
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/calls/[0-9a-f-]{36}"))
    typed(page, "[name=caller]", "Graham Pickford")
    typed(page, "[name=place]", SHOP)
    page.locator("#know .ww-guess").first.get_by_text("Graham Pickford").wait_for()
    page.locator("[name=caller]").focus()
    page.wait_for_load_state("networkidle")  # what was typed is looked up, and the suggestions stand still
    tab_to(page, page.get_by_role("button", name=re.compile("That is")))
    page.keyboard.press("Enter")
    page.get_by_text("You said this is him").wait_for()
    page.locator("[name=what]").select_option(label="Violence: over")
    page.locator("[name=part]").select_option(label="the victim")
    typed(page, "#log-line", "He has come back and struck him again")
    page.keyboard.press("Enter")
    page.get_by_text("He has come back and struck him again").first.wait_for()
    page.get_by_role("button", name=re.compile("Open incident, grade")).focus()
    page.wait_for_load_state("networkidle")  # what was typed is being saved
    page.keyboard.press("Enter")
    page.get_by_role("link", name=re.compile(r"Incident I-190701-\d{4}")).first.wait_for()

    sign_in(page, "Yvonne Rudge")
    looked_at(page, "crime-0-queue")
    crime = allocated(page, "struck him again")
    looked_at(page, "crime-3-allocated")

    sign_in(page, "Daria Ostrowski")
    suspected(page, crime, "Tunnicliffe")
    chosen(page, "1")
    looked_at(page, "crime-4-outcome")
    tab_to(page, page.locator("[name=suspect]").first)
    page.keyboard.press("Space")
    typed(page, "#id_charged_how", "Charged at the custody suite")
    press(page, "^Give it")
    page.get_by_text("1 Charged, summonsed").first.wait_for()
    looked_at(page, "crime-5-charged")

    press(page, "^Care and contact")
    page.get_by_text("Has the victim been told how it ended, and why?").wait_for()
    looked_at(page, "victim-1-owed")
    press(page, "^Record contact")
    tab_to(page, page.locator("[name=result]").first)
    page.keyboard.press("Space")
    typed(page, "#id_words", "Told that he is charged and of the first hearing")
    page.get_by_label(re.compile("How it ended")).focus()
    page.keyboard.press("Space")
    looked_at(page, "victim-2-contact")
    press(page, "^Record it")
    page.get_by_text("Told that he is charged").first.wait_for()
    assert page.get_by_text("Has the victim been told how it ended, and why?").count() == 0
    looked_at(page, "victim-3-told")


@pytest.mark.report("OUT-04", by="victims.commands.record_decision")
def test_from_a_report_to_outcome_16(page: Page) -> None:
    """Outcome 16 asks for the victim's decision, takes it in his own words, and waits for the sergeant."""
    sign_in(page, "Yvonne Rudge")
    crime = allocated(page, "refund, the man left")
    sign_in(page, "Daria Ostrowski")
    suspected(page, crime, "Tunnicliffe")
    chosen(page, "16")
    page.get_by_text("recorded decision, in their own words").wait_for()
    looked_at(page, "outcome-16-lacks")
    press(page, "^Record the victim")
    page.locator("[name=supports]").nth(1).focus()
    page.keyboard.press("Space")
    page.locator("#id_reason").focus()
    page.locator("#id_reason").select_option("wants to put it behind them")
    typed(page, "#id_own_words", "I only want to mind my shop in peace")
    tab_to(page, page.locator("#id_support_told"))
    page.keyboard.press("Space")
    looked_at(page, "victim-4-decision")
    press(page, "^Keep it")
    page.get_by_text("Nothing but what you fill in here").wait_for()
    tab_to(page, page.locator("[name=suspect]").first)
    page.keyboard.press("Space")
    typed(page, "#id_rationale", "No witness and no camera beside what he said")
    press(page, "^Propose it")
    page.get_by_text("Proposed: a supervisor agrees it").wait_for()

    sign_in(page, "Colin Sharpe")
    page.goto("/my-work/")
    row = page.locator(".ww-duty", has_text="Do you agree with ending this crime so?")
    row.first.wait_for()
    tab_to(page, row.first.get_by_role("link", name="Agree or send back"))
    enter(page)
    page.get_by_text("I only want to mind my shop in peace").first.wait_for()
    looked_at(page, "outcome-16-agree")
    press(page, "^Agree")
    page.get_by_text("finished").first.wait_for()
    page.get_by_text(re.compile("^16 ")).first.wait_for()
    looked_at(page, "crime-6-outcome-16")
