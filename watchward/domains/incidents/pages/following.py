"""What the page of an incident says of the risk to each person, times agreed, advice asked and being reopened."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from watchward.domains.incidents.queries import Whole
from watchward.domains.incidents.rules import cover_at
from watchward.domains.incidents.vocabulary import Grade, Level, Part, Stage
from watchward.foundation.ui.parts import Mark, State, Strong
from watchward.foundation.ui.words import hm, moment

Pairs = tuple[tuple[str, str], ...]


def each_person(found: Whole) -> tuple[tuple[UUID, str], ...]:
    """Return everybody whose risk is judged: who had a part in it, then who else lives there; id and name."""
    people = {person.id: person.name for person in found.people if person.age_words}
    if found.household:
        people |= {one.id: f"{one.name}, {one.age_words}" for one in found.household.members if one.id not in people}
    return tuple(people.items())


def risk_marks(found: Whole) -> tuple[Mark, ...]:
    """Return the risk to each person as it was judged last, and who is still to be judged."""
    last = {risk.person_id: risk for risk in found.risks}
    marks = []
    for id_, name in each_person(found):
        risk = last.get(id_)
        if risk is None:
            marks.append(Mark(State("to ask", "soon"), Strong(name), "Nobody has judged the risk to them"))
        else:
            level = Level(risk.level)
            shown = State("high", "late") if level is Level.HIGH else level.label
            marks.append(Mark(shown, (Strong(name), f": {risk.words}"), f"{risk.by_name} {hm(risk.at)}"))
    return tuple(marks)


def risk_note(found: Whole) -> str:
    """Return how many were judged of how many there are."""
    everybody = {id_ for id_, _name in each_person(found)}
    judged = {risk.person_id for risk in found.risks} & everybody
    return f"{len(judged)} of {len(everybody)}" if everybody else ""


def appointment_marks(found: Whole) -> tuple[Mark, ...]:
    """Return each time that was agreed, the latest first."""
    return tuple(
        Mark(moment(one.agreed_for), one.words, f"{one.by_name} {moment(one.at)}")
        for one in reversed(found.appointments)
    )


def waits_for_a_time(found: Whole) -> bool:
    """Return whether a time can be agreed: it is Scheduled, open, and nobody is there."""
    row = found.incident
    return row.grade == Grade.SCHEDULED and row.stage != Stage.CLOSED and row.at_scene_at is None


def reopening_marks(found: Whole) -> tuple[Mark, ...]:
    """Return each time that it was opened again, with how it had been closed."""
    return tuple(
        Mark(
            moment(one.at),
            (Strong("Reopened: "), one.reason),
            f"{one.by_name}. Closed {moment(one.closed_at)}: {one.outcome}"
            + (f" Nobody went: {one.why_nobody_went}" if one.why_nobody_went else ""),
        )
        for one in reversed(found.reopenings)
    )


def advice_marks(found: Whole, at: datetime) -> tuple[Mark, ...]:
    """Return what was asked of a mental health practitioner, and whom to ask now."""
    marks = [
        Mark(moment(one.at), (Strong(f"{one.nurse}: "), one.answer), f"{one.by_name} asked: {one.asked}")
        for one in reversed(found.advice)
    ]
    _cover, whom = cover_at(at)
    return (*marks, Mark("By telephone", f"{whom.who}, {whom.number}"))


def to_involve(found: Whole) -> Pairs:
    """Return who lives there and is not yet named as having a part in it."""
    named = {person.id for person in found.people}
    members = found.household.members if found.household else ()
    return tuple((str(one.id), f"{one.name}, {one.age_words}") for one in members if one.id not in named)


PARTS: Pairs = tuple((part.value, part.value.capitalize()) for part in Part)
