"""The pages of people: nothing personal in a URL, every mistake at once, nothing typed lost."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from tests import factories
from tests.domains.people import world
from tests.domains.signed_in import signed_in
from watchward.domains.people import commands, queries
from watchward.domains.people.models import IdentityDecision, Marker, Person, Relationship, Residence
from watchward.foundation.access.context import within
from watchward.foundation.acting import now
from watchward.foundation.audit.models import Trace
from watchward.foundation.duties.models import Duty
from watchward.foundation.records import Handling

pytestmark = pytest.mark.django_db


def day(name: str, on: date) -> dict[str, str]:
    """Return a day as a form sends it."""
    return {f"{name}-day": str(on.day), f"{name}-month": str(on.month), f"{name}-year": str(on.year)}


def searched(client: Client, **typed: str) -> str:
    """Ask, follow to the answer, and return its page."""
    answer = client.post("/people/", typed)
    assert answer.status_code == 302, answer.content.decode()
    assert not any(word in answer["Location"].lower() for word in ("kerry", "sharples", "0123", "kiln"))
    page = client.get(answer["Location"])
    assert page.status_code == 200
    return page.content.decode()


@pytest.mark.report("CON-09", by="people.views.found")
@pytest.mark.parametrize(
    "box",
    ["Kerry Sharples", "07700 900123", "Kez Sharples 27 Kilncroft Street", "sharples, 9 March 1988",
     "27 Kilncroft Street, ST6 5QX", "9/3/1988", "kerry 07700900123"],
)  # fmt: skip
def test_one_box_finds_her_whatever_is_typed(settings: Any, box: str) -> None:
    """A search is posted, its result stands under an opaque number, and each line says why."""
    client, who = signed_in(settings, "call-handler", team=factories.team())
    person = world.kerry(who, at=world.place(who).pk)
    page = searched(client, box=box)
    assert "1 person fits" in page
    assert f"/records/people/{person.pk}" in page
    assert Trace.objects.filter(kind="searched", records=[str(person.pk)]).exists()


def test_a_place_is_found_with_the_people(settings: Any) -> None:
    """One search for people and places."""
    client, who = signed_in(settings, "call-handler", team=factories.team())
    place = world.place(who)
    page = searched(client, box="27 Kilncroft Street")
    assert "Nobody on record fits" in page
    assert f"/places/{place.pk}" in page


def test_her_reference_finds_her_alone(settings: Any) -> None:
    """What people say to each other."""
    client, who = signed_in(settings, "call-handler", team=factories.team())
    person = world.kerry(who)
    assert "fits on reference" in searched(client, box=person.reference.lower())


def test_nothing_typed_and_a_wrong_date_are_said(settings: Any) -> None:
    """422, and what was typed is still there."""
    client, _who = signed_in(settings, "call-handler")
    assert "Say whom to find" in client.post("/people/", {}).content.decode()
    answer = client.post("/people/", {"box": "Kerry", "date_of_birth-day": "31", "date_of_birth-month": "2",
                                      "date_of_birth-year": "1988"})  # fmt: skip
    assert answer.status_code == 422
    assert "must be a real date" in answer.content.decode()
    assert 'value="Kerry"' in answer.content.decode()


def test_another_persons_search_cannot_be_opened(settings: Any) -> None:
    """The answer is kept for the session that asked; an unknown one leads back to asking."""
    client, who = signed_in(settings, "call-handler", team=factories.team())
    world.kerry(who)
    where = client.post("/people/", {"box": "Kerry Sharples"})["Location"]
    other, _another = signed_in(settings, "call-handler")
    assert other.get(where)["Location"] == "/people/"
    assert "no longer kept" in other.get("/people/").content.decode()
    assert other.get(f"/people/found/{uuid4()}").status_code == 302


def test_locked_is_counted_and_offered_and_sealed_is_not_there(settings: Any) -> None:
    """A locked record leads to its interruption page; a sealed one to its keepers' duty and nowhere else."""
    keeper = factories.officer("sergeant", team=factories.team("Hub"), supervises=True)
    person = world.kerry(keeper)
    client, _who = signed_in(settings, "call-handler", team=factories.team())
    with within(keeper):
        commands.keep_as(keeper, person=person.pk, handling=Handling.LOCKED, reason="a colleague of ours")
    page = searched(client, box="07700 900123")
    assert "Nobody fits" in page
    assert "A locked record of Hub may fit" in page
    assert "/locked/people.Person/" in page
    assert client.get(f"/people/{person.pk}").status_code == 302
    with within(keeper):
        assert not Duty.objects.filter(kind="people.sealed-asked").exists()
        commands.keep_as(keeper, person=person.pk, handling=Handling.SEALED, reason="protected person scheme")
    page = searched(client, box="07700 900123")
    assert "locked" not in page.split("<main")[1]
    for path in ("", "/name", "/change", "/mark"):
        assert client.get(f"/people/{person.pk}{path}").status_code in (404, 403)
    with within(keeper):
        duty = Duty.objects.get(kind="people.sealed-asked")
    assert client.get(f"/people/asked/{duty.about}").status_code == 404


def test_somebody_is_recorded_and_all_is_added(settings: Any) -> None:
    """Person, name, number, address and relationship, each through its form, then shown with its source."""
    client, who = signed_in(settings, "call-handler", team=factories.team())
    wrong = client.post("/people/record", {"sex": "F", "birth_certainty": "exact"})
    assert wrong.status_code == 422
    assert "Give a name" in wrong.content.decode()
    assert "Give the date of birth whose certainty this is" in wrong.content.decode()
    made = client.post("/people/record", {"forenames": "Kerry", "surname": "Sharples", "sex": "F",
                                          **day("date_of_birth", date(1988, 3, 9))})  # fmt: skip
    one = made["Location"]
    assert client.get(one).status_code == 200
    assert client.post(f"{one}/name", {"kind": "alias", "forenames": "Kez"}).status_code == 302
    typed = {"number": "07700 900123", "safe": "Ask before ringing back", "source": "a call"}
    assert client.post(f"{one}/number", {**typed, "number": "12"}).status_code == 422
    assert client.post(f"{one}/number", typed).status_code == 302
    home = {"line": "27 Kilncroft Street", "town": "Stoke-on-Trent", "postcode": "ST6 5QX"}
    assert client.post(f"{one}/home", {**home, "postcode": "nowhere"}).status_code == 422
    assert client.post(f"{one}/home", {**home, **day("since", date(2018, 2, 1))}).status_code == 302
    with within(who):
        child = commands.record_person(
            who, forenames="Tom", surname="Sharples", date_of_birth=date(2012, 5, 6), sex="M"
        )
        home_ = Residence.objects.get()
        commands.live_at(who, person=child.pk, place=home_.place_id)
    assert (
        "Nobody has this reference"
        in client.post(f"{one}/tie", {"reference": "P-190701-9999", "kind": "parent"}).content.decode()
    )
    assert client.post(f"{one}/tie", {"reference": child.reference, "kind": "parent"}).status_code == 302
    page = client.get(one).content.decode()
    for words in ("Kez", "07700 900123", "Ask before ringing back", "27 Kilncroft Street", "Tom Sharples", "child, ",
                  "Son", "not seen there", "Female"):  # fmt: skip
        assert words in page, words
    with within(who):
        assert Relationship.objects.count() == 1
    assert Trace.objects.filter(kind="opened", what__startswith="people.Person").exists()


def test_two_who_correct_one_record_are_shown_both(settings: Any) -> None:
    """What was typed stands beside what it says now, and can be saved over it or given up."""
    client, who = signed_in(settings, "call-handler", team=factories.team())
    person = world.kerry(who)
    other = world.handler(name="Somebody Quick")
    with within(other):
        commands.update_person(
            other, person=person.pk, version=1, forenames="Kerry", surname="Sharpe", date_of_birth=None, sex="F"
        )
    typed = {"version": "1", "forenames": "Kerry", "surname": "Sharples-Lee", "sex": "F",
             **day("date_of_birth", date(1988, 3, 9))}  # fmt: skip
    answer = client.post(f"/people/{person.pk}/change", typed)
    assert answer.status_code == 409
    page = answer.content.decode()
    for words in ("Somebody Quick changed", "Sharpe", "Sharples-Lee", "9 Mar 1988"):
        assert words in page, words
    assert client.post(f"/people/{person.pk}/change", {**typed, "version": "2"}).status_code == 302
    with within(who):
        assert Person.objects.get(pk=person.pk).surname == "Sharples-Lee"
        assert {name.surname for name in queries.names(who, person=person.pk) if name.kind == "former"} == {
            "Sharples", "Sharpe",
        }  # fmt: skip


def test_a_marker_is_put_up_approved_and_reviewed(settings: Any) -> None:
    """By one sergeant, approved by another, and its review leads from the duty to its page."""
    client, who = signed_in(settings, "sergeant", team=factories.team(), supervises=True)
    person = world.kerry(who)
    wrong = client.post(f"/people/{person.pk}/mark", {"words": "Threw a chair"})
    assert wrong.status_code == 422
    for words in ("What: not filled in", "Grounds: not filled in", "Look again on: not filled in", "Threw a chair"):
        assert words in wrong.content.decode(), words
    soon = (now() + timedelta(days=90)).date()
    typed = {"kind": "violent", "words": "Threw a chair", "grounds": "Arrest on 3 May", "source": "C-1"}
    assert client.post(f"/people/{person.pk}/mark", {**typed, **day("review_on", soon)}).status_code == 302
    with within(who):
        marker = Marker.objects.get()
        duty = Duty.objects.get(kind="people.marker-review")
    assert "not yet approved" in client.get(f"/people/{person.pk}").content.decode()
    where = client.get(f"/people/reviews/{duty.about}")["Location"]
    assert where == f"/people/markers/{marker.pk}"
    assert "Somebody else approves" in client.get(where).content.decode()
    assert client.post(f"/people/markers/{marker.pk}/approve").status_code == 409
    other, _sergeant = signed_in(settings, "sergeant", team=factories.team())
    looked = {"keep": "no", "words": "Threw a chair", "version": "0"}
    assert other.post(f"/people/markers/{marker.pk}/approve").status_code == 302
    assert other.post(where, {**looked, "reason": "ok"}).status_code == 422
    assert other.post(where, {**looked, "reason": "mistaken identity"}).status_code == 302
    assert "mistaken identity" in other.get(where).content.decode()
    assert "None in force" in other.get(f"/people/{person.pk}").content.decode()


def test_the_keepers_see_who_asked(settings: Any) -> None:
    """From their duty to the page, and seen."""
    team = factories.team()
    client, keeper = signed_in(settings, "sergeant", team=team, supervises=True)
    person = world.kerry(keeper)
    with within(keeper):
        commands.keep_as(keeper, person=person.pk, handling=Handling.SEALED, reason="protected person scheme")
    asking, _who = signed_in(settings, "call-handler", team=factories.team())
    searched(asking, box="07700 900123")
    with within(keeper):
        duty = Duty.objects.get(kind="people.sealed-asked")
    page = client.get(f"/people/asked/{duty.about}").content.decode()
    assert "a search" in page
    assert "Fits on number" in page
    assert client.post(f"/people/asked/{duty.about}").status_code == 302
    with within(keeper):
        assert queries.asks_unseen(keeper).count() == 0


def test_a_record_is_locked_from_its_page(settings: Any) -> None:
    """By a sergeant of its team, with a reason."""
    client, who = signed_in(settings, "sergeant", team=factories.team(), supervises=True)
    person = world.kerry(who)
    assert client.post(f"/people/{person.pk}/keep", {"handling": "1", "reason": "no"}).status_code == 422
    assert (
        client.post(f"/people/{person.pk}/keep", {"handling": "1", "reason": "a colleague of ours"}).status_code == 302
    )
    assert "Locked" in client.get(f"/people/{person.pk}").content.decode()


def test_the_gaps_open_to_their_people(settings: Any) -> None:
    """Each figure opens to its rows."""
    client, who = signed_in(settings, "call-handler", team=factories.team())
    with within(who):
        bare = commands.record_person(who, forenames="Jay", surname="Lee")
    assert "/people/gaps/birth" in client.get("/people/gaps").content.decode()
    assert f"/people/{bare.pk}" in client.get("/people/gaps/birth").content.decode()
    assert client.get("/people/gaps/shoes").status_code == 404


def test_what_was_decided_of_records_stands_on_the_page(settings: Any) -> None:
    """With its reason and who decided."""
    client, who = signed_in(settings, "call-handler", team=factories.team())
    one, other = world.kerry(who), world.kerry(who)
    with within(who):
        commands.decide_identity(who, one=one.pk, other=other.pk, decision="same", reason="same number and name")
        assert IdentityDecision.objects.count() == 1
    page = client.get(f"/people/{one.pk}").content.decode()
    assert "The same person" in page
    assert "same number and name" in page


def test_who_may_not_is_told_so(settings: Any) -> None:
    """An administrator finds nobody; an auditor records nobody."""
    client, _who = signed_in(settings, "administrator")
    assert client.get("/people/").status_code == 403
    auditor, _who = signed_in(settings, "auditor")
    assert auditor.get("/people/record").status_code == 403
