"""Opening an incident, naming who had a part in it, adding to its log and closing it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from uuid import UUID

from watchward.domains.incidents import queries, rules
from watchward.domains.incidents.commands.grading import why_not_grade, write_assessment, write_grading
from watchward.domains.incidents.commands.records import end_delay, move, note, of, signed, taken
from watchward.domains.incidents.models import Incident, Involvement, LogLine
from watchward.domains.incidents.vocabulary import (
    CLOSE,
    Facts,
    Grade,
    Kind,
    Part,
    Permission,
    Qualifier,
    Sign,
    Stage,
    Thrive,
)
from watchward.domains.people import queries as records
from watchward.foundation.access.owners import TeamNamed
from watchward.foundation.acting import Acting
from watchward.foundation.commands import command
from watchward.foundation.records import Handling, NotHere
from watchward.foundation.reference.numbers import next_reference
from watchward.kernel.periods import local_day
from watchward.kernel.refusals import Refusal, refuse_if

CONTROL_ROOM = "control-room"
"""Key of the team that answers for every incident until a unit's own team does."""

_SAYS_QUALIFIER = {
    Sign.DOMESTIC_ABUSE: Qualifier.DOMESTIC_ABUSE,
    Sign.MENTAL_CRISIS: Qualifier.MENTAL_ILL_HEALTH,
    Sign.VULNERABLE: Qualifier.VULNERABLE,
    Sign.REPEAT_VICTIM: Qualifier.REPEAT_VICTIM,
    Sign.CHILD_THERE: Qualifier.CHILD,
    Sign.CHILD_AT_RISK: Qualifier.CHILD,
    Sign.HATE: Qualifier.HATE,
    Sign.WEAPON: Qualifier.WEAPON,
}


def _qualified(signs: Collection[Sign], qualifiers: Collection[Qualifier]) -> list[str]:
    found = {_SAYS_QUALIFIER[sign] for sign in signs if sign in _SAYS_QUALIFIER} | set(qualifiers)
    return sorted(qualifier.value for qualifier in found)


def _all_here(acting: Acting, people: Iterable[UUID]) -> None:
    wanted = set(people)
    if wanted - set(records.people(acting, ids=wanted)):
        raise NotHere("no such person")


@command(needs=Permission.OPEN)
def open_incident(
    acting: Acting, *, kind: Kind, what: str, place: UUID | None = None, place_words: str = "",
    contact: UUID | None = None, reported_at: datetime | None = None, answered_at: datetime | None = None,
    people: Sequence[tuple[UUID, Part]] = (), signs: Collection[Sign] = (), qualifiers: Collection[Qualifier] = (),
    answers: Thrive | None = None, grade: Grade | None = None, reason: str = "", agreed_at: datetime | None = None,
    handling: int = Handling.OPEN,
) -> Incident:  # fmt: skip
    """Open an incident, graded by the policy from what is known so far.

    Args:
        acting: who opens it, and when.
        kind: what it is, as far as is known.
        what: what has happened, in the caller's own words as far as possible.
        place: where, once it is known.
        place_words: where, as it was given.
        contact: id of the record that it is opened from, such as the call.
        reported_at: when it rang; now where it was not a call.
        answered_at: when somebody answered.
        people: who had which part in it.
        signs: what is so, for the grade.
        qualifiers: what it also is, beside what the signs say.
        answers: THRIVE, as far as it was asked; it may be finished afterwards.
        grade: another grade than the policy's.
        reason: why another grade.
        agreed_at: a time agreed with them, for a Scheduled one.
        handling: open; locked or sealed to the team of whoever opens it, with all that belongs to it.

    Raises:
        Refused: nothing is said of what happened; another grade without a reason or the permission; a time to come.
        NotHere: there is no such place, or no such person.
    """
    rang = reported_at or acting.at
    told = rules.signs_of(kind, signs)
    known = queries.where(acting, place=place)
    graded = rules.grade_for(Facts.of(told, answers or {}, urban=known.urban), on=local_day(rang))
    given = grade or graded.grade
    reasons = list(why_not_grade(acting, suggested=graded.grade, given=given, reason=reason))
    if not what.strip():
        reasons.append(Refusal("Say what has happened.", field="what"))
    if rang > acting.at or (answered_at or acting.at) > acting.at:
        reasons.append(Refusal("It cannot have rung in the future.", field="reported_at"))
    if agreed_at is not None and agreed_at < acting.at:
        reasons.append(Refusal("Agree a time that is still to come.", field="agreed_at"))
    if handling != Handling.OPEN and acting.team is None:
        reasons.append(Refusal("Only a team can keep what others may not see.", field="handling"))
    refuse_if(reasons)
    moments = rules.Moments(rang=rang, answered=answered_at, opened=acting.at, graded=acting.at)
    target = rules.target_for(given, moments, urban=known.urban, agreed=agreed_at)
    incident = Incident.objects.create(
        reference=next_reference(acting, "I"),
        team_id=acting.team,
        handling=handling,
        made_at=acting.at,
        kind=kind,
        what=what.strip()[:300],
        place_id=place,
        place_words=place_words.strip()[:200],
        area_id=known.area,
        urban=known.urban,
        source=contact,
        rang_at=rang,
        answered_at=answered_at,
        graded_at=acting.at,
        grade=given,
        first_grade=given,
        clock_from=target.starts,
        target_at=target.by,
        target_words=target.words,
        agreed_at=agreed_at,
        harm=rules.harm_of(Facts.of(told, answers or {}), given),
        signs=sorted(sign.key for sign in told),
        qualifiers=_qualified(told, qualifiers),
        answers_to_id=TeamNamed(CONTROL_ROOM).of(acting, None).team or acting.team,
    )
    assessment = None
    if answers:
        assessment = write_assessment(acting, incident, answers, told, words="")
        incident.save()
    write_grading(acting, incident, graded, before=None, reason=reason, assessment=assessment)
    _all_here(acting, (person for person, _part in people))
    for person, part in dict.fromkeys(people):
        Involvement.objects.create(**of(incident), person_id=person, part=part, at=acting.at)
    note(acting, incident, f"Opened, {Grade(given).words}")
    return incident


@command(needs=Permission.ASSESS)
def involve(acting: Acting, *, incident: UUID, person: UUID, part: Part, words: str = "") -> Involvement:
    """Name somebody who had a part in an incident.

    Raises:
        Refused: they are named in this part already.
        NotHere: there is no such incident.
    """
    row = taken(acting, incident)
    _all_here(acting, [person])
    if Involvement.visible_to(acting).filter(incident=row, person_id=person, part=part).exists():
        refuse_if([Refusal(f"They are already named as {part.value}.", field="person")])
    return Involvement.objects.create(**of(row), person_id=person, part=part, words=words.strip()[:200], at=acting.at)


@command(needs=Permission.ASSESS)
def set_place(acting: Acting, *, incident: UUID, place: UUID | None, place_words: str = "") -> Incident:
    """Say where an incident is; its target stands, for the place was unknown at the caller's cost before.

    Raises:
        Refused: it is closed, or nothing is said.
        NotHere: there is no such incident or place.
    """
    row = taken(acting, incident)
    if row.stage == Stage.CLOSED:
        refuse_if([Refusal("It is closed.", code="wrong-state")])
    if place is None and not place_words.strip():
        refuse_if([Refusal("Say where it is.", field="place_words")])
    known = queries.where(acting, place=place)
    row.place_id, row.place_words = place, place_words.strip()[:200]
    row.area_id, row.urban = known.area, known.urban
    row.save(update_fields=["place", "place_words", "area", "urban"])
    note(acting, row, "Place changed")
    return row


@command(needs=Permission.ASSESS)
def add_log_line(acting: Acting, *, incident: UUID, words: str) -> LogLine:
    """Add a line to an incident's log; no line is ever changed.

    Raises:
        Refused: it says nothing.
        NotHere: there is no such incident.
    """
    row = taken(acting, incident)
    if not words.strip():
        refuse_if([Refusal("Write the line first.", field="words")])
    return LogLine.objects.create(**of(row), **signed(acting), words=words.strip())


@command(needs=Permission.CLOSE)
def close(
    acting: Acting, *, incident: UUID, outcome: str, closed_as: Kind | None = None,
    qualifiers: Collection[Qualifier] | None = None, why_nobody_went: str = "", version: int | None = None,
) -> Incident:  # fmt: skip
    """Close an incident.

    Args:
        acting: who closes it.
        incident: its id.
        outcome: how it ended.
        closed_as: what it turned out to be; as it was opened when not given.
        qualifiers: what it also was; as it stands when not given.
        why_nobody_went: where its grade sends somebody and nobody was there.
        version: the version that was looked at.

    Raises:
        Refused: with every reason: no THRIVE, no outcome, units still on it, not assessed again while delayed.
        NotHere: there is no such incident.
        Stale: it was changed since it was looked at.
    """
    row = taken(acting, incident, version)
    refuse_if(queries.why_not_close(acting, incident=row, outcome=outcome, why_nobody_went=why_nobody_went))
    move(row, CLOSE)
    row.closed_at, row.closed_as, row.outcome = acting.at, closed_as or Kind(row.kind), outcome.strip()
    row.why_nobody_went = why_nobody_went.strip()
    if qualifiers is not None:
        row.qualifiers = sorted(qualifier.value for qualifier in set(qualifiers))
    row.save()
    end_delay(acting, row)
    note(acting, row, f"Closed: {outcome.strip()}")
    assert row.stage == Stage.CLOSED  # noqa: S101 - the life of an incident says so
    return row
