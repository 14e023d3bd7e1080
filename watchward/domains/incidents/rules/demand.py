"""When more is asked of the units on duty than they can meet: the force's own trigger, and what is counted for it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from watchward.kernel.dated import Dated, Version
from watchward.kernel.periods import Minutes


@dataclass(frozen=True)
class Trigger:
    """From when demand counts as a surge; any one of them is enough.

    Args:
        unsent_to_free: incidents without a unit for each unit that is free.
        past_target: incidents past their target with nobody there.
        answer: within what time the force incident manager says what was done.
    """

    unsent_to_free: int
    past_target: int
    answer: Minutes


SURGE: Dated[Trigger] = Dated(
    title="Surge of demand on response",
    chosen_by="the moment at which demand is counted",
    policy=True,
    asks="from how many incidents without a unit for each free unit, or past their target, demand is a surge",
    versions=(
        Version(
            in_force=date(2018, 4, 1),
            cite="Force policy on demand in the control room, 1 April 2018",
            value=Trigger(unsent_to_free=3, past_target=10, answer=Minutes(30)),
        ),
    ),
)


@dataclass(frozen=True)
class Demand:
    """What is asked of response at a moment, beside who can meet it.

    Args:
        waiting: incidents to which somebody must go and where nobody is.
        unsent: of those, to which no unit was sent.
        past_target: of those waiting, past their target.
        free: units on duty that are free.
        on_duty: units on duty.
    """

    waiting: int
    unsent: int
    past_target: int
    free: int
    on_duty: int


def surge(demand: Demand, trigger: Trigger) -> tuple[str, ...]:
    """Return every reason why demand counts as a surge, in words; empty means that it does not."""
    found = []
    if demand.unsent and demand.unsent >= trigger.unsent_to_free * max(demand.free, 1):
        free = "no unit free" if not demand.free else "1 unit free" if demand.free == 1 else f"{demand.free} units free"
        found.append(f"{demand.unsent} without a unit, {free}")
    if demand.past_target >= trigger.past_target:
        found.append(f"{demand.past_target} past target")
    return tuple(found)
