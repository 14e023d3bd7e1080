"""A call handler who has never seen the page records a frightened caller by keyboard alone, and is told who she is."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from types import SimpleNamespace

import pytest
import time_machine
from playwright.sync_api import Page, Route, expect

from tests.domains.contact import world
from tests.domains.signed_in import session_of
from tests.journeys.conftest import Opens
from tests.journeys.looks import assert_accessible, assert_fits, nothing_in_the_console
from watchward.domains.contact import queries
from watchward.domains.contact.models import Call, CallLine
from watchward.domains.incidents import queries as incidents
from watchward.domains.incidents.vocabulary import Grade
from watchward.foundation.access.context import within

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

KEYSTROKE, THINK = 0.2, 1.35
"""Seconds for a key of an average typist and for making up one's mind (Card, Moran and Newell 1980)."""


@pytest.fixture
def made(server: str) -> Iterator[SimpleNamespace]:
    """Return her household and three earlier calls, at the time of the story."""
    with time_machine.travel(world.NOW, tick=True):
        found = world.household(world.handler(name="Priya Nandra"))
        for days, what in ((300, "Argument"), (25, "Hung up"), (12, "He has taken her phone"), (3, "Banging")):
            world.before(
                found.acting, world.NOW - timedelta(days=days), who=found.kerry, home=found.home, what=what,
                matter="domestic-now" if days == 3 else "domestic-other",
            )  # fmt: skip
        yield found


def at_the_calls(opens: Opens, made: SimpleNamespace, *, scripts: bool = True, width: int = 1280) -> Page:
    """Return a page of hers, signed in, at the list of calls."""
    page = opens(session_of(made.acting), scripts=scripts, width=width)
    page.goto("/calls/")
    return page


class Keyboard:
    """Hands on the keys alone, counting what they do."""

    def __init__(self, page: Page) -> None:
        self.page, self.keys, self.thoughts = page, 0, 0
        self.wire = page.context.new_cdp_session(page)

    def alt(self, letter: str) -> None:
        """Press an access key; only the character event fires one."""
        upper = letter.upper()
        code = {"modifiers": 1, "key": letter, "code": f"Key{upper}", "windowsVirtualKeyCode": ord(upper)}
        said = {"text": letter, "unmodifiedText": letter}
        self.wire.send("Input.dispatchKeyEvent", {"type": "rawKeyDown", **code})
        self.wire.send("Input.dispatchKeyEvent", {"type": "char", **said, **code})
        self.wire.send("Input.dispatchKeyEvent", {"type": "keyUp", **code})
        self.keys += 2
        self.thoughts += 1

    def type(self, words: str) -> None:
        """Type words where the focus is."""
        self.page.keyboard.type(words)
        self.keys += len(words)
        self.thoughts += 1

    def press(self, key: str) -> None:
        """Press one key."""
        self.page.keyboard.press(key)
        self.keys += 1

    @property
    def seconds(self) -> float:
        """Return how long a practised typist needs for what was done."""
        return self.keys * KEYSTROKE + self.thoughts * THINK


def call_of(made: SimpleNamespace) -> Call:
    """Return the latest call as it stands."""
    with within(made.acting):
        latest = queries.recent(made.acting).first()
        assert latest is not None
        return queries.whole(made.acting, id_=latest.pk).call


def test_a_frightened_caller_by_keyboard_alone(opens: Opens, made: SimpleNamespace) -> None:
    """Take the call, type what she whispers, be told that it is her fourth call and why, open the incident: in 90 s."""
    page = at_the_calls(opens, made)
    with nothing_in_the_console(page):
        hands = Keyboard(page)
        hands.alt("n")
        page.wait_for_url("**/calls/*-*")
        expect(page.locator("#number")).to_be_focused()
        hands.type("07700 900417")
        hands.alt("c")
        expect(page.locator("#caller")).to_be_focused()
        hands.type("Kez Machin")
        hands.alt("p")
        hands.type("27 Kilncroft Street, Burslem")
        matters = page.locator("#matters")
        expect(matters).to_contain_text("4th contact in 30 days, rising")
        expect(matters).to_contain_text("Dean Salt lives here: violent, carried a knife (2018)")
        expect(matters).to_contain_text("2 children in the house")
        expect(page.locator("#place")).to_be_focused()
        expect(page.locator("#place")).to_have_value("27 Kilncroft Street, Burslem")
        hands.alt("w")
        hands.type("Dom")
        expect(page.locator("#grade-part")).to_contain_text("Suggested: 1 Immediate")
        hands.alt("l")
        hands.type("Whispering. He is kicking off again")
        hands.press("Enter")
        hands.type("With Ellie and Jack, door does not lock")
        hands.press("Enter")
        expect(page.locator("#log-lines")).to_contain_text("door does not lock")
        expect(page.locator("#log-line")).to_be_focused()
        expect(page.locator("#log-line")).to_have_value("")
        card = page.locator(".ww-guess--first")
        expect(card).to_contain_text("Kerry-Ann Machin")
        expect(card).to_contain_text("Against")
        hands.alt("y")
        expect(page.locator("#h-who")).to_have_text("Who this is")
        expect(page.locator("#log-line")).to_be_focused()
        hands.alt("s")
        expect(page.locator("#go")).to_contain_text("Incident I-190701-")
    assert hands.seconds < 90, f"{hands.keys} keys and {hands.thoughts} decisions take {hands.seconds:.0f} s"
    one = call_of(made)
    assert (one.caller_person_id, one.place_id, one.part) == (made.kerry.pk, made.home.pk, "victim")
    with within(made.acting):
        assert one.incident_id is not None
        found = incidents.incident(made.acting, id_=one.incident_id)
        assert Grade(found.grade) is Grade.IMMEDIATE
        lines = CallLine.visible_to(made.acting).filter(call=one, automatic=False).order_by("at", "id")
        assert [line.words for line in lines] == [
            "Whispering. He is kicking off again", "With Ellie and Jack, door does not lock",
        ]  # fmt: skip


def test_the_same_without_any_script(opens: Opens, made: SimpleNamespace) -> None:
    """Enter saves and looks up, access keys work, Add adds: the page tells the same and nothing is lost on the way."""
    page = at_the_calls(opens, made, scripts=False)
    hands = Keyboard(page)
    hands.alt("n")
    page.wait_for_url("**/calls/*-*")
    hands.type("07700 900417")
    hands.alt("c")
    hands.type("Kez Machin")
    hands.alt("p")
    hands.type("27 Kilncroft Street, Burslem")
    with page.expect_navigation():
        hands.press("Enter")
    expect(page.locator("#matters")).to_contain_text("4th contact in 30 days, rising")
    expect(page.locator(".ww-guess--first")).to_contain_text("Kerry-Ann Machin")
    page.locator("#what").select_option("domestic-now")
    hands.alt("l")
    hands.type("He is on the stairs")
    with page.expect_navigation():
        hands.alt("y")
    expect(page.locator("#log-line")).to_have_value("He is on the stairs")
    expect(page.locator("#log-line")).to_be_focused()
    page.get_by_role("button", name="Add").click()
    expect(page.locator("#log-lines")).to_contain_text("He is on the stairs")
    with page.expect_navigation():
        hands.alt("s")
    expect(page.locator("#go")).to_contain_text("Incident I-190701-")
    assert call_of(made).caller_person_id == made.kerry.pk


def test_not_her_and_an_answer_while_typing(opens: Opens, made: SimpleNamespace) -> None:
    """X brings the next forward without leaving the box; a radio chosen by keyboard keeps its focus; typing goes on."""
    page = at_the_calls(opens, made)
    hands = Keyboard(page)
    hands.alt("n")
    page.wait_for_url("**/calls/*-*")
    hands.type("07700 900417")
    hands.press("Tab")
    hands.type("Machin")
    first = page.locator(".ww-guess--first .ww-guess__who")
    expect(first).to_contain_text("Machin")
    before = first.inner_text()
    hands.alt("x")
    expect(first).not_to_have_text(before)
    expect(page.locator("#caller")).to_be_focused()
    hands.alt("i")
    hands.press("Space")
    expect(page.locator("#idents")).to_contain_text("Asked 07:45")
    expect(page.locator("#repeat-victim-yes")).to_be_focused()
    expect(page.locator("#repeat-victim-yes")).to_be_checked()


def test_a_line_that_did_not_arrive_comes_back(opens: Opens, made: SimpleNamespace) -> None:
    """The network fails while a line is sent: its words stand in the box again, and are added once when sent anew."""
    page = at_the_calls(opens, made)
    hands = Keyboard(page)
    hands.alt("n")
    page.wait_for_url("**/calls/*-*")
    hands.alt("l")
    page.route("**/line", lambda route: route.abort())
    hands.type("He is outside")
    hands.press("Enter")
    expect(page.locator("#log-line")).to_have_value("He is outside")
    page.unroute("**/line")
    hands.press("Enter")
    expect(page.locator("#log-lines")).to_contain_text("He is outside")
    expect(page.locator("#log-line")).to_have_value("")
    with within(made.acting):
        assert CallLine.visible_to(made.acting).filter(call=call_of(made), automatic=False).count() == 1


@pytest.mark.parametrize("width", [320, 375, 1280])
def test_it_can_be_read_by_everybody(opens: Opens, made: SimpleNamespace, width: int) -> None:
    """Nothing wrong by WCAG 2.2 AA and no sideways scroll, for the busy call, a blank one and the list."""
    one = world.call(made.acting, number=world.NUMBER)
    world.typed(
        made.acting, one, caller="Kez Machin", place=world.ADDRESS, others="Dean Salt", what="domestic-now",
        draft="Shouting on the stairs",
    )  # fmt: skip
    blank = world.call(made.acting)
    page = at_the_calls(opens, made, width=width)
    with nothing_in_the_console(page):
        for path in ("/calls/", f"/calls/{one.pk}", f"/calls/{blank.pk}"):
            page.goto(path)
            assert_accessible(page)
            assert_fits(page, widths=(width,))


def test_what_is_answered_while_the_page_waits_is_kept(opens: Opens, made: SimpleNamespace) -> None:
    """An answer of the server that was asked for earlier puts its parts anew, and takes back nothing done since."""
    page = at_the_calls(opens, made)
    hands = Keyboard(page)
    hands.alt("n")
    page.wait_for_url("**/calls/*-*")
    page.locator("#what").select_option("domestic-now")
    expect(page.locator("#grade-part")).to_contain_text("Suggested: 1 Immediate")
    asked: list[Route] = []
    page.route("**/look", lambda route: asked.append(route))
    page.locator("#caller").fill("Kez Machin")
    while not asked:
        page.wait_for_timeout(50)
    page.locator("#mental-ill-health-yes").focus()
    for key in ("Space", "ArrowRight", "ArrowRight"):
        hands.press(key)
    page.locator("#grade-other summary").click()
    page.locator("#grade-reason").fill("She is")
    page.evaluate("document.querySelector('#idents').dataset.before = 'yes'")
    page.unroute("**/look")  # what was held back goes on
    expect(page.locator("#idents[data-before]")).to_have_count(0)
    expect(page.locator("#grade-reason")).to_be_visible()
    expect(page.locator("#grade-reason")).to_have_value("She is")
    expect(page.locator("#grade-reason")).to_be_focused()
    expect(page.locator("#mental-ill-health-unknown")).to_be_checked()
    expect(page.locator("#idents")).to_contain_text("Asked 07:45")
    expect(page.locator("#mental-ill-health-unknown")).to_be_checked()
    page.reload()
    expect(page.locator("#mental-ill-health-unknown")).to_be_checked()
