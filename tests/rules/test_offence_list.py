"""The offence list: what a code means depends on the day, and the edition that is carried adds up."""

from __future__ import annotations

from collections import Counter
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from watchward.domains.offences import rules
from watchward.domains.offences.vocabulary import Category, NotListed, Offence, OffenceGroup, OffenceList, Weight

FIRST, BEFORE, LATER = date(2017, 4, 1), date(2017, 3, 31), date(2019, 7, 1)


def _offence(code: str, since: date, until: date | None = None, words: str = "An offence") -> Offence:
    return Offence(code, words, OffenceGroup.THEFT, "Other theft", Category.OTHER_THEFT, True, since, until)


def test_the_carried_edition_whole() -> None:
    """132 codes in ten groups, 133 weights; eight codes take outcomes alone."""
    list_ = rules.carried().list
    assert len(list_.offences) == len({row.code for row in list_.offences}) == 132
    assert len(list_.weights) == 133
    assert {row.group for row in list_.offences} == set(OffenceGroup)
    assert {row.category for row in list_.offences} == set(Category) - {Category.ANTI_SOCIAL}
    assert sorted(row.code for row in list_.offences if not row.recordable) == [
        "28A", "28B", "28C", "28D", "29", "30A", "30B", "31",
    ]  # fmt: skip
    assert Counter(row.group for row in list_.offences)[OffenceGroup.SEXUAL] == 22


@pytest.mark.parametrize(
    ("code", "group", "category", "weight"),
    [
        ("8N", OffenceGroup.VIOLENCE, Category.VIOLENCE, True),
        ("19C", OffenceGroup.SEXUAL, Category.VIOLENCE, True),
        ("28E", OffenceGroup.THEFT, Category.BURGLARY, True),
        ("58A", OffenceGroup.DAMAGE, Category.DAMAGE, True),
        ("126", OffenceGroup.THEFT, Category.VEHICLE, True),
        ("99", OffenceGroup.MISCELLANEOUS, Category.OTHER_CRIME, True),
        ("AF", OffenceGroup.FRAUD, Category.OTHER_CRIME, False),
    ],
)
def test_what_a_code_means_from_its_first_day(code: str, group: OffenceGroup, category: Category, weight: bool) -> None:
    """On 1 April 2017 it has its group, category and weight; on 31 March 2017 this edition says nothing."""
    list_ = rules.carried().list
    assert list_.group_of(code, FIRST) is list_.group_of(code, LATER) is group
    assert list_.offence(code, FIRST).category is category
    assert (list_.weight_of(code, FIRST) is not None) is weight
    for ask in (list_.offence, list_.group_of, list_.weight_of):
        with pytest.raises(NotListed):
            ask(code, BEFORE)


def test_weights_are_those_of_the_score() -> None:
    """Homicide weighs most; a burglary of a dwelling more than eighty times a damaged one."""
    list_ = rules.carried().list
    heaviest = max(list_.weights, key=lambda row: row.weight)
    assert heaviest.weight == Decimal("7973.393423")
    assert list_.weight_of("56A", LATER) == Decimal("826.190061")
    assert list_.weight_of("58A", LATER) == Decimal("5.396708")


def test_a_later_edition_begins_on_its_day() -> None:
    """The day before the change the old words count, on the day the new ones."""
    change = date(2018, 4, 1)
    list_ = OffenceList(
        (_offence("49", FIRST, change, "Theft"), _offence("49", change, None, "Other theft or unlawful taking")),
        (Weight("49", Decimal(20), FIRST, change), Weight("49", Decimal(21), change)),
    )
    assert list_.offence("49", date(2018, 3, 31)).words == "Theft"
    assert list_.offence("49", change).words == "Other theft or unlawful taking"
    assert [list_.weight_of("49", day) for day in (date(2018, 3, 31), change)] == [Decimal(20), Decimal(21)]
    assert [row.words for row in list_.standing(change)] == ["Other theft or unlawful taking"]


@given(
    days=st.lists(st.dates(date(2000, 1, 1), date(2030, 1, 1)), min_size=2, max_size=6, unique=True),
    asked=st.dates(date(1999, 1, 1), date(2031, 1, 1)),
)
def test_one_meaning_at_most_on_any_day(days: list[date], asked: date) -> None:
    """Versions that follow each other never leave two meanings, nor a gap after the first."""
    ordered = sorted(days)
    ends = [*ordered[1:], None]
    list_ = OffenceList(tuple(_offence("1", a, b, str(a)) for a, b in zip(ordered, ends, strict=True)))
    assert not rules.why_not_load(list_)
    expected = [day for day in ordered if day <= asked]
    if expected:
        assert list_.offence("1", asked).words == str(expected[-1])
    else:
        with pytest.raises(NotListed):
            list_.offence("1", asked)


def test_every_fault_of_a_list_at_once() -> None:
    """No words, an end before the start, two meanings, a weight of nothing: each is named."""
    list_ = OffenceList(
        (_offence("1", FIRST), _offence("1", LATER), _offence("2", LATER, FIRST), _offence("3", FIRST, None, " ")),
        (Weight("1", Decimal(0), FIRST),),
    )
    assert len(rules.why_not_load(list_)) == 4
    assert rules.why_not_load(OffenceList(()))


@pytest.mark.parametrize("words", ["Violence and Sexual Offences", "violence and sexual offences", " Other Crime "])
def test_categories_are_known_however_they_are_written(words: str) -> None:
    """The offence list and the street-level files write them with other capitals."""
    assert Category.of(words).value == words.strip().capitalize()
    with pytest.raises(ValueError, match="Arson alone"):
        Category.of("Arson alone")
