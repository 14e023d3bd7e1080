"""Asking a colleague about a duty, by keyboard and without scripts: the question, the answer, and both seen by both."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page

from tests.journeys.conftest import Opens, looked_at, picture
from tests.journeys.looks import assert_accessible
from tests.journeys.walking import enter, sign_in, tab_to

pytestmark = [pytest.mark.journey, pytest.mark.usefixtures("clock")]

QUESTION = "Did anybody see the children?"


def test_ask_by_the_letter_a_and_answer(page: Page, opens: Opens) -> None:
    """A single letter leads to the form; the sergeant answers from their own list, and the answer comes back."""
    sign_in(page, "Jas Dhillon")
    page.goto("/my-work/")
    page.locator("[data-key=a]").first.wait_for()
    page.keyboard.press("a")
    page.wait_for_url(re.compile(r"/my-work/[0-9a-f-]{36}#ask"))
    duty = page.url.removesuffix("#ask")
    whom = page.get_by_label("Whom")
    tab_to(page, whom)
    whom.select_option(label="Sgt Marian Lowe")
    tab_to(page, page.get_by_label("Question"))
    page.keyboard.type(QUESTION)
    for box, typed in (("Day", "1"), ("Month", "Jul"), ("Year", "2019"), ("Time", "12:00")):
        page.locator("#ask").get_by_label(box, exact=True).fill(typed)
    tab_to(page, page.locator("#ask").get_by_role("button", name="Ask"))
    enter(page)
    page.get_by_text("The answer will stand here").wait_for()
    assert page.get_by_role("button", name=re.compile("Withdraw")).count() == 1
    looked_at(page, duty, "asked")

    sergeant = opens(scripts=False)
    sign_in_without_scripts(sergeant, "Marian Lowe")
    sergeant.goto("/my-work/?view=mine")
    row = sergeant.locator("li.ww-duty", has_text=QUESTION)
    row.get_by_role("link", name="Answer", exact=True).click()
    sergeant.get_by_label("Answer").fill("Both are at their grandmother's, seen at seven")
    picture(sergeant, "answering")
    sergeant.get_by_role("button", name="Answer").click()
    sergeant.wait_for_url(re.compile("/my-work/"))

    page.goto("/my-work/")
    page.get_by_text("Both are at their grandmother's").first.wait_for()
    assert_accessible(page)
    picture(page, "answered")


def sign_in_without_scripts(page: Page, name: str) -> None:
    """Sign in by pressing the persona's button."""
    page.goto("/sign-in")
    page.get_by_role("button", name=re.compile(name)).click()
    page.wait_for_url(lambda url: "/sign-in" not in url)
