"""Everything that this room keeps of one person."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from watchward.domains.objects.vocabulary import shown
from watchward.domains.people.models import (
    ContactDetail,
    ContactNumber,
    IdentityDecision,
    Marker,
    Name,
    Person,
    Relationship,
    Residence,
    SealedAsk,
)
from watchward.domains.people.queries import identity, records
from watchward.domains.people.queries.marked import MARKERS
from watchward.domains.people.vocabulary import Lasting
from watchward.foundation.access.context import as_engine
from watchward.foundation.acting import Acting
from watchward.foundation.audit import queries as audit
from watchward.foundation.records import NotHere, get
from watchward.foundation.together import together

Lasts = ContactNumber | Residence | Relationship
"""What is somebody's from a day until a day."""


@dataclass(frozen=True)
class Kept:
    """One person with all that belongs to them."""

    person: Person
    names: tuple[Name, ...]
    numbers: tuple[ContactNumber, ...]
    shown: dict[UUID, str]
    details: tuple[ContactDetail, ...]
    homes: tuple[Residence, ...]
    ties: tuple[Relationship, ...]
    all_markers: tuple[Marker, ...]
    decisions: tuple[IdentityDecision, ...]

    @property
    def markers(self) -> tuple[Marker, ...]:
        """Return the markers that stand."""
        return tuple(marker for marker in self.all_markers if marker.ended_at is None)

    @property
    def others(self) -> set[UUID]:
        """Return everybody whom these rows name."""
        pairs = [(row.one_id, row.other_id) for row in (*self.ties, *self.decisions)]
        return {id_ for pair in pairs for id_ in pair} | {self.person.pk}


def kept(acting: Acting, *, id_: UUID) -> Kept:
    """Return one person with all that belongs to them; the caller leaves the trace of opening.

    Raises:
        NotHere: there is none that they may see.
    """
    person = records.person(acting, id_=id_)
    numbers, names, details, homes, markers, decisions = together(
        records.numbers(acting, person=id_),
        records.names(acting, person=id_),
        records.details(acting, person=id_),
        records.residences(acting, person=id_),
        MARKERS.every(acting, about=id_),
        identity.decisions(acting, person=id_),
    )
    return Kept(
        person=person,
        names=tuple(names),
        numbers=tuple(numbers),
        shown={link.pk: shown(link.normal) for link in numbers},
        details=tuple(details),
        homes=tuple(homes),
        ties=tuple(records.relationships(acting, people=[id_], ended=True)),
        all_markers=tuple(markers),
        decisions=tuple(decisions),
    )


def by_reference(acting: Acting, *, reference: str) -> Person | None:
    """Return the person of this reference, if this person may see them."""
    return Person.visible_to(acting).filter(reference=reference.strip().upper()).first()


def lasting(acting: Acting, *, of: UUID, what: Lasting, id_: UUID) -> Lasts:
    """Return a number, a home or a tie of somebody.

    Args:
        acting: who asks.
        of: id of the person.
        what: which of the three.
        id_: its id.

    Raises:
        NotHere: there is none of theirs that they may see.
    """
    found: Lasts | None
    match what:
        case Lasting.NUMBER:
            found = records.numbers(acting, person=of).filter(pk=id_).first()
        case Lasting.HOME:
            found = records.residences(acting, person=of).filter(pk=id_).first()
        case Lasting.TIE:
            found = records.relationships(acting, people=[of], ended=True).filter(pk=id_).first()
    if found is None:
        raise NotHere("no such number, home or tie of theirs")
    return found


def last_change(acting: Acting, *, person: UUID) -> tuple[str, datetime | None]:
    """Return who last changed somebody's record, and when.

    The log of commands is its owner's, their supervisor's and an auditor's; of a record that one may see, one may
    also know who stands behind its words.
    """
    row = audit.history(acting, record=person).filter(table=Person._meta.db_table).order_by("-id").first()
    if row is None:
        return "", None
    with as_engine(acting) as engine:
        made = audit.proof(engine, command=row.command)
    return (made.account_name, made.at) if made is not None else ("", None)


def sealed_ask(acting: Acting, *, id_: UUID) -> SealedAsk:
    """Return that somebody asked for a sealed record of one's team.

    Raises:
        NotHere: there is none that they may see.
    """
    return get(acting, SealedAsk, id_)
