"""The map in a real browser: by keyboard and without scripts, at every width, and moving for whoever asks."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser

from tests.domains.signed_in import key_of, signed_in
from tests.factories import machinery
from tests.journeys.conftest import Opens, looked_at
from tests.journeys.looks import assert_accessible, assert_fits, chromium, nothing_in_the_console
from tests.oversight.open_data import files
from tests.oversight.open_data.files import areas, load

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("first_of_july")]

DRAWN_IN_SOFTWARE = ("--use-angle=swiftshader", "--enable-unsafe-swiftshader", "--ignore-gpu-blocklist")
SECONDS = 60_000


@pytest.fixture
def browser(browser: Browser) -> Iterator[Browser]:
    """Chromium that draws moving maps without a graphics card."""
    started = chromium(browser.browser_type, more=DRAWN_IN_SOFTWARE)
    yield started
    started.close()


def test_an_analyst_reads_the_map_without_scripts_and_then_moves_it(opens: Opens, settings: Any) -> None:
    """Narrowed down by keyboard alone; nothing wrong by WCAG 2.2 AA; the moving map keeps the strict policy."""
    acting = machinery()
    areas(acting, files.LSOAS)
    for file in files.MONTHS:
        load(acting, file)
    client, _who = signed_in(settings, "call-handler")
    here = "/oversight/crime-map/"
    plain = opens(key_of(client), scripts=False)
    plain.goto(here)
    assert plain.get_by_role("button", name="Zoom and move this map").count() == 0
    plain.get_by_label("Crime", exact=True).focus()
    plain.keyboard.type("Viol")
    plain.get_by_label("District").focus()
    plain.keyboard.type("Cann")
    plain.keyboard.press("Tab")
    plain.keyboard.press("Tab")
    plain.keyboard.press("Enter")
    plain.wait_for_url("**district=E07000192*")
    assert plain.get_by_role("heading", name="Violence and sexual offences in Cannock Chase").is_visible()
    assert plain.get_by_role("img", name="Map of the 60 small areas of Cannock Chase").is_visible()
    page = opens(key_of(client))
    district = f"{here}?district=E07000192"
    for name, path in (
        ("map", here), ("map-of-a-district", district), ("map-by-harm", f"{here}?by=harm"),
        ("map-with-all", f"{here}?all=yes&district=E07000192"), ("offences", "/offences/"),
    ):  # fmt: skip
        looked_at(page, path, name)
    with nothing_in_the_console(page):
        page.goto(district)
        page.get_by_role("button", name="Zoom and move this map").focus()
        page.keyboard.press("Enter")
        page.wait_for_selector("[data-ready]", timeout=SECONDS)
        assert page.locator(".ww-map__figure > svg.ww-map").is_hidden()
        assert page.locator("canvas").is_visible()
        assert sorted(page.locator(".ww-map__number--here").all_text_contents()) == [str(n) for n in range(1, 9)]
        page.locator("canvas").hover()
        page.wait_for_function(
            "() => /: ([0-9,]+|fewer than 5)$/.test(document.querySelector('.ww-map__says').textContent)"
        )
        assert_accessible(page)
        assert_fits(page, widths=(320, 1280))
        page.get_by_role("button", name="Back to the still map").click()
        page.wait_for_selector(".ww-map__figure > svg.ww-map")
        assert page.locator("table").first.is_visible()
