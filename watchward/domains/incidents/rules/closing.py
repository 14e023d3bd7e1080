"""What must be so before an incident is closed."""

from __future__ import annotations

from dataclasses import dataclass

from watchward.domains.incidents.vocabulary import CLOSE, LIFE, Element, Stage
from watchward.kernel.refusals import Refusal

THRIVE_POLICY = "Force contact policy, 1 April 2017"
DELAY_POLICY = "Force policy on delayed incidents, 1 April 2018"


@dataclass(frozen=True)
class Closing:
    """What an incident is when somebody wants to close it.

    Args:
        stage: where it stands.
        unasked: words of THRIVE under which nothing was said or judged.
        outcome: how it ended, in words.
        to_attend: whether its grade sends somebody.
        attended: whether anybody was at scene.
        why_nobody_went: the reason, where nobody was.
        units: call signs of units still on it.
        reassessments: re-assessments still owed since it passed its target.
        recontacts: ringing back still owed.
    """

    stage: Stage
    unasked: tuple[Element, ...]
    outcome: str
    to_attend: bool
    attended: bool
    why_nobody_went: str
    units: tuple[str, ...]
    reassessments: int
    recontacts: int


def why_not_close(closing: Closing) -> tuple[Refusal, ...]:
    """Return every reason why an incident may not be closed yet."""
    if reasons := LIFE.why_not(closing.stage, CLOSE):
        return reasons
    found: list[Refusal] = []
    if len(closing.unasked) == len(Element):
        found.append(Refusal("Assess it with THRIVE first.", cite=THRIVE_POLICY, code="no-thrive"))
    elif closing.unasked:
        words = ", ".join(element.label for element in closing.unasked)
        found.append(Refusal(f"THRIVE is not finished: {words}.", cite=THRIVE_POLICY, code="no-thrive"))
    if len(closing.outcome.split()) < 2:
        found.append(Refusal("Say how it ended.", field="outcome", code="no-outcome"))
    if closing.to_attend and not closing.attended and len(closing.why_nobody_went.split()) < 2:
        found.append(Refusal("Nobody was at scene. Say why nobody went.", field="why_nobody_went", code="nobody-went"))
    if closing.units:
        found.append(Refusal(f"Still on it: {', '.join(closing.units)}. Clear them first.", code="units"))
    if closing.reassessments:
        found.append(
            Refusal("It passed its target and was not assessed again.", cite=DELAY_POLICY, code="no-reassessment")
        )
    if closing.recontacts:
        found.append(Refusal("It was delayed and nobody rang them back.", cite=DELAY_POLICY, code="no-recontact"))
    return tuple(found)
