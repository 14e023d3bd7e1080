"""Forms where the need arises, without scripts, at every width: an incident that goes on, a number, what has ended."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from tests.domains.incidents.scenes import house, incident, somebody, unit, worker
from tests.domains.signed_in import key_of, signed_in
from tests.factories import team
from tests.journeys.conftest import Opens, looked_at
from watchward.domains.incidents import commands
from watchward.domains.incidents.vocabulary import Grade, Kind, Level, Part
from watchward.domains.objects import commands as objects
from watchward.domains.people import commands as people
from watchward.domains.people import queries
from watchward.foundation.access.context import within

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("first_of_july")]


def test_a_manager_follows_up_without_scripts(opens: Opens, settings: Any) -> None:
    """A time is agreed by keyboard alone; then every page that has a form of its own, with nothing wrong on it."""
    client, who = signed_in(settings, "force-incident-manager", team=team("Control"), supervises=True)
    home, woman, child = house(who, easting=387_000, northing=350_000), somebody(who), somebody(who, "Maisie")
    with within(who):
        people.live_at(who, person=woman.pk, place=home.pk, since=date(2019, 3, 1))
        people.live_at(who, person=child.pk, place=home.pk)
        people.relate(who, one=woman.pk, other=child.pk, kind="parent")
        people.add_number(who, person=woman.pk, number="07700 900123", source="a call")
        number = objects.record_number(who, typed="07700 900123")
        marker = objects.mark_number(
            who, number=number.pk, kind="cannot-speak", words="Silent calls from here are real",
            grounds="Twice rang and could not speak", source="Incident of 6 June", review_on=date(2019, 12, 1),
        )  # fmt: skip
    row = incident(
        who, signs=(), kind=Kind.THEFT, what="Bicycle taken from the yard", grade=Grade.SCHEDULED,
        reason="Nobody is in danger", place=home.pk, people=[(woman.pk, Part.VICTIM)],
    )  # fmt: skip
    with within(who):
        commands.judge_risk(who, incident=row.pk, person=woman.pk, level=Level.HIGH, words="Afraid that he returns")
        commands.record_advice(who, incident=row.pk, nurse="Nurse Frost", asked="Is she known?", answer="No")
        link = queries.numbers(who, person=woman.pk).get()
    for _ in range(3):
        incident(who)
    unit(skills=["dog"])
    with within(worker()) as machine:
        surge = commands.watch_demand(machine)
        assert surge is not None
    plain = opens(key_of(client), scripts=False)
    plain.goto(f"/incidents/{row.pk}")
    plain.get_by_text("Agree a time").click()
    group = plain.get_by_role("group", name="Agreed for")
    for part, typed in (("Day", "2"), ("Month", "7"), ("Year", "2019"), ("Time", "10:00")):
        group.get_by_label(part).fill(typed)
    plain.get_by_label("With whom").fill("With her by telephone")
    plain.get_by_role("button", name="It is agreed").click()
    assert plain.get_by_text("With her by telephone").first.is_visible()
    page = opens(key_of(client))
    for path, name in (
        (f"/incidents/{row.pk}", "incident"), ("/incidents/", "board"), (f"/incidents/surges/{surge.pk}", "surge"),
        ("/incidents/units", "units"), (f"/numbers/{number.pk}", "number"), (f"/numbers/{number.pk}/mark", "mark"),
        (f"/numbers/{number.pk}/shared", "shared"), (f"/numbers/markers/{marker.pk}", "marker"),
        (f"/people/{woman.pk}", "person"), (f"/people/{woman.pk}/number/{link.pk}/end", "end"),
        (f"/people/{woman.pk}/number/{link.pk}/days", "days"),
    ):  # fmt: skip
        looked_at(page, path, name, unfolded=True)
