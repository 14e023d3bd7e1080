"""Crimes as an earlier system kept them, and reports of which it recorded none, to be brought over."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from watchward.domains.crimes.vocabulary.kinds import NotRecorded, Route
from watchward.domains.crimes.vocabulary.outcomes import Demand
from watchward.domains.offences.vocabulary import Flag


@dataclass(frozen=True, slots=True, kw_only=True)
class EarlierOutcome:
    """How a crime of an earlier system ended.

    Args:
        code: of the outcomes framework.
        decided_on: the day of the outcome itself.
        at: when it was entered, aware UTC.
        by: id of the account of whoever entered it.
        said: what it demanded, by demand.
        agreed: when a supervisor agreed it, where one had to.
        agreed_by: id of their account.
    """

    code: str
    decided_on: date
    at: datetime
    by: UUID
    said: Mapping[Demand, str] = field(default_factory=dict)
    agreed: datetime | None = None
    agreed_by: UUID | None = None

    @property
    def given(self) -> datetime:
        """When it was given: entered, or agreed where it had to be."""
        return self.agreed or self.at


@dataclass(frozen=True, slots=True, kw_only=True)
class EarlierCrime:
    """A crime that an earlier system recorded; all moments are aware UTC.

    Args:
        id: the id that it is to have.
        reference: its number in the earlier system.
        incident: id of the incident that it was recorded from, or
        route: how it was reported, where there was none.
        reported: when it was first reported.
        recorded: when it was recorded.
        recorded_by: id of the account of whoever did.
        offence: Home Office code.
        what: what happened.
        late_reason: why it was recorded late, where it was.
        flags: what it also was.
        committed: since when it happened, as far as it is known.
        committed_to: until when.
        place: id of the place, where it is on record.
        place_words: the place as it was given.
        area: id of the policing area.
        victim: id of the victim, or
        organisation: its name, where that was no person; neither where it had none of its own.
        child: whether the victim was under 18.
        suspects: ids of those who were suspected.
        interviewed: the day on which the first of them was interviewed under caution.
        allocated: when it was given to the team that the policy of that day advised.
        officer: id of the account of whoever investigates it.
        outcome: how it ended; None where it is still investigated.
    """

    id: UUID
    reference: str
    incident: UUID | None = None
    route: Route | None = None
    reported: datetime
    recorded: datetime
    recorded_by: UUID
    offence: str
    what: str
    late_reason: str = ""
    flags: tuple[Flag, ...] = ()
    committed: datetime | None = None
    committed_to: datetime | None = None
    place: UUID | None = None
    place_words: str = ""
    area: UUID | None = None
    victim: UUID | None = None
    organisation: str = ""
    child: bool = False
    suspects: tuple[UUID, ...] = ()
    interviewed: date | None = None
    allocated: datetime
    officer: UUID | None = None
    outcome: EarlierOutcome | None = None

    def faults(self, at: datetime) -> Iterator[str]:
        """Yield why it cannot be brought over at a moment, in words."""
        if not self.reference.strip() or not self.what.strip():
            yield "It lacks its number, or what happened."
        if (self.incident is None) == (self.route is None):
            yield "It was recorded from an incident, or was reported by another way: one of the two."
        if not self.reported <= self.recorded <= self.allocated <= at:
            yield "Its times are not in order: reported, recorded, allocated."
        if self.victim is not None and self.organisation:
            yield "A crime has one victim."
        end = self.outcome
        if end is not None and not self.recorded <= end.at <= end.given <= at:
            yield "Its outcome is not between its recording and now."
        if end is not None and end.decided_on > at.date():
            yield "Its outcome is to come."


@dataclass(frozen=True, slots=True, kw_only=True)
class EarlierRefusal:
    """That an earlier system recorded no crime from an incident.

    Args:
        incident: its id.
        at: when that was decided, aware UTC.
        by: id of the account of whoever did.
        why: the reason.
        words: the evidence for it.
    """

    incident: UUID
    at: datetime
    by: UUID
    why: NotRecorded
    words: str
