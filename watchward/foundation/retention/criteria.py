"""The national retention assessment criteria: the questions whose answers say why something is still needed."""

from __future__ import annotations

from datetime import date
from typing import Final

from watchward.foundation.questions.declared import Answering, Declared, Question

KEY: Final = "retention.criteria"

CRITERIA: Final = Declared(
    key=KEY,
    version=1,
    title="National retention assessment criteria",
    in_force=date(2005, 11, 14),
    cite="APP on review, retention and disposal; the questions in the force's own words",
    questions=tuple(
        Question(key, words, Answering.CHOICE, (("yes", "Yes"), ("no", "No"), ("unknown", "Not known")))
        for key, words in (
            ("capable", "Is there evidence that somebody in it is capable of serious harm?"),
            ("children", "Is there concern for children or vulnerable adults?"),
            ("trust", "Did the behaviour breach a position of trust?"),
            ("links", "Are there established links or associations that may raise the risk?"),
            ("substance", "Is there concern about substance misuse?"),
            ("mental", "Is there concern that somebody's mental state may raise the risk?"),
        )
    ),
)
