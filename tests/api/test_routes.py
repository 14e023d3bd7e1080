"""People, places, crimes, measures and what is owed, as other systems ask for them."""

from __future__ import annotations

from datetime import date

import pytest

from tests import factories
from tests.api.clients import Machine, machine, told
from tests.domains.crimes import scenes
from watchward.domains.incidents import commands as incidents
from watchward.domains.incidents.vocabulary import Kind
from watchward.domains.people import commands as people
from watchward.domains.people.models import Person
from watchward.domains.places import commands as places
from watchward.foundation.access.context import within
from watchward.foundation.acting import now
from watchward.foundation.audit.models import Trace
from watchward.foundation.measures.declared import measures
from watchward.foundation.records import Handling

pytestmark = pytest.mark.django_db


@pytest.fixture
def system() -> Machine:
    """A client with all that a force incident manager may lend."""
    return machine()


def person(*, handling: int = Handling.OPEN) -> Person:
    """Record somebody, kept as is said."""
    acting = factories.officer("force-incident-manager", team=factories.team(), at=now())
    with within(acting):
        row = people.record_person(
            acting, forenames="Kezia", surname="Machin", date_of_birth=date(1988, 3, 14), sex="F"
        )
        if handling:
            people.keep_as(acting, person=row.pk, handling=handling, reason="a witness under threat")
    return row


class TestPeople:
    """Found by what is known of them, and never by an address with their name in it."""

    def test_somebody_is_found_with_the_reasons(self, system: Machine) -> None:
        """Who it may be, how surely, and why, in words; the search leaves its trace."""
        row = person()
        answer = system.post("/people/search", {"name": "Kezia Machin", "date_of_birth": "1988-03-14"})
        assert answer.status_code == 200, answer.content
        (found,) = told(answer)["items"]
        assert (found["id"], found["name"], found["born"]) == (str(row.pk), "Kezia Machin", "1988-03-14")
        assert {one["field"] for one in found["evidence"]} >= {"name", "date of birth"}
        with within(factories.machinery()):
            look = Trace.objects.get(kind="searched", account_id=system.client.account_id)
        assert look.records == [str(row.pk)]
        assert "Machin" not in str(look.__dict__)

    def test_a_sealed_person_is_not_there_and_a_locked_one_is_counted(self, system: Machine) -> None:
        """The same answer as for nobody; of a locked one, that there is one."""
        sealed = person(handling=Handling.SEALED)
        said = told(system.post("/people/search", {"name": "Kezia Machin"}))
        assert (said["items"], said["locked"]) == ([], 0)
        assert system.get(f"/people/{sealed.pk}").status_code == 404
        person(handling=Handling.LOCKED)
        said = told(system.post("/people/search", {"name": "Kezia Machin", "date_of_birth": "1988-03-14"}))
        assert (said["items"], said["locked"]) == ([], 1)

    def test_nothing_to_look_for_is_said(self, system: Machine) -> None:
        """422, and not everybody."""
        assert system.post("/people/search", {}).status_code == 422

    def test_a_search_by_address_of_the_page_is_not_offered(self, system: Machine) -> None:
        """What is known of somebody would stand in every log on the way."""
        assert system.get("/people/search?name=Kezia").status_code in (404, 405)

    def test_one_is_read(self, system: Machine) -> None:
        """With the version."""
        row = person()
        answer = system.get(f"/people/{row.pk}")
        assert told(answer)["surname"] == "Machin"
        assert answer["ETag"] == f'"{row.version}"'


def test_a_place_is_found_and_read(system: Machine) -> None:
    """By an address as it is typed."""
    acting = factories.officer("force-incident-manager", at=now())
    with within(acting):
        row = places.record_place(acting, line="27 Kilncroft Street", town="Stafford")
    found = told(system.post("/places/search", {"address": "27 kilncroft st"}))["items"]
    assert [one["id"] for one in found] == [str(row.pk)]
    assert told(system.get(f"/places/{row.pk}"))["line"] == "27 Kilncroft Street"


def test_crimes_are_listed_and_read(system: Machine) -> None:
    """A recorded crime, in the list and by itself."""
    made = scenes.crime()
    (found,) = told(system.get("/crimes"))["items"]
    assert found["id"] == str(made.pk)
    assert told(system.get(f"/crimes/{made.pk}"))["offence"] == made.offence


class TestMeasures:
    """The same figure as on the page, with all that it stands on."""

    def test_every_measure_is_listed_and_gives_its_figure(self, system: Machine) -> None:
        """Each of them, for a day; with period, basis and when it was counted."""
        listed = [each["key"] for each in told(system.get("/measures"))["items"]]
        assert listed == list(measures)
        for key in listed:
            answer = system.get(f"/measures/{key}?first=2026-07-01&last=2026-07-01")
            assert answer.status_code == 200, (key, answer.content)
            said = told(answer)
            assert said["period"] == ["2026-07-01", "2026-07-01"]
            assert said["measure"]["basis"]
            assert said["counted_at"]

    @pytest.mark.parametrize(
        ("query", "field"),
        [
            ("first=2026-07-02&last=2026-07-01", "first"),
            ("first=0001-01-01&last=2026-07-01", "first"),
            ("last=9999-12-31", "first"),
            ("first=x", "first"),
            ("by=nothing", "by"),
        ],
    )
    def test_what_cannot_be_counted_is_said(self, system: Machine, query: str, field: str) -> None:
        """422 at its field."""
        key = next(iter(measures))
        answer = system.get(f"/measures/{key}?{query}")
        assert (answer.status_code, told(answer)["reasons"][0]["field"]) == (422, field), answer.content

    def test_one_that_there_is_not(self, system: Machine) -> None:
        """404."""
        assert system.get("/measures/nothing").status_code == 404


def test_what_is_owed_and_what_is_late(system: Machine) -> None:
    """Soonest first, page by page; late ones alone where they are asked for."""
    acting = factories.officer("force-incident-manager", team=factories.team(), at=now())
    with within(acting):
        for _ in range(3):
            incidents.open_incident(acting, kind=Kind.DOMESTIC, what="Shouting next door")
    owed = told(system.get("/duties?limit=200"))["items"]
    assert len(owed) >= 3
    assert [one["due_at"] for one in owed] == sorted(one["due_at"] for one in owed)
    seen, after = [], ""
    while True:
        page = told(system.get(f"/duties?limit=2&after={after}"))
        seen += page["items"]
        after = page["next"]
        if after is None:
            break
    assert [one["id"] for one in seen] == [one["id"] for one in owed]
    assert told(system.get("/duties?late=true"))["items"] == []
