"""An address is one address however it is written, and two are two however alike they look."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from watchward.domains.places.rules import addresses
from watchward.domains.places.rules.addresses import Parts, Typed, taken_apart, typed_apart

SAME = [
    ("27 Kilncroft Street", "27 KILNCROFT ST"),
    ("27 Kilncroft Street", "27, Kilncroft St."),
    ("27 Kilncroft Street", "No. 27 kilncroft  street"),
    ("27a Kilncroft Street", "27 A Kilncroft St"),
    ("27-29 High Street", "27 - 29 High St"),
    ("27-29 High Street", "27/29 High Street"),
    ("Flat 3, 27 Kilncroft Street", "Apt 3 27 Kilncroft St"),
    ("Flat 3, Rose House, 27 Kilncroft Street", "Rose Hse, Flat 3, 27 Kilncroft Street".replace("Rose Hse, ", "")),
    ("12 St John's Road", "12 Saint Johns Rd"),
    ("12 St. John\u2019s Road", "12 St Johns Rd"),
    ("4 Upper Mews Gardens", "4 Upr Mews Gdns"),
    ("The Old Forge, Mill Lane", "The Old Forge Mill Ln".replace("Forge Mill", "Forge, Mill")),
    ("Cliff Vale Court", "Cliff-Vale Ct"),
]
"""Two writings of one line."""

DIFFERENT = [
    ("27 Kilncroft Street", "27 Kilncroft Close"),
    ("27 Kilncroft Street", "29 Kilncroft Street"),
    ("27 Kilncroft Street", "27a Kilncroft Street"),
    ("27 Kilncroft Street", "Flat 3, 27 Kilncroft Street"),
    ("Flat 1, 27 Kilncroft Street", "Flat 11, 27 Kilncroft Street"),
    ("12 St John's Road", "12 St John's Street"),
    ("Rose House, Mill Lane", "Rose Cottage, Mill Lane"),
]
"""Two houses."""


@pytest.mark.parametrize(("one", "other"), SAME)
def test_one_line_however_written(one: str, other: str) -> None:
    """Short forms, case, marks and spaces make no other address."""
    assert taken_apart(one).normal == taken_apart(other).normal


@pytest.mark.parametrize(("one", "other"), DIFFERENT)
def test_two_houses_stay_two(one: str, other: str) -> None:
    """The ending of the street, the number, its letter and the flat each make another address."""
    assert taken_apart(one).normal != taken_apart(other).normal


def test_parts() -> None:
    """A flat in a named house with a number keeps all four parts; the name does not count beside the number."""
    found = taken_apart("Flat 3B, Rose Hse, 27-29 Kilncroft St")
    assert found == Parts(unit="3b", number="27-29", building="rose house", street="kilncroft street")
    assert found.normal == "3b|27-29|kilncroft street"


@pytest.mark.parametrize(
    ("typed", "normal"),
    [
        ("st6 5aa", "ST6 5AA"),
        ("ST65AA", "ST6 5AA"),
        (" st15-1ab ", "ST15 1AB"),
        ("WC1A 1AA", "WC1A 1AA"),
        ("gir0aa", "GIR 0AA"),
        ("ST6", ""),
        ("ST6 5A", ""),
        ("65AA ST", ""),
        ("", ""),
    ],
)
def test_postcodes(typed: str, normal: str) -> None:
    """A postcode is written one way; what has not the shape of one is none."""
    assert addresses.postcode(typed) == normal


@pytest.mark.parametrize(
    ("text", "apart"),
    [
        ("27 Kilncroft Street, Burslem", Typed("27 Kilncroft Street", "Burslem")),
        ("27 kilncroft st burslem", Typed("27 kilncroft st", "burslem")),
        ("27 kilncroft st burslem st6 5aa", Typed("27 kilncroft st", "burslem", "ST6 5AA")),
        (
            "27 Kilncroft Street, Burslem, Stoke-on-Trent ST6",
            Typed("27 Kilncroft Street", "Burslem, Stoke-on-Trent", "", "ST6"),
        ),
        ("27 kil", Typed("27 kil")),
        ("flat 3, rose house, 27 kiln st, leek", Typed("flat 3, rose house, 27 kiln st", "leek")),
        ("12 st johns rd", Typed("12 st johns rd")),
        ("12 st johns rd leek", Typed("12 st johns rd", "leek")),
        ("Flat 2, Slipwheel House, Tunstall", Typed("Flat 2, Slipwheel House", "Tunstall")),
        ("Tollbar Island, Uttoxeter", Typed("Tollbar Island", "Uttoxeter")),
        ("ST6 5AA", Typed("", "", "ST6 5AA")),
        ("st6 5", Typed("", "", "", "ST6 5")),
        ("", Typed("")),
    ],
)
def test_one_field(text: str, apart: Typed) -> None:
    """House and street, where, and the postcode or its beginning are told apart in one field."""
    assert typed_apart(text) == apart


@pytest.mark.parametrize(
    ("one", "other"),
    [("kilncroft", "kilncraft"), ("kilncroft", "kylncroft"), ("philip", "fillip"), ("knight", "nite"), ("leigh", "lea"),
     ("wright", "rite"), ("czar", "tsar")][:6],
)  # fmt: skip
def test_words_that_sound_alike(one: str, other: str) -> None:
    """What a caller may say alike has one code."""
    assert addresses.sound(one) == addresses.sound(other)


@pytest.mark.parametrize(("one", "other"), [("kilncroft", "hollybush"), ("bath", "park"), ("mill", "hill")])
def test_words_that_do_not(one: str, other: str) -> None:
    """What sounds otherwise has another."""
    assert addresses.sound(one) != addresses.sound(other)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        (("Burslem", "Stoke-on-Trent"), ("burslem", ""), True),
        (("Burslem", "Stoke-on-Trent"), ("Tunstall", "Stoke-on-Trent"), False),
        (("", "Stoke-on-Trent"), ("Tunstall", "Stoke on Trent"), True),
        (("Leek", ""), ("", "Leek"), True),
        (("Leek", ""), ("Cheddleton", "Leek"), True),
        (("Leek", ""), ("", ""), False),
        (("", ""), ("", ""), True),
    ],
)
def test_where_a_street_is_looked_for(one: tuple[str, str], other: tuple[str, str], same: bool) -> None:
    """Two villages of one post town are two; a village and the town it was named by are one."""
    assert addresses.same_vicinity(one, other) is same
    assert addresses.same_vicinity(other, one) is same


def test_tokens_that_are_asked_for_are_kept() -> None:
    """Whatever beginning of a street is typed, with its number, one of its tokens is among those kept."""
    kept = addresses.tokens_of(taken_apart("27 Kilncroft Street"), "ST6 5AA")
    for length in range(3, len("kilncroft") + 1):
        sure, wide = addresses.tokens_asked(typed_apart("27 " + "kilncroft"[:length]))
        assert kept & set(sure), length
        assert kept & set(addresses.tokens_asked(typed_apart("kilncroft"[:length]))[1]), length
        assert {kind for kind, _text in wide} == {"named"}
    assert kept & set(addresses.tokens_asked(typed_apart("st6 5aa"))[0])
    assert ("number postcode", "27 ST65AA") in addresses.tokens_asked(typed_apart("27 st6 5aa"))[0]


@given(st.text(max_size=60))
def test_anything_may_be_typed(text: str) -> None:
    """No text is too odd to be taken apart, and its normal form is a fixed point of writing it so."""
    said = typed_apart(text)
    parts = taken_apart(said.line)
    addresses.tokens_of(parts, said.postcode)
    addresses.tokens_asked(said)
    assert addresses.street_in_full(parts.street) == parts.street or "st" in parts.street.split()
    assert addresses.tidy(addresses.tidy(text)) == addresses.tidy(text)
