"""When a mental health triage car is out, in words."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from watchward.domains.incidents.rules import Cover
from watchward.foundation.ui.parts import Mark, Said, State, Strong
from watchward.foundation.ui.words import day, day_year, hm
from watchward.kernel.periods import local_day


def cover_marks(cover: Iterable[Cover], who: str, number: str, at: datetime) -> tuple[Mark, ...]:
    """Return whether a mental health triage car is out in each part of the county, and whom to ask by telephone."""
    marks = []
    any_on = False
    for part in cover:
        if part.changes is None:
            plan = part.planned
            first = day_year(plan.starts) if plan and plan.starts else "no first day agreed"
            beneath = f"Planned: {plan.words}; {first}" if plan else "Nothing is planned"
            marks.append(Mark(part.part, State("No car", "ok"), beneath))
        elif part.on:
            any_on = True
            marks.append(Mark(part.part, (State("On duty", "ok"), " until ", Strong(hm(part.changes)))))
        else:
            on = (
                hm(part.changes)
                if local_day(part.changes) == local_day(at)
                else f"{day(part.changes)} {hm(part.changes)}"
            )
            marks.append(Mark(part.part, (State("Off duty", "ok"), " On at ", Strong(on))))
    said: Said = (f"{who} by telephone ", Strong("now"), f": {number}")
    if any_on:
        said = f"{who} by telephone when no car is out: {number}"
    marks.append(Mark("Advice", said))
    return tuple(marks)
