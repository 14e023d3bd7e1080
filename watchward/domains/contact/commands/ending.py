"""What becomes of a call: an incident opened from it with nothing keyed again, and its end."""

from __future__ import annotations

from uuid import UUID

from watchward.domains.contact import queries
from watchward.domains.contact.commands.caller import number_rung_from
from watchward.domains.contact.commands.writing import in_hand, settle, thrive_of, write_line
from watchward.domains.contact.models import Call, Involved
from watchward.domains.contact.vocabulary import BY_KEY, LIFE, Answer, Part, Permission, State, Which
from watchward.domains.incidents import commands as incidents
from watchward.domains.incidents import queries as known_incidents
from watchward.domains.incidents.vocabulary import Grade, Qualifier
from watchward.domains.incidents.vocabulary import Part as Role
from watchward.domains.people import commands as people
from watchward.foundation.acting import Acting
from watchward.foundation.commands import command
from watchward.kernel.refusals import Refusal, Refused

ROLES = {
    Part.VICTIM: Role.VICTIM,
    Part.WITNESS: Role.WITNESS,
    Part.FOR_ANOTHER: Role.CALLER,
    Part.NOT_KNOWN: Role.CALLER,
}
QUALIFIERS = {
    Which.REPEAT_VICTIM: Qualifier.REPEAT_VICTIM,
    Which.DOMESTIC_ABUSE: Qualifier.DOMESTIC_ABUSE,
    Which.MENTAL_ILL_HEALTH: Qualifier.MENTAL_ILL_HEALTH,
}


@command(needs=Permission.TAKE)
def open_incident(acting: Acting, *, call: UUID, version: int | None = None) -> Call:
    """Open an incident from what the call holds: place, people, words and THRIVE as they stand, graded at once.

    Nothing is keyed again. THRIVE may be finished afterwards; the incident does not close without it.

    Args:
        acting: who opens it.
        call: its id.
        version: the version that the page was made from.

    Raises:
        Refused: an incident was opened from it already, it is not said where or about what, or another grade than the
            policy's has no reason.
        Stale: somebody else changed the call.
    """
    row = in_hand(acting, call, version)
    if row.incident_id is not None:
        raise Refused(Refusal("An incident was opened from this call already.", code="wrong-state"))
    reasons = list(LIFE.why_not(State(row.state), "open an incident from"))
    if not row.what:
        reasons.append(Refusal("Choose what it is about.", field="what"))
    if not row.place_words:
        reasons.append(Refusal("Say where, or as near as the caller can.", field="place"))
    if reasons:
        raise Refused(*reasons)
    looked = queries.look_up(acting, id_=row.pk)
    matter = BY_KEY[row.what]
    said = {which for which, one in (looked.held.identified or {}).items() if one.answer is Answer.YES}
    incident = incidents.open_incident(
        acting,
        kind=matter.kind,
        what=queries.opening_words(acting, call=row),
        place=row.place_id,
        place_words=row.place_words,
        contact=row.pk,
        reported_at=row.rang_at,
        answered_at=row.answered_at,
        people=_people(acting, row),
        signs=looked.signs,
        qualifiers=matter.qualifiers | {QUALIFIERS[which] for which in said},
        answers={element: one for element, one in thrive_of(row).items() if one.answered} or None,
        grade=Grade(row.grade) if row.grade else None,
        reason=row.grade_reason,
    )
    row.incident_id = incident.pk
    row.state = LIFE.after(State(row.state), "open an incident from")
    number_rung_from(acting, row)
    _tell_keepers(acting, row)
    write_line(acting, row, f"Incident {incident.reference} opened, {Grade(incident.grade).words}", automatic=True)
    settle(acting, row)
    return row


def _tell_keepers(acting: Acting, row: Call) -> None:
    """Tell the keepers of a sealed record that whoever rang may be theirs: once for a call, and never its handler."""
    asked = queries.asked_of(acting, call=row)
    if not asked.empty:
        people.alert_keepers(acting, asked=asked, how=f"call {row.reference}")


def _people(acting: Acting, row: Call) -> tuple[tuple[UUID, Role], ...]:
    found = [(row.caller_person_id, ROLES[Part(row.part)])] if row.caller_person_id else []
    others = Involved.visible_to(acting).filter(call=row).order_by("at", "pk")
    return (*found, *((one.person_id, Role(one.part)) for one in others if one.person_id != row.caller_person_id))


@command(needs=Permission.TAKE)
def carry_on(acting: Acting, *, call: UUID) -> Call:
    """Carry to the incident what was learnt on the call since it was opened: THRIVE, place and people.

    Raises:
        NotHere: no such call.
    """
    row = in_hand(acting, call)
    if row.incident_id is None:
        return row
    incident = known_incidents.incident(acting, id_=row.incident_id)
    if incident.closed_at is not None:
        return row
    heard = {element: one for element, one in thrive_of(row).items() if one.answered}
    if heard and heard != known_incidents.heard(acting, incident=incident):
        incidents.assess(acting, incident=incident.pk, answers=heard)
    if row.place_id is not None and row.place_id != incident.place_id:
        incidents.set_place(acting, incident=incident.pk, place=row.place_id, place_words=row.place_words)
    named = {(one.person_id, one.part) for one in known_incidents.involved(acting, incident=incident)}
    for person, role in _people(acting, row):
        if (person, role.value) not in named:
            incidents.involve(acting, incident=incident.pk, person=person, part=role)
    return row


@command(needs=Permission.TAKE)
def end_call(acting: Acting, *, call: UUID, version: int | None = None) -> Call:
    """End a call: the line is closed, and the record with it once it lacks nothing; until then it is owed.

    Raises:
        Refused: it has ended already.
        Stale: somebody else changed the call.
    """
    row = in_hand(acting, call, version)
    if row.ended_at is not None:
        raise Refused(Refusal("This call has ended. Its record can still be completed.", code="wrong-state"))
    row.ended_at = acting.at
    number_rung_from(acting, row)
    _tell_keepers(acting, row)
    write_line(acting, row, "Call ended", automatic=True)
    settle(acting, row)
    return row
