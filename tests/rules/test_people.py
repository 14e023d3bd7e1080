"""What may be recorded of people: pure rules, every reason at once."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from watchward.domains.people import rules
from watchward.domains.people.vocabulary import MarkerKind, Side, Tie, age_on, age_words, name_of

TODAY = date(2019, 7, 1)


@pytest.mark.parametrize(
    ("born", "on", "age"),
    [
        (date(2001, 7, 1), TODAY, 18),
        (date(2001, 7, 2), TODAY, 17),
        (date(2004, 2, 29), date(2022, 2, 28), 17),
        (date(2004, 2, 29), date(2022, 3, 1), 18),
        (TODAY, TODAY, 0),
    ],
)
def test_age_is_counted_in_birthdays(born: date, on: date, age: int) -> None:
    """Nobody is an adult a day early; born on 29 February, one comes of age on 1 March."""
    assert age_on(born, on) == age


def test_age_is_said_with_its_word() -> None:
    """A bare number looks like a house number."""
    assert age_words(date(1988, 3, 9), TODAY) == "Adult, 31"
    assert age_words(date(2012, 5, 6), TODAY) == "Child, 7"
    assert age_words(None, TODAY) == age_words(date(2030, 1, 1), TODAY) == "Age not known"


@pytest.mark.parametrize("tie", list(Tie))
def test_a_tie_turned_round_twice_is_itself(tie: Tie) -> None:
    """And a word is said for every sex."""
    assert tie.other_way.other_way is tie
    assert all(tie.said(sex) for sex in ("F", "M", "X", ""))


@pytest.mark.parametrize("kind", list(MarkerKind))
def test_every_marker_has_its_side_and_its_words(kind: MarkerKind) -> None:
    """Warnings of somebody and warnings for somebody look different."""
    assert kind.side in set(Side)
    assert kind.says[0].isupper()


def test_the_side_of_a_marker_tells_a_victim_from_a_danger() -> None:
    """A victim is no warning."""
    assert MarkerKind.VIOLENT.side is Side.WARNING
    assert MarkerKind.DA_REPEAT_VICTIM.side is Side.VICTIM
    assert MarkerKind.DEMENTIA.side is Side.NEED


@given(st.text())
def test_no_name_is_lost_when_it_is_taken_apart(said: str) -> None:
    """Every word stands in the forenames or the surname."""
    name = name_of(said)
    assert sorted(name.whole.split()) == sorted(said.replace(",", " ", 1).split())


def test_a_surname_first_is_told_by_its_comma() -> None:
    """Sharples, Kerry Ann."""
    assert (name_of("Sharples, Kerry Ann").forenames, name_of("Kerry Ann Sharples").surname) == (
        "Kerry Ann",
        "Sharples",
    )


def test_somebody_is_recorded_with_anything_that_names_them() -> None:
    """A surname alone, or what they are called."""
    good = {"forenames": "", "surname": "Unknown man", "born": None, "certainty": "", "sex": "", "today": TODAY}
    assert rules.why_not_record(**good) == ()  # type: ignore[arg-type]
    wrong = {**good, "surname": "x\x00", "born": date(1899, 12, 31), "certainty": "surely", "sex": "male"}
    assert {reason.field for reason in rules.why_not_record(**wrong)} == {  # type: ignore[arg-type]
        "surname", "date_of_birth", "birth_certainty", "sex",
    }  # fmt: skip
