"""The grading policy: rules that each ask for a grade, of which the most urgent is given."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from watchward.domains.incidents.vocabulary import (
    Element,
    Facts,
    Grade,
    Graded,
    Kind,
    Level,
    Reason,
    Sign,
)
from watchward.kernel.dated import Dated, Version

HIGH, SOME = Level.HIGH, Level.SOME


@dataclass(frozen=True)
class GradeRule:
    """One rule of the policy: when all its signs are so and each level is reached, it asks for a grade.

    A rule has no exceptions, so that one more sign of danger can only add rules that are met and never lower a grade.

    Args:
        number: as the policy counts it.
        grade: what it asks for.
        words: the reason as people read it.
        signs: all of these must be so.
        levels: each of these words of THRIVE must be at least at this level.
    """

    number: str
    grade: Grade
    words: str
    signs: frozenset[Sign] = frozenset()
    levels: tuple[tuple[Element, Level], ...] = ()

    def met_by(self, facts: Facts) -> bool:
        """Return whether these facts meet it."""
        return self.signs <= facts.signs and all(
            element in facts.levels and facts.levels[element].rank >= least.rank for element, least in self.levels
        )

    def __str__(self) -> str:
        return f"{self.number} {self.grade.word}: {self.words[:1].lower()}{self.words[1:]}"


def _one(number: str, words: str, *signs: Sign, levels: tuple[tuple[Element, Level], ...] = ()) -> GradeRule:
    return GradeRule(number, Grade.IMMEDIATE, words, frozenset(signs), levels)


def _two(number: str, words: str, *signs: Sign, levels: tuple[tuple[Element, Level], ...] = ()) -> GradeRule:
    return GradeRule(number, Grade.PRIORITY, words, frozenset(signs), levels)


def _three(number: str, words: str, *signs: Sign, levels: tuple[tuple[Element, Level], ...] = ()) -> GradeRule:
    return GradeRule(number, Grade.SCHEDULED, words, frozenset(signs), levels)


_IMMEDIATE = (
    _one("1.1", "Somebody's life is at risk now", Sign.LIFE_AT_RISK),
    _one("1.2", "Violence now, and whoever did it is still there", Sign.VIOLENCE_NOW, Sign.STILL_THERE),
    _one("1.3", "Somebody is badly hurt", Sign.SERIOUS_INJURY),
    _one("1.4", "Violence now, with a child there", Sign.VIOLENCE_NOW, Sign.CHILD_THERE),
    _one("1.5", "A weapon, and whoever has it is still there", Sign.WEAPON, Sign.STILL_THERE),
    _one("1.6", "It is happening now, and whoever does it is there", Sign.HAPPENING_NOW, Sign.STILL_THERE),
    _one("1.7", "People on the road are in danger", Sign.ROAD_DANGER),
    _one("1.8", "Somebody is missing and at high risk", Sign.MISSING_HIGH_RISK),
    _one("1.9", "High threat, and harm is likely soon", levels=((Element.THREAT, HIGH), (Element.RISK, HIGH))),
)
_PRIORITY = (
    _two("2.3", "Violence now", Sign.VIOLENCE_NOW),
    _two("2.4", "Violence is threatened", Sign.VIOLENCE_THREATENED),
    _two("2.5", "A weapon is spoken of", Sign.WEAPON),
    _two("2.6", "A child is at risk", Sign.CHILD_AT_RISK),
    _two("2.7", "Somebody is in a mental health crisis", Sign.MENTAL_CRISIS),
    _two("2.8", "The line was cut or nobody could speak", Sign.CALL_CUT_OFF),
    _two("2.9", "It is happening now", Sign.HAPPENING_NOW),
    _two("2.10", "It has just happened, and evidence will be lost", Sign.JUST_HAPPENED, Sign.EVIDENCE_FADES),
    _two("2.11", "High threat", levels=((Element.THREAT, HIGH),)),
    _two("2.12", "Harm would be serious", levels=((Element.HARM, HIGH),)),
    _two("2.13", "Harm is likely soon", levels=((Element.RISK, HIGH),)),
)
_SCHEDULED = (
    _three("3.1", "Evidence or a witness will be lost by waiting", Sign.EVIDENCE_FADES),
    _three("3.2", "They were a victim before, within 12 months", Sign.REPEAT_VICTIM),
    _three("3.3", "A time to see them is agreed", Sign.SLOT_AGREED),
    _three("3.4", "There is something to investigate at the place", levels=((Element.INVESTIGATION, HIGH),)),
)
_RESOLVED = (
    GradeRule("4.1", Grade.RESOLVED, "The caller agrees that nobody need come", frozenset({Sign.PHONE_WILL_DO})),
)
_BEFORE = (
    _two("2.1", "Domestic abuse, and they were a victim before", Sign.DOMESTIC_ABUSE, Sign.REPEAT_VICTIM),
    _two("2.2", "Somebody there cannot protect themselves", Sign.VULNERABLE, levels=((Element.THREAT, SOME),)),
)
_SINCE_2019 = (
    _two("2.1", "It is getting worse", Sign.GETTING_WORSE),
    _two("2.2", "Domestic abuse", Sign.DOMESTIC_ABUSE),
    *_PRIORITY,
    _two("2.14", "Somebody there cannot protect themselves", Sign.VULNERABLE),
    _two("2.15", "Very vulnerable", levels=((Element.VULNERABILITY, HIGH),)),
    _two("2.16", "They were chosen for who they are", Sign.HATE),
)

GRADING: Dated[tuple[GradeRule, ...]] = Dated(
    title="Grades of response",
    chosen_by="the day the incident was reported",
    policy=True,
    asks="which facts ask for which grade of response",
    versions=(
        Version(
            in_force=date(2017, 4, 1),
            cite="Force grading policy, 1 April 2017",
            value=(*_IMMEDIATE, *_BEFORE, *_PRIORITY, *_SCHEDULED, *_RESOLVED),
        ),
        Version(
            in_force=date(2019, 4, 1),
            cite="Force grading policy, 1 April 2019",
            value=(*_IMMEDIATE, *_SINCE_2019, *_SCHEDULED, *_RESOLVED),
        ),
    ),
)
"""The most urgent grade that any rule asks for is given; where none is met, somebody is to see them as scheduled."""

NOTHING_FASTER = Reason("3.0", "Nothing heard so far asks for faster", Grade.SCHEDULED)

IMPLIED: dict[Kind, frozenset[Sign]] = {
    Kind.DOMESTIC: frozenset({Sign.DOMESTIC_ABUSE}),
    Kind.CALL_CUT_OFF: frozenset({Sign.CALL_CUT_OFF}),
    Kind.MENTAL_HEALTH: frozenset({Sign.MENTAL_CRISIS}),
    Kind.COLLISION_INJURY: frozenset({Sign.ROAD_DANGER}),
}
"""Signs that a kind of incident always has."""


def signs_of(kind: Kind, signs: Iterable[Sign]) -> frozenset[Sign]:
    """Return these signs with those that the kind of incident always has."""
    return frozenset(signs) | IMPLIED.get(kind, frozenset())


def grade_for(facts: Facts, *, on: date) -> Graded:
    """Return the grade that the policy gives, with every reason and the number of its rule.

    Args:
        facts: what is so.
        on: the day the incident was reported.

    Raises:
        NotInForce: no policy was in force that day.
    """
    version = GRADING.on(on)
    met = [Reason(rule.number, rule.words, rule.grade) for rule in version.value if rule.met_by(facts)]
    # That nobody need come is no reason for going.
    reasons = [reason for reason in met if reason.grade.sends] or met or [NOTHING_FASTER]
    reasons.sort(key=lambda reason: reason.grade)
    return Graded(reasons[0].grade, tuple(reasons), version.cite, version.in_force)


_WEIGHED = (Element.THREAT, Element.HARM, Element.RISK, Element.VULNERABILITY)
_HEAVY = frozenset(
    {
        Sign.LIFE_AT_RISK, Sign.VIOLENCE_NOW, Sign.SERIOUS_INJURY, Sign.CHILD_AT_RISK, Sign.DOMESTIC_ABUSE,
        Sign.MISSING_HIGH_RISK, Sign.MENTAL_CRISIS, Sign.WEAPON,
    }
)  # fmt: skip


def harm_of(facts: Facts, grade: Grade) -> Level:
    """Return how much harm a delay could do: it sets how soon the incident is assessed again.

    Args:
        facts: what is so.
        grade: the grade given, which may be more urgent than the policy's.
    """
    judged = [facts.levels[element] for element in _WEIGHED if element in facts.levels]
    if grade is Grade.IMMEDIATE or Level.HIGH in judged or facts.signs & _HEAVY:
        return Level.HIGH
    if grade is Grade.PRIORITY or Level.SOME in judged or any(sign.is_danger for sign in facts.signs):
        return Level.SOME
    return Level.NONE
