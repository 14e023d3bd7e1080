"""What policy asks of calls: who is a repeat victim, whether contact rises, what a record lacks, what to say aloud."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from watchward.domains.contact import rules
from watchward.domains.contact.vocabulary import (
    BY_KEY,
    LIFE,
    MATTERS,
    Answer,
    How,
    Part,
    Previous,
    Which,
    name_and_birth,
)
from watchward.domains.incidents.vocabulary import Element, Heard, Level, Sign

NOW = datetime(2019, 7, 1, 6, 45, tzinfo=UTC)


def ago(*days: float, **more: object) -> list[Previous]:
    """Return contacts so many days before now."""
    return [Previous(NOW - timedelta(days=each), **more) for each in days]  # type: ignore[arg-type]


# Trend


@pytest.mark.parametrize(
    ("days", "month", "quarter", "year", "rising"),
    [
        ((), 1, 1, 1, False),
        ((259,), 1, 1, 2, False),
        ((3, 12, 25, 111, 239, 330), 4, 4, 7, True),
        ((40, 80, 120, 160, 200, 240, 280, 320), 1, 3, 9, False),
        ((5, 40, 80, 120, 160, 200, 240, 280), 2, 4, 9, False),
        ((29.9, 30.1, 364.9, 365.1), 2, 3, 4, False),
    ],
)
def test_contacts_are_counted_with_the_present_one(
    days: Sequence[float], month: int, quarter: int, year: int, rising: bool
) -> None:
    """4 in 30 days, 4 in 90, 7 in a year: today's call is one of them."""
    found = rules.trend(ago(*days), NOW)
    assert (found.month, found.quarter, found.year, found.rising) == (month, quarter, year, rising)


def test_the_chance_is_exact() -> None:
    """Three of six contacts in the last 30 days of a year, by chance: worked out by hand with whole numbers."""
    p = Fraction(30, 365)
    by_hand = sum(
        (Fraction(n) * p**k * (1 - p) ** (6 - k) for n, k in ((20, 3), (15, 4), (6, 5), (1, 6))), start=Fraction(0)
    )
    assert rules.chance_of(3, 3) == by_hand
    assert rules.once_in(by_hand) == "about once in 100"


def test_no_figure_when_numbers_are_too_small() -> None:
    """Two contacts in a month, or none before it, are no rate to compare with."""
    assert rules.trend(ago(3), NOW).chance is None
    assert rules.trend(ago(3, 4, 5), NOW).chance is None
    assert rules.trend(ago(3, 100), NOW).chance is None
    assert rules.trend(ago(3, 4, 100), NOW).chance is not None


@pytest.mark.parametrize(
    ("chance", "words"),
    [
        (Fraction(1, 20), "about once in 20"),
        (Fraction(1, 784), "about once in 800"),
        (Fraction(1, 1449), "about once in 1,000"),
        (Fraction(1, 1551), "about once in 2,000"),
        (Fraction(2, 3), "about once in 2"),
        (Fraction(1, 2_000_000), "less than once in a million"),
    ],
)
def test_a_chance_is_said_with_one_figure(chance: Fraction, words: str) -> None:
    """One figure that counts; more would pretend to be exact."""
    assert rules.once_in(chance) == words


def test_worse_is_more_urgent_than_before() -> None:
    """Immediate this month, Scheduled at most before: getting worse, whatever the counts say."""
    assert rules.trend([*ago(10, severity=2), *ago(100, 200, severity=1)], NOW).worse
    assert not rules.trend([*ago(10, severity=1), *ago(100, severity=1)], NOW).worse
    assert not rules.trend(ago(10, severity=2), NOW).worse, "with nothing before there is nothing to be worse than"


@given(st.integers(0, 40), st.integers(0, 40))
def test_a_chance_is_a_chance(recent: int, earlier: int) -> None:
    """Between none and certain; more recent contacts are never likelier than fewer."""
    chance = rules.chance_of(recent, earlier)
    assert 0 < chance <= 1
    assert rules.chance_of(recent + 1, earlier) < chance or recent == earlier == 0
    assert rules.chance_of(0, earlier) == 1


@given(st.lists(st.floats(0, 800), max_size=40))
def test_spans_lie_within_each_other(days: list[float]) -> None:
    """What is in a month is in the quarter and the year, and the columns hold no more than the year."""
    found = rules.trend(ago(*days), NOW)
    assert 1 <= found.month <= found.quarter <= found.year
    assert sum(found.months) <= found.year
    assert len(found.months) == 13


# Three identifications


def about_her(*days: float, **more: object) -> list[Previous]:
    """Return contacts that name the person."""
    return ago(*days, about_person=True, **more)


@pytest.mark.parametrize(
    ("before", "known", "answer", "words"),
    [
        (about_her(3, 12, 25, 111, victim=True), False, Answer.YES, "victim 4 times in 12 months"),
        (about_her(364, victim=True), False, Answer.YES, "victim once in 12 months"),
        (about_her(366, victim=True), True, Answer.NO, "not a victim since 1 Jul 2018"),
        (about_her(10), True, Answer.NO, "not a victim since 1 Jul 2018"),
        (ago(10, victim=True), True, Answer.NO, "not a victim since 1 Jul 2018"),
        ([], True, Answer.NO, "not a victim since 1 Jul 2018"),
        ([], False, None, ""),
    ],
)
def test_a_repeat_victim_was_a_victim_within_twelve_months(
    before: list[Previous], known: bool, answer: Answer | None, words: str
) -> None:
    """Once or more, the same person, any place; an empty record says "no" only of somebody who is known."""
    found = rules.suggested(Which.REPEAT_VICTIM, before=before, marked=(), known=known, told=False, at=NOW)
    assert (found.answer if found else None, found.words if found else "") == (answer, words)


@pytest.mark.parametrize(
    ("before", "marked", "known", "told", "answer", "how"),
    [
        (about_her(30, flags=frozenset({"domestic-abuse"})), (), False, False, Answer.YES, How.RECOGNISED),
        (about_her(400, flags=frozenset({"domestic-abuse"})), (), True, False, Answer.NO, How.RECOGNISED),
        ([], ("domestic-abuse",), False, False, Answer.YES, How.MARKER),
        ([], (), True, True, None, None),
        ([], (), True, False, Answer.NO, How.RECOGNISED),
        ([], (), False, False, None, None),
    ],
)
def test_domestic_abuse_is_recognised_from_any_report(
    before: list[Previous], marked: tuple[str, ...], known: bool, told: bool, answer: Answer | None, how: How | None
) -> None:
    """Records never say "no" to abuse that the caller is telling of."""
    found = rules.suggested(Which.DOMESTIC_ABUSE, before=before, marked=marked, known=known, told=told, at=NOW)
    assert (found.answer if found else None, found.how if found else None) == (answer, how)


@given(st.booleans(), st.booleans(), st.lists(st.floats(0, 800), max_size=10))
def test_records_never_say_that_nobody_is_unwell(known: bool, told: bool, days: list[float]) -> None:
    """Silence of the records is no answer about somebody's mind."""
    found = rules.suggested(Which.MENTAL_ILL_HEALTH, before=about_her(*days), marked=(), known=known, told=told, at=NOW)
    assert found is None


# What is due


@pytest.mark.parametrize(
    ("answers", "part", "heard"),
    [
        ({}, Part.VICTIM, set()),
        ({Which.REPEAT_VICTIM: Answer.NO, Which.DOMESTIC_ABUSE: Answer.NO}, Part.VICTIM, set()),
        ({Which.REPEAT_VICTIM: Answer.YES}, Part.VICTIM, {Sign.REPEAT_VICTIM}),
        ({Which.REPEAT_VICTIM: Answer.YES}, Part.NOT_KNOWN, {Sign.REPEAT_VICTIM}),
        ({Which.REPEAT_VICTIM: Answer.YES}, Part.FOR_ANOTHER, set()),
        ({Which.REPEAT_VICTIM: Answer.YES}, Part.WITNESS, set()),
        ({Which.DOMESTIC_ABUSE: Answer.YES}, Part.WITNESS, {Sign.DOMESTIC_ABUSE}),
    ],
)
def test_what_was_identified_speaks_for_going_faster(
    answers: dict[Which, Answer], part: Part, heard: set[Sign]
) -> None:
    """A yes counts; who rings for another is no repeat victim by it, and domestic abuse is so whoever rings."""
    weapon = {Sign.WEAPON}
    found = rules.signs_heard([Sign.WEAPON.key], what="", part=part, identified=answers)
    assert found == weapon | heard
    matter = BY_KEY["domestic-now"]
    assert rules.signs_heard([], what=matter.key, part=part, identified=answers) == matter.signs | heard


def test_identifications_are_due_after_the_line_closes() -> None:
    """Ten minutes after the end of the call, and while it lasts an hour after it was answered."""
    answered = NOW
    assert rules.identified_by(answered, None) == NOW + timedelta(hours=1)
    assert rules.identified_by(answered, NOW + timedelta(minutes=4)) == NOW + timedelta(minutes=14)
    assert rules.identified_by(answered, NOW + timedelta(minutes=55)) == NOW + timedelta(hours=1)
    assert rules.identified_by(answered, NOW + timedelta(hours=2)) == NOW + timedelta(hours=2)


@given(st.integers(0, 10_000))
def test_identifications_are_never_due_before_they_arise(seconds: int) -> None:
    """However short or long a call was."""
    ended = NOW + timedelta(seconds=seconds)
    assert rules.identified_by(NOW, ended) >= NOW
    assert rules.identified_by(NOW, ended) >= min(ended, rules.identified_by(NOW, None))


def test_a_record_says_what_it_lacks() -> None:
    """Either a number or a name says who rang; THRIVE is named word by word once it is begun."""
    assert rules.missing(number="", caller="", place="", what="", said=False, thrive={}) == (
        "who rang", "place", "what", "what was said", "THRIVE",
    )  # fmt: skip
    some = {Element.THREAT: Heard("He is there", Level.HIGH), Element.HARM: Heard("", Level.NONE)}
    assert rules.missing(number="07700 900417", caller="", place="x", what="theft", said=True, thrive=some) == (
        "THRIVE: risk, investigation, vulnerability, engagement",
    )
    whole = dict.fromkeys(Element, Heard("", Level.NONE))
    assert rules.missing(number="", caller="Kez", place="x", what="theft", said=True, thrive=whole) == ()


# Words and tables


def test_every_matter_has_its_own_key_and_opens_an_incident() -> None:
    """The list that a call handler chooses from."""
    assert len(BY_KEY) == len(MATTERS)
    assert len({matter.words for matter in MATTERS}) == len(MATTERS)


@pytest.mark.parametrize("matter", MATTERS, ids=lambda matter: matter.key)
def test_advice_is_offered_for_matters_that_exist(matter: object) -> None:
    """Every piece of advice names matters of the list, and what is said is found again by its key."""
    day = date(2019, 7, 1)
    offered = rules.advice_for(matter.key, day)  # type: ignore[attr-defined]
    keys = {one.key for one in offered}
    assert len(keys) == len(offered)
    assert set(rules.advice_called(keys, day)) == keys
    assert {key for one in rules.ADVICE.value_on(day) for key in one.matters} <= set(BY_KEY)


def test_somebody_in_danger_at_home_is_told_how_to_stay_alive() -> None:
    """Four things to say while violence is happening, and nothing about insurance."""
    keys = [one.key for one in rules.advice_for("domestic-now", date(2019, 7, 1))]
    assert keys[:4] == ["line-open", "way-out", "leave", "quiet"]


def test_the_life_of_a_call() -> None:
    """A draft can become a record, an incident, or be cut off; what is closed can still be corrected."""
    assert LIFE.moves_from(LIFE.start) == ("save", "open an incident from", "abandon")
    assert LIFE.final == ()


@pytest.mark.parametrize(
    ("said", "name", "born"),
    [
        ("Kez Machin", "Kez Machin", None),
        ("Kez Machin 14/3/1988", "Kez Machin", date(1988, 3, 14)),
        ("Kez Machin, 14 Mar 1988", "Kez Machin", date(1988, 3, 14)),
        ("Kez Machin born 14.03.1988 ", "Kez Machin", date(1988, 3, 14)),
        ("Kez Machin dob 14 march 1988", "Kez Machin", date(1988, 3, 14)),
        ("Kez Machin 31/2/1988", "Kez Machin 31/2/1988", None),
        ("Kez 14 Foo 1988", "Kez 14 Foo 1988", None),
        ("14/3/1988", "", date(1988, 3, 14)),
        ("", "", None),
    ],
)
def test_a_date_of_birth_is_typed_after_the_name(said: str, name: str, born: date | None) -> None:
    """One box for both, so that asking costs no key but the date; what is no date stays where it was typed."""
    assert name_and_birth(said) == (name, born)
