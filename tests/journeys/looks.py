"""What every page must look like to everybody: no sideways scroll at any width, and nothing that axe finds wrong."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from django.db import connections
from playwright.sync_api import Browser, Page, Playwright, sync_playwright

ROOT = Path(__file__).resolve().parent.parent.parent
WIDTHS = (320, 375, 640, 801, 1024, 1180, 1280, 1920)
RULES = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")
FLAGS = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
)  # fmt: skip


def chromium(playwright: Playwright, *, executable: str = "/usr/bin/chromium") -> Browser:
    """Start Debian's Chromium without a window."""
    return playwright.chromium.launch(executable_path=executable, headless=True, args=list(FLAGS))


@contextmanager
def browsing() -> Iterator[Browser]:
    """Start Chromium for as long as this lasts, beside the use of the database in the same thread.

    Playwright keeps a loop running in this thread, and Django keeps the connections of a running loop apart from the
    thread's own. Either would stay open out of sight of what closes the other, on a database that is dropped meanwhile.
    """
    connections.close_all()
    with pytest.MonkeyPatch.context() as patch, sync_playwright() as playwright:
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
        started = chromium(playwright)
        yield started
        started.close()
        connections.close_all()


@cache
def _axe() -> str:
    return (ROOT / "node_modules" / "axe-core" / "axe.min.js").read_text(encoding="utf-8")


def violations(page: Page, *, rules: Sequence[str] = RULES) -> list[str]:
    """Return what axe finds wrong, one line for each element.

    The source is evaluated rather than added as a script: the strict content policy stays in force while it runs.
    """
    if not page.evaluate("() => typeof window.axe === 'object'"):
        page.evaluate(_axe())
    found: Mapping[str, Any] = page.evaluate(
        "(rules) => window.axe.run(document, {runOnly: {type: 'tag', values: rules}, resultTypes: ['violations']})",
        list(rules),
    )
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


@contextmanager
def nothing_in_the_console(page: Page) -> Iterator[None]:
    """Fail when the page writes an error, breaks the content policy, or throws while this lasts."""
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text) if message.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: said.append(str(error)))
    yield
    # A page that is left while a request is on its way lets it go, and htmx says so: no fault of the page.
    let_go = any(words.startswith("htmx:sendAbort") for words in said)
    said = [words for words in said if not (let_go and words.startswith(("htmx:sendAbort", "htmx:afterRequest")))]
    assert not said, f"{page.url} said:\n" + "\n".join(said)
