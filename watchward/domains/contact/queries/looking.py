"""All that a call handler must be told at once: who rings, what stands about them, what happened, what is owed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

from watchward.domains.contact import rules
from watchward.domains.contact.models import Call
from watchward.domains.contact.queries.calls import Whole, whole
from watchward.domains.contact.queries.looked import Contact, Found, Looked, Owes, Resident, Shown, Stands
from watchward.domains.contact.vocabulary import BY_KEY, OPENED_AS, Answer, Decision, Part, Which, name_and_birth
from watchward.domains.incidents import queries as incidents
from watchward.domains.incidents.vocabulary import Facts, Grade, Sign
from watchward.domains.people import queries as people
from watchward.domains.people.vocabulary import age_words
from watchward.domains.places import queries as places
from watchward.foundation.acting import Acting, Task
from watchward.foundation.duties import queries as duties
from watchward.foundation.linkage.vocabulary import Asked, Candidate, Known, Recognition
from watchward.foundation.records import NotHere
from watchward.kernel.periods import local_day

SHOWN = 3
OWED = "duties.owed"
TELLING = frozenset({"contact.call", "incidents.incident"})
"""Kinds of line that tell of a contact even while they stand, as an incident does until it is closed."""


def look_up(acting: Acting, *, id_: UUID, saved: Call | None = None) -> Looked:
    """Return a call and what the force's records say about it; the search leaves its trace when its result changes.

    Args:
        acting: who looks.
        id_: of the call.
        saved: the call as it has just been saved: what was found while saving it is not looked up again.

    Raises:
        NotHere: there is no such call that they may see.
    """
    held = whole(acting, id_=id_)
    call = held.call
    acting = acting.with_task(Task("call", call.pk, f"call {call.reference}"))
    looked = _recognised(acting, held)
    residents, hidden = _residents(acting, call.place_id)
    subject = looked.subject
    hers = frozenset({subject.person, *subject.same_as}) if subject else frozenset()
    about = {*hers, *(held.involved or ()), *(one.person for one in residents)}
    about |= {id_ for id_ in (call.telephone_id, call.place_id) if id_}
    looked = replace(
        _told(acting, looked, about, hers, {call.telephone_id, call.place_id}),
        residents=residents,
        hidden=hidden,
        safe=_safe(acting, call.telephone, subject),
        alternatives=_alternatives(acting, held, saved.offered if saved is not None else None),
    )
    return _weighed(acting, looked)


def asked_of(acting: Acting, *, call: Call) -> Asked:
    """Return what a call says of whoever rings, as it is looked for among the people on record."""
    name, born = name_and_birth(call.caller)
    return Asked(number=call.number, name=name, date_of_birth=born, address=call.place_words, place=call.place_id)


def _recognised(acting: Acting, held: Whole) -> Looked:
    call, decided = held.call, dict(held.decided or {})
    looked = Looked(held=held, at=acting.at)
    if call.caller_person_id is not None:
        # Whether they may read the record is asked anew: it may have been locked since.
        try:
            row, same = people.person_as_one(acting, id_=call.caller_person_id)
        except NotHere:
            return replace(looked, locked=tuple(people.locked(acting, ids=[call.caller_person_id])))
        return replace(looked, confirmed=_confirmed(row, acting, same))
    asked = asked_of(acting, call=call)
    if asked.empty:
        return looked
    found: Recognition = people.recognise(
        acting, asked=asked, about=call.pk, number=call.telephone, looked_up=True
    )  # fmt: skip
    fits = [one for one in found.candidates if decided.get(one.person, (None,))[0] is not Decision.NO]
    guesses = tuple(
        _guessed(found.known[one.person], acting, one, decided[one.person][0] if one.person in decided else None)
        for one in fits[:SHOWN]
    )
    return replace(
        looked, guesses=guesses, more=len(fits) - len(guesses), locked=found.locked_records, too_many=found.too_many
    )


def _confirmed(row: Any, acting: Acting, same_as: frozenset[UUID]) -> Shown:
    return Shown(
        person=row.pk,
        name=row.name,
        age_words=age_words(row.date_of_birth, local_day(acting.at)),
        born=row.date_of_birth,
        sex=row.sex,
        decision=Decision.YES,
        same_as=same_as,
    )


def _guessed(known: Known, acting: Acting, of: Candidate, decision: Decision | None) -> Shown:
    return Shown(
        person=known.person,
        name=known.names[0].whole or "Name not known",
        age_words=age_words(known.date_of_birth, local_day(acting.at)),
        born=known.date_of_birth,
        sex=known.sex,
        standing=of.standing,
        who=of.who,
        evidence=of.evidence,
        decision=decision,
        household=of.household,
        probability=of.probability,
        same_as=frozenset(of.same_as),
        numbers=known.numbers,
    )


def _residents(acting: Acting, place: UUID | None) -> tuple[tuple[Resident, ...], int]:
    if place is None:
        return (), 0
    found = people.household_at(acting, place=place)
    members = tuple(Resident(one.id, one.name, one.age_words, one.child, one.since, one.tie) for one in found.members)
    return members, found.hidden


def _told(acting: Acting, looked: Looked, about: set[UUID], hers: frozenset[UUID], here: set[UUID | None]) -> Looked:
    """Sort the chronicle's lines about all of these: what stands, what is owed, what happened."""
    call = looked.held.call
    stands, owed, rung = [], [], set()
    events: dict[UUID, Contact] = {}
    told = duties.told(acting, lines=about, locked=about)
    for line in told.lines:
        flags = frozenset(line.flags)
        if line.kind == OWED:
            if line.about in hers and line.due is not None and line.reference != call.reference:
                owed.append(Owes(line.headline, line.detail, line.due, line.about, told.owners.get(line.source, "")))
        elif line.stands and line.kind not in TELLING:
            if line.until is None or line.until > acting.at:
                stands.append(_stands(line, flags))
        elif (line.about in hers or line.about in here) and line.source not in (call.pk, call.incident_id):
            if line.about == call.telephone_id:
                rung.add(line.since)
            before = events.get(line.source)
            events[line.source] = Contact(
                source=line.source,
                kind=line.kind,
                at=line.since,
                headline=line.headline,
                detail=line.detail,
                state=line.state,
                harm=max(line.harm, before.harm if before else 0),
                flags=flags | (before.flags if before else frozenset()),
                victim=(line.about in hers and line.role == "victim") or bool(before and before.victim),
                about_person=line.about in hers or bool(before and before.about_person),
            )
    contacts = _once(events.values())
    if contacts:
        rows = incidents.about(acting, people=hers, places=[id_ for id_ in here if id_]).values_list("pk", "grade")
        urgent = {pk: Grade.RESOLVED - grade for pk, grade in rows}
        contacts = tuple(replace(one, severity=urgent.get(one.source, 0)) for one in contacts)
    return replace(
        looked,
        stands=tuple(sorted(stands, key=lambda one: (one.about_kind, one.headline, one.since))),
        owed=tuple(sorted(owed, key=lambda one: one.due)),
        previous=contacts,
        number_seen=tuple(sorted(rung, reverse=True)),
        locked_lines=len(told.locked),
    )


def _stands(line: Any, flags: frozenset[str]) -> Stands:
    return Stands(
        about=line.about,
        about_kind=line.about_kind,
        headline=line.headline,
        detail=line.detail,
        since=line.since,
        until=line.until,
        flags=flags,
        role=line.role,
        source=line.source,
        kind=line.kind,
    )


def _once(events: Iterable[Contact]) -> tuple[Contact, ...]:
    """Return each contact once: a call and the incident that it opened are one, told by the incident."""
    by_source = {one.source: one for one in events}
    for one in list(by_source.values()):
        opened = next((UUID(flag.removeprefix(OPENED_AS)) for flag in one.flags if flag.startswith(OPENED_AS)), None)
        incident = by_source.get(opened) if opened else None
        if incident is not None:
            by_source[incident.source] = replace(
                incident,
                at=min(incident.at, one.at),
                flags=incident.flags | {flag for flag in one.flags if not flag.startswith(OPENED_AS)},
                victim=incident.victim or one.victim,
                about_person=incident.about_person or one.about_person,
                harm=max(incident.harm, one.harm),
            )
            del by_source[one.source]
    return tuple(sorted(by_source.values(), key=lambda one: (one.at, one.source), reverse=True))


def _safe(acting: Acting, telephone: Any, subject: Shown | None) -> str:
    if telephone is None or subject is None:
        return ""
    if subject.numbers is None:
        rows = people.numbers(acting, person=subject.person).filter(number_id=telephone.pk)
        return next((row.safe for row in rows if row.safe), "")
    warned = [one for one in subject.numbers if one.number == telephone.normal and one.safe]
    # What stands comes first, then what ended last; of equals the one recorded last.
    latest = max(
        enumerate(warned), key=lambda one: (one[1].until is None, one[1].until or date.min, one[0]), default=None
    )
    return latest[1].safe if latest else ""


def _alternatives(acting: Acting, held: Whole, offered: tuple[Any, ...] | None) -> tuple[Found, ...]:
    call = held.call
    if len(call.place_words) < 4 or call.place_chosen:
        return ()
    return tuple(
        Found(one.place, one.address, one.area, one.postcode, one.urban, one.why)
        for one in (places.suggest(acting, typed=call.place_words, limit=SHOWN) if offered is None else offered)
        if one.place != call.place_id
    )


def _weighed(acting: Acting, looked: Looked) -> Looked:
    """Add what follows from all of it: the trend, the identifications that records answer, the grade."""
    call = looked.held.call
    # What the force did or recorded by itself is no contact of theirs: a crime, a call to a victim.
    before = [one.counted for one in looked.previous if one.kind in TELLING]
    hers = {looked.subject.person} if looked.subject else set()
    marked = {flag for one in looked.stands if one.about in hers and "warning" not in one.flags for flag in one.flags}
    matter = BY_KEY.get(call.what)
    told = matter is not None and matter.domestic
    suggested = {
        which: found
        for which in Which
        if (
            found := rules.suggested(
                which, before=before if looked.subject else (), marked=marked, known=looked.confirmed is not None,
                told=told, at=call.rang_at,
            )
        )
    }  # fmt: skip
    trend = rules.trend(before, call.rang_at)
    signs = _signs(looked, suggested, trend, domestic=told)
    levels = {element: one.level for element, one in looked.held.thrive.items() if one.level is not None}
    looked = replace(looked, suggested=suggested, trend=trend, signs=signs)
    if matter is None and not levels and not call.signs:
        return looked
    urban = call.place.urban if call.place is not None else None
    facts = Facts(signs=signs, levels=levels, urban=urban)
    graded, _harm, target = incidents.suggest_grade(
        acting.at_time(call.rang_at), facts=facts, kind=matter.kind if matter else None
    )
    return replace(looked, graded=graded, target=target)


def _signs(
    looked: Looked, suggested: Mapping[Which, rules.Suggested], trend: rules.Trend, *, domestic: bool
) -> frozenset[Sign]:
    """Return what was heard and what records add to it."""
    answered = looked.held.identified or {}
    call, said = looked.held.call, {which: Answer(row.answer) for which, row in answered.items()}
    found = set(rules.signs_heard(call.signs, what=call.what, part=Part(call.part), identified=said))
    if Which.REPEAT_VICTIM not in answered and looked.confirmed is not None:
        repeat = suggested.get(Which.REPEAT_VICTIM)
        if repeat is not None and repeat.answer is Answer.YES:
            found.add(Sign.REPEAT_VICTIM)
    if domestic and looked.children:
        found.add(Sign.CHILD_THERE)
    if looked.previous and (trend.rising or trend.worse) and (domestic or looked.subject is not None):
        found.add(Sign.GETTING_WORSE)
    return frozenset(found)
