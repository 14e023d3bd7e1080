"""Going through a tour: which steps somebody has done, by what the log says that they looked at or did."""

from __future__ import annotations

from dataclasses import dataclass

from watchward.demo.tours import TOURS, Step
from watchward.foundation.access.roles import roles
from watchward.foundation.acting import Acting
from watchward.foundation.audit import queries as audit
from watchward.foundation.ui.parts import State


@dataclass(frozen=True)
class Tried:
    """One step as its page shows it."""

    title: str
    words: str
    url: str
    done: bool

    @property
    def state(self) -> State:
        """Whether it is done, as a word with its shape."""
        return State("Done", "ok") if self.done else State("Not yet")


@dataclass(frozen=True)
class TourPage:
    """What to try as somebody, and how far they are."""

    role: str
    steps: tuple[Tried, ...]

    @property
    def done(self) -> int:
        """How many steps are done."""
        return sum(step.done for step in self.steps)


def role_of(acting: Acting) -> str:
    """Return the key of the first of somebody's roles, in the order of the force's table, that has a tour."""
    return next((key for key in roles() if key in acting.roles and key in TOURS), "")


def written_of(acting: Acting) -> frozenset[str]:
    """Return what the log says that somebody looked at and did at the pages themselves, in the words of the steps.

    What the stories tell of them was not done at the pages, and does not count.
    """
    looks = audit.looks(acting).filter(account_id=acting.account, channel="web").order_by()
    names = audit.done_by_oneself(acting, channel="web").values_list("name", flat=True).distinct()
    return frozenset(
        {*names, *(f"{kind} {what.partition(' ')[0]}" for kind, what in looks.values_list("kind", "what").distinct())}
    )


def tour(acting: Acting) -> TourPage | None:
    """Return what to try as whoever is signed in; None where there is nothing for their role."""
    key = role_of(acting)
    if not key:
        return None
    written = written_of(acting)
    return TourPage(roles()[key].name.lower(), tuple(_tried(acting, step, written) for step in TOURS[key]))


def _tried(acting: Acting, step: Step, written: frozenset[str]) -> Tried:
    return Tried(step.title, step.words, step.where(acting), bool(step.done & written))
