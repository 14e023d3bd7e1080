"""What every page must look like to everybody: no sideways scroll at any width, and nothing that axe finds wrong."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from django.db import connections
from playwright.sync_api import Browser, BrowserType, ConsoleMessage, Error, Page, Request, sync_playwright

ROOT = Path(__file__).resolve().parent.parent.parent
WIDTHS = (320, 375, 640, 801, 1024, 1180, 1280, 1920)
RULES = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")
FLAGS = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
)  # fmt: skip


def chromium(kind: BrowserType, *, executable: str = "/usr/bin/chromium", more: Sequence[str] = ()) -> Browser:
    """Start Debian's Chromium without a window, with more flags where a page needs them."""
    return kind.launch(executable_path=executable, headless=True, args=[*FLAGS, *more])


@contextmanager
def browsing() -> Iterator[Browser]:
    """Start Chromium for as long as this lasts, beside the use of the database in the same thread.

    Playwright keeps a loop running in this thread, and Django keeps the connections of a running loop apart from the
    thread's own. Either would stay open out of sight of what closes the other, on a database that is dropped meanwhile.
    """
    connections.close_all()
    with pytest.MonkeyPatch.context() as patch, sync_playwright() as playwright:
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
        started = chromium(playwright.chromium)
        yield started
        started.close()
        connections.close_all()


@cache
def _axe() -> str:
    return (ROOT / "node_modules" / "axe-core" / "axe.min.js").read_text(encoding="utf-8")


_LOOK = """async (rules) => {
  const bars = [...document.querySelectorAll('.ww-status, .ww-keys')]
  for (const bar of bars) bar.style.position = 'static'
  try {
    return await window.axe.run(document, {runOnly: {type: 'tag', values: rules}, resultTypes: ['violations']})
  } finally {
    for (const bar of bars) bar.style.position = ''
  }
}"""


def violations(page: Page, *, rules: Sequence[str] = RULES) -> list[str]:
    """Return what axe finds wrong, one line for each element.

    The source is evaluated rather than added as a script: the strict content policy stays in force while it runs. The
    two bars that stay in sight stand in their own places meanwhile: over the page they lie at each turn of the wheel
    beside something else, and a test would find by chance what a person scrolls away from.
    """
    if not page.evaluate("() => typeof window.axe === 'object'"):
        page.evaluate(_axe())
    found: Mapping[str, Any] = page.evaluate(_LOOK, list(rules))
    return [
        f"{each['id']}: {each['help']}: {node['html'][:160]}: {node.get('failureSummary', '')[:200]}"
        for each in found["violations"]
        for node in each["nodes"]
    ]


def assert_accessible(page: Page) -> None:
    """Fail with everything that axe finds wrong by WCAG 2.2 AA on this page at its present width."""
    wrong = violations(page)
    assert not wrong, f"{page.url} at {page.viewport_size}:\n" + "\n".join(wrong)


_TOO_WIDE = """() => {
  const edge = document.documentElement.clientWidth
  if (document.documentElement.scrollWidth <= edge) return []
  return [...document.querySelectorAll('body *')]
    .filter((item) => item.getBoundingClientRect().right > edge + 0.5
      && !item.closest('.ww-scroll, .govuk-visually-hidden'))
    .slice(0, 5)
    .map((item) => `${item.outerHTML.slice(0, 120)} ends at ${Math.round(item.getBoundingClientRect().right)}`)
    .concat([`scrolls ${document.documentElement.scrollWidth} in ${edge}`])
}"""


def assert_fits(page: Page, *, widths: Sequence[int] = WIDTHS) -> None:
    """Fail when the page scrolls sideways at any of these widths, and name what sticks out. Puts the width back."""
    before = page.viewport_size
    wrong: list[str] = []
    for width in widths:
        page.set_viewport_size({"width": width, "height": 900})
        wrong += [f"{width}: {each}" for each in page.evaluate(_TOO_WIDE)]
    if before is not None:
        page.set_viewport_size(before)
    assert not wrong, f"{page.url}:\n" + "\n".join(wrong)


class Visit:
    """What pages say while they are looked at, without what htmx always says of a request that a page gave up itself.

    A page that asks anew before it was answered gives the older request up (`hx-sync`), and htmx says two things of
    each. So many are expected and not one more: the browser has given the request up, and the same page has sent a
    newer one for the same part of it. A page that is left says nothing of the requests that go with it.
    """

    OF_GIVING_UP = ("htmx:afterRequest", "htmx:sendAbort")

    def __init__(self, page: Page) -> None:
        self._page = page
        self._said: list[str] = []
        self._sent: list[Request] = []  # by the page that is there now
        self._replaced: list[tuple[Request, list[Request]]] = []  # given up, with what that page had sent and sends
        page.on("console", self._hear)
        page.on("pageerror", lambda error: self._said.append(str(error)))
        page.on("request", self._begins)
        page.on("requestfailed", self._fails)

    def _hear(self, message: ConsoleMessage) -> None:
        drawn_slowly = "GL Driver Message" in message.text  # a map, on a machine without a graphics card
        if message.type in ("error", "warning") and not drawn_slowly:
            self._said.append(message.text)

    def _begins(self, request: Request) -> None:
        if request.is_navigation_request() and request.frame == self._page.main_frame:
            self._sent = []
        elif request.resource_type in ("xhr", "fetch"):
            self._sent.append(request)

    def _fails(self, request: Request) -> None:
        if request.failure == "net::ERR_ABORTED" and request in self._sent:
            self._replaced.append((request, self._sent))

    def faults(self) -> list[str]:
        """Return what was said and is somebody's fault."""
        with suppress(Error):  # what has been said is on its way here until the page answers something
            self._page.evaluate("() => 0")
        found = list(self._said)
        for words in self.OF_GIVING_UP * sum(_has_a_newer(request, sent) for request, sent in self._replaced):
            expected = next((said for said in found if said.partition(",")[0] == words), None)
            if expected is not None:
                found.remove(expected)
        return found


def _has_a_newer(request: Request, sent: Sequence[Request]) -> bool:
    """Return whether a page sent another request for the same part of it afterwards."""
    part = request.headers.get("hx-target")
    return any(later.headers.get("hx-target") == part for later in sent[sent.index(request) + 1 :])


@contextmanager
def nothing_in_the_console(page: Page) -> Iterator[None]:
    """Fail when the page writes an error, breaks the content policy, or throws while this lasts."""
    visit = Visit(page)
    yield
    said = visit.faults()
    assert not said, f"{page.url} said:\n" + "\n".join(said)
