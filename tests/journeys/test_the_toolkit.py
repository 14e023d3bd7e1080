"""The toolkit in a browser: a place of every page's menu, fit to read on a desk and on a telephone, and read."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.domains.signed_in import key_of, signed_in
from tests.factories import START, team
from tests.foundation.test_guidance import begun, published
from tests.journeys.conftest import Opens, looked_at
from watchward.demo.toolkit import CHILD_IN_HOME
from watchward.domains.partners import commands as partners
from watchward.foundation.access.context import within

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("first_of_july")]


@pytest.mark.report("VUL-11", by="foundation.guidance.commands.mark_read")
def test_from_any_page_to_what_is_to_be_read(opens: Opens, settings: Any) -> None:
    """Its place in the menu, a word of it, the guidance, and the button that says that it was read."""
    response = team("Response A")
    _lead, writes = signed_in(settings, "guidance-lead", team=team("Public protection"))
    client, _reads = signed_in(settings, "response-officer", team=response)
    said = {"title": CHILD_IN_HOME.title, "text": CHILD_IN_HOME.text, "lead": CHILD_IN_HOME.lead}
    published(writes, begun(writes, **said), teams=[response.number])
    published(writes, begun(writes, "look-twice", kind="campaign", title="Look twice", lead="", topics=[], groups=[]))
    with within(writes):
        agency = partners.add_agency(writes, name="County children's services", kind="Health", since=START)
        partners.add_route(
            writes, agency=agency.pk, kind="Telephone", words="Duty desk", to="01632 960187", since=START,
            round_the_clock=True,
        )  # fmt: skip
        partners.add_service(
            writes, agency=agency.pk, name="Front door", needs=["A child at risk"], how="Form at once, ring when late",
            since=START, groups=["children", "young-people"], check_on=date(2019, 12, 2),
        )  # fmt: skip
    page = opens(key_of(client))
    page.goto("/my-work/")
    page.locator("a[accesskey=k]").click()
    expect(page.get_by_role("heading", name="Toolkit", level=1)).to_be_visible()
    page.get_by_label("Words of it").fill("standing awake")
    page.get_by_label("Words of it").press("Enter")
    expect(page.get_by_role("link", name="Look twice")).to_have_count(0)
    page.get_by_role("link", name=CHILD_IN_HOME.title).last.click()
    expect(page.get_by_role("heading", name=CHILD_IN_HOME.title)).to_be_visible()
    looked_at(page, "/toolkit/", "toolkit")
    looked_at(page, "/toolkit/guidance/child-in-home", "guidance")
    page.get_by_role("button", name="I have read this").click()
    expect(page.get_by_text("It is recorded that you have read this.")).to_be_visible()
