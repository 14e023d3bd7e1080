"""What every journey needs: a real browser, the force's own pages served to it, and somebody signed in at them.

Browser and server start once for each process that runs journeys, and last as long as its journeys do. The server asks
the settings for its database at each request: a journey's own copy of one is served by it as well.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import cast
from unittest.mock import patch

import pytest
from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
from django.test.testcases import LiveServerThread
from playwright.sync_api import Browser, Page, expect

from tests.demo.conftest import demonstration
from tests.factories import NOW
from tests.journeys.looks import assert_accessible, assert_fits, browsing, nothing_in_the_console
from tests.journeys.walking import Clock
from watchward.foundation import acting

__all__ = ["demonstration"]

PICTURES = os.environ.get("WATCHWARD_TEST_PICTURES", "")

Opens = Callable[..., Page]
"""Opens a page: `opens(session, scripts=True, width=1280)`; without a session, of somebody not signed in."""


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    """Debian's Chromium, patient with a machine that is doing much else."""
    expect.set_options(timeout=30_000)
    with browsing() as started:
        yield started
    expect.set_options(timeout=5_000)


@pytest.fixture(scope="package")
def server(django_db_setup: None) -> Iterator[str]:
    """Serve the pages, and their files as the force serves them; the address."""
    thread = LiveServerThread("localhost", cast(type[WSGIHandler], lambda application: application))
    thread.daemon = True
    thread.start()
    thread.is_ready.wait()
    if thread.error:
        raise thread.error
    yield f"http://localhost:{thread.port}"
    thread.terminate()


@pytest.fixture(scope="module")
def clock(demonstration: None) -> Iterator[Clock]:
    """The demonstration in use for one module, its clock at 07:45 on 1 July 2019 and moved by hand."""
    ticking = Clock()
    with patch.object(acting, "_offset", ticking), patch.object(settings, "DEMO", True):
        yield ticking


@pytest.fixture
def opens(browser: Browser, server: str) -> Iterator[Opens]:
    """Open pages of people who are signed in, each in a browser of their own; all are closed after the test."""
    contexts = []

    def page_of(session: str = "", *, scripts: bool = True, width: int = 1280) -> Page:
        context = browser.new_context(
            viewport={"width": width, "height": 900}, java_script_enabled=scripts, base_url=server
        )
        contexts.append(context)
        if session:
            context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": server}])
        return context.new_page()

    yield page_of
    for context in contexts:
        context.close()


@pytest.fixture
def page(opens: Opens) -> Iterator[Page]:
    """A browser of somebody who has not signed in; nothing may be said in its console."""
    opened = opens()
    with nothing_in_the_console(opened):
        yield opened


@pytest.fixture
def first_of_july(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is Monday 1 July 2019, 07:45 for whoever asks for a page."""
    monkeypatch.setattr("watchward.foundation.access.middleware.now", lambda: NOW)


def picture(page: Page, name: str) -> None:
    """Keep a picture at two widths for whoever asked for pictures."""
    if PICTURES:
        before = page.viewport_size
        for width in (1280, 375):
            page.set_viewport_size({"width": width, "height": 900})
            page.screenshot(path=Path(PICTURES) / f"{name}-{width}.png", full_page=True, caret="initial")
        if before is not None:
            page.set_viewport_size(before)


def looked_at(page: Page, path: str, name: str, *, unfolded: bool = False) -> None:
    """Go to a page and fail with everything that is wrong with it for somebody; unfolded, with all that is folded."""
    with nothing_in_the_console(page):
        page.goto(path)
        if unfolded:
            page.evaluate("() => document.querySelectorAll('details').forEach(one => one.open = true)")
        assert_accessible(page)
        assert_fits(page, widths=(320, 375, 801, 1280))
        page.set_viewport_size({"width": 320, "height": 900})
        assert_accessible(page)
        page.set_viewport_size({"width": 1280, "height": 900})
    picture(page, name)
