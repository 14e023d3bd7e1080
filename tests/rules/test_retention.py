"""How long records are kept: the groups, the clear period, the least time, and all that stands against a disposal."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from watchward.domains.crimes.rules import review_group
from watchward.domains.people.vocabulary import under_ten
from watchward.foundation.retention.rules import (
    LEAST,
    NAMES,
    TERMS,
    Facts,
    due_on,
    earliest_disposal,
    named,
    why_not_dispose,
    why_not_retain,
    years_after,
)
from watchward.foundation.retention.vocabulary import Group, Source
from watchward.kernel.dated import NotInForce

TODAY = date(2019, 7, 1)
DAYS = st.dates(date(1950, 1, 1), date(2019, 6, 30))
WORDS = st.lists(st.text("abc", min_size=1), min_size=1).map(tuple)
FACTS = st.builds(
    Facts,
    since=DAYS,
    group=st.sampled_from(Group),
    born=st.lists(DAYS, max_size=2).map(tuple),
    open=st.just(()) | WORDS,
    holds=st.just(()) | WORDS,
    owed=st.integers(0, 2),
    next_on=st.none() | st.dates(date(2000, 1, 1), date(2040, 1, 1)),
)


def codes(facts: Facts, on: date = TODAY) -> set[str]:
    """Return the codes of the reasons against."""
    return {reason.code for reason in why_not_dispose(facts, on=on)}


@given(FACTS)
def test_nothing_held_unfinished_owed_or_too_young_ever_goes(facts: Facts) -> None:
    """Whatever else is true of a record, one of these alone keeps it; each is said, and nothing else."""
    said = codes(facts)
    assert ("held" in said) == bool(facts.holds)
    assert ("open" in said) == bool(facts.open)
    assert ("owed" in said) == bool(facts.owed)
    assert ("least" in said) == (years_after(facts.since, 6) > TODAY)
    if not said:
        assert facts.since <= date(2013, 7, 1)
        assert earliest_disposal(facts, on=TODAY) <= TODAY
        assert all(years_after(day, 100) <= TODAY for day in facts.born) or facts.group != Group.ONE


@given(FACTS, DAYS, st.integers(0, 40_000))
def test_whatever_happens_later_only_keeps_it_longer(facts: Facts, later: date, days: int) -> None:
    """The clear period begins anew with each event: nothing that could not go before can go because of it."""
    on = TODAY + timedelta(days=days)
    since = max(facts.since, later)
    after = Facts(since, facts.group, facts.born, facts.open, facts.holds, facts.owed, facts.next_on)
    assert due_on(after, on=on) >= due_on(facts, on=on)
    assert earliest_disposal(after, on=on) >= earliest_disposal(facts, on=on)
    if not codes(after, on):
        assert not codes(facts, on)


@given(DAYS, st.integers(1, 100))
def test_so_many_years_are_whole_and_no_day_less(day: date, years: int) -> None:
    """The anniversary bears the same day and month; only after 29 February is it 1 March, never 28 February."""
    found = years_after(day, years)
    assert found.year == day.year + years
    if (day.month, day.day) == (2, 29) and found.month == 3:
        assert found.day == 1
    else:
        assert (found.month, found.day) == (day.month, day.day)


@pytest.mark.parametrize(
    ("day", "years", "over"),
    [
        (date(2012, 2, 29), 6, date(2018, 3, 1)),
        (date(2012, 2, 29), 4, date(2016, 2, 29)),
        (date(2012, 2, 28), 6, date(2018, 2, 28)),
        (date(2012, 3, 1), 6, date(2018, 3, 1)),
        (date(1900, 2, 28), 100, date(2000, 2, 28)),
    ],
)
def test_the_anniversary_of_a_leap_day(day: date, years: int, over: date) -> None:
    """Recorded on 29 February 2012, six years are over on 1 March 2018."""
    assert years_after(day, years) == over


@pytest.mark.parametrize(
    ("group", "kept", "may"),
    [
        (Group.FOUR, date(2013, 7, 2), False),
        (Group.FOUR, date(2013, 7, 1), True),
        (Group.THREE, date(2013, 7, 1), True),
        (Group.TWO, date(2013, 7, 1), False),
        (Group.TWO, date(2009, 7, 1), True),
        (Group.ONE, date(2009, 7, 1), False),
        (Group.ONE, date(1919, 7, 2), False),
        (Group.ONE, date(1919, 7, 1), True),
    ],
)
def test_each_group_on_both_sides_of_its_day(group: Group, kept: date, may: bool) -> None:
    """Six clear years, ten, and a hundred where no day of birth is known."""
    assert (codes(Facts(since=kept, group=group)) == set()) is may


def test_the_first_group_waits_for_the_last_hundredth_birthday() -> None:
    """Of two people in it the younger counts."""
    facts = Facts(since=date(2000, 1, 1), group=Group.ONE, born=(date(1915, 5, 3), date(1920, 5, 3)))
    assert earliest_disposal(facts, on=TODAY) == date(2020, 5, 3)
    assert codes(facts) == {"age"}


@pytest.mark.parametrize("table", [TERMS, LEAST])
def test_the_codes_commence(table: object) -> None:
    """Nothing is in force before the Code of 2005; that of 2023 replaces it on 20 July 2023."""
    assert isinstance(table, type(TERMS))
    with pytest.raises(NotInForce):
        table.on(date(2005, 11, 13))
    assert "2005" in table.on(date(2005, 11, 14)).cite
    assert "2005" in table.on(date(2023, 7, 19)).cite
    assert "2023" in table.on(date(2023, 7, 20)).cite


def test_what_the_groups_are_called_since_2023_is_for_the_force_to_say() -> None:
    """Until it does, a group is said by its number."""
    assert named(Group.FOUR, date(2023, 7, 19)) == "Group 4, miscellaneous"
    assert named(Group.FOUR, date(2023, 7, 20)) == "Group 4"
    assert not NAMES.is_set_on(date(2023, 7, 20))


def test_to_keep_it_on_takes_a_reason_a_day_and_every_criterion() -> None:
    """All that is missing is said at once; a child under ten takes a reason of its own."""
    facts = Facts(since=date(2013, 1, 1), group=Group.THREE, child=True)
    refused = why_not_retain(facts, on=TODAY, reason="", next_on=None, child_reason="", unanswered=["capable"])
    assert {reason.field for reason in refused} == {"capable", "reason", "next_on", "child_reason"}
    said = {"reason": "She may be found again", "child_reason": "Her brother is still missing", "unanswered": ()}
    assert why_not_retain(facts, on=TODAY, next_on=date(2025, 7, 1), **said) == ()  # type: ignore[arg-type]
    late = why_not_retain(facts, on=TODAY, next_on=date(2025, 7, 2), **said)  # type: ignore[arg-type]
    assert [reason.code for reason in late] == ["late"]
    early = why_not_retain(facts, on=TODAY, next_on=TODAY, **said)  # type: ignore[arg-type]
    assert [reason.code for reason in early] == ["early"]


@pytest.mark.parametrize(
    ("offence", "subgroup", "suspected", "group"),
    [
        ("Violence against the person", "Homicide", False, 1),
        ("Sexual offences", "Rape offences", True, 1),
        ("Sexual offences", "Other sexual offences", False, 2),
        ("Robbery", "Robbery of personal property", False, 2),
        ("Theft offences", "Shoplifting", True, 3),
        ("Theft offences", "Shoplifting", False, 4),
    ],
)
def test_the_review_group_of_a_crime(offence: str, subgroup: str, suspected: bool, group: int) -> None:
    """What is serious stays so although nobody was found; what is not, and was never detected, is miscellaneous."""
    assert review_group(offence_group=offence, subgroup=subgroup, suspected=suspected, on=TODAY) == group


@pytest.mark.parametrize(
    ("born", "young"), [(date(2009, 7, 2), True), (date(2009, 7, 1), False), (None, False), (date(2008, 2, 29), False)]
)
def test_under_ten(born: date | None, young: bool) -> None:
    """Ten on the tenth birthday; nobody is called a child whose day of birth is not known."""
    assert under_ten(born, TODAY) is young


def test_each_source_of_a_hold_has_its_words_and_its_law() -> None:
    """A new source fails until somebody has thought."""
    assert all(source.words and source.cite for source in Source)
