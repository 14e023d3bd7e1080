"""An administrator signs in with a code and keeps the staff, by keyboard and without scripts, on a desk and a phone."""

from __future__ import annotations

from datetime import date

import pytest

from tests.factories import machinery, officer, team
from tests.foundation.coming_in import handed_out
from tests.journeys.conftest import Opens, looked_at, picture
from tests.journeys.looks import assert_accessible
from watchward.domains.organisation import commands as force
from watchward.foundation.access import commands
from watchward.foundation.access.context import within
from watchward.foundation.acting import Acting

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("first_of_july")]


def people() -> tuple[Acting, Acting]:
    """Make an administrator, and an officer who was disabled once and has roles and a team."""
    saltram = officer("administrator", name="Derek Saltram")
    officer("administrator", name="Imogen Kerr")
    room = team("Response, the city")
    dhillon = officer("response-officer", team=room, name="PC Jas Dhillon")
    for number in range(12):
        officer("call-handler", name=f"Call handler {number}")
    with within(machinery()) as acting:
        force.post_officer(
            acting, account=dhillon.account, collar_number="4471", rank="Constable", since=date(2019, 4, 1)
        )
        commands.give_role(acting, account=dhillon.account, role="investigator", since=date(2018, 9, 1))
        commands.end_role(acting, account=dhillon.account, role="investigator", until=date(2019, 2, 1))
    with within(saltram):
        commands.disable_account(saltram, account=dhillon.account, reason="Suspended pending an inquiry")
        commands.enable_account(saltram, account=dhillon.account, reason="Nothing was found")
    return saltram, dhillon


def test_staff_are_kept_without_scripts(opens: Opens) -> None:
    """In with a code, find somebody, give them a role, disable them: forms and buttons alone."""
    saltram, dhillon = people()
    page = opens(scripts=False)
    page.goto("/sign-in/code")
    page.get_by_label("Code", exact=True).fill("no such code")
    page.get_by_role("button", name="Sign in").press("Enter")
    assert "mistyped, used or over" in page.inner_text("main")
    page.get_by_label("Code", exact=True).fill(handed_out(saltram.account))
    page.get_by_role("button", name="Sign in").press("Enter")
    page.goto("/force/")
    page.get_by_role("link", name="Staff", exact=True).click()
    page.get_by_label("Name or user name").fill("jas")
    page.get_by_role("button", name="Find").press("Enter")
    assert page.url.endswith("/force/staff")
    page.get_by_role("link", name="PC Jas Dhillon").click()
    page.get_by_text("Give a role").click()
    page.get_by_label("Role", exact=True).select_option(label="Sergeant")
    page.get_by_role("button", name="Give the role").press("Enter")
    assert "The role is given." in page.inner_text("body")
    page.locator("tr", has_text="Response officer").get_by_role("button").press("Enter")
    assert "The role has ended." in page.inner_text("body")
    page.get_by_text("Disable, say why").click()
    page.get_by_role("button", name="Disable").press("Enter")
    assert "Why: not filled in" in page.inner_text("main")
    page.get_by_label("Why", exact=True).fill("Left the force")
    page.get_by_role("button", name="Disable").press("Enter")
    assert "They may not sign in." in page.inner_text("body")
    assert page.get_by_text("Let them sign in again, say why").is_visible()
    assert str(dhillon.account) in page.url


def test_every_page_can_be_used_by_everybody(opens: Opens) -> None:
    """List, person, oneself, the code, and a form with mistakes: nothing for axe, no sideways scroll."""
    saltram, dhillon = people()
    page = opens()
    looked_at(page, "/sign-in/code", "code")
    page.goto("/sign-in/code")
    page.get_by_label("Code", exact=True).fill(handed_out(saltram.account))
    page.get_by_role("button", name="Sign in").click()
    looked_at(page, "/force/staff", "staff")
    looked_at(page, f"/force/staff/{dhillon.account}", "member", unfolded=True)
    looked_at(page, f"/force/staff/{saltram.account}", "oneself")
    looked_at(page, "/force/staff/open", "somebody-new")
    looked_at(page, "/force/teams/form", "form-a-team")
    page.goto(f"/force/staff/{dhillon.account}")
    page.get_by_text("Give a role").click()
    page.get_by_role("button", name="Give the role").click()
    assert "Role: not filled in" in page.inner_text("main")
    assert_accessible(page)
    picture(page, "member-wrong")
