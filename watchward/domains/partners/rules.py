"""What an entry of the directory needs, and how an agreement stands on a day."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from watchward.domains.partners.vocabulary import RouteKind
from watchward.kernel.refusals import Refusal


class Standing(StrEnum):
    """How an agreement stands."""

    NOT_YET = "not yet in force"
    IN_FORCE = "in force"
    REVIEW_LATE = "in force, review late"
    ENDED = "ended"


def standing(*, since: date, review_on: date, until: date | None, on: date) -> Standing:
    """Return how an agreement stands on a day: past its review day it is still in force, and that is said."""
    if on < since:
        return Standing.NOT_YET
    if until is not None and on >= until:
        return Standing.ENDED
    return Standing.REVIEW_LATE if on > review_on else Standing.IN_FORCE


def why_not_agree(*, title: str, covers: str, since: date, review_on: date, until: date | None) -> tuple[Refusal, ...]:
    """Return every reason why an agreement may not be entered."""
    reasons = []
    if not title.strip():
        reasons.append(Refusal("Give the agreement its title.", field="title"))
    if not covers.strip():
        reasons.append(Refusal("Say what may be shared under it.", field="covers"))
    if review_on <= since:
        reasons.append(Refusal("It is reviewed after it begins.", field="review_on"))
    if until is not None and until <= since:
        reasons.append(Refusal("It ends after it begins.", field="until"))
    return tuple(reasons)


def why_not_reach(*, kind: str, to: str, hours: str, round_the_clock: bool) -> tuple[Refusal, ...]:
    """Return every reason why a way to reach an agency may not be entered."""
    reasons = []
    if kind not in list(RouteKind):
        reasons.append(Refusal("Choose how they are reached.", field="kind"))
    if not to.strip():
        reasons.append(Refusal("Give the number, the address or the place.", field="to"))
    if not hours.strip() and not round_the_clock:
        reasons.append(Refusal("Say when they answer, or that they always do.", field="hours"))
    return tuple(reasons)
