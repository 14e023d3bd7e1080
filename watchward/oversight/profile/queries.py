"""Everything that is known of one person across the force, gathered for one page in one plan."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from watchward.domains.incidents.vocabulary import SAME_EVENT, Qualifier, needs_of
from watchward.domains.people import queries as people
from watchward.domains.people.vocabulary import age_on
from watchward.foundation import reading
from watchward.foundation.acting import Acting
from watchward.foundation.audit import queries as audit
from watchward.foundation.audit.models import Trace
from watchward.foundation.chronicle.models import Line
from watchward.foundation.chronicle.queries import LockedLine
from watchward.foundation.duties import queries as duties
from watchward.foundation.guidance import queries as guidance
from watchward.foundation.guidance.rules import group_of
from watchward.foundation.guidance.vocabulary import Fits, Lead
from watchward.foundation.linkage.vocabulary import Asked, Candidate, KnownName
from watchward.kernel.periods import local_day
from watchward.oversight.profile.vocabulary import FACTS, OWED

LOOKED_BACK = timedelta(days=30)
LOOKS_SHOWN = 10
GUIDED = timedelta(days=365)
"""For how long what happened speaks for guidance on the page of a person."""
SUGGESTED = 3


@dataclass(frozen=True)
class Event:
    """What happened or stands, told once, with every part that the person had in it.

    Args:
        line: as the chronicle has it; of a call and the incident that it opened, the incident's.
        parts: caller, victim, lives there.
    """

    line: Line
    parts: tuple[str, ...]


@dataclass(frozen=True)
class LockedPart:
    """Something that is locked: whose it is, and what opens it."""

    team: str
    table: str
    record: UUID


@dataclass(frozen=True)
class Gathered:
    """One person across the force, as far as the reader may see."""

    summary: people.Summary
    same: dict[UUID, people.Summary]
    events: tuple[Event, ...]
    owed: tuple[Line, ...]
    owners: dict[UUID, str]
    locked: tuple[LockedPart, ...]
    household: people.Household
    warnings: dict[UUID, tuple[Line, ...]]
    residences: tuple[Any, ...]
    numbers: tuple[Any, ...]
    names: tuple[Any, ...]
    decisions: tuple[Any, ...]
    candidates: tuple[tuple[Candidate, people.Summary], ...]
    looks: tuple[Trace, ...]
    looked: int
    leads: tuple[Lead, ...] = ()


def gather(acting: Acting, *, person: UUID) -> Gathered:
    """Return all that is known of one person; the look is traced with its purpose, or nothing is returned.

    Raises:
        NotHere: there is none that they may see.
        django.db.DatabaseError: the trace cannot be written (DPA 2018 s.62).
    """
    record, ids = people.person_as_one(acting, id_=person)
    belonging = people.belonging(acting, people=ids)
    household = people.household(acting, person=person, homes=belonging.homes)
    members = {member.id for member in household.members}
    places = {home.place_id for home in belonging.homes if home.until is None and home.place_id}
    told = duties.told(acting, lines=[*ids, *places, *members], locked=[*ids, *places])
    lines = [line for line in told.lines if line.about in ids or (line.about in places and _stands_there(line))]
    looking = _with_purpose(acting, lines)
    reading.opened(looking, record, shown=sorted({line.source for line in lines}))
    looks = list(_openings(acting, person)[:LOOKS_SHOWN])
    asked, number = _asked(record, belonging)
    candidates = _fitting(looking, asked, person=person, but=ids | _others_in(belonging.decisions, ids), number=number)
    summaries = people.summaries(acting, ids={*ids, *(each.person for each in candidates)})
    hers = [line for line in lines if line.about in ids]
    return Gathered(
        summary=summaries[person],
        same={id_: summary for id_, summary in summaries.items() if id_ in ids and id_ != person},
        events=_told_once(line for line in lines if line.kind != OWED),
        owed=tuple(sorted((line for line in lines if line.kind == OWED), key=lambda line: line.due or line.since)),
        owners=told.owners,
        locked=_locked(told.locked),
        household=household,
        warnings=_warnings(line for line in told.lines if line.about in members),
        residences=belonging.homes,
        numbers=belonging.numbers,
        names=belonging.names,
        decisions=belonging.decisions,
        candidates=tuple((each, summaries[each.person]) for each in candidates if each.person in summaries),
        looks=tuple(looks),
        looked=audit.opened_since(acting, record=person, since=acting.at - LOOKED_BACK),
        leads=guidance.leads_for(acting, asked=_fits(record.date_of_birth, hers, acting.at)),
    )


def _fits(born: date | None, lines: Iterable[Line], at: datetime) -> Fits:
    """Return by what guidance for a person is found: their age, and what stands about them or lately happened."""
    on = local_day(at)
    flags = {flag for line in lines if line.stands or line.since > at - GUIDED for flag in line.flags}
    needs = needs_of(qualifiers=[each for each in Qualifier if each.value in flags])
    return Fits.of(needs, group_of(age_on(born, on) if born is not None and born <= on else None, on=on))


def _stands_there(line: Line) -> bool:
    """Return whether a line about where somebody lives belongs on their record: a fact that stands there now."""
    return line.about_kind == "place" and line.kind in FACTS and line.stands


def _with_purpose(acting: Acting, lines: Iterable[Line]) -> Acting:
    """Return the reader with the purpose of this look, inferred from what is in hand, where none was given."""
    if acting.why():
        return acting
    for line in lines:
        if line.kind == "incidents.incident" and line.stands:
            return acting.for_purpose(f"{line.reference}, which is open")
    for line in lines:
        if line.kind == OWED:
            return acting.for_purpose(f"what is owed: {line.headline}")
    return acting.for_purpose("reading their record, with nothing in hand")


def _told_once(lines: Iterable[Line]) -> tuple[Event, ...]:
    """Return what happened and stands, latest first, each once however many parts the person had in it.

    A call and the incident that it opened are one: the incident's line, with the parts of both.
    """
    parts: dict[UUID, list[str]] = {}
    first: dict[UUID, Line] = {}
    into: dict[UUID, UUID] = {}
    ordered = sorted(lines, key=lambda line: (line.since, str(line.id)), reverse=True)
    present = {line.source for line in ordered}
    for line in ordered:
        opened = next((flag.removeprefix(SAME_EVENT) for flag in line.flags if flag.startswith(SAME_EVENT)), "")
        if opened and UUID(opened) in present:
            into[line.source] = UUID(opened)
    for line in ordered:
        source = into.get(line.source, line.source)
        if line.source not in into:
            first.setdefault(source, line)
        said = parts.setdefault(source, [])
        if line.role and line.role not in said:
            said.append(line.role)
    return tuple(Event(line, tuple(parts[source])) for source, line in first.items())


def _locked(lines: Iterable[LockedLine]) -> tuple[LockedPart, ...]:
    found = {line.opens: line.team_name for line in lines}
    tables = reading.tables_of_locked(found)
    return tuple(
        LockedPart(team, tables[record]._meta.label_lower, record) for record, team in found.items() if record in tables
    )


def _warnings(lines: Iterable[Line]) -> dict[UUID, tuple[Line, ...]]:
    """Return the warnings that stand among these lines, by whom they are about."""
    found: dict[UUID, list[Line]] = {}
    for line in lines:
        if line.stands and "warning" in line.flags:
            found.setdefault(line.about, []).append(line)
    return {id_: tuple(lines) for id_, lines in found.items()}


def _others_in(decided: Iterable[Any], ids: frozenset[UUID]) -> frozenset[UUID]:
    """Return the records about which a decision of this person stands: they are not suggested again."""
    standing = [row for row in decided if row.undone_at is None and row.replaced_by_id is None]
    return frozenset({id_ for row in standing for id_ in (row.one_id, row.other_id)}) - ids


def suggestions(
    acting: Acting, *, person: UUID, but: frozenset[UUID] = frozenset()
) -> tuple[tuple[Candidate, people.Summary], ...]:
    """Return which other records may be the same person, with the evidence, best first.

    Args:
        acting: who asks.
        person: id of the record.
        but: records that are not suggested: joined already, or decided.
    """
    record = people.people(acting, ids=[person]).get(person)
    if record is None:
        return ()
    own = people.belonging(acting, people=[person])
    asked, number = _asked(record, own)
    fitting = _fitting(acting, asked, person=person, but=but, number=number)
    lines = people.summaries(acting, ids=[each.person for each in fitting])
    return tuple((each, lines[each.person]) for each in fitting if each.person in lines)


def _asked(record: Any, belonging: people.Belonging) -> tuple[Asked, Any]:
    """Return what is asked to find the same person again, with the record of the number in it.

    Of this record alone, as it was first written.
    """
    numbers = [row for row in belonging.numbers if row.person_id == record.pk and row.until is None]
    homes = [row for row in belonging.homes if row.person_id == record.pk and row.until is None]
    number = min(numbers, key=lambda row: row.pk, default=None)
    home = min(homes, key=lambda row: row.pk, default=None)
    address = ", ".join(part for part in (home.line, home.town, home.postcode) if part) if home else ""
    asked = Asked(
        number=number.normal if number else "",
        name=KnownName(record.forenames, record.surname).whole,
        date_of_birth=record.date_of_birth,
        address=address,
    )
    return asked, number.number if number else None


def _fitting(acting: Acting, asked: Asked, *, person: UUID, but: frozenset[UUID], number: Any) -> list[Candidate]:
    """Return who fits what is asked and is somebody else than these, best first."""
    if asked.empty:
        return []
    found = people.recognise(acting, asked=asked, about=person, shown=SUGGESTED + len(but) + 1, number=number)
    fitting = [each for each in found.candidates if each.person != person and each.person not in but]
    # Somebody they live with fits by number and address alone, and is not the same person for it.
    return [each for each in fitting if not each.household][:SUGGESTED]


def _openings(acting: Acting, person: UUID) -> QuerySet[Trace]:
    """Return the looks at this record itself; lists and searches about it are for the auditor's page."""
    return audit.looks_at(acting, record=person).filter(kind="opened")
