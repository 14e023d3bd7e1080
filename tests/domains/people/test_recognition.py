"""Who this might be: from a number, a name said badly, a date the wrong way round, an address; and who is not told."""

from __future__ import annotations

from datetime import date

import pytest

from tests import factories
from tests.domains.people import world
from watchward.domains.people import commands, queries
from watchward.domains.people.models import PersonToken
from watchward.foundation import reading
from watchward.foundation.access.context import within
from watchward.foundation.acting import Acting
from watchward.foundation.audit.models import Trace
from watchward.foundation.linkage.vocabulary import Asked, Recognition, Standing, Strength
from watchward.foundation.records import Handling

pytestmark = pytest.mark.django_db


def ask(acting: Acting, **asked: object) -> Recognition:
    """Ask who this might be."""
    with within(acting):
        return queries.recognise(acting, asked=Asked(**asked))  # type: ignore[arg-type]


@pytest.mark.report("CON-08", by="people.queries.recognise")
@pytest.mark.parametrize(
    ("asked", "standing"),
    [
        ({"name": "Kerry Sharples", "date_of_birth": date(1988, 3, 9)}, Standing.STRONG),
        ({"name": "Sharples Kerry", "date_of_birth": date(1988, 3, 9)}, Standing.STRONG),
        ({"name": "Kez Sharpels", "number": "07700900123"}, Standing.STRONG),
        ({"name": "Carrie Sharpless", "date_of_birth": date(1988, 9, 3)}, Standing.WEAK),
        ({"number": "+44 7700 900 123"}, Standing.FAIR),
        ({"name": "Kerry Sharples", "address": "27 Kilncroft St, Tunstall"}, Standing.STRONG),
        ({"address": "27 Kilncroft Street ST6 5QX"}, Standing.WEAK),
        ({"date_of_birth": date(1988, 3, 9)}, Standing.WEAK),
        ({"name": "Sharples"}, Standing.WEAK),
        ({"name": "Kerry Sharples"}, Standing.WEAK),
    ],
)
def test_she_is_found_however_she_is_described(asked: dict[str, object], standing: Standing) -> None:
    """One person, ten ways of asking: each finds her, and says how well she fits."""
    acting = world.handler()
    person = world.kerry(acting, at=world.place(acting).pk)
    found = ask(acting, **asked)
    assert [one.person for one in found.candidates] == [person.pk]
    assert found.candidates[0].standing is standing


def test_the_evidence_is_said_as_facts() -> None:
    """Each field has its line: for by weight, then against, then what was not asked."""
    acting = world.handler()
    world.kerry(acting, at=world.place(acting).pk)
    found = ask(acting, name="Kez Sharples", number=world.NUMBER, address="27 Kilncroft Street")
    lines = [(one.strength, one.words) for one in found.candidates[0].evidence]
    assert lines == [
        (Strength.STRONG, "Her number since 1 July 2019"),
        (Strength.STRONG, "“Kez” is a name she has given before"),
        (Strength.STRONG, "Lives at 27 Kilncroft Street since Feb 2018"),
        (Strength.NOT_ASKED, "Date of birth not asked"),
    ]
    assert found.candidates[0].fits == "Fits on name, number and address"


def test_a_household_fits_alike_on_number_and_address() -> None:
    """The most common false alarm is the caller's own household, and the words say so."""
    acting = world.handler()
    place = world.place(acting)
    person = world.kerry(acting, at=place.pk)
    with within(acting):
        mother = commands.record_person(
            acting, forenames="Dawn", surname="Sharples", date_of_birth=date(1962, 1, 5), sex="F"
        )
        commands.add_number(acting, person=mother.pk, number=world.NUMBER, source="a call")
        commands.live_at(acting, person=mother.pk, place=place.pk)
        commands.relate(acting, one=mother.pk, other=person.pk, kind="parent")
    found = ask(acting, number=world.NUMBER, place=place.pk)
    assert {one.person for one in found.candidates} == {person.pk, mother.pk}
    first = next(one for one in found.candidates if one.person == person.pk)
    assert first.household
    assert first.who == "her or someone she lives with"
    assert "Her mother, Dawn, is on this number too" in [one.words for one in first.evidence]
    named = ask(acting, number=world.NUMBER, name="Kerry Sharples")
    assert [one.person for one in named.candidates] == [person.pk, mother.pk]
    assert named.candidates[0].standing is Standing.STRONG
    assert named.candidates[1].standing is Standing.WEAK


def test_a_locked_record_is_counted_and_not_told() -> None:
    """Its existence is said; its name is not, until it is opened with a reason."""
    keepers = factories.team()
    keeper = factories.officer("sergeant", team=keepers, supervises=True)
    person = world.kerry(keeper)
    with within(keeper):
        commands.keep_as(keeper, person=person.pk, handling=Handling.LOCKED, reason="a colleague's family")
    other = world.handler()
    found = ask(other, number=world.NUMBER)
    assert found.candidates == ()
    assert found.locked == 1
    assert found.locked_records == (person.pk,)
    with within(other):
        reading.open_locked(other, table=type(person), record=person.pk, reason="she is calling now")
    from watchward.foundation.access.queries import acting_as

    opened = acting_as(other.account, at=other.at, day_of=other.at)
    found = ask(opened, number=world.NUMBER)
    assert [one.person for one in found.candidates] == [person.pk]
    assert found.locked == 0


def test_a_sealed_record_leaves_no_trace_for_whoever_asks() -> None:
    """Neither named nor counted, by any way of asking; its own team finds it."""
    keepers = factories.team()
    keeper = factories.officer("sergeant", team=keepers, supervises=True)
    person = world.kerry(keeper)
    with within(keeper):
        commands.keep_as(keeper, person=person.pk, handling=Handling.SEALED, reason="protected person scheme")
    other = world.handler()
    for asked in (
        {"number": world.NUMBER},
        {"name": "Kerry Sharples", "date_of_birth": date(1988, 3, 9)},
        {"reference": person.reference},
    ):
        found = ask(other, **asked)
        assert (found.candidates, found.locked, found.too_many) == ((), 0, ())
    with within(other):
        assert not PersonToken.objects.filter(person_id=person.pk).exists()
    assert [one.person for one in ask(keeper, number=world.NUMBER).candidates] == [person.pk]


def test_every_search_leaves_its_trace() -> None:
    """Who was shown stands in the log of consultation; what was typed does not."""
    acting = world.handler()
    person = world.kerry(acting)
    ask(acting, name="Kerry Sharples")
    ask(acting, name="Nobody Atall")
    traces = list(Trace.objects.filter(kind="searched", account_id=acting.account).order_by("id"))
    assert [trace.records for trace in traces] == [[str(person.pk)], []]
    assert {trace.what for trace in traces} == {"people.recognise"}


def test_a_name_that_too_many_have_is_said_to_be_one() -> None:
    """A token that more than 200 hold is dropped; the page can then ask for more."""
    acting = world.handler()
    with within(acting):
        for number in range(201):
            commands.record_person(acting, forenames=f"{chr(97 + number % 26)}x{number}", surname="Smith")
    found = ask(acting, name="Smith")
    assert found.candidates == ()
    assert found.too_many == ("the surname Smith",)


def test_records_of_one_person_are_one_candidate() -> None:
    """Two records decided to be one person are shown once, with the other named."""
    acting = world.handler()
    one, other = world.kerry(acting), world.kerry(acting)
    with within(acting):
        commands.decide_identity(acting, one=one.pk, other=other.pk, decision="same", reason="same number and name")
    found = ask(acting, number=world.NUMBER)
    assert len(found.candidates) == 1
    assert {found.candidates[0].person, *found.candidates[0].same_as} == {one.pk, other.pk}


def test_a_number_ended_is_said_to_be_earlier() -> None:
    """A number that somebody no longer has still finds them, as some evidence."""
    acting = world.handler()
    person = world.kerry(acting)
    with within(acting):
        link = queries.numbers(acting, person=person.pk).get()
        commands.end_number(acting, contact=link.pk, until=date(2019, 7, 1), reason="she told us")
    found = ask(acting, number=world.NUMBER)
    assert found.candidates[0].standing is Standing.WEAK
    assert found.candidates[0].evidence[0].words == "Number used until 1 July 2019"


def test_nothing_asked_finds_nobody() -> None:
    """An empty question is answered with nobody."""
    acting = world.handler()
    world.kerry(acting)
    assert ask(acting).candidates == ()
    assert ask(acting, number="withheld").candidates == ()
