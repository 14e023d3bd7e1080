"""A sergeant marks a house, an administrator keeps the force and its partners, in a real browser."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from tests.domains.signed_in import key_of, signed_in
from tests.factories import START, officer, team
from tests.journeys.conftest import Opens, looked_at
from watchward.domains.organisation import commands as organisation
from watchward.domains.partners import commands as partners
from watchward.domains.places import commands, queries
from watchward.foundation.access.context import within

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("first_of_july")]


def test_a_sergeant_marks_a_house_without_scripts(opens: Opens, settings: Any) -> None:
    """By keyboard and forms alone: the refusal keeps what was typed, then the marker stands with its review."""
    response = team("Response A")
    client, who = signed_in(settings, "sergeant", team=response, supervises=True)
    with within(who):
        place = commands.record_place(
            who, line="27 Kilncroft Street", locality="Burslem", town="Stoke-on-Trent", postcode="ST6 3AA"
        )
        commands.mark_place(
            who, place=place.pk, kind="dangerous-dog", words="Large dog loose in the yard", source="Crew of 28 June",
            grounds="Bit a postal worker on 20 June", review_on=date(2019, 12, 1),
        )  # fmt: skip
    page = opens(key_of(client), scripts=False)
    page.goto(f"/places/{place.pk}")
    page.get_by_role("link", name="Mark this place").click()
    page.get_by_label("What must be known").fill("Calls from here are urgent")
    page.get_by_role("button", name="Put it up").click()
    assert page.get_by_role("alert").is_visible()
    assert page.get_by_label("What must be known").input_value() == "Calls from here are urgent"
    page.get_by_label("What", exact=True).select_option("treat-as-urgent")
    page.get_by_label("Grounds").fill("Assaulted here three times since May")
    page.get_by_label("From").fill("Harm reduction hub")
    for part, typed in (("Day", "12"), ("Month", "9"), ("Year", "2019")):
        page.get_by_role("group", name="Look again on").get_by_label(part).fill(typed)
    page.get_by_role("button", name="Put it up").click()
    assert page.get_by_text("Calls from here are urgent").is_visible()
    scripted = opens(key_of(client))
    looked_at(scripted, f"/places/{place.pk}", "place")
    looked_at(scripted, f"/places/{place.pk}/mark", "mark")
    with within(who):
        marker = queries.MARKERS.standing(who, about=place.pk)[0]
    looked_at(scripted, f"/places/markers/{marker.pk}", "review")


def test_the_force_and_its_partners_are_fit_to_read(opens: Opens, settings: Any) -> None:
    """Every page of the force and of the directory at four widths, with nothing wrong by WCAG 2.2 AA."""
    room = team("Contact and control room")
    officer("sergeant", team=room, supervises=True, name="Moira Lowndes")
    client, who = signed_in(settings, "administrator", team=room)
    with within(who):
        organisation.open_area(who, key="stoke", name="Stoke-on-Trent", districts=["E06000021"], since=START)
        organisation.establish_team(who, team=room.number, function="Control room", posts=40, since=START)
        organisation.post_officer(who, account=who.account, collar_number="7102", rank="Police staff", since=START)
        organisation.enter_training(who, account=who.account, course="thrive", passed_on=date(2019, 1, 8))
        agency = partners.add_agency(who, name="Moorlands Care", kind="Adult social care", since=START, about="Adults")
        partners.add_route(
            who, agency=agency.pk, kind="Telephone", words="Emergency duty team", to="01632 960050", since=START,
            round_the_clock=True,
        )  # fmt: skip
        partners.add_basis(who, agency=agency.pk, law="Care Act 2014 s.6", covers="An adult at risk", since=START)
        partners.add_agreement(
            who, agency=agency.pk, title="Adults at risk", covers="Name", since=START, review_on=date(2019, 6, 1)
        )
        partners.add_service(who, agency=agency.pk, name="Sitting service", needs=["Dementia"], how="Ring", since=START)
    page = opens(key_of(client))
    for path, name in (
        ("/force/", "force"), (f"/force/teams/{room.number}", "team"), (f"/force/people/{who.account}", "person"),
        ("/force/areas/open", "open-area"), (f"/force/people/{who.account}/post", "post"),
        ("/partners/", "partners"), (f"/partners/{agency.pk}", "agency"),
        (f"/partners/{agency.pk}/add/service", "service"),
    ):  # fmt: skip
        looked_at(page, path, name)
