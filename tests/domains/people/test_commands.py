"""Recording people and what is known of them: every reason at once, nothing lost, nobody overwritten."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from tests import factories
from tests.domains.people import world
from watchward.domains.people import commands, queries
from watchward.domains.people.models import Marker, MarkerReview, Person
from watchward.domains.places import commands as places
from watchward.foundation.access.context import within
from watchward.foundation.acting import Acting
from watchward.foundation.chronicle import queries as chronicle
from watchward.foundation.duties.models import Duty, State
from watchward.foundation.ledgers import ledgers
from watchward.foundation.linkage.vocabulary import Asked
from watchward.foundation.records import Handling, NotHere, Stale
from watchward.kernel.refusals import Refused

pytestmark = pytest.mark.django_db
TODAY = date(2019, 7, 1)


def reasons(found: pytest.ExceptionInfo[Refused]) -> set[str]:
    """Return the fields that a refusal names."""
    return {reason.field for reason in found.value.reasons}


def test_every_mistake_is_said_at_once() -> None:
    """One refusal holds all the reasons, each with its field."""
    acting = world.handler()
    with within(acting):
        with pytest.raises(Refused) as found:
            commands.record_person(acting, forenames="", surname=" ", date_of_birth=TODAY + timedelta(days=1), sex="Q")
        assert reasons(found) == {"surname", "date_of_birth", "sex"}
        person = commands.record_person(acting, forenames="Ann", surname="Lee")
        with pytest.raises(Refused) as found:
            commands.add_number(
                acting, person=person.pk, number="12", source="", verified_on=TODAY + timedelta(days=2), safe="x" * 201
            )
        assert reasons(found) == {"number", "verified_on", "safe"}
        with pytest.raises(Refused) as found:
            commands.mark_person(acting, person=person.pk, kind="", words="", grounds="", source="")
    assert found.value.reasons[0].code == "denied"


def test_a_name_that_is_changed_stays_on_as_an_earlier_name() -> None:
    """She is found under both, and the old one says what it is."""
    acting = world.handler()
    with within(acting):
        person = commands.record_person(acting, forenames="Ann", surname="Lee", sex="F", date_of_birth=date(1990, 1, 2))
        commands.update_person(
            acting, person=person.pk, version=1, forenames="Ann", surname="May", date_of_birth=date(1990, 1, 2), sex="F"
        )
        found = queries.recognise(acting, asked=Asked(name="Ann Lee", date_of_birth=date(1990, 1, 2)))
    assert found.candidates[0].evidence[1].words == "“Ann Lee” is her earlier name"


def test_two_people_who_change_one_record_are_both_heard() -> None:
    """The second is told that it changed, with the record as it stands."""
    acting = world.handler()
    same = {"forenames": "Ann", "surname": "Lee", "date_of_birth": None, "sex": ""}
    with within(acting):
        person = commands.record_person(acting, forenames="An", surname="Lee")
        commands.update_person(acting, person=person.pk, version=1, **same)  # type: ignore[arg-type]
        with pytest.raises(Stale) as found:
            commands.update_person(acting, person=person.pk, version=1, **same)  # type: ignore[arg-type]
    assert isinstance(found.value.record, Person)
    assert found.value.record.forenames == "Ann"


def child(acting: Acting, name: str, born: date, sex: str) -> Person:
    """Record a child."""
    forenames, surname = name.split()
    return commands.record_person(acting, forenames=forenames, surname=surname, date_of_birth=born, sex=sex)


@pytest.mark.report("VUL-21", by="people.queries.household")
def test_all_children_of_a_household_are_in_it_present_or_not() -> None:
    """A child who lives there, one who was never seen there, and a child whose home nobody recorded."""
    acting = world.handler()
    place = world.place(acting).pk
    mother = world.kerry(acting, at=place)
    with within(acting):
        there = commands.record_person(
            acting, forenames="Tom", surname="Sharples", date_of_birth=date(2012, 5, 6), sex="M"
        )
        commands.live_at(acting, person=there.pk, place=place, seen_on=TODAY)
        away = commands.record_person(
            acting, forenames="Amy", surname="Sharples", date_of_birth=date(2008, 5, 6), sex="F"
        )
        commands.live_at(acting, person=away.pk, place=place)
        unknown = commands.record_person(
            acting, forenames="Joe", surname="Finn", date_of_birth=date(2015, 5, 6), sex="M"
        )
        commands.relate(acting, one=unknown.pk, other=mother.pk, kind="child")
        commands.relate(acting, one=mother.pk, other=there.pk, kind="parent")
        grown = commands.record_person(acting, forenames="Old", surname="Finn", date_of_birth=date(1960, 5, 6))
        commands.live_at(acting, person=grown.pk, place=place)
        elsewhere = commands.record_person(acting, forenames="Al", surname="Finn", date_of_birth=date(2014, 5, 6))
        commands.relate(acting, one=elsewhere.pk, other=mother.pk, kind="child")
        commands.live_at(acting, person=elsewhere.pk, place=places.record_place(acting, line="4 Elm Road").pk)
        household = queries.household(acting, person=mother.pk)
    assert [(one.name, one.resident, one.seen_on) for one in household.children] == [
        ("Joe Finn", False, None),
        ("Tom Sharples", True, TODAY),
        ("Amy Sharples", True, None),
    ]
    assert [one.tie for one in household.children] == ["son", "son", ""]
    assert [one.name for one in household.members][-1] == "Old Finn"
    assert [one.name for one in household.to_ask] == ["Joe Finn"]


def test_a_resident_of_unknown_age_is_to_be_asked_about() -> None:
    """Nobody is taken for an adult because nobody asked."""
    acting = world.handler()
    place = world.place(acting).pk
    with within(acting):
        somebody = commands.record_person(acting, forenames="Jay", surname="Lee")
        commands.live_at(acting, person=somebody.pk, place=place)
        household = queries.household_at(acting, place=place)
    assert [(one.name, one.child, one.age_words) for one in household.to_ask] == [("Jay Lee", None, "Age not known")]


def marked(author: Acting, **more: object) -> tuple[Person, Marker]:
    """Record somebody with a marker."""
    person = world.kerry(author)
    words: dict[str, object] = {
        "kind": "violent", "words": "Threw a chair at officers", "grounds": "Arrest on 3 May 2019", "source": "C-1",
        "review_on": date(2019, 12, 1), **more,
    }  # fmt: skip
    with within(author):
        return person, commands.mark_person(author, person=person.pk, **words)  # type: ignore[arg-type]


@pytest.mark.report("CON-07", by="people.commands.mark_person")
def test_a_marker_stands_in_the_chronicle_until_it_is_ended() -> None:
    """It stands at once, says that nobody approved it yet, and goes when it is ended with a reason."""
    author = factories.officer("sergeant", team=factories.team(), supervises=True)
    person, marker = marked(author)
    with within(author):
        line = chronicle.about(author, [person.pk]).get()
        assert (line.headline, line.state, line.role) == (
            "Violent: Threw a chair at officers", "stands, not yet approved", "warning",
        )  # fmt: skip
        assert line.flags == ["warning"]
        with pytest.raises(Refused, match="Somebody else approves"):
            commands.approve_marker(author, marker=marker.pk)
    other = factories.officer("sergeant", team=factories.team())
    with within(other):
        commands.approve_marker(other, marker=marker.pk)
        assert chronicle.about(other, [person.pk]).get().state == "stands"
        commands.end_marker(other, marker=marker.pk, reason="mistaken identity")
        assert not chronicle.about(other, [person.pk]).exists()


def test_a_marker_past_its_day_still_stands_and_its_review_is_owed() -> None:
    """It lapses into review and never silently; the next review is owed when it is kept."""
    author = factories.officer("sergeant", team=factories.team(), supervises=True)
    person, marker = marked(author, until=date(2020, 1, 1), review_on=None)
    later = author.at_time(author.at + timedelta(days=400))
    with within(later):
        assert queries.MARKERS.standing(later, about=person.pk).count() == 1
        duty = Duty.objects.get(kind="people.marker-review")
        assert duty.state == State.OPEN
        assert duty.due_at.date() == date(2020, 1, 2)
        with pytest.raises(Refused) as found:
            commands.review_marker(later, marker=marker.pk, reason="ok", keep=True)
        assert reasons(found) == {"reason", "review_on"}
        commands.review_marker(
            later, marker=marker.pk, reason="still so in July", keep=True, review_on=date(2021, 1, 1)
        )
        assert sorted(Duty.objects.filter(kind="people.marker-review").values_list("state", flat=True)) == [
            "discharged", "open",
        ]  # fmt: skip
        commands.end_marker(later, marker=marker.pk, reason="moved abroad")
        assert Duty.objects.filter(kind="people.marker-review", state="released").count() == 1
        assert MarkerReview.objects.filter(done_at__isnull=True).count() == 1


def test_a_marker_is_approved_by_a_supervisor_who_did_not_put_it_up() -> None:
    """A constable's marker is owed to their sergeant; the sergeant's own goes to whoever supervises above."""
    division = factories.team()
    section = factories.team(parent=division)
    constable = factories.officer("response-officer", team=section)
    sergeant = factories.officer("sergeant", team=section, supervises=True)
    inspector = factories.officer("force-incident-manager", team=division, supervises=True)
    _person, theirs = marked(constable)
    _person, own = marked(sergeant)
    with within(sergeant):
        owed = {duty.about: duty for duty in Duty.objects.filter(kind="people.marker-approval")}
        assert owed[theirs.pk].owed_by_id == sergeant.account
        assert owed[own.pk].owed_by_id == inspector.account
        assert owed[own.pk].due_at == inspector.at + timedelta(days=3)
        commands.approve_marker(sergeant, marker=theirs.pk)
        owed[theirs.pk].refresh_from_db()
        assert owed[theirs.pk].state == State.DISCHARGED
        commands.end_marker(sergeant, marker=own.pk, reason="mistaken identity")
        owed[own.pk].refresh_from_db()
        assert owed[own.pk].state == State.RELEASED
    with within(constable), pytest.raises(Refused, match="None of your roles"):
        commands.approve_marker(constable, marker=own.pk)


def test_the_ledgers_of_this_room_balance() -> None:
    """Markers and their lines, reviews and their duties."""
    author = factories.officer("sergeant", team=factories.team(), supervises=True)
    marked(author)
    _person, ended = marked(author)
    acting = factories.machinery()
    with within(author):
        commands.end_marker(author, marker=ended.pk, reason="mistaken identity")
    with within(acting):
        of_duties = ("marker-review", "marker-approval", "sealed-asked")
        for key in ("chronicle.people.marker", *(f"duties.people.{key}" for key in of_duties)):
            assert ledgers[key](acting).balances


@pytest.mark.parametrize("handling", [Handling.LOCKED, Handling.SEALED])
def test_what_belongs_to_a_record_is_kept_as_it_is(handling: Handling) -> None:
    """Names, numbers, homes, markers, their chronicle and their duties go with the person, and come back."""
    keepers = factories.team()
    author = factories.officer("sergeant", team=keepers, supervises=True)
    person, _marker = marked(author)
    with within(author):
        friend = commands.record_person(author, forenames="Jo", surname="May")
        commands.relate(author, one=friend.pk, other=person.pk, kind="sibling")
        commands.keep_as(author, person=person.pk, handling=handling, reason="a colleague of the force")
    other = world.handler()

    def seen() -> list[int]:
        with within(other):
            return [
                queries.names(other, person=person.pk).count(),
                queries.numbers(other, person=person.pk).count(),
                queries.MARKERS.standing(other, about=person.pk).count(),
                chronicle.about(other, [person.pk]).count(),
                Duty.visible_to(other).filter(kind="people.marker-review").count(),
                len(queries.relationships(other, people=[friend.pk])),
                len(queries.summaries(other, ids=[person.pk])),
            ]

    assert seen() == [0] * 7
    with within(author):
        commands.keep_as(author, person=person.pk, handling=Handling.OPEN, reason="no longer needed")
    assert seen() == [1] * 7


def test_the_keepers_of_a_sealed_record_are_told_that_somebody_asked() -> None:
    """Their duty names who asked; whoever asked sees nothing of it, and a bad fit tells nobody."""
    keepers = factories.team()
    keeper = factories.officer("sergeant", team=keepers, supervises=True, name="Keeper")
    person = world.kerry(keeper)
    with within(keeper):
        commands.keep_as(keeper, person=person.pk, handling=Handling.SEALED, reason="protected person scheme")
    asking = world.handler(name="Curious")
    with within(asking):
        commands.alert_keepers(asking, asked=Asked(name="Somebody Else", number="07700 900999"), how="a search")
        for _time in range(2):
            commands.alert_keepers(asking, asked=Asked(number=world.NUMBER), how="a search")
        assert not queries.asks_unseen(asking).exists()
        assert not Duty.visible_to(asking).filter(kind="people.sealed-asked").exists()
        assert not chronicle.about(asking, [person.pk]).exists()
    with within(keeper):
        ask = queries.asks_unseen(keeper).get()
        assert (ask.asked_by.display_name, ask.how, ask.fits) == ("Curious", "a search", "Fits on number")
        duty = Duty.objects.get(kind="people.sealed-asked")
        assert duty.owed_by_id == keeper.account
        assert duty.due_at - duty.arose_at == timedelta(hours=1)
        commands.see_ask(keeper, ask=ask.pk)
        duty.refresh_from_db()
        assert duty.state == State.DISCHARGED
    with within(asking), pytest.raises(NotHere):
        commands.see_ask(asking, ask=ask.pk)


def test_the_keepers_own_asking_alerts_nobody() -> None:
    """Who may see the record is not reported for finding it."""
    keepers = factories.team()
    keeper = factories.officer("sergeant", team=keepers, supervises=True)
    person = world.kerry(keeper)
    with within(keeper):
        commands.keep_as(keeper, person=person.pk, handling=Handling.SEALED, reason="protected person scheme")
        commands.alert_keepers(keeper, asked=Asked(number=world.NUMBER), how="a search")
        assert not queries.asks_unseen(keeper).exists()


def test_the_address_of_a_sealed_place_gives_nobody_away() -> None:
    """An open person who lives at a sealed place is not found there, and their address is not shown."""
    keepers = factories.team()
    keeper = factories.officer("sergeant", team=keepers, supervises=True)
    refuge = world.place(keeper)
    with within(keeper):
        places.set_handling(keeper, place=refuge.pk, handling=Handling.SEALED, reason="a refuge for women")
    person = world.kerry(keeper, at=refuge.pk)
    other = world.handler()
    with within(other):
        assert queries.recognise(other, asked=Asked(address="27 Kilncroft Street, ST6 5QX")).candidates == ()
        assert queries.summaries(other, ids=[person.pk])[person.pk].address == ""
        assert queries.residences(other, person=person.pk).count() == 0
        assert queries.household_at(other, place=refuge.pk).members == ()
    with within(keeper):
        assert queries.summaries(keeper, ids=[person.pk])[person.pk].address == "27 Kilncroft Street, Tunstall"


def test_a_place_that_is_sealed_later_takes_its_residents_address_with_it() -> None:
    """The rows of the person still stand; nobody else is shown them, nor finds anybody by them."""
    keeper = factories.officer("sergeant", team=factories.team(), supervises=True)
    refuge = world.place(keeper)
    person = world.kerry(keeper, at=refuge.pk)
    other = world.handler()

    def seen() -> list[object]:
        with within(other):
            return [
                len(queries.recognise(other, asked=Asked(address="27 Kilncroft Street, ST6 5QX")).candidates),
                len(queries.recognise(other, asked=Asked(place=refuge.pk)).candidates),
                queries.summaries(other, ids=[person.pk])[person.pk].address,
                queries.residences(other, person=person.pk).count(),
                len(queries.household_at(other, place=refuge.pk).members),
            ]

    assert seen() == [1, 1, "27 Kilncroft Street, Tunstall", 1, 1]
    with within(keeper):
        places.set_handling(keeper, place=refuge.pk, handling=Handling.SEALED, reason="a refuge for women")
    assert seen() == [0, 0, "", 0, 0]


def test_the_gaps_of_the_record_are_counted_and_listed() -> None:
    """No date of birth, nobody related though they live together: what recognition and Encompass depend on."""
    acting = world.handler()
    place = world.place(acting).pk
    kerry = world.kerry(acting, at=place)
    with within(acting):
        bare = commands.record_person(acting, forenames="Jay", surname="Lee")
        commands.live_at(acting, person=bare.pk, place=place)
        counts = {gap.key: gap.count for gap in queries.gaps_counted(acting)}
        assert counts == {
            "birth": 1, "sex": 1, "number": 1, "address": 0, "place": 0, "relationship": 2, "verified": 1,
        }  # fmt: skip
        assert queries.gaps(acting, kind="birth").get().pk == bare.pk
        commands.relate(acting, one=kerry.pk, other=bare.pk, kind="partner")
        assert queries.gaps(acting, kind="relationship").count() == 0
        with pytest.raises(NotHere):
            queries.gaps(acting, kind="shoes")
