"""Every part and every frame page, in a real browser, under the strict content policy."""

from __future__ import annotations

import gzip
import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from tests.foundation.ui_gallery.pages import pages
from tests.foundation.ui_gallery.serve import Gallery, serving
from tests.journeys.looks import ROOT, assert_accessible, assert_fits, browsing, nothing_in_the_console

pytestmark = pytest.mark.journey
ASSETS = ROOT / "build" / "assets"
PAGES = pages()


@pytest.fixture(scope="module")
def gallery() -> Iterator[Gallery]:
    assert (ASSETS / "app.css").exists(), "The assets are built before the tests: npm run build"
    with serving(PAGES, ASSETS) as served:
        yield served


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with browsing() as started:
        yield started


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("name", PAGES)
def test_everybody_can_use_it(page: Page, gallery: Gallery, name: str) -> None:
    """Each page is free of axe violations wide and narrow, never scrolls sideways, and keeps the content policy."""
    with nothing_in_the_console(page):
        page.goto(f"{gallery.address}/{name}")
        assert_accessible(page)
        page.set_viewport_size({"width": 375, "height": 812})
        assert_accessible(page)
        assert_fits(page)


def test_the_briefing_is_light_enough_for_bad_signal() -> None:
    """Its page and its one style sheet come to less than 60 KB as they are sent, and it asks for no script."""
    page = PAGES["briefing"]
    sent = len(gzip.compress(page.encode(), 9)) + len(gzip.compress((ASSETS / "app.css").read_bytes(), 9))
    assert sent < 60_000, sent
    assert "<script" not in page
    assert page.count('rel="stylesheet"') == 1


def test_nothing_that_is_built_carries_branding() -> None:
    """No crest, crown or typeface of GOV.UK leaves this building, nor an address outside it."""
    for file in ASSETS.rglob("*"):
        if file.suffix in (".css", ".js", ".svg"):
            text = file.read_text(encoding="utf-8").lower()
            assert "gds transport" not in text, file
            assert "@font-face" not in text, file
            assert not re.search(r"url\(['\"]?https?:", text), file
        assert not re.search("crest|crown|opengraph", file.name), file


@pytest.mark.parametrize("width", [1024, 1280])
def test_focus_is_never_hidden(page: Page, gallery: Gallery, width: int) -> None:
    """Going through the whole contact page by Tab, what has the focus is never under the status line or the strip."""
    page.set_viewport_size({"width": width, "height": 768})
    page.goto(f"{gallery.address}/contact")
    hidden = """async () => {
      // the browser scrolls what has the focus into sight with its next picture
      await new Promise((then) => requestAnimationFrame(() => requestAnimationFrame(then)))
      const item = document.activeElement
      if (item === document.body) return 'end'
      const box = item.getBoundingClientRect()
      const inside = Math.min(box.width, box.height, 20) / 2
      for (const down of [box.top + inside, box.bottom - inside]) {
        const top = document.elementFromPoint(box.left + inside, down)
        const over = top && top.closest('.ww-keys, .ww-status')
        if (over && !over.contains(item)) return item.outerHTML.slice(0, 120)
      }
      return ''
    }"""
    seen = 0
    for _ in range(120):
        page.keyboard.press("Tab")
        said = page.evaluate(hidden)
        if said == "end":
            break
        assert said == "", said
        seen += 1
    assert seen > 40


def test_without_scripts_it_looks_the_same(browser: Browser, gallery: Gallery) -> None:
    """With scripts off, the contact page keeps its height to the pixel and its access keys."""
    heights = []
    for scripts in (True, False):
        context = browser.new_context(viewport={"width": 1280, "height": 900}, java_script_enabled=scripts)
        page = context.new_page()
        page.goto(f"{gallery.address}/contact")
        heights.append(page.locator("main").bounding_box())
        assert page.locator("[accesskey]").count() >= 12
        context.close()
    assert heights[0] == heights[1]


def test_walk_the_list_by_letters(page: Page, gallery: Gallery) -> None:
    """J and K move through what is owed, R does it, and no letter acts while something is being typed."""
    page.goto(f"{gallery.address}/my-work")
    asks = page.locator(".ww-duty__ask")
    page.keyboard.press("j")
    assert asks.nth(0).evaluate("(link) => link === document.activeElement")
    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("k")
    assert asks.nth(1).evaluate("(link) => link === document.activeElement")
    assert page.locator(".ww-duty[aria-current]").count() == 1
    page.keyboard.press("/")
    page.keyboard.type("jkr")
    assert page.locator("#find").input_value() == "jkr"
    assert gallery.posted == []
    asks.nth(1).focus()
    with page.expect_navigation():
        page.keyboard.press("r")
    assert gallery.posted[-1] == ("/duties", "do=do")
    gallery.posted.clear()


def test_a_click_on_another_row_is_not_lost(page: Page, gallery: Gallery) -> None:
    """The row under the mouse does not move while its button is pressed."""
    page.goto(f"{gallery.address}/my-work")
    with page.expect_navigation():
        page.locator(".ww-duty").nth(2).get_by_role("button").first.click()
    assert gallery.posted[-1] == ("/duties", "do=do")
    gallery.posted.clear()


def test_words_typed_are_saved_by_themselves(page: Page, gallery: Gallery) -> None:
    """A changed form is saved within five seconds, says when, and says so when it cannot be saved."""
    page.goto(f"{gallery.address}/contact")
    said = page.locator("[data-saved]")
    page.locator("#caller").fill("Kez M")
    page.wait_for_function(
        "() => document.querySelector('[data-saved]').textContent === 'Saved 07:45:05'", timeout=9000
    )
    path, body = gallery.posted[-1]
    assert path == "/save"
    assert "Kez M" in body
    gallery.saving = 500
    page.locator("#caller").fill("Kez Machin")
    page.wait_for_function(
        "() => document.querySelector('[data-saved]').textContent.startsWith('Not saved')", timeout=9000
    )
    assert said.inner_text() == "Not saved since 07:45:05. Your words stay here and are sent again"
    gallery.saving = 200
    page.wait_for_function(
        "() => document.querySelector('[data-saved]').textContent === 'Saved 07:45:05'", timeout=9000
    )
    gallery.posted.clear()


def test_enter_adds_the_line_and_shift_enter_breaks_it(page: Page, gallery: Gallery) -> None:
    """The log is written without a mouse."""
    page.goto(f"{gallery.address}/contact")
    page.locator("#log-line").fill("He is")
    page.keyboard.press("Shift+Enter")
    page.keyboard.type("outside")
    assert page.locator("#log-line").input_value() == "He is\noutside"
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert "line=He+is%0D%0Aoutside" in gallery.posted[-1][1]
    gallery.posted.clear()


def test_the_time_on_the_line_runs(page: Page, gallery: Gallery) -> None:
    """The clock of a call counts on from what the server said, on the force's clock and not on this machine's."""
    page.goto(f"{gallery.address}/contact")
    clock = page.locator("[data-since]")
    assert clock.inner_text().startswith("1 min 4")
    before = clock.inner_text()
    page.wait_for_function(
        "(old) => document.querySelector('[data-since]').textContent !== old", arg=before, timeout=3000
    )


def test_a_part_of_a_page_is_replaced(page: Page, gallery: Gallery) -> None:
    """A link that replaces a part keeps to the content policy."""
    page.goto(f"{gallery.address}/told")
    with nothing_in_the_console(page):
        page.get_by_role("link", name="Show them").click()
        page.locator("#part h1").wait_for()
    assert page.url.endswith("/told")
    assert page.locator("#part").inner_text() == "Not found"


def test_the_board_can_be_held_still(page: Page, gallery: Gallery) -> None:
    """Pause stops the board, says when it stopped, and goes on again."""
    page.goto(f"{gallery.address}/board")
    page.get_by_role("button", name="Pause").click()
    assert page.locator("[data-board-says]").inner_text().startswith("Paused at 07:45:")
    page.get_by_role("button", name="Go on").click()
    page.wait_for_function("() => document.querySelector('[data-board-says]').textContent.startsWith('As at')")
