"""How urgent an incident is, and what THRIVE and the grading policy look at."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import IntEnum, StrEnum


class Grade(IntEnum):
    """How fast to go; the lower the number, the faster."""

    IMMEDIATE = 1
    PRIORITY = 2
    SCHEDULED = 3
    RESOLVED = 4

    @property
    def word(self) -> str:
        """Its name alone: "Immediate"."""
        return _GRADE_WORDS[self]

    @property
    def words(self) -> str:
        """Its number and name: "1 Immediate"."""
        return f"{self.value} {self.word}"

    @property
    def sends(self) -> bool:
        """Whether somebody is to go."""
        return self is not Grade.RESOLVED


_GRADE_WORDS = {
    Grade.IMMEDIATE: "Immediate",
    Grade.PRIORITY: "Priority",
    Grade.SCHEDULED: "Scheduled",
    Grade.RESOLVED: "Resolved without deployment",
}


class Element(StrEnum):
    """The six things that THRIVE asks about, in its order."""

    THREAT = "threat"
    HARM = "harm"
    RISK = "risk"
    INVESTIGATION = "investigation"
    VULNERABILITY = "vulnerability"
    ENGAGEMENT = "engagement"

    @property
    def label(self) -> str:
        """Its name on a form, short enough to stand beside a box."""
        return _ELEMENT_LABELS[self]

    @property
    def asks(self) -> str:
        """The question that it stands for."""
        return _ELEMENT_ASKS[self]


_ELEMENT_LABELS = {
    Element.THREAT: "Threat",
    Element.HARM: "Harm",
    Element.RISK: "Risk",
    Element.INVESTIGATION: "Investigate",
    Element.VULNERABILITY: "Vulnerable",
    Element.ENGAGEMENT: "Engage",
}

_ELEMENT_ASKS = {
    Element.THREAT: "Who or what threatens whom, and what follows if nothing is done?",
    Element.HARM: "How badly could somebody be hurt?",
    Element.RISK: "How likely is that, and how soon?",
    Element.INVESTIGATION: "What is there to investigate, and what would be lost by waiting?",
    Element.VULNERABILITY: "Who cannot protect themselves, and why?",
    Element.ENGAGEMENT: "What does the caller need, and who else must be told or reassured?",
}


class Level(StrEnum):
    """How much of it there is; its first letter sets it."""

    NONE = "none"
    SOME = "some"
    HIGH = "high"

    @property
    def rank(self) -> int:
        """Its place from least to most."""
        return list(Level).index(self)

    @property
    def label(self) -> str:
        """Its word on a form."""
        return self.value.capitalize()


@dataclass(frozen=True)
class Heard:
    """What was said under one word of THRIVE.

    Args:
        text: in the words of whoever took it down.
        level: how much of it; None while it is not judged.
    """

    text: str = ""
    level: Level | None = None

    @property
    def answered(self) -> bool:
        """Whether anything was said or judged."""
        return self.level is not None or bool(self.text.strip())


Thrive = Mapping[Element, Heard]
"""One THRIVE: what was heard under each of its words; a word that is missing was not asked yet."""


def values_of(heard: Thrive) -> dict[str, str]:
    """Return a THRIVE as answers by the key of their question: `threat` and `threat-level`."""
    values: dict[str, str] = {}
    for element, said in heard.items():
        values[element.value] = said.text
        values[f"{element.value}-level"] = said.level.value if said.level else ""
    return values


def heard_from(values: Mapping[str, str]) -> dict[Element, Heard]:
    """Return what was heard, from answers by the key of their question; words not asked yet are left out."""
    found = {}
    for element in Element:
        level = values.get(f"{element.value}-level", "")
        said = Heard(values.get(element.value, ""), Level(level) if level else None)
        if said.answered:
            found[element] = said
    return found


class Sign(StrEnum):
    """A fact that speaks for going faster, or for not going at all, as the grading policy names them."""

    LIFE_AT_RISK = "somebody's life is at risk now"
    VIOLENCE_NOW = "violence now"
    VIOLENCE_THREATENED = "violence is threatened"
    WEAPON = "a weapon is there"
    SERIOUS_INJURY = "somebody is badly hurt"
    STILL_THERE = "whoever did it is still there"
    HAPPENING_NOW = "it is happening now"
    JUST_HAPPENED = "it has just happened"
    CHILD_THERE = "a child is there"
    CHILD_AT_RISK = "a child is at risk"
    DOMESTIC_ABUSE = "domestic abuse"
    REPEAT_VICTIM = "they were a victim before, within 12 months"
    GETTING_WORSE = "it is getting worse"
    VULNERABLE = "somebody there cannot protect themselves"
    MENTAL_CRISIS = "somebody is in a mental health crisis"
    MISSING_HIGH_RISK = "somebody is missing and at high risk"
    CALL_CUT_OFF = "the line was cut or nobody could speak"
    ROAD_DANGER = "people on the road are in danger"
    EVIDENCE_FADES = "evidence or a witness will be lost by waiting"
    HATE = "they were chosen for who they are"
    SLOT_AGREED = "a time to see them is agreed"
    PHONE_WILL_DO = "the caller agrees that nobody need come"

    @property
    def is_danger(self) -> bool:
        """Whether it speaks for going faster."""
        return self not in (Sign.SLOT_AGREED, Sign.PHONE_WILL_DO)

    @property
    def label(self) -> str:
        """Its words at the head of a line."""
        return self.value[:1].upper() + self.value[1:]

    @property
    def key(self) -> str:
        """Its stable name for forms and rows."""
        return self.name.lower().replace("_", "-")

    @classmethod
    def of(cls, key: str) -> Sign:
        """Return the sign of a stable name; raises KeyError where there is none."""
        return cls[key.upper().replace("-", "_")]


@dataclass(frozen=True)
class Facts:
    """What the grading policy looks at.

    Args:
        signs: what is so.
        levels: of THRIVE, as far as they were judged.
        urban: whether the place is urban; None when nobody knows, and then the shorter target holds.
    """

    signs: frozenset[Sign] = frozenset()
    levels: Mapping[Element, Level] = field(default_factory=dict)
    urban: bool | None = None

    @classmethod
    def of(cls, signs: Iterable[Sign], heard: Thrive, *, urban: bool | None = None) -> Facts:
        """Return the facts in these signs and in what was heard."""
        levels = {element: said.level for element, said in heard.items() if said.level is not None}
        return cls(frozenset(signs), levels, urban)


@dataclass(frozen=True)
class Reason:
    """Why the policy gives a grade.

    Args:
        rule: its number in the policy.
        words: the reason as people read it.
        grade: the grade that it asks for by itself.
    """

    rule: str
    words: str
    grade: Grade


@dataclass(frozen=True)
class Graded:
    """What the policy says of some facts.

    Args:
        grade: the most urgent grade that any reason asks for.
        reasons: all that were met, most urgent first, then in the policy's order.
        cite: the policy.
        since: first day of its version.
    """

    grade: Grade
    reasons: tuple[Reason, ...]
    cite: str
    since: date

    @property
    def rules(self) -> str:
        """The numbers of the rules met: "rules 1.2, 1.4 and 2.1"."""
        numbers = [reason.rule for reason in self.reasons]
        if not numbers:
            return ""
        if len(numbers) == 1:
            return f"rule {numbers[0]}"
        return f"rules {', '.join(numbers[:-1])} and {numbers[-1]}"


@dataclass(frozen=True)
class Target:
    """By when somebody must be at scene.

    Args:
        starts: the moment from which it counts.
        by: the moment by which; None where nobody is to go.
        words: the length and why: "15 min, urban, from when it rang".
    """

    starts: datetime
    by: datetime | None
    words: str
