"""A call handler finds somebody in a real browser, with scripts and without, at every width."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from tests import factories
from tests.domains.people import world
from tests.domains.signed_in import key_of, signed_in
from tests.journeys.conftest import Opens, looked_at
from watchward.domains.people import commands
from watchward.foundation.access.context import within
from watchward.foundation.records import Handling

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("first_of_july")]


def test_a_sergeant_finds_her_and_reads_what_is_recorded(opens: Opens, settings: Any) -> None:
    """Without scripts by keyboard; then every page of the room at four widths, nothing wrong by WCAG 2.2 AA."""
    team = factories.team("Hub")
    client, who = signed_in(settings, "sergeant", team=team, supervises=True)
    place = world.place(who).pk
    person = world.kerry(who, at=place)
    with within(who):
        child = commands.record_person(
            who, forenames="Tom", surname="Sharples", date_of_birth=date(2012, 5, 6), sex="M"
        )
        commands.live_at(who, person=child.pk, place=place)
        commands.relate(who, one=person.pk, other=child.pk, kind="parent")
        marker = commands.mark_person(
            who, person=person.pk, kind="domestic abuse victim", words="Repeat victim of her former partner",
            grounds="Three calls since May", source="C-1", review_on=date(2019, 12, 1),
        )  # fmt: skip
    other = factories.officer("sergeant", team=factories.team("Custody"), supervises=True)
    locked = world.kerry(other)
    with within(other):
        commands.keep_as(other, person=locked.pk, handling=Handling.LOCKED, reason="a colleague of ours")
    plain = opens(key_of(client), scripts=False)
    plain.goto("/people/")
    plain.get_by_label("Find", exact=True).fill("Kez Sharples 07700 900123")
    plain.keyboard.press("Enter")
    plain.wait_for_url("**/people/found/*")
    assert plain.get_by_role("heading", name="1 person fits").is_visible()
    assert plain.get_by_text("A locked record of Custody may fit").is_visible()
    assert "harples" not in plain.url
    assert "900123" not in plain.url
    found = plain.url
    page = opens(key_of(client))
    for name, path in (
        ("found", found), ("people", "/people/"), ("person", f"/people/{person.pk}"), ("record", "/people/record"),
        ("mark-person", f"/people/{person.pk}/mark"), ("change-person", f"/people/{person.pk}/change"),
        ("marker", f"/people/markers/{marker.pk}"), ("gaps", "/people/gaps"), ("gap", "/people/gaps/sex"),
    ):  # fmt: skip
        looked_at(page, path, name)
