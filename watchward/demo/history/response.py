"""Incidents of the two years: how each was graded, who went and when, and the calls that told of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from math import exp, log
from typing import Final
from uuid import UUID

from watchward.demo.history import words
from watchward.demo.history.happened import END
from watchward.domains.incidents.vocabulary import EarlierIncident, Grade, Kind, Level, Part, Qualifier
from watchward.kernel.periods import local_day
from watchward.kernel.streams import Lottery, Stream

G = Grade
_TARGETS: Final = {G.IMMEDIATE: 15.0, G.PRIORITY: 60.0, G.SCHEDULED: 48 * 60.0}
"""Minutes until somebody is to be at scene, by the invented force's policy; Immediate ones five more in the country."""

_USUAL: Final = {G.IMMEDIATE: (9.0, 0.46), G.PRIORITY: (33.0, 0.78), G.SCHEDULED: (19 * 60.0, 0.85)}
"""Median minutes until somebody is there, and how far they spread (of the logarithm). Invented."""

_MONTHLY: Final = (1.05, 1.07, 1.02, 1.00, 0.99, 1.06, 1.00, 0.97, 0.98, 1.00, 1.03, 1.08)
"""How much longer it takes in each month of a year from July on. Invented."""
GETTING_SLOWER: Final = 0.10
"""How much longer it takes at the end of the two years than at their beginning. Invented."""

_AT_ONCE: Final = Lottery(tuple(G), (34, 38, 20, 8))
_SOON: Final = Lottery(tuple(G), (14, 40, 30, 16))
_LATER: Final = Lottery(tuple(G), (3, 17, 48, 32))
_ON_TELEPHONE: Final = Lottery(tuple(G), (0, 1, 9, 90))
_GRADES: Final[Mapping[Kind, Lottery[Grade]]] = {
    **dict.fromkeys((Kind.COLLISION_INJURY, Kind.CALL_CUT_OFF, Kind.MENTAL_HEALTH, Kind.ROBBERY), _AT_ONCE),
    **dict.fromkeys(
        (Kind.VIOLENCE, Kind.CONCERN, Kind.MISSING, Kind.SUDDEN_DEATH, Kind.ROAD_OBSTRUCTION, Kind.ALARM,
         Kind.SEXUAL, Kind.SUSPICIOUS, Kind.DOMESTIC), _SOON,
    ),
    **dict.fromkeys((Kind.ADVICE, Kind.COMPLAINT, Kind.DUPLICATE, Kind.FRAUD), _ON_TELEPHONE),
}  # fmt: skip

OTHERS: Final = Lottery(
    (Kind.ASB_NUISANCE, Kind.ASB_PERSONAL, Kind.ASB_ENVIRONMENTAL, Kind.CONCERN, Kind.SUSPICIOUS, Kind.DOMESTIC,
     Kind.COLLISION_INJURY, Kind.COLLISION_DAMAGE, Kind.ROAD_OBSTRUCTION, Kind.MISSING, Kind.MENTAL_HEALTH,
     Kind.ALARM, Kind.CALL_CUT_OFF, Kind.SUDDEN_DEATH, Kind.ADVICE, Kind.COMPLAINT, Kind.DUPLICATE),
    (11.5, 3.5, 1.5, 17, 11, 7.5, 3, 7, 7.5, 4.5, 4, 3.5, 5.5, 1.5, 7, 1, 4),
)  # fmt: skip
"""What the incidents are that are no crime. Invented, but for anti-social behaviour, whose share is the county's."""

DOMESTIC: Final = (G.IMMEDIATE, G.PRIORITY, G.PRIORITY, G.PRIORITY, G.PRIORITY, G.IMMEDIATE, G.PRIORITY, G.IMMEDIATE)
"""Grades of the domestic abuse that is attended at once or soon, one after the other."""
FAST, BY_TELEPHONE = 0.80, 0.056
"""Domestic abuse attended as Immediate or Priority, and with nobody there (inspection report, lines 86 and 87)."""


@dataclass(slots=True)
class Reported:
    """Something that the force was told of.

    Args:
        id: that its incident is to have.
        kind: what it was opened as.
        rang: when it was reported.
        place: id of the place, with its words, area and whether it is a town's.
        people: who had which part.
        qualifiers: what it also was.
        closed_as: what it turned out to be.
        call: id of the call that told of it; None where it was none.
        waited: seconds until that was answered.
        domestic: how it is answered where it is domestic abuse: fast, scheduled or telephone.
    """

    id: UUID
    reference: str
    kind: Kind
    rang: datetime
    place: UUID | None
    words: str
    area: UUID | None
    urban: bool | None
    people: tuple[tuple[UUID, Part], ...] = ()
    qualifiers: tuple[Qualifier, ...] = ()
    closed_as: Kind | None = None
    call: UUID | None = None
    waited: int = 0
    domestic: str = ""


class Response:
    """Answers what is reported, with the units and teams of the force.

    Args:
        units: ids of the units of each area, by the area's id.
        teams: number of the team that answers in each area.
    """

    def __init__(self, units: Mapping[UUID | None, list[UUID]], teams: Mapping[UUID | None, int]) -> None:
        self._units, self._teams = units, teams

    def answer(self, stream: Stream, one: Reported, month: int) -> EarlierIncident:
        """Return the incident as it was when it was closed."""
        answered = one.rang + timedelta(seconds=one.waited) if one.call else None
        opened = (answered or one.rang) + timedelta(seconds=stream.integer(40, 330))
        grade, goes = self._grade(stream, one)
        clock = one.rang if local_day(one.rang) >= _COUNTS_FROM_RINGING else opened
        there = sent = left = agreed = None
        if goes:
            median, spread = _USUAL[grade]
            slower = _MONTHLY[month % 12] * (1 + GETTING_SLOWER * month / 23)
            if grade is G.IMMEDIATE and one.urban is False:
                slower *= 1.35
            there = max(opened, clock) + timedelta(minutes=exp(stream.normal(log(median * slower), spread)))
            left = there + timedelta(minutes=exp(stream.normal(log(38), 0.6)))
            closed = left + timedelta(minutes=exp(stream.normal(log(40), 1.0)))
            there, left, closed = _fitted(opened, there, left, closed)
            sent = opened + (there - opened) * (0.15 + 0.55 * stream.random())
            if grade is G.SCHEDULED and stream.chance(0.82):
                agreed = max(there + timedelta(minutes=stream.integer(-25, 90)), clock)
        else:
            closed = opened + timedelta(minutes=exp(stream.normal(log(25 if grade is G.RESOLVED else 300), 0.9)))
            closed = _fitted(opened, closed)[0]
        due = agreed or (clock + timedelta(minutes=_TARGETS[grade]) if grade.sends else None)
        again = rung = None
        over = there or closed
        # Drawn whether it was delayed or not: what follows must not depend on where it was.
        after, rings, is_again, is_rung = (stream.random() for _draw in range(4))
        if due is not None and over > due:
            again = due + (over - due) * after if is_again < 0.72 else None
            rung = due + (over - due) * rings if is_rung < 0.66 else None
        thrive = opened + timedelta(minutes=min(exp(stream.normal(log(4), 0.9)), 600))
        units = self._units.get(one.area) or self._units[None]
        return EarlierIncident(
            id=one.id, reference=one.reference, kind=one.kind, what=stream.choice(words.WHAT[one.kind]), rang=one.rang,
            answered=answered, opened=opened, grade=grade, harm=_harm(one, grade), closed=closed,
            outcome=stream.choice(words.WENT if goes else words.BY_TELEPHONE), place=one.place, place_words=one.words,
            area=one.area, urban=one.urban, qualifiers=one.qualifiers, source=one.call,
            thrive=thrive if thrive <= END and stream.chance(0.985) else None, agreed=agreed,
            unit=stream.choice(units) if goes else None, sent=sent, there=there, left=left, reassessed=again,
            rung=rung, people=one.people, closed_as=one.closed_as,
            why_nobody_went="" if goes or not grade.sends else stream.choice(words.NOBODY_WENT),
            team=self._teams.get(one.area, self._teams[None]),
        )  # fmt: skip

    def _grade(self, stream: Stream, one: Reported) -> tuple[Grade, bool]:
        """Return the grade, and whether anybody went."""
        if one.domestic:
            if one.domestic == "fast":
                return stream.choice(DOMESTIC), True
            return (G.RESOLVED, False) if one.domestic == "telephone" else (G.SCHEDULED, True)
        grade = _GRADES.get(one.kind, _LATER).draw(stream)
        return grade, grade.sends and not stream.chance(0.02 if grade is G.IMMEDIATE else 0.06)


_COUNTS_FROM_RINGING: Final = date(2019, 4, 1)


def _fitted(opened: datetime, *moments: datetime) -> tuple[datetime, ...]:
    """Return these moments, brought nearer together where the last would be too late."""
    if moments[-1] <= END:
        return moments
    share = (END - opened) * 0.98 / (moments[-1] - opened)
    return tuple(opened + (moment - opened) * share for moment in moments)


def _harm(one: Reported, grade: Grade) -> Level:
    if grade is G.IMMEDIATE or one.domestic or Qualifier.MENTAL_ILL_HEALTH in one.qualifiers:
        return Level.HIGH
    return Level.SOME if grade is G.PRIORITY or one.qualifiers else Level.NONE


def part_domestic(found: list[Reported]) -> None:
    """Say of the domestic abuse of a year how each is answered: so many fast and so many by telephone, exactly."""
    count = len(found)
    fast, telephone = round(FAST * count), round(BY_TELEPHONE * count)
    order = Stream("domestic abuse").of(count).shuffle(range(count))
    for place, n in enumerate(order):
        found[n].domestic = "fast" if place < fast else "telephone" if place < fast + telephone else "scheduled"
