"""Everything that is known of one person across the force, gathered for one page in one plan."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from watchward.domains.people import queries as people
from watchward.foundation import reading
from watchward.foundation.access import queries as access
from watchward.foundation.access.context import as_engine
from watchward.foundation.acting import Acting
from watchward.foundation.audit import queries as audit
from watchward.foundation.audit.models import Trace
from watchward.foundation.chronicle import queries as chronicle
from watchward.foundation.chronicle.models import Line
from watchward.foundation.linkage.vocabulary import Asked, Candidate
from watchward.oversight.profile.vocabulary import EVENTS, FACTS, OWED, SAME_EVENT

LOOKED_BACK = timedelta(days=30)
LOOKS_SHOWN = 10
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


def gather(acting: Acting, *, person: UUID) -> Gathered:
    """Return all that is known of one person; the look is traced with its purpose, or nothing is returned.

    Raises:
        NotHere: there is none that they may see.
        django.db.DatabaseError: the trace cannot be written (DPA 2018 s.62).
    """
    record = people.person(acting, id_=person)
    ids = people.same_person(acting, id_=person)
    homes = tuple(home for id_ in ids for home in people.residences(acting, person=id_))
    places = {home.place_id for home in homes if home.until is None and home.place_id}
    lines = [line for line in chronicle.about(acting, [*ids, *places]) if line.about in ids or _stands_there(line)]
    looking = _with_purpose(acting, lines)
    reading.opened(looking, record, shown=sorted({line.source for line in lines}))
    household = people.household(acting, person=person)
    shown = people.summaries(acting, ids=ids)
    looks = list(_openings(acting, person)[:LOOKS_SHOWN])
    decided = _decided(acting, ids)
    candidates = suggestions(looking, person=person, but=ids | _others_in(decided, ids))
    members = [member.id for member in household.members]
    return Gathered(
        summary=shown[person],
        same={id_: summary for id_, summary in shown.items() if id_ != person},
        events=told_once(line for line in lines if line.kind != OWED),
        owed=tuple(sorted((line for line in lines if line.kind == OWED), key=lambda line: line.due or line.since)),
        locked=_locked(acting, [*ids, *places]),
        household=household,
        warnings=_warnings(acting, members),
        residences=homes,
        numbers=tuple(number for id_ in ids for number in people.numbers(acting, person=id_)),
        names=tuple(name for id_ in ids for name in people.names(acting, person=id_)),
        decisions=decided,
        candidates=candidates,
        looks=tuple(looks),
        looked=_looked(acting, person),
    )


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


def told_once(lines: Iterable[Line]) -> tuple[Event, ...]:
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


def contacts(events: Iterable[Event]) -> list[Event]:
    """Return those of these that are contacts: something that happened, and not a fact that stands."""
    return [event for event in events if event.line.kind in EVENTS]


def _locked(acting: Acting, subjects: list[UUID]) -> tuple[LockedPart, ...]:
    found = {locked.opens: locked.team for locked in chronicle.locked_about(acting, subjects)}
    teams = access.teams_named(acting, set(found.values())) if found else {}
    parts = []
    for record, team in found.items():
        table = reading.table_of_locked(record)
        if table is not None:
            parts.append(LockedPart(teams.get(team, "another team"), table._meta.label_lower, record))
    return tuple(parts)


def _warnings(acting: Acting, members: list[UUID]) -> dict[UUID, tuple[Line, ...]]:
    """Return the warnings that stand about these people."""
    found: dict[UUID, list[Line]] = {}
    if members:
        for line in chronicle.about(acting, members):
            if line.stands and "warning" in line.flags:
                found.setdefault(line.about, []).append(line)
    return {id_: tuple(lines) for id_, lines in found.items()}


def _decided(acting: Acting, ids: frozenset[UUID]) -> tuple[Any, ...]:
    found = {row.pk: row for id_ in ids for row in people.decisions(acting, person=id_)}
    return tuple(sorted(found.values(), key=lambda row: (row.at, str(row.pk)), reverse=True))


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
    known = people.known(acting, ids=[person]).get(person)
    if known is None:
        return ()
    number = next((number.number for number in known.numbers if number.until is None), "")
    home = next((home for home in known.homes if home.until is None), None)
    address = ", ".join(part for part in (home.line, home.town, home.postcode) if part) if home else ""
    asked = Asked(number=number, name=known.names[0].whole, date_of_birth=known.date_of_birth, address=address)
    if asked.empty:
        return ()
    found = people.recognise(acting, asked=asked, about=person, shown=SUGGESTED + len(but) + 1)
    fitting = [each for each in found.candidates if each.person != person and each.person not in but]
    # Somebody they live with fits by number and address alone, and is not the same person for it.
    fitting = [each for each in fitting if not each.household][:SUGGESTED]
    lines = people.summaries(acting, ids=[each.person for each in fitting])
    return tuple((each, lines[each.person]) for each in fitting if each.person in lines)


def _looked(acting: Acting, person: UUID) -> int:
    """Return how many looks at this record there were in 30 days, by anybody: a number, and no names."""
    with as_engine(acting) as engine:
        return _openings(engine, person).filter(at__gte=acting.at - LOOKED_BACK).count()


def _openings(acting: Acting, person: UUID) -> QuerySet[Trace]:
    """Return the looks at this record itself; lists and searches about it are for the auditor's page."""
    return audit.looks_at(acting, record=person).filter(kind="opened")
