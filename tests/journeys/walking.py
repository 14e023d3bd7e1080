"""Walking through the demonstration: its clock, its people at the keyboard, its worker."""

from __future__ import annotations

import re
from datetime import timedelta

from playwright.sync_api import Locator, Page

from watchward.demo.calendar import START, moment
from watchward.domains.incidents import commands as incidents
from watchward.foundation import acting
from watchward.foundation.access.context import within
from watchward.foundation.access.queries import machinery
from watchward.foundation.duties import commands as duties


class Clock:
    """The force's clock for the pages, moved by hand."""

    def __init__(self) -> None:
        self.seconds = (moment(START) - acting.real_now()).total_seconds()

    def read(self) -> float:
        """Return how far the force's time stands from true time."""
        return self.seconds

    def goes_on(self, **by: float) -> None:
        """Let time pass."""
        self.seconds += timedelta(**by).total_seconds()


def tab_to(page: Page, wanted: Locator, *, at_most: int = 150) -> None:
    """Go to something by the Tab key alone."""
    for _ in range(at_most):
        if wanted.evaluate("item => item === document.activeElement"):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"{wanted} is not reached by Tab")


def enter(page: Page) -> None:
    """Press Enter on what has the focus, and wait for the page that it leads to."""
    with page.expect_navigation():
        page.keyboard.press("Enter")


def sign_in(page: Page, name: str) -> None:
    """Sign in as one of the invented people, by keyboard; whoever was signed in before is signed out by it."""
    page.goto("/sign-in")
    tab_to(page, page.get_by_role("button", name=re.compile(name)))
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: "/sign-in" not in url)


def worker_runs() -> None:
    """Do what the worker does every few seconds."""
    now = acting.now()
    with within(machinery(now, "marking incidents whose target has passed")) as machine:
        incidents.watch(machine)
    with within(machinery(now, "sending up what is late")) as machine:
        duties.escalate(machine)
