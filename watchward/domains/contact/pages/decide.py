"""The third column: how fast to go, what must be identified, THRIVE, and what to say aloud."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from watchward.domains.contact import rules
from watchward.domains.contact.queries import Looked, Whole
from watchward.domains.contact.vocabulary import BY_KEY, State, Which
from watchward.domains.incidents.vocabulary import Element, Grade, Level
from watchward.foundation.ui import parts, words
from watchward.kernel.periods import local_day

ASKS = {
    Which.REPEAT_VICTIM: "“Has this happened to you before?”",
    Which.DOMESTIC_ABUSE: "“Is anyone at home hurting or frightening you?”",
    Which.MENTAL_ILL_HEALTH: "“Is anyone there unwell or taking medication?”",
}


@dataclass(frozen=True)
class Ident:
    """One of the three identifications."""

    name: str
    legend: str
    value: str
    how: parts.Said
    to_ask: parts.Said
    recognised: str


@dataclass(frozen=True)
class Go:
    """The one green action."""

    words: str
    does: str
    key_words: str


@dataclass(frozen=True)
class Nurse:
    """What a nurse was asked on this call."""

    id: UUID
    at: datetime
    asked: str
    answer: str


REASONS = 3


def go_on(looked: Looked) -> Go | None:
    call = looked.held.call
    if call.incident_id is not None or call.state == State.CLOSED:
        return None if call.ended_at else Go("End call", "end", "end call")
    grade = Grade(call.grade) if call.grade else looked.graded.grade if looked.graded else None
    matter = BY_KEY.get(call.what)
    unexplained = call.grade is not None and not call.grade_reason
    if grade is Grade.RESOLVED and matter is not None and not matter.visit and not unexplained:
        return None if call.ended_at else Go("Finish, no visit", "end", "finish")
    named = f"Open incident, grade {grade.value}" if grade else "Open incident"
    return Go(named, "open", "open incident")


def grade(looked: Looked) -> parts.Grade | None:
    graded, target, call = looked.graded, looked.target, looked.held.call
    if graded is None:
        return None
    given = Grade(call.grade) if call.grade else None
    if target is None or target.by is None:
        scene: parts.Said = "Nobody need come."
    else:
        scene = ("At scene by ", parts.Strong(words.hm(target.by)), f": {target.words}.")
    if given is not None and given != graded.grade:
        scene = (
            parts.Strong(f"You gave {given.words}: "),
            call.grade_reason or "say why before you open the incident.",
        )
    told = graded.reasons[:REASONS]
    numbers = words.listed([one.rule for one in told])
    rule = f", rule{'s' if len(told) > 1 else ''} {numbers}" if told else ""
    return parts.Grade(
        f"Suggested: {graded.grade.words}", scene, tuple(one.words for one in told), f"{graded.cite}{rule}"
    )


def ident(which: Which, looked: Looked) -> Ident:
    held = (looked.held.identified or {}).get(which)
    found = (looked.suggested or {}).get(which)
    value, how, recognised = "", "", ""
    if held is not None:
        value = held.answer.value
        how = f"{held.how.value.capitalize()} {words.hm(held.at)}"
        if found is not None and held.answer is found.answer:
            how += f". {found.how.value.capitalize()}: {found.words}"
    elif found is not None:
        value = found.answer.value
        how = f"{found.how.value.capitalize()}: {found.words}"
        recognised = f"{found.answer.value}:{found.how.value}"
    to_ask: parts.Said = ()
    if not value:
        how = "Nothing recorded." if looked.subject else "Not known who it is."
        to_ask = (parts.Strong("When safe:"), f" {ASKS[which]}")
    return Ident(which.value, which.words, value, how, to_ask, recognised)


def ident_note(looked: Looked) -> str:
    """Return how many of the three are still to ask, what is recognised and preselected left out."""
    known = {*(looked.held.identified or {}), *(looked.suggested or {})}
    return f"{len(Which) - len(known)} to ask" if len(known) < len(Which) else "3 of 3 done"


def thrive(held: Whole) -> tuple[parts.ThriveRow, ...]:
    levels = tuple((level.value, level.label) for level in Level)
    heard = held.thrive
    return tuple(
        parts.ThriveRow(
            element.value,
            element.label,
            heard[element].text if element in heard else "",
            (heard[element].level or "") if element in heard else "",
            levels,
            "T" if element is Element.THREAT else "",
        )
        for element in Element
    )


def thrive_note(held: Whole) -> str:
    done = sum(1 for one in held.thrive.values() if one.level is not None)
    return "all six" if done == len(Element) else f"{done} of 6, may be finished after opening"


def advice(held: Whole) -> tuple[parts.Tick, ...]:
    said = held.said or {}
    day = local_day(held.call.rang_at)
    offered = {one.key: one for one in rules.advice_for(held.call.what, day)}
    offered |= rules.advice_called(said.keys() - offered.keys(), day)
    return tuple(
        parts.Tick(
            "advice", one.key, one.words, one.key in said, f"said {words.hm(said[one.key])}" if one.key in said else "",
            "A" if at == 0 else "",
        )
        for at, one in enumerate(offered.values())
    )  # fmt: skip


def answered(nurse: str, answer: str) -> str:
    return f"{nurse}: {answer}" if answer else ""
