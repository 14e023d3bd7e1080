"""The crowd: the same for the same seed, on real postcodes, with numbers that reach nobody; and its truth."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest

from watchward.demo import stories
from watchward.demo.crowd.households import TODAY, Kind
from watchward.demo.crowd.names import SHARES, Origin
from watchward.demo.crowd.numbers import LANDLINES, MOBILES, STORY_LANDLINES, STORY_MOBILES
from watchward.demo.crowd.population import HOUSEHOLDS, Crowd, crowd
from watchward.demo.crowd.slips import Slip
from watchward.demo.crowd.streets import ENDINGS, STEMS, TOWNS, postcodes, postcodes_of
from watchward.demo.stage.thrive import heard
from watchward.demo.truth import pairs, record_id, same_person
from watchward.domains.incidents.vocabulary import Element, Level

STORIES = Path(stories.__file__).parent


@pytest.fixture(scope="module")
def whole() -> Crowd:
    """The crowd at scale 1."""
    return crowd(1.0)


def test_a_larger_crowd_changes_nobody_who_was_there_before(whole: Crowd) -> None:
    """A tenth of the crowd is the first tenth of the whole: the same people, homes, numbers and records."""
    tenth = crowd(0.1)
    assert tenth.households == whole.households[: len(tenth.households)]
    first = {home.key for home in tenth.households}
    of_them = [entry for entry in whole.entries if entry.person.partition(".")[0] in first]
    assert sorted(entry.key for entry in tenth.entries) == sorted(entry.key for entry in of_them)
    assert {entry.key: entry for entry in tenth.entries} == {entry.key: entry for entry in of_them}


def test_another_seed_makes_another_crowd() -> None:
    """Nothing but the seed decides."""
    assert crowd(0.02, "one") == crowd.__wrapped__(0.02, "one")
    assert crowd(0.02, "one") != crowd(0.02, "another")


def test_it_is_a_town_of_some_four_thousand(whole: Crowd) -> None:
    """At scale 1 there are 1,650 households, about 4,000 people and some hundreds of second records."""
    people = {entry.person for entry in whole.entries}
    assert len(whole.households) == HOUSEHOLDS
    assert 3_700 < len(people) < 4_700
    assert 250 < len(whole.entries) - len(people) < 600


def test_origins_come_in_their_stated_shares(whole: Crowd) -> None:
    """Of the households, each origin has its share to within three points of a hundred."""
    found = Counter(home.residents[0].origin for home in whole.households)
    for origin in Origin:
        assert abs(found[origin] / len(whole.households) - SHARES[origin]) < 0.03


def test_every_address_is_its_own_and_stands_at_a_real_postcode(whole: Crowd) -> None:
    """No two households share an address; every postcode is one of the county's; the streets are invented."""
    known = {code.code: code for code in postcodes()}
    homes = [home.address for home in whole.households]
    assert len({(home.line, home.postcode) for home in homes}) == len(homes)
    for address in whole.addresses:
        code = known[address.postcode]
        assert abs(address.easting - code.easting) <= 25
        assert abs(address.northing - code.northing) <= 25
        assert any(address.line.endswith(ending) for ending in ENDINGS)


@pytest.mark.parametrize("town", TOWNS, ids=lambda town: town.locality)
def test_every_town_has_streets_enough(town: object) -> None:
    """Around the middle of each town lie postcodes for its share at scale 1."""
    for one in TOWNS:
        if one == town:
            assert len(postcodes_of(one)) >= 10


def test_numbers_are_those_that_reach_nobody(whole: Crowd) -> None:
    """Every number of the crowd is one of Ofcom's for drama, and none is kept for the stories."""
    numbers = {entry.number for entry in whole.entries} | {home.landline for home in whole.households}
    for number in numbers - {""}:
        value = int(number.replace(" ", "")[1:])
        assert value in MOBILES or value in LANDLINES
        assert value not in STORY_MOBILES
        assert value not in STORY_LANDLINES


def test_numbers_in_stories_are_kept_for_them() -> None:
    """Every telephone number in a story lies in the ranges that the crowd leaves alone."""
    found = set()
    for file in STORIES.glob("*.py"):
        found |= set(re.findall(r"0\d{4} \d{6}", file.read_text()))
    assert len(found) > 20
    for number in found:
        value = int(number.replace(" ", "")[1:])
        assert value in STORY_MOBILES or value in STORY_LANDLINES, number


def test_postcodes_in_stories_are_real_and_their_streets_are_not_the_crowds() -> None:
    """A story's address is at a real postcode, and on no street of the crowd."""
    known = {code.code for code in postcodes()}
    crowded = {f"{stem} {ending}" for stem in STEMS for ending in ENDINGS}
    lines = 0
    for file in STORIES.glob("*.py"):
        text = file.read_text()
        for code in re.findall(r'postcode="([^"]+)"', text):
            assert code in known, (file.name, code)
        for line in re.findall(r'\.place\(\s*"([^"]+)"', text):
            lines += 1
            assert not any(street in line for street in crowded), (file.name, line)
    assert lines > 20


def test_families_are_families(whole: Crowd) -> None:
    """Nobody is born after today; parents are at least fifteen years older; a couple are two; students are young."""
    for home in whole.households:
        assert home.residents
        for one, tie, other in home.ties:
            if tie.value == "parent":
                assert home.residents[one].age - home.residents[other].age >= 15, home.key
        assert all(person.born <= TODAY for person in home.residents)
        if home.kind is Kind.STUDENTS:
            assert all(18 <= person.age <= 22 for person in home.residents)
        if home.kind is Kind.LONE_PARENT:
            assert home.residents[0].age >= 18
            assert all(person.age < 18 for person in home.residents[1:])


def test_second_records_differ_as_their_slips_say(whole: Crowd) -> None:
    """Every kind of slip comes, and a record with one differs from the first record of its person."""
    first = {entry.key: entry.written for entry in whole.entries if "/" not in entry.key}
    slips: Counter[Slip] = Counter()
    for entry in whole.entries:
        if "/" not in entry.key:
            assert not entry.written.slips
            continue
        slips.update(entry.written.slips)
        before, after = first[entry.person], entry.written
        same = (before.forenames, before.surname, before.born, before.address) == (
            after.forenames, after.surname, after.born, after.address,
        )  # fmt: skip
        assert same == (not after.slips), entry.key
    assert set(slips) == set(Slip) - {Slip.NONE}


def test_the_truth_is_known_from_the_seed_alone() -> None:
    """Two records of one person have unlike ids, and the pairs are all those of records with one person."""
    truth = same_person(0.1)
    assert len(truth) == len(crowd(0.1).entries)
    found = list(pairs(0.1))
    assert found
    assert all(truth[one] == truth[other] for one, other in found)
    by_person = Counter(truth.values())
    assert len(found) == sum(count * (count - 1) // 2 for count in by_person.values())
    assert record_id("h1.0") != record_id("h1.0/1")
    assert record_id("h1.0").version == 8


def test_thrive_is_said_in_one_line() -> None:
    """What is said has its level; nothing of note is heard under the others; nothing is said twice."""
    said = heard("T!He is in the house; V+Two children")
    assert set(said) == set(Element)
    assert (said[Element.THREAT].text, said[Element.THREAT].level) == ("He is in the house", Level.HIGH)
    assert said[Element.HARM].level is Level.NONE
    with pytest.raises(ValueError, match="said twice"):
        heard("T!One; T+Two")
