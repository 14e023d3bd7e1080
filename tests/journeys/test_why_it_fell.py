"""A force incident manager sees what fell, whose it is, and says why: in a real browser, without scripts."""

from __future__ import annotations

from typing import Any

import pytest

from tests import factories
from tests.domains.signed_in import key_of, signed_in
from tests.journeys.conftest import Opens
from tests.journeys.looks import assert_accessible, assert_fits, nothing_in_the_console
from tests.oversight.test_performance import two_years
from watchward.foundation.access import commands as access
from watchward.foundation.access.context import within
from watchward.oversight.performance import commands

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("first_of_july")]


def test_from_the_dashboard_to_an_explanation(opens: Opens, settings: Any) -> None:
    """The tile says what got worse; its page shows it month by month and by area; its owner says why, and it stays."""
    machinery = factories.machinery()
    with within(machinery):
        team = access.form_team(machinery, key="force-incident-manager", name="Managers", since=factories.START)
    client, who = signed_in(settings, "force-incident-manager", team=team, supervises=True)
    two_years(who, falls=True)
    with within(machinery):
        assert commands.notice(machinery) >= 1
    page = opens(key_of(client), scripts=False)
    with nothing_in_the_console(page):
        page.goto("/oversight/performance/")
        page.get_by_role("link", name="Emergencies attended in time").click()
        assert page.get_by_text("An explanation is owed by 15 July 2019.").is_visible()
        assert page.get_by_role("img").count() == 1  # the other drawing is for a phone
        page.get_by_role("link", name="South", exact=True).click()
        assert page.get_by_text("Area: South").is_visible()
        page.go_back()
        page.get_by_role("link", name="Lower since January 2019").click()
        page.get_by_label("Why it moved").fill("Two crews were moved to the south in January")
        page.get_by_label("What is done about it").fill("They come back in August")
        page.get_by_role("button", name="Record it").click()
        assert page.get_by_text("Two crews were moved to the south").is_visible()


def test_every_page_of_it_is_for_everybody(opens: Opens, settings: Any) -> None:
    """Nothing that axe finds wrong at a desk and on a phone, and no sideways scroll down to 320 px."""
    client, who = signed_in(settings, "administrator", team=factories.team())
    two_years(who, falls=True)
    machinery = factories.machinery()
    with within(machinery):
        commands.notice(machinery)
    page = opens(key_of(client))
    key = "incidents.emergencies-in-time"
    with nothing_in_the_console(page):
        for path in ("", "measures", f"measures/{key}", "measures/incidents.emergency-minutes?by=also",
                     f"measures/{key}/keep", "figures"):  # fmt: skip
            page.goto(f"/oversight/performance/{path}")
            assert_accessible(page)
            assert_fits(page, widths=(320, 375, 801, 1180, 1280))
            page.set_viewport_size({"width": 375, "height": 900})
            assert_accessible(page)
            page.set_viewport_size({"width": 1280, "height": 900})
