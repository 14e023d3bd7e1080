"""One incident: what is so, who is going, what is owed, and what can be done next."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from watchward.domains.incidents.pages import following
from watchward.domains.incidents.pages.clocks import clock, metres, stopped
from watchward.domains.incidents.pages.known import fits, history_line, people_marks
from watchward.domains.incidents.queries import Whole
from watchward.domains.incidents.vocabulary import (
    Element,
    Grade,
    Graded,
    Heard,
    Kind,
    Level,
    Qualifier,
    Reached,
    Sign,
    Stage,
    heard_from,
)
from watchward.foundation.acting import Acting
from watchward.foundation.guidance import queries as guidance
from watchward.foundation.guidance.vocabulary import Lead
from watchward.foundation.ui.parts import (
    Clock,
    Hand,
    Line,
    LogLine,
    Mark,
    Matters,
    Said,
    Soft,
    State,
    Strong,
    ThriveRow,
)
from watchward.foundation.ui.parts import Grade as ShownGrade
from watchward.foundation.ui.words import due, hm, lasting
from watchward.kernel.refusals import Refusal

Pairs = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class UnitLine:
    """A unit on an incident, or that was on it.

    Args:
        deployment: id, for what can be said of it next.
        steps: value and words of what can be said of it next.
    """

    deployment: UUID
    call_sign: str
    state: str
    times: str
    steps: Pairs
    cleared: bool


@dataclass(frozen=True)
class Tickable:
    """A thing that is ticked: its value, words and whether it is."""

    value: str
    words: str
    ticked: bool


@dataclass(frozen=True)
class IncidentPage:
    """What the page of an incident shows.

    Args:
        next: the one green action, as name and value of a button with its words.
        thrive_note: how much of THRIVE is done.
        again: whether assessing it now is assessing it again.
        why_not_close: every reason why it may not be closed yet, as far as they are known before anything is typed.
        may: names of what this person may do: assess, grade, dispatch, attend, close.
    """

    id: UUID
    version: int
    reference: str
    hand: Hand
    where: str
    kind: str
    what: str
    facts: tuple[Mark, ...]
    clock: Clock | None
    state: State
    matters: Matters
    next: tuple[str, str, str] | None
    grade: ShownGrade
    grades: Pairs
    gradings: tuple[Mark, ...]
    thrive: tuple[ThriveRow, ...]
    thrive_note: str
    signs: tuple[Tickable, ...]
    signs_note: str
    again: bool
    delays: tuple[Mark, ...]
    owes_ringing: bool
    reached: Pairs
    units: tuple[UnitLine, ...]
    nearby: Pairs
    people: tuple[Mark, ...]
    history: tuple[Line, ...]
    history_note: str
    log: tuple[LogLine, ...]
    briefed: str
    each: Pairs
    risks: tuple[Mark, ...]
    risk_note: str
    levels: Pairs
    residents: Pairs
    parts: Pairs
    appointments: tuple[Mark, ...]
    waits_for_a_time: bool
    reopenings: tuple[Mark, ...]
    advice: tuple[Mark, ...]
    mental: bool
    place_words: str
    closed_as: tuple[tuple[str, str, bool], ...]
    qualifiers: tuple[Tickable, ...]
    why_not_close: tuple[Refusal, ...]
    asks_why_nobody: bool
    may: frozenset[str]
    is_closed: bool
    leads: tuple[Lead, ...] = ()


def incident_page(
    acting: Acting, found: Whole, suggestion: Graded, *, why_not_close: Sequence[Refusal], may: frozenset[str],
) -> IncidentPage:  # fmt: skip
    """Return the page of an incident.

    Args:
        acting: who looks, and when.
        found: what it stands on.
        suggestion: the grade that the policy gives for what is known now.
        why_not_close: every reason why it may not be closed yet.
        may: what this person may do.
    """
    row, at = found.incident, acting.at
    is_closed = row.stage == Stage.CLOSED
    last = found.assessments[-1] if found.assessments else None
    heard = heard_from(last.answers.values) if last else {}
    return IncidentPage(
        id=row.pk,
        version=row.version,
        reference=row.reference,
        hand=Hand("locked" if row.handling else "open"),
        where=found.known.address or row.place_words or "Place not known",
        kind=Kind(row.closed_as or row.kind).label,
        what=row.what,
        facts=_facts(found),
        clock=clock_of(found, at),
        state=State(row.stage, "late" if row.stage == Stage.DELAYED else "done" if is_closed else "ok"),
        matters=matters(found, at),
        next=None if is_closed else _next(found, may),
        grade=_grade(found, suggestion),
        grades=tuple((str(grade.value), grade.words) for grade in Grade if grade != row.grade),
        gradings=_gradings(found),
        thrive=thrive_rows(heard),
        thrive_note=_thrive_note(found, heard),
        signs=tuple(Tickable(sign.key, sign.label, sign.key in row.signs) for sign in Sign),
        signs_note=", ".join(sign.value for sign in Sign if sign.key in row.signs) or "nothing ticked",
        again=row.stage == Stage.DELAYED or bool(row.thrive_finished_at),
        delays=_delays(found, at),
        owes_ringing=found.owes_ringing,
        reached=tuple((one.value, one.value.capitalize()) for one in Reached),
        units=tuple(_unit(found, index) for index in range(len(found.deployments))),
        nearby=tuple(
            (str(near.unit.pk), f"{near.unit.call_sign}, {metres(near.metres)}" + _skills(near.unit.skills))
            for near in found.nearby[:5]
        ),
        people=people_marks(found),
        history=tuple(history_line(line, at) for line in found.lines[:12]),
        history_note=_history_note(found),
        log=tuple(
            LogLine(line.at, _said(line.words, line.by_name, line.automatic), line.automatic) for line in found.log
        ),
        briefed=", ".join(f"{each.by_name} {hm(each.at)}" for each in found.briefed),
        each=tuple((str(id_), name) for id_, name in following.each_person(found)),
        risks=following.risk_marks(found),
        risk_note=following.risk_note(found),
        levels=tuple((level.value, level.label) for level in Level),
        residents=following.to_involve(found),
        parts=following.PARTS,
        appointments=following.appointment_marks(found),
        waits_for_a_time=following.waits_for_a_time(found),
        reopenings=following.reopening_marks(found),
        advice=following.advice_marks(found, at),
        mental=Qualifier.MENTAL_ILL_HEALTH in row.qualifiers or bool(found.advice),
        place_words=found.known.address or row.place_words,
        closed_as=tuple((kind.value, kind.label, kind.value == row.kind) for kind in Kind),
        qualifiers=tuple(Tickable(one.value, one.label, one.value in row.qualifiers) for one in Qualifier),
        why_not_close=tuple(reason for reason in why_not_close if not reason.field),
        asks_why_nobody=Grade(row.grade).sends and row.at_scene_at is None,
        may=may,
        is_closed=is_closed,
        leads=guidance.leads(found.guidance, fits(found)),
    )  # fmt: skip


def as_typed(
    page: IncidentPage, *, heard: dict[Element, Heard] | None = None, signs: frozenset[Sign] = frozenset(),
    qualifiers: frozenset[Qualifier] | None = None, closed_as: Kind | None = None,
) -> IncidentPage:  # fmt: skip
    """Return the page with what was typed and refused in place of what stands.

    Args:
        page: as it stands.
        heard: what was typed under the words of THRIVE, with ``signs`` ticked; None where that was not sent.
        signs: what was ticked.
        qualifiers: what was ticked to close it, with what it was said to be; None where that was not sent.
        closed_as: what it was said to be.
    """
    if heard is not None:
        ticked = tuple(replace(one, ticked=Sign.of(one.value) in signs) for one in page.signs)
        page = replace(page, thrive=thrive_rows(heard), signs=ticked)
    if qualifiers is not None:
        also = tuple(replace(one, ticked=Qualifier(one.value) in qualifiers) for one in page.qualifiers)
        was = tuple((value, words, value == closed_as) for value, words, _chosen in page.closed_as)
        page = replace(page, qualifiers=also, closed_as=was)
    return page


def _said(words: str, by: str, automatic: bool) -> Said:
    return words if automatic else (words, " ", Soft(by))


def _skills(skills: Sequence[str]) -> str:
    return f" ({', '.join(skills)})" if skills else ""


def clock_of(found: Whole, at: datetime) -> Clock | None:
    """Return the response clock: running while nobody is there, stopped by the first at scene."""
    row = found.incident
    if row.target_at is None or (row.closed_at is not None and row.at_scene_at is None):
        return None
    if row.at_scene_at is not None:
        return stopped(row.clock_from, row.target_at, row.at_scene_at)
    return clock(row.clock_from, row.target_at, at)


def matters(found: Whole, at: datetime) -> Matters:
    """Return the one or two sentences that matter, from facts in a fixed order: danger, children, what is late."""
    row = found.incident
    signs = [sign for sign in Sign if sign.key in row.signs and sign in _DANGER]
    pieces: list[str | Strong] = []
    if signs:
        said = ", ".join(sign.value for sign in signs[:3])
        pieces.append(Strong(f"{said[:1].upper()}{said[1:]}. "))
    children = len(found.household.children) if found.household else 0
    if children:
        pieces.append(f"{children} {'child lives' if children == 1 else 'children live'} there. ")
    delay = found.delay
    if delay is not None and row.at_scene_at is None:
        late = delay.reassess_by < at
        pieces.append(f"It is delayed: re-assessment {'was owed' if late else 'is owed'} by {hm(delay.reassess_by)}. ")
    if found.owes_ringing:
        pieces.append("Nobody has rung them back. ")
    warnings = sum(1 for line in found.lines if "warning" in line.flags)
    if warnings:
        pieces.append(f"{warnings} {'warning stands' if warnings == 1 else 'warnings stand'}: read the briefing.")
    if not pieces or row.closed_at is not None:
        return Matters("Closed" if row.closed_at else "Nothing that is known makes this worse", calm=True)
    return Matters(tuple(pieces))


_DANGER = {
    Sign.LIFE_AT_RISK, Sign.VIOLENCE_NOW, Sign.WEAPON, Sign.SERIOUS_INJURY, Sign.STILL_THERE, Sign.CHILD_AT_RISK,
    Sign.CHILD_THERE, Sign.MISSING_HIGH_RISK, Sign.MENTAL_CRISIS, Sign.GETTING_WORSE,
}  # fmt: skip


def _facts(found: Whole) -> tuple[Mark, ...]:
    row = found.incident
    marks = [Mark("Rang", hm(row.rang_at), f"opened {hm(row.made_at)}")]
    if row.qualifiers:
        marks.append(Mark("Also", ", ".join(Qualifier(key).label for key in row.qualifiers)))
    marks.append(Mark("Harm", f"{Level(row.harm).label}, if it waits"))
    if row.outcome:
        marks.append(Mark("Outcome", row.outcome, row.why_nobody_went))
    return tuple(marks)


def _next(found: Whole, may: frozenset[str]) -> tuple[str, str, str] | None:
    """Return the one green action: what is to be done next by whoever looks."""
    own, row = found.own, found.incident
    if own is not None and "attend" in may:
        if own.at_scene_at is None:
            return "scene", str(own.pk), f"{own.unit.call_sign} at scene"
        return "clear", str(own.pk), f"{own.unit.call_sign} clear"
    if row.at_scene_at is None and not found.active and found.nearby and row.target_at and "dispatch" in may:
        near = found.nearby[0]
        return "send", str(near.unit.pk), f"Send {near.unit.call_sign}"
    return None


def _grade(found: Whole, suggestion: Graded) -> ShownGrade:
    row = found.incident
    grade = Grade(row.grade)
    by: Said = (row.target_words,)
    if row.target_at is not None:
        by = ("At scene by ", Strong(due(row.target_at, row.rang_at)), f": {row.target_words}")
    agrees = suggestion.grade == grade
    said = f"{suggestion.cite}, {suggestion.rules}" if agrees else f"The policy gives {suggestion.grade.words}"
    return ShownGrade(grade.words, by, tuple(reason.words for reason in suggestion.reasons[:3]), said)


def _gradings(found: Whole) -> tuple[Mark, ...]:
    marks = []
    for one in reversed(found.gradings):
        given, suggested = Grade(one.grade), Grade(one.suggested)
        why = one.reason or (f"{suggested.word} by policy" if given == suggested else "")
        marks.append(Mark(hm(one.at), (Strong(given.words), f" {one.by_name}"), why))
    return tuple(marks)


def thrive_rows(heard: dict[Element, Heard]) -> tuple[ThriveRow, ...]:
    """Return the six words of THRIVE with what was heard under each."""
    levels = tuple((level.value, level.label) for level in Level)
    rows = []
    for element in Element:
        said = heard.get(element, Heard())
        key = "t" if element is Element.THREAT else ""
        level = said.level.value if said.level else ""
        rows.append(ThriveRow(element.value, element.label, said.text, level, levels, key))
    return tuple(rows)


def _thrive_note(found: Whole, heard: dict[Element, Heard]) -> str:
    if not found.assessments:
        return "not assessed yet"
    last = found.assessments[-1]
    times = f", {len(found.assessments)} times" if len(found.assessments) > 1 else ""
    return f"{len(heard)} of 6, {last.by_name} {hm(last.at)}{times}"


def _delays(found: Whole, at: datetime) -> tuple[Mark, ...]:
    marks = []
    for delay in found.delays:
        if delay.reassessed_at is not None:
            late = delay.reassessed_at > delay.reassess_by
            state = State("re-assessed late" if late else "re-assessed", "done")
            words = delay.assessment.words if delay.assessment else ""
            marks.append(Mark(state, f"{hm(delay.reassessed_at)}, owed by {hm(delay.reassess_by)}", words))
        elif delay.ended_at is not None:
            marks.append(Mark(State("ended", "done"), f"{hm(delay.ended_at)}, before it was assessed again"))
        else:
            left = delay.reassess_by - at
            late = left.total_seconds() < 0
            state = State(f"{lasting(left)} {'late' if late else 'left'}", "late" if late else "soon")
            marks.append(Mark(state, f"To assess again by {hm(delay.reassess_by)}"))
    marks += [Mark(hm(rung.at), f"Rang, {rung.reached}: {rung.words}", rung.by_name) for rung in found.recontacts]
    if found.owes_ringing:
        marks.append(Mark(State("to ring", "soon"), "Nobody spoke to them since it was delayed"))
    return tuple(marks)


def _unit(found: Whole, index: int) -> UnitLine:
    sent = found.deployments[index]
    steps: list[tuple[str, str]] = []
    if sent.cleared_at is None:
        if sent.at_scene_at is None:
            steps += [("route", "On the way")] if sent.en_route_at is None else []
            steps.append(("scene", "At scene"))
        steps.append(("clear", "Clear" if sent.at_scene_at else "Stand down"))
    times = [f"sent {hm(sent.sent_at)}" + (f", {metres(sent.distance)} in a straight line" if sent.distance else "")]
    times += [f"on the way {hm(sent.en_route_at)}"] if sent.en_route_at else []
    times += [f"at scene {hm(sent.at_scene_at)}"] if sent.at_scene_at else []
    times += [f"clear {hm(sent.cleared_at)}"] if sent.cleared_at else []
    state = "clear" if sent.cleared_at else sent.unit.state
    return UnitLine(sent.pk, sent.unit.call_sign, state, ", ".join(times), tuple(steps), sent.cleared_at is not None)


def _history_note(found: Whole) -> str:
    more = len(found.lines) - 12
    words = [f"{more} older"] if more > 0 else []
    words += [f"{found.locked} locked"] if found.locked else []
    return ", ".join(words)
