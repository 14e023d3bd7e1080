"""Incidents as an earlier system kept them, to be brought over."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from watchward.domains.incidents.vocabulary.grades import Grade, Level
from watchward.domains.incidents.vocabulary.kinds import Kind, Part, Qualifier


@dataclass(frozen=True, slots=True, kw_only=True)
class EarlierIncident:
    """A closed incident of an earlier system; all moments are aware UTC.

    Args:
        id: the id that it is to have.
        reference: its number in the earlier system.
        kind: what it was opened as.
        what: in a line.
        rang: when it was first reported.
        answered: when a call about it was answered; None where it was no call.
        opened: when it was opened and graded.
        grade: the grade that stood at its end.
        harm: how much harm waiting could do.
        closed: when it was closed.
        outcome: how it ended.
        place: id of the place, where it is on record.
        place_words: the place as it was given.
        area: id of the policing area.
        urban: whether its target was a town's; None where nobody knew.
        qualifiers: what it also was.
        source: id of the call that opened it.
        thrive: when it was assessed; None where it never was.
        agreed: the time agreed with whoever waited for a Scheduled visit.
        unit: id of the unit that was first there.
        sent: when that was sent.
        there: when somebody was first at scene; None where nobody went.
        left: when that unit was clear.
        reassessed: when it was assessed again after its target had passed.
        rung: when whoever waited was rung back after it had passed.
        people: who had which part.
        closed_as: what it turned out to be, where that is something else.
        why_nobody_went: where nobody did.
        team: number of the team that answered for it.
    """

    id: UUID
    reference: str
    kind: Kind
    what: str
    rang: datetime
    answered: datetime | None = None
    opened: datetime
    grade: Grade
    harm: Level
    closed: datetime
    outcome: str
    place: UUID | None = None
    place_words: str = ""
    area: UUID | None = None
    urban: bool | None = None
    qualifiers: tuple[Qualifier, ...] = ()
    source: UUID | None = None
    thrive: datetime | None = None
    agreed: datetime | None = None
    unit: UUID | None = None
    sent: datetime | None = None
    there: datetime | None = None
    left: datetime | None = None
    reassessed: datetime | None = None
    rung: datetime | None = None
    people: tuple[tuple[UUID, Part], ...] = ()
    closed_as: Kind | None = None
    why_nobody_went: str = ""
    team: int | None = None
