"""An address is on record once, lies where it lies, and is found while it is being typed."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from tests.factories import machinery, officer, team
from watchward.domains.organisation import commands as organisation
from watchward.domains.places import commands, queries
from watchward.domains.places.models import Place
from watchward.domains.places.vocabulary import Found
from watchward.foundation.access.context import within
from watchward.foundation.acting import Acting
from watchward.foundation.records import Handling, NotHere
from watchward.kernel.refusals import Refused

pytestmark = pytest.mark.django_db

BURSLEM = "ST6 3AA"


def _record(handler: Acting, line: str, locality: str = "", postcode: str = "") -> Place:
    with within(handler):
        return commands.record_place(handler, line=line, locality=locality, town="Stoke-on-Trent", postcode=postcode)


@pytest.mark.report("CON-07", by="places.commands.record_place")
def test_recorded_once_however_written() -> None:
    """Another writing of the same house, in the same place, gives back the first record."""
    handler = officer("call-handler")
    with within(handler):
        first = commands.record_place(handler, line="27 kilncroft st", locality="burslem", postcode="st63aa")
        assert first.address == "27 Kilncroft St, Burslem"
        assert first.full_address == "27 Kilncroft St, Burslem, ST6 3AA"
        assert first.reference.startswith("L-190701-")
        again = commands.record_place(handler, line="27, Kilncroft Street", locality="Burslem")
        assert again.pk == first.pk
        whole = commands.record_place(handler, line="27 Kilncroft Street, Burslem, ST6 3AA")
        assert whole.pk == first.pk
        elsewhere = commands.record_place(handler, line="27 Kilncroft Street", locality="Leek")
        assert elsewhere.pk != first.pk
        nowhere = commands.record_place(handler, line="27 Kilncroft Street")
        assert nowhere.pk not in {first.pk, elsewhere.pk}


def test_two_that_agree_equally_are_not_guessed_between() -> None:
    """Where two houses on record could be meant, a third is recorded and a person says which it is."""
    handler = officer("call-handler")
    one = _record(handler, "8 Hollybush Walk", "Leek", "ST13 5AA")
    other = _record(handler, "8 Hollybush Walk", "Leek", "ST13 6AA")
    third = _record(handler, "8 Hollybush Walk", "Leek")
    assert len({one.pk, other.pk, third.pk}) == 3


def test_a_place_on_record_takes_what_it_lacked() -> None:
    """The postcode that a later caller gives completes the record, and with it come position and tokens."""
    handler = officer("call-handler")
    first = _record(handler, "14 Marl Lane", "Burslem")
    assert (first.easting, first.position_from, first.lsoa) == (None, "", "")
    again = _record(handler, "14 Marl Lane", "Burslem", BURSLEM)
    assert again.pk == first.pk
    assert again.version == 2
    assert again.lsoa.startswith("E01")
    with within(handler):
        assert [found.place for found in queries.suggest(handler, typed="14 ST6 3AA")] == [first.pk]


def test_where_it_lies() -> None:
    """A known postcode gives the position, the LSOA, the ward, the district and the area of that day."""
    acting = machinery()
    with within(acting):
        area = organisation.open_area(
            acting, key="stoke", name="Stoke-on-Trent", districts=["E06000021"], since=date(2018, 7, 1)
        )
    handler = officer("call-handler")
    place = _record(handler, "27 Kilncroft Street", "Burslem", BURSLEM)
    assert place.position_from == "its postcode"
    assert place.lat == pytest.approx(53.04, abs=0.03)
    assert place.lon == pytest.approx(-2.19, abs=0.03)
    assert place.district == "E06000021"
    assert place.area_id == area.pk
    with within(handler):
        given = commands.record_place(handler, line="The Lock House, Canal Side", easting=388248, northing=347480)
        assert given.position_from == "given"
        assert given.district == "E06000021"


def test_what_is_missing_is_said_at_once() -> None:
    """A line without a street and a broken postcode are both refused, each at its field."""
    handler = officer("call-handler")
    with within(handler), pytest.raises(Refused) as refused:
        commands.record_place(handler, line="27", town="Leek", postcode="ST6 5")
    assert [reason.field for reason in refused.value.reasons] == ["postcode", "line"]


def test_a_sealed_place_gives_nothing_away() -> None:
    """A sealed place is in no suggestion and no list, and the same address can be recorded beside it unhindered."""
    hub = team("Hub")
    owner = officer("sergeant", team=hub)
    stranger = officer("call-handler")
    place = _record(owner, "3 Orchard Fold", "Leek", "ST13 5AA")
    with within(owner):
        commands.set_handling(owner, place=place.pk, handling=Handling.SEALED, reason="A refuge is run here")
        assert [found.place for found in queries.suggest(owner, typed="3 orchard fold")] == [place.pk]
    with within(stranger):
        assert queries.suggest(stranger, typed="3 orchard fold") == ()
        assert queries.addresses(stranger, ids=[place.pk]) == {}
        with pytest.raises(NotHere):
            queries.place(stranger, id_=place.pk)
    beside = _record(stranger, "3 Orchard Fold", "Leek", "ST13 5AA")
    assert beside.pk != place.pk


def test_the_database_itself_keeps_an_open_address_once() -> None:
    """A second open row of one normal form is refused by the database, whoever writes it."""
    handler = officer("call-handler")
    place = _record(handler, "5 Marl Lane", "Leek", "ST13 5AA")
    copy = Place(
        reference="L-X", made_at=handler.at, line=place.line, normal=place.normal, vicinity=place.vicinity,
        postcode=place.postcode,
        once=place.once,
    )  # fmt: skip
    with within(handler), pytest.raises(Exception, match="no command is open"), transaction.atomic():
        copy.save(force_insert=True)
    from watchward.foundation.commands import command

    @command(needs=None)
    def write_twice(acting: Acting) -> None:
        """Write a row past the door."""
        copy.save(force_insert=True)

    with within(handler), pytest.raises(IntegrityError, match="once"):
        write_twice(handler)


@pytest.fixture
def streets() -> Acting:
    """A few streets that are easily confused."""
    handler = officer("call-handler")
    for line, locality, code in (
        ("27 Kilncroft Street", "Burslem", BURSLEM),
        ("29 Kilncroft Street", "Burslem", BURSLEM),
        ("27 Kilncroft Close", "Tunstall", "ST6 5AA"),
        ("27 Hollybush Walk", "Leek", "ST13 5AA"),
        ("27a Hollybush Walk", "Leek", "ST13 5AA"),
        ("Flat 2, 12 High Street", "Stone", "ST15 8AA"),
        ("12 High Street", "Stone", "ST15 8AA"),
        ("12 High Street", "Leek", ""),
        ("Rose Cottage, Mill Lane", "Cheddleton", ""),
    ):
        _record(handler, line, locality, code)
    return handler


def _told(handler: Acting, typed: str) -> list[tuple[str, str]]:
    with within(handler):
        return [(found.address, found.why) for found in queries.suggest(handler, typed=typed)]


FIRST = ("27 Kilncroft Street, Burslem", "number and street")
NOT = ("27 Kilncroft Close, Tunstall", "Not Kilncroft Close, Tunstall?")


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("27 kilncroft street, burslem", [FIRST, NOT]),
        ("27 kilncroft st burslem", [FIRST, NOT]),
        ("27 kilncroft burslem", [FIRST, NOT]),
        ("27 Kiln", [("27 Kilncroft Close, Tunstall", "number and street"), FIRST]),
        ("27 kylncraft street", [("27 Kilncroft Street, Burslem", "street sounds alike"), NOT]),
        ("27 kilncroft st, st6 3aa", [("27 Kilncroft Street, Burslem", "number and postcode"), NOT]),
        ("27 st63aa", [("27 Kilncroft Street, Burslem", "number and postcode")]),
        ("st6 3aa", [("27 Kilncroft Street, Burslem", "postcode"), ("29 Kilncroft Street, Burslem", "postcode")]),
        ("31 kilncroft street", []),
        ("27a hollybush walk", [("27a Hollybush Walk, Leek", "number and street")]),
        (
            "27 hollybush",
            [("27 Hollybush Walk, Leek", "number and street"), ("27a Hollybush Walk, Leek", "number and street")],
        ),
        ("flat 2 12 high street stone", [("Flat 2, 12 High Street, Stone", "number and street")]),
        ("rose cottage", [("Rose Cottage, Mill Lane, Cheddleton", "street")]),
        ("rose cottage, mill lane, cheddleton", [("Rose Cottage, Mill Lane, Cheddleton", "name and place")]),
        ("rose cottage, mill lane, leek", [("Rose Cottage, Mill Lane, Cheddleton", "Not Mill Lane, Cheddleton?")]),
        ("mill lane", [("Rose Cottage, Mill Lane, Cheddleton", "street")]),
        ("x", []),
        ("", []),
        ("'); drop table places_place; --", []),
    ],
)
def test_found_while_typing(streets: Acting, typed: str, told: list[tuple[str, str]]) -> None:
    """Half an address finds the house, and one that only looks like it is asked about, not taken."""
    assert _told(streets, typed) == told


def test_the_same_house_in_two_towns(streets: Acting) -> None:
    """Where the town was typed its house comes first, and the other is a question."""
    found = _told(streets, "12 high street leek")
    assert found[0] == ("12 High Street, Leek", "number and street")
    assert ("12 High Street, Stone", "Not High Street, Stone?") in found
    assert Found.ELSEWHERE not in [found[0][1]]


def test_one_place_and_many() -> None:
    """A place is read by its id, its address by many."""
    handler = officer("call-handler")
    place = _record(handler, "1 Marl Lane", "Leek")
    with within(handler):
        assert queries.place(handler, id_=place.pk).address == "1 Marl Lane, Leek"
        assert queries.addresses(handler, ids=[place.pk]) == {place.pk: "1 Marl Lane, Leek"}
        assert set(queries.places(handler, ids=[place.pk])) == {place.pk}


def test_places_follow_the_areas_of_the_day() -> None:
    """When the areas change, every place passes to the one that covers its district, and to none where none does."""
    administrator, handler = officer("administrator"), officer("call-handler")
    place = _record(handler, "2 Marl Lane", "Burslem", BURSLEM)
    assert place.area_id is None
    with within(administrator):
        first = organisation.open_area(
            administrator, key="one", name="One", districts=["E06000021"], since=date(2018, 7, 1)
        )
        assert commands.assign_areas(administrator) == 1
        assert commands.assign_areas(administrator) == 0
        second = organisation.open_area(
            administrator, key="two", name="Two", districts=["E06000021"], since=date(2019, 6, 1)
        )
        assert queries.place(administrator.for_purpose("reading"), id_=place.pk).area == first
        assert commands.assign_areas(administrator) == 1
        assert queries.place(administrator, id_=place.pk).area == second
        organisation.close_area(administrator, area=second.pk, until=date(2019, 7, 1))
        assert commands.assign_areas(administrator) == 1
        assert queries.place(administrator, id_=place.pk).area is None


def test_a_ward_is_urban_from_a_day() -> None:
    """The force says which wards are urban; places follow unless they were given their own answer."""
    administrator, handler = officer("administrator"), officer("call-handler")
    follows = _record(handler, "2 Marl Lane", "Burslem", BURSLEM)
    with within(handler):
        own = commands.record_place(handler, line="4 Marl Lane", locality="Burslem", postcode=BURSLEM, urban=False)
    assert follows.urban is None
    with within(administrator):
        commands.set_ward(administrator, ward=follows.ward, urban=True, since=date(2018, 7, 1))
        assert queries.urban_wards(administrator, on=date(2018, 6, 30)) == {}
        assert queries.urban_wards(administrator, on=date(2018, 7, 1)) == {follows.ward: True}
        assert queries.place(administrator, id_=follows.pk).urban is True
        assert queries.place(administrator, id_=own.pk).urban is False
        with pytest.raises(Refused) as refused:
            commands.set_ward(administrator, ward="E05999999", urban=True, since=date(2019, 7, 2))
        assert [reason.field for reason in refused.value.reasons] == ["ward", "since"]
        with pytest.raises(Refused, match="from 1 July 2018 already"):
            commands.set_ward(administrator, ward=follows.ward, urban=False, since=date(2018, 7, 1))
    with within(handler):
        later = commands.record_place(handler, line="6 Marl Lane", locality="Burslem", postcode=BURSLEM)
        assert later.urban is True
