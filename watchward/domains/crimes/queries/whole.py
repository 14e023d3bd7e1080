"""All that the pages of a crime and of the form that records one stand on."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from watchward.domains.crimes.models import (
    Allocation,
    Cancellation,
    Classification,
    Crime,
    Decision,
    Outcome,
    Party,
)
from watchward.domains.crimes.queries.crimes import (
    allocations,
    classifications,
    decisions,
    parties,
    undecided_incidents,
)
from watchward.domains.crimes.queries.crimes import crime as one
from watchward.domains.crimes.queries.facts import Source, source
from watchward.domains.crimes.vocabulary import OutcomeState
from watchward.domains.incidents import queries as incidents
from watchward.domains.incidents.queries import Incident, Involvement
from watchward.domains.people import queries as people
from watchward.domains.people.queries import Summary
from watchward.domains.places import queries as places
from watchward.foundation import reading
from watchward.foundation.access import queries as access
from watchward.foundation.acting import Acting
from watchward.foundation.chronicle.models import Line
from watchward.foundation.duties import queries as owed
from watchward.foundation.duties.models import Duty
from watchward.foundation.together import together

reading.called({"crimes.queue": "The crime desk's queue"})


@dataclass(frozen=True)
class Whole:
    """One crime with all that belongs to it.

    Args:
        where: its place, as people say it.
        people: those who have a part and may be seen, by id.
        locked: ids of those whose record is locked to the reader.
        lines: what the chronicle tells under its number: contact with the victim, and what other rooms add.
        duties: what is owed about it and about its victim.
        team: name of the team that investigates it.
        officer: name of who does.
        recorded_by: name of who recorded it.
        source: reference of the incident or report that it comes from.
    """

    crime: Crime
    where: str
    parties: tuple[Party, ...]
    people: dict[UUID, Summary]
    locked: frozenset[UUID]
    classifications: tuple[Classification, ...]
    allocations: tuple[Allocation, ...]
    outcomes: tuple[Outcome, ...]
    cancellations: tuple[Cancellation, ...]
    lines: tuple[Line, ...]
    duties: tuple[Duty, ...]
    team: str
    officer: str
    recorded_by: str
    source: str

    @property
    def standing(self) -> Outcome | None:
        """The outcome that stands or is proposed."""
        live = (OutcomeState.PROPOSED, OutcomeState.GIVEN)
        return next((row for row in self.outcomes if row.state in live), None)

    def name_of(self, party: Party) -> str:
        """Return somebody's name as the reader may see it."""
        if party.person_id is None:
            return party.organisation
        if party.person_id in self.people:
            return self.people[party.person_id].name
        return "A locked record" if party.person_id in self.locked else "Somebody"


def whole(acting: Acting, *, id_: UUID) -> Whole:
    """Return one crime with all that belongs to it, and leave the trace of opening it.

    Raises:
        NotHere: there is none that they may see.
    """
    row = one(acting, id_=id_)
    reading.opened(acting, row)
    named, said, given, ended, cancelled, told, owing, from_ = together(
        parties(acting, crimes=[row.pk]),
        classifications(acting, crime=row.pk),
        allocations(acting, crime=row.pk),
        Outcome.visible_to(acting).filter(crime=row).select_related("agreed_by").order_by("at", "id"),
        Cancellation.visible_to(acting).filter(crime=row).select_related("other").order_by("at"),
        Line.visible_to(acting).filter(reference=row.reference).exclude(source=row.pk).order_by("-since", "id"),
        owed.owed(acting).filter(reference=row.reference),
        Incident.visible_to(acting).filter(pk__in=[row.incident_id] if row.incident_id else []),
    )
    ids = {each.person_id for each in named if each.person_id}
    seen = people.summaries(acting, ids=ids)
    where = places.places(acting, ids={row.place_id}) if row.place_id else {}
    teams = access.teams_named(acting, {row.given_to_id})
    names = access.names_of(acting, {each for each in (row.officer_id, row.recorded_by_id) if each})
    return Whole(
        crime=row,
        where=where[row.place_id].address if row.place_id in where else row.place_words,
        parties=tuple(named),
        people=seen,
        locked=frozenset(people.locked(acting, ids=ids - set(seen))) if ids - set(seen) else frozenset(),
        classifications=tuple(said),
        allocations=tuple(given),
        outcomes=tuple(ended),
        cancellations=tuple(cancelled),
        lines=_once(told),
        duties=tuple(owing),
        team=teams.get(row.given_to_id, ""),
        officer=names.get(row.officer_id, "") if row.officer_id else "",
        recorded_by=names.get(row.recorded_by_id, ""),
        source=from_[0].reference if from_ else "",
    )


def _once(lines: Iterable[Line]) -> tuple[Line, ...]:
    """Return each source once, whomever it is about; what is owed stands among the duties."""
    found: dict[tuple[UUID, str], Line] = {}
    for line in lines:
        if line.kind != "duties.owed":
            found.setdefault((line.source, line.kind), line)
    return tuple(found.values())


@dataclass(frozen=True)
class ToRecord:
    """What somebody records a crime from, with all that is known already.

    Args:
        source: the incident or the report.
        involved: who had which part in the incident, or reported it.
        people: those of them who may be seen, by id.
        where: the place, as people say it.
        decided: what was decided of it already.
        crimes: references of crimes recorded from it.
    """

    source: Source
    involved: tuple[Involvement, ...]
    people: dict[UUID, Summary]
    where: str
    decided: tuple[Decision, ...]
    crimes: tuple[Crime, ...]

    @property
    def reported_at(self) -> datetime:
        """When it was first reported."""
        return self.source.reported_at


def to_record(acting: Acting, *, incident: UUID | None = None, report: UUID | None = None) -> ToRecord:
    """Return what a crime is recorded from, and leave the trace of opening it.

    Raises:
        NotHere: there is none that they may see.
    """
    found = source(acting, incident=incident, report=report)
    record = found.record
    reading.opened(acting, record)
    involved = list(incidents.involved(acting, incident=found.incident)) if found.incident else []
    ids = {row.person_id for row in involved}
    if found.report is not None and found.report.person_id:
        ids.add(found.report.person_id)
    place = found.place
    where = places.places(acting, ids={place}) if place else {}
    return ToRecord(
        source=found,
        involved=tuple(involved),
        people=people.summaries(acting, ids=ids),
        where=where[place].address if place in where else found.place_words,
        decided=tuple(decisions(acting, of=found.id)),
        crimes=tuple(Crime.visible_to(acting).filter(decision__of=found.id).order_by("recorded_at")),
    )


def to_name(acting: Acting, *, crime: Crime) -> list[tuple[str, str]]:
    """Return those who had a part in a crime's incident and may be named on it: id, and name with age and part."""
    if crime.incident is None:
        return []
    parts = {row.person_id: row.part for row in incidents.involved(acting, incident=crime.incident)}
    known = people.summaries(acting, ids=parts)
    return [
        (str(id_), f"{known[id_].name}, {known[id_].age_words} ({part})") for id_, part in parts.items() if id_ in known
    ]


@dataclass(frozen=True)
class Waiting:
    """The queue of the crime desk: what is to be decided and what is to be allocated, with where each is."""

    incidents: tuple[Incident, ...]
    crimes: tuple[Crime, ...]
    where: dict[UUID, str]


def waiting(acting: Acting, *, crimes: Iterable[Crime]) -> Waiting:
    """Return what waits for the crime desk.

    Args:
        acting: who looks.
        crimes: those to be allocated.
    """
    undecided, unowned = list(undecided_incidents(acting)[:200]), list(crimes)
    ids = {row.place_id for row in undecided if row.place_id} | {row.place_id for row in unowned if row.place_id}
    where = {id_: row.address for id_, row in places.places(acting, ids=ids).items()} if ids else {}
    reading.listed(acting, "crimes.queue", [row.pk for row in (*undecided, *unowned)])
    return Waiting(tuple(undecided), tuple(unowned), where)
