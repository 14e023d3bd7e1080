"""Questionnaires as data: declared once by the room that asks them, each version for good."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from enum import StrEnum


class Answering(StrEnum):
    """How a question is answered."""

    TEXT = "text"
    LEVEL = "level"
    CHOICE = "choice"
    YES_NO = "yes or no"


YES_NO = (("yes", "Yes"), ("no", "No"), ("not-known", "Not known"), ("declined", "Would not say"))
"""Answers to a yes-or-no question: not to know and not to say are answers too."""


@dataclass(frozen=True)
class Question:
    """One question.

    Args:
        key: stable name within its questionnaire.
        words: the question as it is put.
        answered: how it is answered.
        choices: values and words to choose from, for a level or a choice, in order.
        help: what is meant, for whoever asks.
    """

    key: str
    words: str
    answered: Answering = Answering.TEXT
    choices: tuple[tuple[str, str], ...] = ()
    help: str = ""

    def __post_init__(self) -> None:
        if self.answered is Answering.YES_NO and not self.choices:
            object.__setattr__(self, "choices", YES_NO)
        if (self.answered is Answering.TEXT) == bool(self.choices):
            raise ValueError(f"{self.key}: a text has no choices, and everything else has some")

    def accepts(self, value: str) -> bool:
        """Return whether this is an answer to it; an empty one says that it was not asked yet."""
        return not value or self.answered is Answering.TEXT or value in dict(self.choices)


@dataclass(frozen=True)
class Declared:
    """One version of a questionnaire.

    Args:
        key: stable name, `domain.what`.
        version: 1, 2, 3; what is answered to one version is never counted with another's.
        title: as people say it.
        in_force: its first day.
        questions: in the order in which they are put.
        cite: the policy or guidance that it comes from.

    Raises:
        ValueError: when two questions share a key, or another questionnaire is this version already.
    """

    key: str
    version: int
    title: str
    in_force: date
    questions: tuple[Question, ...]
    cite: str = ""

    def __post_init__(self) -> None:
        if len({question.key for question in self.questions}) != len(self.questions):
            raise ValueError(f"{self.key}: two questions share a key")
        stood = declared.setdefault((self.key, self.version), self)
        if stood != self:
            raise ValueError(f"{self.key} version {self.version} is declared twice")

    @property
    def content(self) -> dict[str, object]:
        """Everything that must not change once it is published."""
        return {
            "title": self.title,
            "in_force": self.in_force.isoformat(),
            "cite": self.cite,
            "questions": json.loads(json.dumps([asdict(question) for question in self.questions])),
        }

    @property
    def digest(self) -> str:
        """A digest of its content."""
        return hashlib.sha256(json.dumps(self.content, sort_keys=True).encode()).hexdigest()

    def question(self, key: str) -> Question:
        """Return one of its questions; raises KeyError where it has none of that name."""
        return {question.key: question for question in self.questions}[key]

    def unanswered(self, values: Mapping[str, str]) -> tuple[Question, ...]:
        """Return the questions that have no answer among these."""
        return tuple(question for question in self.questions if not values.get(question.key, "").strip())


declared: dict[tuple[str, int], Declared] = {}
"""Every version of every questionnaire that some room declares."""


def version_on(key: str, day: date) -> Declared:
    """Return the version of a questionnaire that is in force on a day.

    Raises:
        LookupError: none is.
    """
    found = [one for (name, _), one in declared.items() if name == key and one.in_force <= day]
    if not found:
        raise LookupError(f"no version of {key} is in force on {day}")
    return max(found, key=lambda one: (one.in_force, one.version))
