"""What counts as a fault of a page that gives a request up or is left, and what does not."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress

import pytest
from playwright.sync_api import Error, Page, Route

from tests.domains.contact import world
from tests.domains.signed_in import session_of
from tests.journeys.conftest import Opens
from tests.journeys.looks import Visit, nothing_in_the_console

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("first_of_july")]

Goes = Callable[[Page], object]
Meets = Callable[[Route], None]
"""How a page is left, and what a request meets on its way."""


@pytest.fixture
def page(opens: Opens) -> Page:
    """A call that suggests who rings."""
    made = world.household()
    one = world.call(made.acting, number=world.NUMBER)
    opened = opens(session_of(made.acting))
    opened.goto(f"/calls/{one.pk}")
    return opened


@pytest.fixture
def hold() -> Iterator[Meets]:
    """What holds requests: they are not answered while the test lasts."""
    routes: list[Route] = []
    yield lambda route: routes.append(route)
    for route in routes:
        with suppress(Error):  # its page has given it up
            route.abort()


def look_up(page: Page, meets: Meets) -> None:
    """Type a name and wait until its look-up is on its way; `meets` is what it meets there."""
    page.unroute_all()
    page.route("**/look", meets)
    with page.expect_request("**/look"):
        page.locator("[name=caller]").fill("Machin")


def decide(page: Page) -> None:
    """Say who it is not: a look-up that is on its way is given up, and the page asks anew."""
    with page.expect_response("**/caller"):
        page.get_by_role("button", name="Not her").click()


WAYS: dict[str, Goes] = {
    "another page": lambda page: page.get_by_role("link", name="Calls", exact=True).first.click(),
    "the same page again": lambda page: page.reload(),
}


@pytest.mark.parametrize("goes", WAYS.values(), ids=WAYS.keys())
def test_what_goes_with_a_page_that_is_left_is_no_fault(page: Page, hold: Meets, goes: Goes) -> None:
    """A page is left, or loaded again, while a look-up is on its way: nothing is wrong, and nothing is said."""
    with nothing_in_the_console(page):
        look_up(page, hold)
        with page.expect_navigation():
            goes(page)


def test_a_request_given_up_for_a_newer_one_is_no_fault(page: Page, hold: Meets) -> None:
    """The browser gave the look-up up because the page asked anew: what htmx says of it is expected."""
    with nothing_in_the_console(page):
        look_up(page, hold)
        decide(page)


FAILURES: dict[str, Meets] = {
    "the server broke": lambda route: route.fulfill(status=500, body="broken"),
    "the network broke": lambda route: route.abort("connectionreset"),
    "it was given up for nothing newer": lambda route: route.abort("aborted"),
}


@pytest.mark.parametrize("meets", FAILURES.values(), ids=FAILURES.keys())
def test_a_request_that_failed_is_a_fault_in_the_same_visit(page: Page, hold: Meets, meets: Meets) -> None:
    """One request was given up for a newer one, another page was opened: what really failed is still said."""
    visit = Visit(page)
    look_up(page, hold)
    decide(page)
    page.reload()
    assert visit.faults() == []
    with page.expect_event("console"):
        look_up(page, meets)
    assert visit.faults()


@pytest.mark.parametrize("words", Visit.OF_GIVING_UP)
def test_the_same_words_once_more_are_a_fault(page: Page, hold: Meets, words: str) -> None:
    """One request was given up, which is said once: the same words again are of something else."""
    visit = Visit(page)
    look_up(page, hold)
    decide(page)
    page.evaluate("(words) => console.error(words)", words)
    assert [said.partition(",")[0] for said in visit.faults()] == [words]


def fall(page: Page) -> None:
    """Look at a page that throws."""
    with nothing_in_the_console(page), page.expect_event("pageerror"):
        page.evaluate("() => { setTimeout(() => { throw new Error('it fell') }) }")


def test_a_fault_fails_the_journey(page: Page) -> None:
    """What was said stands in the failure."""
    with pytest.raises(AssertionError, match="it fell"):
        fall(page)
