"""Recognising the same person: what descriptions share, how they compare, and what is said of it."""

from __future__ import annotations

from datetime import date
from itertools import product
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from watchward.foundation.linkage.addresses import taken_apart
from watchward.foundation.linkage.keys import TELLING, WEIGHTS, Key, lookups, tokens_of
from watchward.foundation.linkage.stated import score
from watchward.foundation.linkage.vocabulary import (
    Asked,
    Home,
    Known,
    KnownName,
    KnownNumber,
    Standing,
    Strength,
)

KERRY = Known(
    UUID(int=1),
    (KnownName("Kerry Ann", "Sharples"), KnownName("Kez", "", "alias"), KnownName("Kerry", "Finn", "birth")),
    date(1988, 3, 9),
    sex="F",
    numbers=(KnownNumber("+447700900123", "07700 900123", since=date(2019, 6, 6)),),
    homes=(Home("27 Kilncroft Street", "Tunstall", "ST6 5QX", UUID(int=9), since=date(2018, 2, 1)),
           Home("4 Elm Road", "Stone", "ST15 8AA", until=date(2018, 1, 31))),
    reference="P-190701-0001",
)  # fmt: skip


@pytest.mark.parametrize(
    "asked",
    [
        Asked(number="+447700900123"),
        Asked(name="Kerry Sharples"),
        Asked(name="sharples kerry"),
        Asked(name="Carrie Sharpels"),
        Asked(name="Ann Sharples"),
        Asked(name="Kerryann Sharples", date_of_birth=date(1988, 3, 9)),
        Asked(name="Kerry Fin"),
        Asked(name="Somebody", date_of_birth=date(1988, 3, 9)),
        Asked(name="Kez Nobody", date_of_birth=date(1988, 9, 3)),
        Asked(name="Kez", address="ST6 5QX"),
        Asked(address="27 Kilncroft St"),
        Asked(address="27, ST65QX"),
        Asked(place=UUID(int=9)),
        Asked(date_of_birth=date(1988, 9, 3), address="ST6 1AA"),
        Asked(name="Sharples"),
    ],
)
def test_she_shares_a_token_with_every_way_of_asking(asked: Asked) -> None:
    """Misheard, swapped, half known, by an earlier name, by where she lives."""
    assert {one.token for one in lookups(asked)} & tokens_of(KERRY)


@pytest.mark.parametrize(
    "asked",
    [
        Asked(name="Dawn Jones", date_of_birth=date(1962, 1, 5)),
        Asked(number="+447700900999"),
        Asked(address="9 Oak Lane"),
    ],
)
def test_somebody_else_shares_none(asked: Asked) -> None:
    """What finds everybody finds nobody."""
    assert not {one.token for one in lookups(asked)} & tokens_of(KERRY)


@given(st.text(), st.text(), st.text(), st.text())
def test_no_text_breaks_the_keys_or_the_evidence(name: str, number: str, address: str, surname: str) -> None:
    """Whatever is typed or recorded, there is an answer, and who is described as recorded shares a token."""
    asked = Asked(number=number, name=name, address=address, date_of_birth=date(1988, 3, 9))
    known = Known(UUID(int=2), (KnownName(name, surname),), date(1988, 3, 9), homes=(Home(address),))
    assert {one.token for one in lookups(asked)} & tokens_of(known)
    assert score(asked, known).evidence
    assert score(asked, KERRY).evidence


def test_every_kind_of_key_has_its_weight_and_its_word() -> None:
    """A new kind fails until somebody thinks."""
    assert set(WEIGHTS) == set(Key)
    assert set(Key) >= TELLING
    said = lookups(Asked("+447700900123", "Ann Lee", date(1990, 1, 1), "27 Kilncroft Street ST6 5QX", UUID(int=1)))
    assert {one.kind for one in said} == set(Key)
    assert all(one.words for one in said)


@pytest.mark.parametrize(
    ("text", "postcode", "parts"),
    [
        ("27 Kilncroft Street", "ST6 5QX", ("27", "kilncroft street", "st65qx")),
        ("27 Kilncroft St., Tunstall, st6 5qx", "", ("27", "kilncroft street", "st65qx")),
        ("Flat 2, 27a Elm Rd", "", ("27a", "elm road", "")),
        ("flat 2 27 Elm Rd", "", ("27", "elm road", "")),
        ("Kilncroft Street", "", ("", "kilncroft street", "")),
        ("ST6 5QX", "", ("", "", "st65qx")),
        ("12 Stanley Street Winston Hills", "4223", ("12", "stanley street winston hills", "4223")),
        ("", "", ("", "", "")),
    ],
)
def test_addresses_are_taken_apart(text: str, postcode: str, parts: tuple[str, str, str]) -> None:
    """House, street and postcode, in one spelling."""
    found = taken_apart(text, postcode)
    assert (found.house, found.street, found.postcode) == parts


def said(**asked: object) -> dict[str, tuple[Strength, str]]:
    """Return what is said of Kerry, by field."""
    return {one.field: (one.strength, one.words) for one in score(Asked(**asked), KERRY).evidence}  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("asked", "field", "line"),
    [
        ({"name": "Kerry Sharples"}, "name", (Strength.STRONG, "Recorded as Kerry Ann Sharples")),
        ({"name": "Kez Sharples"}, "name", (Strength.STRONG, "“Kez” is a name she has given before")),
        ({"name": "Kerry Finn"}, "name", (Strength.STRONG, "“Kerry Finn” is her name at birth")),
        ({"name": "Dawn Sharples"}, "name", (Strength.AGAINST, "Recorded as Kerry Ann Sharples, the same surname")),
        ({"name": "Kerry Jones"}, "name", (Strength.SOME, "First name fits, recorded as Kerry Ann Sharples")),
        ({"name": "Bob Jones"}, "name", (Strength.AGAINST, "Recorded as Kerry Ann Sharples")),
        ({"name": "Kez"}, "name", (Strength.SOME, "“Kez” is a name she has given before")),
        ({"date_of_birth": date(1988, 9, 3)}, "date of birth",
         (Strength.SOME, "Day and month the other way round: recorded as born 9 March 1988")),
        ({"date_of_birth": date(1989, 3, 9)}, "date of birth",
         (Strength.SOME, "One figure out: recorded as born 9 March 1988")),
        ({"date_of_birth": date(1961, 5, 2)}, "date of birth", (Strength.AGAINST, "Recorded as born 9 March 1988")),
        ({"number": "+447700900123"}, "number", (Strength.STRONG, "Her number since 6 June 2019")),
        ({"number": "+447700900124"}, "number", (Strength.SOME, "One figure from her number 07700 900123")),
        ({"number": "+447700900999"}, "number",
         (Strength.MISSING, "This number is not recorded, 07700 900123 is")),
        ({"number": "+447700900123", "shared": "Ward 7"}, "number",
         (Strength.SOME, "Number of Ward 7, also used by others")),
        ({"address": "27 Kilncroft Street"}, "address",
         (Strength.STRONG, "Lives at 27 Kilncroft Street since Feb 2018")),
        ({"address": "4 Elm Rd, Stone"}, "address", (Strength.SOME, "Lived at 4 Elm Road until Jan 2018")),
        ({"address": "29 Kilncroft Street"}, "address", (Strength.SOME, "Lives nearby at 27 Kilncroft Street")),
        ({"address": "ST6 1AA"}, "address", (Strength.SOME, "Lives in the same district, at 27 Kilncroft Street")),
        ({"address": "9 Oak Lane, ZE1 0AA"}, "address",
         (Strength.AGAINST, "Lives at 27 Kilncroft Street, Tunstall, ST6 5QX")),
        ({"name": "Kerry"}, "date of birth", (Strength.NOT_ASKED, "Date of birth not asked")),
    ],
)  # fmt: skip
def test_each_field_is_said_as_a_fact(asked: dict[str, object], field: str, line: tuple[Strength, str]) -> None:
    """What a person on the telephone can act on or ask about."""
    assert said(**asked)[field] == line


def test_their_words_fit_whoever_they_are() -> None:
    """A man, and somebody whose sex is not recorded."""
    for sex, words in (("M", "His number since 6 June 2019"), ("", "Their number since 6 June 2019")):
        known = Known(UUID(int=1), KERRY.names, sex=sex, numbers=KERRY.numbers)
        assert score(Asked(number="+447700900123"), known).evidence[0].words == words


def test_what_stands_against_is_shown_and_comes_after_what_stands_for() -> None:
    """Against is never left out, and what was not asked comes last."""
    found = score(Asked(name="Dawn Sharples", number="+447700900123"), KERRY).evidence
    assert [one.strength for one in found] == [
        Strength.STRONG, Strength.AGAINST, Strength.NOT_ASKED, Strength.NOT_ASKED,
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("asked", "standing", "household"),
    [
        (Asked(name="Kerry Sharples", date_of_birth=date(1988, 3, 9)), Standing.STRONG, False),
        (Asked(name="Kerry Sharples", number="+447700900123"), Standing.STRONG, False),
        (Asked(number="+447700900123", place=UUID(int=9)), Standing.FAIR, True),
        (Asked(number="+447700900123"), Standing.FAIR, True),
        (Asked(place=UUID(int=9)), Standing.WEAK, True),
        (Asked(name="Dawn Sharples", number="+447700900123"), Standing.WEAK, True),
        (Asked(name="Dawn Sharples", number="+447700900123", date_of_birth=date(1988, 3, 9)), Standing.FAIR, False),
        (Asked(name="Dawn Lee", date_of_birth=date(1962, 1, 5), number="+447700900123"), Standing.WEAK, True),
        (Asked(name="Dawn Lee", date_of_birth=date(1962, 1, 5)), None, False),
        (Asked(name="Bob Jones"), None, False),
        (Asked(reference="P-190701-0001"), Standing.STRONG, False),
    ],
)
def test_the_rules_of_standing(asked: Asked, standing: Standing | None, household: bool) -> None:
    """The stated rules, one case each; a household fits alike on number and address."""
    found = score(asked, KERRY)
    assert (found.standing, found.household) == (standing, household)
    assert found.probability is None


def test_more_that_fits_never_makes_a_worse_standing() -> None:
    """Of all combinations of what fits and what was not asked, asking more that fits stands at least as well."""
    order = [*Standing, None]
    choices = (("", "Kerry Sharples"), (None, date(1988, 3, 9)), ("", "+447700900123"), (None, UUID(int=9)))
    for name, born, number, place in product(*choices):
        less = score(Asked(str(number), str(name), born, place=place), KERRY).standing
        more = score(Asked("+447700900123", str(name), born, place=place), KERRY).standing
        assert order.index(more) <= order.index(less)
