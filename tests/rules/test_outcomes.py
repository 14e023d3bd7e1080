"""How a crime may end, on both sides of each first day; and how its ends are counted."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from watchward.domains.offences.vocabulary import (
    FLAGS,
    FURTHER_FLAGS,
    OUTCOMES,
    Flag,
    Outcome,
    OutcomeGroup,
    Suspect,
    Victim,
    flags_in_force,
    outcome,
    outcome_group_of,
    outcomes_in_force,
)
from watchward.kernel.dated import NotInForce

DAY = timedelta(days=1)


@pytest.mark.parametrize(
    ("code", "first"),
    [
        ("1", date(2014, 4, 1)),
        ("3A", date(2014, 4, 1)),
        ("18", date(2014, 4, 1)),
        ("20", date(2015, 4, 1)),
        ("21", date(2016, 1, 1)),
        ("22", date(2019, 4, 1)),
    ],
)
def test_an_outcome_may_be_recorded_from_its_first_day(code: str, first: date) -> None:
    """The day before, there is no such outcome; on the day there is, and it stays."""
    with pytest.raises(NotInForce):
        outcome(code, first - DAY)
    assert outcome(code, first).code.value == code
    assert outcome(code, date(2026, 11, 22)).code.value == code


def test_how_many_stand_when() -> None:
    """Twenty-two types from April 2014, one more in April 2015, in January 2016 and in April 2019."""
    days = [
        date(2014, 4, 1),
        date(2015, 3, 31),
        date(2015, 4, 1),
        date(2016, 1, 1),
        date(2019, 3, 31),
        date(2019, 4, 1),
    ]
    assert [len(outcomes_in_force(day)) for day in days] == [22, 22, 23, 24, 24, 25]
    assert {one.code for one in outcomes_in_force(date(2019, 4, 1))} == set(Outcome)
    with pytest.raises(NotInForce):
        outcomes_in_force(date(2014, 3, 31))


@pytest.mark.parametrize("code", list(Outcome))
def test_every_outcome_is_counted_once_and_in_words(code: Outcome) -> None:
    """A new outcome fails until somebody says under which group it is counted."""
    on = date(2019, 7, 1)
    assert outcome(code.value, on).words
    assert outcome_group_of(code.value, on) is not OutcomeGroup.NOT_YET


def test_sixteen_is_not_fourteen() -> None:
    """A suspect identified but no support is outcome 16 alone; the published tables count 14 beside it."""
    on = date(2018, 7, 1)
    sixteen, fourteen = outcome("16", on), outcome("14", on)
    assert (sixteen.suspect, sixteen.victim) == (Suspect.NAMED, Victim.DOES_NOT)
    assert (fourteen.suspect, fourteen.victim) == (Suspect.NOT_IDENTIFIED, Victim.DOES_NOT)
    assert outcome_group_of("16", on) is OutcomeGroup.NO_SUPPORT_SUSPECT_NAMED
    assert outcome_group_of("14", on) is OutcomeGroup.NO_SUPPORT_NO_SUSPECT
    assert outcome_group_of("16", on).heading == outcome_group_of("14", on).heading
    assert outcome_group_of("15", on).heading != outcome_group_of("16", on).heading


@pytest.mark.parametrize(
    ("group", "codes"),
    [
        (OutcomeGroup.CHARGED, {"1", "1A"}),
        (OutcomeGroup.FORMAL, {"2", "2A", "3", "3A", "6"}),
        (OutcomeGroup.INFORMAL, {"7", "8"}),
        (OutcomeGroup.TAKEN_INTO_CONSIDERATION, {"4"}),
        (OutcomeGroup.PREVENTED, {"5", "9", "10", "11", "12", "13", "17"}),
        (OutcomeGroup.NO_SUSPECT, {"18"}),
        (OutcomeGroup.DIVERSION, {"22"}),
    ],
)
def test_the_groups_of_the_tables(group: OutcomeGroup, codes: set[str]) -> None:
    """Charged is 1 and 1A; a formal disposal is a caution or a penalty notice; and so on."""
    on = date(2019, 7, 1)
    assert {one.code.value for one in outcomes_in_force(on) if outcome_group_of(one.code.value, on) is group} == codes


def test_an_unknown_code_is_no_outcome() -> None:
    """Nothing is guessed: 23, 1B and the empty text are none."""
    for code in ("23", "1B", "", "1 "):
        with pytest.raises(NotInForce):
            outcome(code, date(2019, 7, 1))


def test_flags_by_date_and_those_the_force_has_not_set() -> None:
    """Eleven flags are settled; modern slavery, alcohol and the night-time economy are the force's to say."""
    assert len(flags_in_force(date(2017, 4, 1))) == 11
    assert sum(flag.is_hate for flag in flags_in_force(date(2019, 7, 1))) == 5
    assert Flag.ALCOHOL not in flags_in_force(date(2019, 7, 1))
    assert not FURTHER_FLAGS.is_set_on(date(2019, 7, 1))
    with pytest.raises(NotInForce):
        flags_in_force(date(2017, 3, 31))
    assert FLAGS.policy
    assert not OUTCOMES.policy
