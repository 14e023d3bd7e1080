"""What an entry of the directory needs, and how an agreement stands on a day."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Final

from watchward.domains.partners.vocabulary import RouteKind
from watchward.kernel.dated import UNSET, Dated, Version
from watchward.kernel.periods import Months
from watchward.kernel.refusals import Refusal

CHECK: Final[Dated[Months]] = Dated(
    chosen_by="the day on which the check was set",
    versions=(
        Version(in_force=date(2016, 4, 1), value=UNSET, cite="Force policy on its directory, to be set by the force"),
    ),
    policy=True,
    title="Checking of services in the directory",
    asks="the longest time for which a service may stand in the directory before somebody checks it",
)
"""When somebody checks a service: on the day that whoever keeps it sets, within the force's longest interval."""


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


def check_day(named: date | None, *, today: date) -> date | None:
    """Return the day on which a service is checked: the one named, else as the force's policy says; None where neither.

    Args:
        named: the day that whoever keeps the directory sets.
        today: the day on which they do.
    """
    if named is not None:
        return named
    return CHECK.value_on(today).due(today) if CHECK.is_set_on(today) else None


def why_not_check_on(check_on: date | None, *, today: date) -> tuple[Refusal, ...]:
    """Return every reason why a service may not be checked on a day; none where no day is set and none is demanded."""
    if check_on is None:
        return ()
    found = []
    if check_on <= today:
        found.append(Refusal("It is checked after today.", field="check_on"))
    version = CHECK.standing_on(today)
    if version.is_set and check_on > version.value.due(today):
        found.append(Refusal(f"It is checked within {version.value}.", cite=version.cite, field="check_on"))
    return tuple(found)
