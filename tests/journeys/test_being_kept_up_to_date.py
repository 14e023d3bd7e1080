"""An officer's telephone that keeps an incident up to date, and going anywhere by two letters, in a real browser."""

from __future__ import annotations

import re
from collections.abc import Iterator
from unittest.mock import patch

import pytest
from playwright.sync_api import expect

from tests.domains.incidents.scenes import after, incident, manager, worker
from tests.domains.signed_in import session_of
from tests.factories import officer
from tests.journeys.conftest import Opens, picture
from tests.journeys.looks import assert_accessible, assert_fits, nothing_in_the_console
from watchward.domains.incidents import commands
from watchward.foundation.access.context import within

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

A_REFRESH = 15_000


@pytest.fixture
def _quarter_past() -> Iterator[None]:
    """It is 20 minutes after the start for whoever asks for a page."""
    with patch("watchward.foundation.access.middleware.now", return_value=after(worker(), 20).at):
        yield


@pytest.mark.report("RSP-06", by="incidents.commands.add_log_line")
@pytest.mark.usefixtures("_quarter_past")
def test_what_the_control_room_adds_comes_without_moving_what_is_typed(opens: Opens) -> None:
    """On a telephone: the new line is there, the half-typed one stays as it is and where it is; a refresh that fails
    is said, with when the last one was; and without scripts a link does the same."""
    boss = manager()
    made = incident(boss, place_words="Canal Wharf, Stone", what="Man on the bridge")
    going = officer("response-officer")
    page = opens(session_of(going), width=375)
    page.clock.install()
    page.goto(f"/incidents/{made.pk}")
    expect(page.locator("[data-live-every]")).to_have_text(re.compile("As at"))
    box = page.locator("#log-line")
    box.click()
    page.keyboard.type("At the gate, he")
    stands = box.bounding_box()
    assert stands is not None
    with within(boss):
        commands.add_log_line(after(boss, 4), incident=made.pk, words="The canal trust closes the lock")
    page.clock.run_for(A_REFRESH)
    expect(page.locator("#live-log")).to_contain_text("The canal trust closes the lock")
    expect(page.locator("[data-live-changes]")).to_have_text(re.compile("log"))
    expect(box).to_have_value("At the gate, he")
    expect(box).to_be_focused()
    then = box.bounding_box()
    assert then is not None
    assert abs(then["y"] - stands["y"]) < 2
    assert_accessible(page)
    assert_fits(page)
    picture(page, "incident-live")
    page.route("**/incidents/**", lambda route: route.abort())
    page.clock.run_for(A_REFRESH)
    expect(page.locator("[data-live-every]")).to_have_text(re.compile("Not refreshed since .*, trying again"))
    page.unroute("**/incidents/**")
    page.clock.run_for(A_REFRESH)
    expect(page.locator("[data-live-every]")).to_have_text(re.compile("As at"))

    plain = opens(session_of(going), scripts=False, width=375)
    plain.goto(f"/incidents/{made.pk}")
    plain.get_by_role("link", name="Refresh").click()
    expect(plain.locator("#live-log")).to_contain_text("The canal trust closes the lock")


@pytest.mark.usefixtures("first_of_july")
def test_going_anywhere_by_two_letters(opens: Opens) -> None:
    """G shows every place; typing finds one; Escape gives the focus back; G then M goes to my work. Nothing while
    somebody types, nothing for whoever turned shortcuts off but the link, and a plain page without scripts."""
    boss = manager()
    page = opens(session_of(boss))
    with nothing_in_the_console(page):
        page.goto("/incidents/")
        page.locator("#find").focus()
        page.keyboard.press("g")
        assert page.locator("dialog").count() == 0
        link = page.locator("[data-goto]")
        link.focus()
        page.keyboard.press("g")
        dialog = page.get_by_role("dialog", name="Go to")
        expect(dialog).to_be_visible()
        assert_accessible(page)
        picture(page, "go-to")
        page.keyboard.press("/")
        page.keyboard.type("ledg")
        expect(dialog.get_by_role("link")).to_have_count(1)
        page.keyboard.press("Escape")
        expect(dialog).to_have_count(0)
        expect(link).to_be_focused()
        page.keyboard.press("g")
        expect(dialog).to_be_visible()
        page.keyboard.press("m")
        page.wait_for_url("**/my-work/")
    plain = opens(session_of(boss), scripts=False)
    plain.goto("/incidents/")
    plain.locator("[data-goto]").click()
    expect(plain.get_by_role("heading", name="Go to")).to_be_visible()
    plain.get_by_role("navigation", name="Every place").get_by_role("link", name="Ledgers").click()
    plain.wait_for_url("**/my-work/ledgers")
