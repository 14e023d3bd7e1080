"""The grading policy by its own examples, on both sides of the day on which it changed."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from watchward.domains.incidents.rules import (
    GRADING,
    IMPLIED,
    RESPONSE,
    Moments,
    grade_for,
    harm_of,
    signs_of,
    target_after_change,
    target_for,
)
from watchward.domains.incidents.vocabulary import Element, Facts, Grade, Kind, Level, Sign
from watchward.kernel.dated import NotInForce

BEFORE, SINCE = date(2019, 3, 31), date(2019, 4, 1)
AT = datetime(2019, 7, 1, 6, 43, tzinfo=UTC)
RANG = Moments(rang=AT, answered=AT + timedelta(seconds=4), opened=AT + timedelta(minutes=2), graded=AT)


def facts(*signs: Sign, urban: bool | None = None, **levels: Level) -> Facts:
    """Return facts: signs, and levels by the name of their word."""
    return Facts(frozenset(signs), {Element(name): level for name, level in levels.items()}, urban)


EXAMPLES = [
    (facts(Sign.VIOLENCE_NOW, Sign.STILL_THERE), 1, ["1.2", "2.3"]),
    (facts(Sign.VIOLENCE_NOW, Sign.CHILD_THERE), 1, ["1.4", "2.3"]),
    (facts(Sign.VIOLENCE_NOW), 2, ["2.3"]),
    (facts(Sign.DOMESTIC_ABUSE), 2, ["2.2"]),
    (facts(Sign.DOMESTIC_ABUSE, Sign.GETTING_WORSE), 2, ["2.1", "2.2"]),
    (facts(Sign.EVIDENCE_FADES), 3, ["3.1"]),
    (facts(Sign.JUST_HAPPENED, Sign.EVIDENCE_FADES), 2, ["2.10", "3.1"]),
    (facts(threat=Level.HIGH, risk=Level.HIGH), 1, ["1.9", "2.11", "2.13"]),
    (facts(threat=Level.HIGH, risk=Level.SOME), 2, ["2.11"]),
    (facts(threat=Level.SOME), 3, ["3.0"]),
    (facts(), 3, ["3.0"]),
    (facts(Sign.PHONE_WILL_DO), 4, ["4.1"]),
    (facts(Sign.PHONE_WILL_DO, Sign.DOMESTIC_ABUSE), 2, ["2.2"]),
    (facts(Sign.PHONE_WILL_DO, Sign.REPEAT_VICTIM), 3, ["3.2"]),
]


@pytest.mark.parametrize(("known", "grade", "rules"), EXAMPLES)
def test_the_policy_by_its_examples(known: Facts, grade: int, rules: list[str]) -> None:
    """Each example gives its grade, for all the reasons that the policy counts, most urgent first."""
    graded = grade_for(known, on=SINCE)
    assert (graded.grade, [reason.rule for reason in graded.reasons]) == (grade, rules)
    assert graded.cite == "Force grading policy, 1 April 2019"


def test_domestic_abuse_is_priority_from_the_day_the_policy_changed() -> None:
    """The last day of the old policy asks for a repeat victim as well; the first of the new does not."""
    assert grade_for(facts(Sign.DOMESTIC_ABUSE), on=BEFORE).grade == Grade.SCHEDULED
    assert grade_for(facts(Sign.DOMESTIC_ABUSE, Sign.REPEAT_VICTIM), on=BEFORE).grade == Grade.PRIORITY
    assert grade_for(facts(Sign.DOMESTIC_ABUSE), on=SINCE).grade == Grade.PRIORITY


def test_no_policy_is_made_up_for_a_day_before_the_first() -> None:
    """An incident of 2016 is not graded by the rules of 2017."""
    with pytest.raises(NotInForce):
        grade_for(facts(), on=date(2017, 3, 31))
    assert grade_for(facts(), on=date(2017, 4, 1)).since == date(2017, 4, 1)


@pytest.mark.parametrize("version", GRADING.versions, ids=lambda version: str(version.in_force))
def test_every_rule_has_its_own_number_within_its_grade(version: object) -> None:
    """Rules are numbered by grade, 1.1 to 4.1, each once, and each asks for something."""
    rules = version.value  # type: ignore[attr-defined]
    numbers = [rule.number for rule in rules]
    assert len(set(numbers)) == len(numbers)
    for rule in rules:
        assert rule.number.startswith(f"{rule.grade.value}.")
        assert rule.signs or rule.levels


@pytest.mark.parametrize("sign", [sign for sign in Sign if sign.is_danger])
def test_every_sign_of_danger_counts_for_something(sign: Sign) -> None:
    """No sign that a call handler can tick is without effect: alone, or with another, it meets a rule."""
    used = {one for rule in GRADING.versions[-1].value for one in rule.signs}
    assert sign in used


signs = st.frozensets(st.sampled_from(list(Sign)))
levels = st.dictionaries(st.sampled_from(list(Element)), st.sampled_from(list(Level)))
days = st.dates(date(2017, 4, 1), date(2026, 1, 1))
dangers = st.sampled_from([sign for sign in Sign if sign.is_danger])


@given(signs, levels, dangers, days)
def test_one_more_sign_of_danger_never_lowers_a_grade(
    known: frozenset[Sign], judged: dict[Element, Level], danger: Sign, day: date
) -> None:
    """Whatever is known, to learn of one more danger makes nobody come later, nor lessens the harm of waiting."""
    before, after = Facts(known, judged), Facts(known | {danger}, judged)
    one, other = grade_for(before, on=day), grade_for(after, on=day)
    assert other.grade <= one.grade
    assert harm_of(after, other.grade).rank >= harm_of(before, one.grade).rank


@given(signs, levels, st.sampled_from(list(Element)), days)
def test_a_higher_level_never_lowers_a_grade(
    known: frozenset[Sign], judged: dict[Element, Level], element: Element, day: date
) -> None:
    """To judge a word of THRIVE one level higher makes nobody come later."""
    least = judged.get(element, Level.NONE)
    higher = list(Level)[min(least.rank + 1, len(Level) - 1)]
    one = grade_for(Facts(known, judged), on=day)
    other = grade_for(Facts(known, {**judged, element: higher}), on=day)
    assert other.grade <= one.grade


@given(signs, levels, days)
def test_a_grade_always_has_a_reason_and_is_that_of_its_first(
    known: frozenset[Sign], judged: dict[Element, Level], day: date
) -> None:
    """No grade without a rule that asks for it, and none more urgent is left out."""
    graded = grade_for(Facts(known, judged), on=day)
    assert graded.reasons[0].grade == graded.grade == min(reason.grade for reason in graded.reasons)


def test_what_a_kind_always_has_is_not_asked_twice() -> None:
    """A domestic incident is domestic abuse without a tick; every kind that implies a sign implies a danger."""
    assert Sign.DOMESTIC_ABUSE in signs_of(Kind.DOMESTIC, ())
    assert all(sign.is_danger for implied in IMPLIED.values() for sign in implied)


# By when


@pytest.mark.parametrize(
    ("grade", "urban", "minutes", "words"),
    [
        (Grade.IMMEDIATE, True, 15, "15 min, urban, from when it rang"),
        (Grade.IMMEDIATE, False, 20, "20 min, rural, from when it rang"),
        (Grade.IMMEDIATE, None, 15, "15 min, urban until known otherwise, from when it rang"),
        (Grade.PRIORITY, False, 60, "60 min, from when it rang"),
        (Grade.SCHEDULED, True, 48 * 60, "48 hours, from when it rang"),
    ],
)
def test_targets_of_each_grade(grade: Grade, urban: bool | None, minutes: int, words: str) -> None:
    """An unknown place takes the shorter target."""
    target = target_for(grade, RANG, urban=urban)
    assert (target.by, target.words) == (AT + timedelta(minutes=minutes), words)


def test_nobody_is_awaited_where_nobody_is_to_go() -> None:
    """What is resolved without deployment has no target."""
    assert target_for(Grade.RESOLVED, RANG, urban=True).by is None


def test_a_response_counts_from_when_it_rang_since_the_policy_changed() -> None:
    """Until 31 March 2019 it counted from when the incident was opened, two minutes later."""
    old = datetime(2019, 3, 31, 12, 0, tzinfo=UTC)
    moments = Moments(old, old, old + timedelta(minutes=2), old + timedelta(minutes=2))
    assert target_for(Grade.PRIORITY, moments, urban=None).by == old + timedelta(minutes=62)
    new = old + timedelta(days=1)
    moments = Moments(new, new, new + timedelta(minutes=2), new + timedelta(minutes=2))
    assert target_for(Grade.PRIORITY, moments, urban=None).by == new + timedelta(minutes=60)


def test_the_policy_of_the_day_by_the_clock_in_london() -> None:
    """It rang at half past midnight on 1 April, when it was still 31 March in UTC."""
    rang = datetime(2019, 3, 31, 23, 30, tzinfo=UTC)
    moments = Moments(rang, rang, rang + timedelta(minutes=2), rang)
    assert target_for(Grade.PRIORITY, moments, urban=None).by == rang + timedelta(minutes=60)


@given(
    st.sampled_from([Grade.IMMEDIATE, Grade.PRIORITY, Grade.SCHEDULED]),
    st.sampled_from([Grade.IMMEDIATE, Grade.PRIORITY, Grade.SCHEDULED]),
    st.integers(0, 4_000),
    st.sampled_from([True, False, None]),
)
def test_a_raised_grade_never_gives_more_time(before: Grade, after: Grade, minutes: int, urban: bool | None) -> None:
    """Whoever is more urgent now is not awaited later than was promised."""
    stood = target_for(before, RANG, urban=urban)
    changed = target_after_change(stood, before, after, RANG, at=RANG.graded + timedelta(minutes=minutes), urban=urban)
    assert changed.by is not None
    assert stood.by is not None
    if after < before:
        assert changed.by <= stood.by
    assert changed.by >= changed.starts


def test_every_grade_that_sends_somebody_has_its_time_in_every_version() -> None:
    """A new grade fails here until somebody has said how fast it is."""
    for version in RESPONSE.versions:
        for grade in Grade:
            assert (version.value.length(grade, urban=None) is not None) == grade.sends
