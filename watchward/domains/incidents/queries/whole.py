"""All that the page of one incident and its briefing stand on."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from watchward.domains.incidents import rules
from watchward.domains.incidents.models import (
    Appointment,
    Assessment,
    BriefingRead,
    Delay,
    Deployment,
    Grading,
    Incident,
    Involvement,
    LogLine,
    NurseAdvice,
    PersonRisk,
    Recontact,
    Reopening,
)
from watchward.domains.incidents.queries.incidents import closed_by, deployments, involved, log, suggestion_for
from watchward.domains.incidents.queries.incidents import incident as one
from watchward.domains.incidents.queries.thrive import assessments, gradings
from watchward.domains.incidents.queries.units import Nearby, crews_of, nearest, on_duty
from watchward.domains.incidents.queries.where import Where, where_all
from watchward.domains.incidents.vocabulary import SAME_EVENT, Element, Graded, Heard, heard_from
from watchward.domains.people import queries as people
from watchward.domains.people.queries import Household
from watchward.foundation import reading
from watchward.foundation.acting import Acting
from watchward.foundation.audit import queries as audit
from watchward.foundation.chronicle import queries as chronicle
from watchward.foundation.chronicle.models import Line
from watchward.foundation.guidance import queries as guidance
from watchward.foundation.guidance.queries import Edition
from watchward.foundation.records import NotHere
from watchward.foundation.together import together
from watchward.foundation.ui.words import hm
from watchward.kernel.refusals import Refusal

reading.called({"incidents.history": "What happened before at the place and to the people of an incident"})

OWED = "duties.owed"


@dataclass(frozen=True)
class Person:
    """Somebody who had a part in an incident.

    Args:
        name: as people say it; that they are on a record that is locked, where it is.
        age_words: Adult, 31; empty where the record is locked.
        parts: what part they had.
    """

    id: UUID
    name: str
    age_words: str
    parts: tuple[str, ...]
    words: str


@dataclass(frozen=True)
class Whole:
    """One incident with all that belongs to it.

    Args:
        lines: what the chronicle tells of its place and its people, this incident left out.
        locked: how many more lines there are whose records are locked to this person.
        nearby: free units, nearest first in a straight line.
        guidance: every version that stands and has a line to lead with; the page shows what fits.
        own: the unit that this person crews, and the deployment of it to this incident.
    """

    incident: Incident
    known: Where
    people: tuple[Person, ...]
    household: Household | None
    log: tuple[LogLine, ...]
    deployments: tuple[Deployment, ...]
    delays: tuple[Delay, ...]
    recontacts: tuple[Recontact, ...]
    assessments: tuple[Assessment, ...]
    gradings: tuple[Grading, ...]
    briefed: tuple[BriefingRead, ...]
    lines: tuple[Line, ...]
    locked: int
    nearby: tuple[Nearby, ...]
    own: Deployment | None
    appointments: tuple[Appointment, ...] = ()
    reopenings: tuple[Reopening, ...] = ()
    risks: tuple[PersonRisk, ...] = ()
    advice: tuple[NurseAdvice, ...] = ()
    guidance: tuple[Edition, ...] = ()

    @property
    def heard(self) -> dict[Element, Heard]:
        """What was heard under each word when it was last assessed."""
        return heard_from(self.assessments[-1].answers.values) if self.assessments else {}

    @property
    def active(self) -> tuple[Deployment, ...]:
        """The units on it now."""
        return tuple(row for row in self.deployments if row.cleared_at is None)

    @property
    def delay(self) -> Delay | None:
        """The delay that lasts, if one does."""
        return next((row for row in self.delays if row.ended_at is None), None)

    @property
    def owes_ringing(self) -> bool:
        """Whether somebody who waits was not rung back since it was delayed."""
        return self.incident.at_scene_at is None and any(
            row.recontact_by and not row.recontacted_at for row in self.delays
        )


def is_locked(acting: Acting, *, id_: UUID) -> bool:
    """Return whether an incident that cannot be read exists and is locked: what an interruption page may say."""
    return reading.is_locked(Incident, id_)


def whole(acting: Acting, *, id_: UUID, again: bool = False) -> Whole:
    """Return one incident with all that belongs to it, and leave the trace of opening it.

    Args:
        acting: who looks.
        id_: of the incident.
        again: the page that they have open refreshes itself: the same look, unless its log has grown since.

    Raises:
        NotHere: there is none that they may see.
    """
    row = one(acting, id_=id_)
    known = where_all(acting, ids=[row.place_id])
    (
        parts,
        sent,
        crews,
        said,
        delays,
        recontacts,
        assessed,
        graded,
        briefed,
        free,
        agreed,
        reopened,
        risks,
        advised,
        leading,
    ) = together(
        involved(acting, incident=row),
        deployments(acting, incident=row),
        crews_of(acting, account=acting.account),
        log(acting, incident=row),
        Delay.visible_to(acting).filter(incident=row).order_by("number"),
        Recontact.visible_to(acting).filter(incident=row).order_by("at"),
        assessments(acting, incident=row),
        gradings(acting, incident=row),
        BriefingRead.visible_to(acting).filter(incident=row).order_by("at"),
        on_duty(acting),
        Appointment.visible_to(acting).filter(incident=row).order_by("at"),
        Reopening.visible_to(acting).filter(incident=row).order_by("at"),
        PersonRisk.visible_to(acting).filter(incident=row).order_by("at", "id"),
        NurseAdvice.visible_to(acting).filter(incident=row).order_by("at"),
        guidance.leading(acting),
    )
    same_look = again and _has_seen(acting, row, said)
    if not same_look:
        reading.opened(acting, row)
    named = _people(acting, parts)
    home = people.household_at(acting, place=row.place_id) if row.place_id in known and row.place_id else None
    subjects = {person.id for person in named} | {one.id for one in (home.members if home else ())}
    subjects |= {row.place_id} if row.place_id else set()
    mine = {crew.unit_id for crew in crews[:1]}
    told = tuple(_lines(acting, subjects, row))
    if not same_look:
        reading.listed(acting, "incidents.history", [line.source for line in told], about=row.pk)
    here = known.get(row.place_id) if row.place_id else None
    return Whole(
        incident=row,
        known=here or Where(),
        people=named,
        household=home,
        log=tuple(said),
        deployments=tuple(sent),
        delays=tuple(delays),
        recontacts=tuple(recontacts),
        assessments=tuple(assessed),
        gradings=tuple(graded),
        briefed=tuple(briefed),
        lines=told,
        locked=len(chronicle.locked_about(acting, subjects)),
        nearby=nearest(acting, known=here or Where(), among=free),
        appointments=tuple(agreed),
        reopenings=tuple(reopened),
        risks=tuple(risks),
        advice=tuple(advised),
        guidance=tuple(leading),
        own=next((each for each in sent if each.unit_id in mine and each.cleared_at is None), None),
    )


def _has_seen(acting: Acting, row: Incident, log: Sequence[LogLine]) -> bool:
    """Return whether this person opened an incident within the hour, and no line of its log is newer than that."""
    looks = audit.looks(acting).filter(account_id=acting.account, kind="opened", about=row.pk)
    last = looks.filter(at__gt=acting.at - reading.SAME_LOOK).first()
    return last is not None and all(line.at <= last.at for line in log)


def suggestion_in(acting: Acting, *, found: Whole) -> Graded:
    """Return the grade that the policy gives for what is known of an incident now."""
    return suggestion_for(acting, incident=found.incident, said=found.heard)


def why_not_close_now(acting: Acting, *, found: Whole) -> tuple[Refusal, ...]:
    """Return every reason of this domain's own why an incident may not be closed yet, before anything is typed."""
    return rules.why_not_close(
        closed_by(acting, found.incident, said=found.heard, delays=found.delays, sent=found.deployments)
    )


def _people(acting: Acting, parts: Iterable[Involvement]) -> tuple[Person, ...]:
    by_person: dict[UUID, list[Involvement]] = {}
    for part in parts:
        by_person.setdefault(part.person_id, []).append(part)
    seen = people.summaries(acting, ids=by_person)
    hidden = people.locked(acting, ids=set(by_person) - set(seen))
    return tuple(
        Person(
            id_,
            seen[id_].name if id_ in seen else "A locked record",
            seen[id_].age_words if id_ in seen else "",
            tuple(row.part for row in rows),
            "; ".join(row.words for row in rows if row.words),
        )
        for id_, rows in by_person.items()
        if id_ in seen or id_ in hidden
    )


def _lines(acting: Acting, subjects: set[UUID], row: Incident) -> Iterable[Line]:
    """Return what the chronicle tells, each event once: a call is told by the incident that was opened from it."""
    lines = list(chronicle.about(acting, subjects))
    told = {f"{SAME_EVENT}{line.source}" for line in lines}
    seen = {(row.pk, "")}
    for line in lines:
        if line.source in (row.pk, row.source) or (line.source, line.kind) in seen or told.intersection(line.flags):
            continue
        if line.kind == OWED and line.reference == row.reference:
            continue  # what this incident itself owes is on its own page
        seen.add((line.source, line.kind))
        yield line


def delayed_incident(acting: Acting, *, delay: UUID) -> UUID:
    """Return the incident of a delay: the page on which it is assessed again.

    Raises:
        NotHere: there is no such delay.
    """
    found = Delay.visible_to(acting).filter(pk=delay).values_list("incident_id", flat=True).first()
    if found is None:
        raise NotHere("no such delay")
    return found


def briefing_read(acting: Acting, *, found: Whole) -> str:
    """Return when this person said that they had read the briefing as it now stands; empty where they have not."""
    mine = [row for row in found.briefed if row.by == acting.account and row.told >= found.incident.version]
    return hm(mine[-1].at) if mine else ""
