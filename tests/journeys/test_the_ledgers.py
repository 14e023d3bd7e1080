"""The ledgers in a browser: when they were counted, counted again on request, and opened to their rows."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
from playwright.sync_api import expect

from tests import factories
from tests.domains.signed_in import session_of
from tests.foundation import scene
from tests.journeys.conftest import Opens, looked_at
from tests.journeys.looks import assert_accessible, nothing_in_the_console
from watchward.foundation.access.context import within
from watchward.foundation.acting import Acting
from watchward.foundation.duties import commands
from watchward.foundation.duties.queries import ledgers as kept

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("first_of_july")]


@pytest.fixture
def sergeant(monkeypatch: pytest.MonkeyPatch) -> Iterator[Acting]:
    """A sergeant of a force so large that its ledgers are not counted at each look: one visit is owed."""
    monkeypatch.setattr(kept, "AT_ONCE", 0.0)
    acting = factories.officer("sergeant")
    with scene.visits_owed():
        with within(acting):
            scene.write_place(acting, line="1 Owed Street", owes=True)
        _count(factories.machinery(acting.at - timedelta(minutes=5)))
        yield acting


def _count(machinery: Acting) -> None:
    with within(machinery):
        commands.count_ledgers(machinery)


def test_from_a_number_to_its_rows(opens: Opens, sergeant: Acting) -> None:
    """The ledger says when it was counted; a press on what is open shows it, and one more the duty itself."""
    page = opens(session_of(sergeant))
    looked_at(page, "/my-work/ledgers", "ledgers")
    row = page.get_by_role("row", name="tests.visit")
    row.get_by_role("link", name="open: Was this place visited?").click()
    looked_at(page, page.url, "a-ledgers-rows")
    page.get_by_role("link", name="1 Owed Street").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Was this place visited?")


def test_counted_again_on_request(opens: Opens, sergeant: Acting) -> None:
    """Count again: the page says so, and shows the new count by itself once the worker has counted."""
    page = opens(session_of(sergeant))
    with nothing_in_the_console(page):
        page.goto("/my-work/ledgers")
        page.get_by_role("button", name="Count again").click()
        expect(page.get_by_role("status")).to_contain_text("being counted again")
        assert_accessible(page)
        _count(factories.machinery(sergeant.at + timedelta(seconds=1)))
        expect(page.get_by_role("status")).not_to_contain_text("being counted again")
        expect(page.get_by_role("status")).to_contain_text("07:45:01")
