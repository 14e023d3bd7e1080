"""Folding, sounds and tokens: one spelling for what people write in many ways."""

from __future__ import annotations

import csv

import pytest
from hypothesis import given
from hypothesis import strategies as st

from watchward.foundation.search.folding import closed_up, folded
from watchward.foundation.search.nicknames import NICKNAMES, given_names, same_given_name
from watchward.foundation.search.sounds import LONGEST, sound
from watchward.foundation.search.tokens import MOST_PARTS, codes, hashed, parts, token


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("O'Brien", "obrien"), ("O’BRIEN", "obrien"), ("Smith-Jones", "smith jones"),
        ("Łukasz Wójcik", "lukasz wojcik"),
        ("Zoë", "zoe"), ("STRAẞE", "strasse"), ("Ærøskøbing", "aeroskobing"), ("  a\t b\u00a0c ", "a b c"),
        ("Đặng", "dang"), ("İstanbul", "istanbul"), ("王伟", "王伟"), ("Иван", "иван"), ("", ""), ("...", ""),
    ],
)  # fmt: skip
def test_writing_is_folded(text: str, plain: str) -> None:
    """Case, marks, apostrophes and punctuation go; letters of other scripts stay themselves."""
    assert folded(text) == plain


@given(st.text())
def test_folding_twice_is_folding_once(text: str) -> None:
    """And what is folded has neither ends nor doubles of blanks."""
    once = folded(text)
    assert folded(once) == once
    assert once == " ".join(once.split())


def test_postcodes_close_up() -> None:
    """However they are written."""
    assert closed_up("ST6 5qx") == closed_up("st65QX ") == "st65qx"


@pytest.mark.parametrize(
    "names",
    [
        "smith smyth", "catherine katherine kathryn", "stephen steven", "mohammed muhammad mohamed mohamad",
        "philip filip",
        "wright right", "knight night", "singh sing", "dhillon dillon", "bhatt bat", "khan kahn", "leigh lee li",
        "wojciech vojciech", "ewa eva", "thompson tomson", "jacob jakob", "zhang chang", "kerry carrie",
    ],
)  # fmt: skip
def test_names_that_sound_alike_share_a_code(names: str) -> None:
    """Of English, South Asian, Polish and Chinese origin."""
    assert len({sound(name) for name in names.split()}) == 1


@pytest.mark.parametrize("names", ["smith jones", "li lo", "anna hannah", "khan singh", "mary barry"])
def test_names_that_do_not_sound_alike_keep_apart(names: str) -> None:
    """A code that fits everybody finds nobody."""
    one, other = names.split()
    assert sound(one) != sound(other)


@given(st.text())
def test_every_word_has_a_sound(text: str) -> None:
    """Of at most eight letters in the Latin alphabet, and itself in others."""
    for part in parts(text):
        code = sound(part)
        assert code
        assert len(code) <= LONGEST or code == part
    assert len(parts(text)) <= MOST_PARTS


def test_a_name_is_coded_in_parts_joined_and_as_what_it_is_short_for() -> None:
    """Mary-Ann, Mary Ann and Maryann meet; Kate meets Katherine."""
    assert set(codes("Mary-Ann")) & set(codes("Maryann"))
    assert set(codes("Mary Ann")) == set(codes("Mary-Ann"))
    assert set(codes("Kate")) & set(codes("Katherine"))
    assert same_given_name("bill", "william")
    assert same_given_name("liz", "beth")
    assert not same_given_name("bill", "robert")


def test_the_list_of_short_names_is_clean() -> None:
    """Folded, without doubles, and never short for itself."""
    with NICKNAMES.open(encoding="utf-8", newline="") as file:
        rows = [(row["short"], row["given"]) for row in csv.DictReader(file)]
    assert len(rows) == len(set(rows)) > 200
    assert all(folded(word) == word for row in rows for word in row)
    assert all(short != given_ and given_ in given_names(short) for short, given_ in rows)


def test_a_token_is_the_same_on_every_machine_and_day() -> None:
    """These numbers stand in databases: a change of them is a migration."""
    assert token("phone", "+447700900123") == 8610183291060841591
    assert token("phone", "x") == hashed("phone\0x")
    assert token("phone", "x") != token("pair", "x")


@given(st.text(), st.text())
def test_a_token_fits_a_bigint(kind: str, text: str) -> None:
    """Signed, of 64 bits."""
    assert -(2**63) <= token(kind, text) < 2**63
