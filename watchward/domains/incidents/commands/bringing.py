"""Bringing over closed incidents of an earlier system, with how long people waited and what was owed meanwhile."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from watchward.domains.incidents import chronicle, duties, rules
from watchward.domains.incidents.models import Delay, Deployment, Incident, Involvement
from watchward.domains.incidents.vocabulary import EarlierIncident, Grade, Permission, Qualifier, Stage
from watchward.foundation.access.context import as_engine
from watchward.foundation.acting import Acting
from watchward.foundation.bringing import Beside, Ended, Fresh, owe, plain, refuse_rows, tell, write
from watchward.foundation.commands import command, current
from watchward.foundation.duties.kinds import DutyKind
from watchward.foundation.duties.models import State
from watchward.kernel.periods import day_starts

NOTICED = timedelta(seconds=15)
"""How soon after a target had passed that was noticed."""


@command(needs=Permission.LOAD, follows=False)
def bring_incidents(acting: Acting, *, rows: Sequence[EarlierIncident]) -> int:
    """Bring over closed incidents of an earlier system: who went and when, who waited, and what was owed.

    Args:
        acting: who brings them over; they belong to their team.
        rows: the incidents; all of them, or none.

    Returns:
        How many were brought over.

    Raises:
        Refused: rows have faults; every one is named.
    """
    refuse_rows(rules.why_not_bring(rows, at=acting.at))
    fresh, kept = Fresh(acting.at), {"handling": 0, "team_id": acting.team}
    made = [_incident(acting, row) for row in rows]
    people = [
        plain(Involvement)(id=fresh(), **kept, incident_id=row.id, person_id=person, part=part, at=row.opened)
        for row in rows
        for person, part in row.people
    ]
    sent = [
        plain(Deployment)(
            id=fresh(), **kept, incident_id=row.id, unit_id=row.unit, sent_at=row.sent, en_route_at=row.sent,
            sent_by_name=acting.name, at_scene_at=row.there, cleared_at=row.left,
        )
        for row in rows
        if row.unit is not None and row.sent is not None
    ]  # fmt: skip
    delays = [
        _delay(fresh(), row, one, kept)
        for row, one in zip(rows, made, strict=True)
        if one.target_at is not None and (row.there or row.closed) > one.target_at
    ]
    for table in (made, people, sent, delays):
        if table:
            write(table)
    _follow(acting, made, people, delays)
    return len(made)


def _incident(acting: Acting, row: EarlierIncident) -> Any:
    moments = rules.Moments(row.rang, row.answered, row.opened, row.opened)
    target = rules.target_for(row.grade, moments, urban=row.urban, agreed=row.agreed)
    return plain(Incident)(
        id=row.id, reference=row.reference, version=1, handling=0, team_id=acting.team, made_at=row.opened,
        kind=row.kind, what=row.what, place_id=row.place, place_words=row.place_words, area_id=row.area,
        urban=row.urban, source=row.source, rang_at=row.rang, answered_at=row.answered, graded_at=row.opened,
        first_sent_at=row.sent, first_en_route_at=row.sent, at_scene_at=row.there, closed_at=row.closed,
        grade=row.grade, first_grade=row.grade, clock_from=target.starts, target_at=target.by,
        target_words=target.words, agreed_at=row.agreed, stage=Stage.CLOSED, harm=row.harm,
        qualifiers=sorted(each.value for each in row.qualifiers), thrive_at=row.thrive, thrive_finished_at=row.thrive,
        answers_to_id=row.team, closed_as=row.closed_as or "", outcome=row.outcome,
        why_nobody_went=row.why_nobody_went,
    )  # fmt: skip


def _delay(id_: str, row: EarlierIncident, incident: Any, kept: dict[str, Any]) -> Any:
    since = incident.target_at
    assert since is not None  # noqa: S101 - only what has a target is delayed
    again, _policy = rules.reassess_by(since, row.harm)
    ring, _policy = rules.recontact_by(since, row.harm)
    ended = row.there or row.closed
    return plain(Delay)(
        id=id_, **kept, incident_id=row.id, number=1, since=since, noticed_at=min(since + NOTICED, ended),
        harm=row.harm, reassess_by=again, reassessed_at=row.reassessed, recontact_by=ring, recontacted_at=row.rung,
        ended_at=ended, incident=incident, answers_to_id=incident.answers_to_id, reference=incident.reference,
    )  # fmt: skip


def _follow(acting: Acting, made: list[Any], people: list[Any], delays: list[Any]) -> None:
    involved: dict[UUID, list[Any]] = {one.id: [] for one in made}
    for one in people:
        involved[one.incident_id].append(one)
    for one in made:
        one.involved = Beside(involved[one.id])
    with as_engine(acting, command=str(current().id)) as engine:
        owe(engine, duties.ASSESS, made, {one.pk: _met(one.thrive_at) or _never(one) for one in made})
        going = [one for one in made if one.grade < Grade.RESOLVED]
        owe(engine, duties.ATTEND, going, {one.pk: _met(one.at_scene_at) or _over(one, duties.ATTEND) for one in going})
        since = day_starts(rules.AGREE.versions[0].in_force)
        waited = [one for one in made if one.grade == Grade.SCHEDULED and one.rang_at >= since]
        # The earlier system kept what was agreed, and not when: it was agreed on the call.
        agreed = {one.pk: Ended(one.made_at) for one in waited if one.agreed_at is not None}
        owe(engine, duties.AGREE, waited, {one.pk: agreed.get(one.pk) or _over(one, duties.AGREE) for one in waited})
        first = day_starts(rules.HOUSEHOLD.versions[0].in_force)
        homes = [one for one in made if _is_domestic(one) and one.at_scene_at is not None and one.rang_at >= first]
        owe(engine, duties.HOUSEHOLD, homes, {one.pk: _unknown(one) for one in homes})
        for kind, met in ((duties.REASSESS, "reassessed_at"), (duties.RECONTACT, "recontacted_at")):
            owe(engine, kind, delays, {one.pk: _met(getattr(one, met)) or _let_go(one, kind) for one in delays})
        tell(engine, chronicle.INCIDENT, made)


def _met(at: datetime | None) -> Ended | None:
    return Ended(at) if at is not None else None


def _never(incident: Any) -> Ended:
    """Return that an incident was never assessed: nobody can do it any more."""
    return Ended(_last(incident), State.RELEASED, "Closed in the earlier system without an assessment", given=True)


def _is_domestic(incident: Any) -> bool:
    return Qualifier.DOMESTIC_ABUSE.value in incident.qualifiers


def _unknown(incident: Any) -> Ended:
    words = "The earlier system did not keep the risk to each person there"
    return Ended(incident.at_scene_at, State.RELEASED, words, given=True)


def _last(incident: Any) -> datetime:
    closed: datetime = incident.closed_at
    return closed


def _over(incident: Any, kind: DutyKind) -> Ended:
    return Ended(incident.at_scene_at or _last(incident), State.RELEASED, kind.released)


def _let_go(delay: Any, kind: DutyKind) -> Ended:
    return Ended(delay.ended_at, State.RELEASED, kind.released)
