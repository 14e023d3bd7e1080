"""Calls of the two years: how long they rang, who gave up, and what was found out on each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from math import log
from typing import Final
from uuid import UUID

from watchward.demo.history.happened import END, moment_in
from watchward.demo.truth import record_id
from watchward.domains.contact.vocabulary import Answer, EarlierCall, Line, Part, Which
from watchward.domains.incidents.vocabulary import EarlierIncident, Kind, Qualifier
from watchward.domains.incidents.vocabulary import Part as Had
from watchward.kernel.streams import Lottery, Stream

_BUSY: Final = (1.25, 1.3, 1.1, 1.0, 0.95, 1.15, 1.0, 0.9, 0.9, 0.95, 1.1, 1.2)
"""How much longer 101 rings in each month of a year from July on. Invented."""
_LINES: Final = Lottery(tuple(Line), (21, 73, 6))
"""Which line rings where nothing is to be attended."""
_ABOUT: Final = Lottery(("advice", "again", "found", "complaint", "asb-nuisance", "suspicious"), (62, 19, 8, 4, 4, 3))
ASKED: Final = (0.70, 0.84)
"""On how many calls all three were identified: in the first of the 24 months, and in the last. Invented."""

_MATTERS: Final[Mapping[Kind, str]] = {
    Kind.COLLISION_INJURY: "collision-hurt", Kind.COLLISION_DAMAGE: "collision", Kind.ROAD_OBSTRUCTION: "road",
    Kind.ASB_PERSONAL: "asb-personal", Kind.ASB_NUISANCE: "asb-nuisance", Kind.ASB_ENVIRONMENTAL: "asb-place",
    Kind.CONCERN: "concern", Kind.MISSING: "missing", Kind.DOMESTIC: "domestic-other", Kind.MENTAL_HEALTH: "crisis",
    Kind.SUDDEN_DEATH: "death", Kind.SUSPICIOUS: "suspicious", Kind.CALL_CUT_OFF: "cut-off", Kind.ALARM: "alarm",
    Kind.VIOLENCE: "violence-over", Kind.SEXUAL: "sexual", Kind.ROBBERY: "robbery", Kind.BURGLARY: "burglary",
    Kind.THEFT: "theft", Kind.VEHICLE: "vehicle", Kind.DAMAGE: "damage", Kind.FRAUD: "fraud",
    Kind.OTHER_CRIME: "crime", Kind.ADVICE: "advice", Kind.COMPLAINT: "complaint", Kind.DUPLICATE: "again",
}  # fmt: skip


def waited(stream: Stream, line: Line, month: int) -> int:
    """Return for how many seconds a call rang."""
    if line is Line.EMERGENCY:
        slow = stream.chance(0.085 + 0.01 * _BUSY[month % 12])
        return 11 + round(-log(1 - stream.random()) * 12) if slow else stream.integer(1, 10)
    return 3 + round(-log(1 - stream.random()) * 62 * _BUSY[month % 12])


def telling(
    stream: Stream, incident: EarlierIncident, line: Line, month: int, reference: str, takers: Sequence[UUID]
) -> EarlierCall:
    """Return the call that told of an incident."""
    assert incident.source is not None  # noqa: S101 - only those of calls come here
    caller = next((person for person, part in incident.people if part is Had.VICTIM), None)
    return EarlierCall(
        id=incident.source, reference=reference, line=line, rang=incident.rang, answered=incident.answered,
        ended=min(incident.opened + timedelta(seconds=stream.integer(20, 400)), END), taken_by=stream.choice(takers),
        person=caller, part=Part.VICTIM if caller else Part.WITNESS, place=incident.place,
        place_words=incident.place_words, what=_MATTERS[incident.kind], incident=incident.id,
        identified=_identified(stream, month, incident.qualifiers),
    )  # fmt: skip


def other(
    stream: Stream, day: date, month: int, number: int, reference: str, takers: Sequence[UUID], seed: str
) -> EarlierCall:
    """Return a call of a month from which nothing was opened: answered, or given up."""
    line, rang = _LINES.draw(stream), moment_in(day, stream)
    id_ = record_id(f"call {month}.{number}", seed)
    rings = waited(stream, line, month)
    gives_up = 0.006 if line is Line.EMERGENCY else 0.115 * _BUSY[month % 12]
    if stream.chance(gives_up):
        ended = rang + timedelta(seconds=max(2, rings))
        return EarlierCall(id=id_, reference=reference, line=line, rang=rang, answered=None, ended=ended)
    answered = rang + timedelta(seconds=rings)
    return EarlierCall(
        id=id_, reference=reference, line=line, rang=rang, answered=answered,
        ended=answered + timedelta(seconds=30 + round(-log(1 - stream.random()) * 210)), taken_by=stream.choice(takers),
        what=_ABOUT.draw(stream), identified=_identified(stream, month, ()),
    )  # fmt: skip


def _identified(stream: Stream, month: int, also: Sequence[Qualifier]) -> tuple[tuple[Which, Answer], ...]:
    """Return what was identified: all three, or none, or two of them."""
    asked = ASKED[0] + (ASKED[1] - ASKED[0]) * month / 23
    drawn = stream.random()
    found = 3 if drawn < asked else 0 if drawn < asked + 0.7 * (1 - asked) else 2
    return tuple((one, _answer(stream, one, also)) for one in tuple(Which)[:found])


_YES: Final = {
    Which.REPEAT_VICTIM: (Qualifier.REPEAT_VICTIM, 0.06),
    Which.DOMESTIC_ABUSE: (Qualifier.DOMESTIC_ABUSE, 0.012),
    Which.MENTAL_ILL_HEALTH: (Qualifier.MENTAL_ILL_HEALTH, 0.03),
}


def _answer(stream: Stream, which: Which, also: Sequence[Qualifier]) -> Answer:
    qualifier, otherwise = _YES[which]
    likely = 0.9 if qualifier in also else otherwise
    drawn = stream.random()
    return Answer.YES if drawn < likely else Answer.NOT_KNOWN if drawn > 0.93 else Answer.NO
