"""When a mental health triage car is out, and where: a dated setting, whose hours may cross midnight."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from watchward.kernel.dated import Dated, Version
from watchward.kernel.periods import instant, local_day


@dataclass(frozen=True)
class Window:
    """The hours in which a car is out every day; it ends on the next day when the end is not after the start.

    Args:
        part: the part of the county.
        areas: keys of the areas that it covers.
        starts: local time.
        ends: local time.
    """

    part: str
    areas: tuple[str, ...]
    starts: time
    ends: time

    def of_day(self, day: date) -> tuple[datetime, datetime]:
        """Return when the car that goes out on a local day is out, in UTC."""
        last = day if self.ends > self.starts else day + timedelta(days=1)
        return instant(day, self.starts), instant(last, self.ends)

    def __str__(self) -> str:
        return f"{self.part} {self.starts:%H:%M} to {self.ends:%H:%M}"


@dataclass(frozen=True)
class Advice:
    """Whom officers ask by telephone while no car is out."""

    who: str
    number: str


@dataclass(frozen=True)
class Planned:
    """What is planned for a part that has no car; each change of the plan is a version of its own.

    Args:
        part: the part of the county.
        words: who pays, and how far it is.
        starts: the first day of the car, where it is agreed.
    """

    part: str
    words: str
    starts: date | None = None

    def __str__(self) -> str:
        first = f", from {self.starts:%-d %B %Y}" if self.starts is not None else ", no first day agreed"
        return f"{self.part} {self.words}{first}"


@dataclass(frozen=True)
class Triage:
    """What cover there is, which parts have none, whom to ask instead, and what is planned for those parts."""

    windows: tuple[Window, ...]
    without: tuple[str, ...]
    advice: Advice
    planned: tuple[Planned, ...] = ()


TRIAGE: Dated[Triage] = Dated(
    title="Mental health triage cars",
    chosen_by="the day of the incident",
    policy=True,
    asks="when and where a mental health triage car is out, and whom officers ask at other times",
    versions=(
        Version(
            in_force=date(2017, 4, 1),
            cite="Agreement on mental health triage, 1 April 2017",
            value=Triage(
                windows=(Window("North", ("stoke", "newcastle", "moorlands"), time(16), time(2)),),
                without=("South",),
                advice=Advice("Mental health nurse", "01632 960150"),
            ),
        ),
        Version(
            in_force=date(2019, 4, 1),
            cite="Agreement on mental health triage, and the commissioner's plan for the south, 1 April 2019",
            value=Triage(
                windows=(Window("North", ("stoke", "newcastle", "moorlands"), time(16), time(2)),),
                without=("South",),
                advice=Advice("Mental health nurse", "01632 960150"),
                planned=(Planned("South", "funding secured by the commissioner, service to be commissioned"),),
            ),
        ),
    ),
)
"""A second part of the county is one more window in a later version."""


@dataclass(frozen=True)
class Cover:
    """Whether a car is out in a part of the county.

    Args:
        part: the part.
        on: whether it is out now.
        changes: when it next goes out or comes in; None where there is no car at all.
        planned: what is planned where there is none; None where nothing is.
    """

    part: str
    on: bool
    changes: datetime | None
    planned: Planned | None = None


def cover_at(at: datetime, agreed: Dated[Triage] = TRIAGE) -> tuple[tuple[Cover, ...], Advice]:
    """Return the cover of every part of the county at a moment, and whom to ask where there is none.

    Raises:
        NotInForce: before the first agreement.
    """
    triage = agreed.value_on(local_day(at))
    planned = {plan.part: plan for plan in triage.planned}
    found = [_window_at(window, at) for window in triage.windows]
    found += [Cover(part, False, None, planned.get(part)) for part in triage.without]
    return tuple(found), triage.advice


def _window_at(window: Window, at: datetime) -> Cover:
    today = local_day(at)
    for day in (today - timedelta(days=1), today):
        starts, ends = window.of_day(day)
        if starts <= at < ends:
            return Cover(window.part, True, ends)
    starts, _ends = window.of_day(today)
    if starts < at:
        starts, _ends = window.of_day(today + timedelta(days=1))
    return Cover(window.part, False, starts)


def covers(area: str, at: datetime, agreed: Dated[Triage] = TRIAGE) -> bool:
    """Return whether a triage car that covers an area is out at a moment."""
    triage = agreed.value_on(local_day(at))
    return any(area in window.areas and _window_at(window, at).on for window in triage.windows)
