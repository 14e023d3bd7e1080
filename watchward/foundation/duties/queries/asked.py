"""Reading what is asked about a duty: what was asked, of whom, and who may be asked."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from watchward.foundation.access import queries as access
from watchward.foundation.access.models import Membership, Team
from watchward.foundation.access.owners import AnotherSupervisor, Owed
from watchward.foundation.acting import Acting
from watchward.foundation.duties.models import Ask, Duty, Escalation, State
from watchward.foundation.records import Handling, NotHere

ANSWER = "duties.answer"
"""The kind of duty to answer what was asked about another."""


def asks_about(acting: Acting, *, duty: UUID) -> QuerySet[Ask]:
    """Return what was asked about a duty, first to last."""
    return _with_people(asks(acting).filter(duty_id=duty)).order_by("at", "id")


def asked_by_me(acting: Acting, *, since: datetime) -> QuerySet[Ask]:
    """Return what this person asked and waits for, and what was answered to them since then; the answered first."""
    waits = Q(answered_at__isnull=True, duty__state=State.OPEN)
    rows = Ask.visible_to(acting).filter(Q(answered_at__gte=since) | waits, by_id=acting.account)
    return _with_people(rows.filter(withdrawn_at__isnull=True)).order_by(F("answered_at").desc(nulls_last=True), "at")


def ask(acting: Acting, *, id_: UUID) -> Ask:
    """Return one question about a duty.

    Raises:
        NotHere: there is none that they may see.
    """
    found = _with_people(asks(acting).filter(pk=id_)).first()
    if found is None:
        raise NotHere("nothing like this was asked")
    return found


def _with_people(rows: QuerySet[Ask]) -> QuerySet[Ask]:
    return rows.select_related("duty", "by", "to", "to_team", "answered_by")


def asks(acting: Acting) -> QuerySet[Ask]:
    """Return what was asked about duties, each with whether the answer was given to this person by a supervisor."""
    given = Duty.visible_to(acting).filter(kind=ANSWER, about=OuterRef("pk"), owed_by_id=acting.account)
    return Ask.visible_to(acting).annotate(given_to_me=Exists(given))


def is_theirs(acting: Acting, duty: Duty) -> bool:
    """Return whether this person owes a duty, works in the team that does, or had it sent up to them."""
    if duty.owed_by_id == acting.account or duty.owed_by_team_id in acting.teams:
        return True
    return Escalation.visible_to(acting).filter(duty=duty, to_id=acting.account).exists()


def may_answer(acting: Acting, asked: Any) -> bool:
    """Return whether this person answers a question: they were asked, their team was, or it was given to them.

    Args:
        acting: the reader.
        asked: one of ``asks``.
    """
    team = asked.to_team_id in (acting.teams if asked.to_id is None else acting.supervises)
    return bool(asked.to_id == acting.account or team or asked.given_to_me)


def addressee(acting: Acting, *, duty: Duty, to: UUID | None, team: int | None) -> Owed | None:
    """Return who is asked with their team, or the team; None where there is no such, or they may not see the record.

    Args:
        acting: who asks.
        duty: about what.
        to: who is asked; the team counts only where nobody is named.
        team: number of the team.
    """
    closed = duty.handling != Handling.OPEN
    if to is None:
        known = team is not None and Team.visible_to(acting).filter(number=team).exists()
        return Owed(team) if known and (not closed or team == duty.team_id) else None
    places = Membership.visible_to(acting).filter(account_id=to, account__is_active=True, until__isnull=True)
    teams = list(places.order_by("-since", "team_id").values_list("team__number", flat=True))
    if closed:
        teams = [number for number in teams if number == duty.team_id]
    return Owed(teams[0], to) if teams else None


@dataclass(frozen=True)
class Askable:
    """Who may be asked about a duty.

    Args:
        supervisors: of whoever asks, that is somebody above them.
        people: of the teams concerned, without those.
        teams: of the force: number and name.
    """

    supervisors: tuple[tuple[UUID, str], ...]
    people: tuple[tuple[UUID, str], ...]
    teams: tuple[tuple[int, str], ...]


def askable(acting: Acting, *, duty: Duty) -> Askable:
    """Return who may be asked about a duty: of a record that is closed, the team that keeps it."""
    closed = duty.handling != Handling.OPEN
    near = {duty.team_id} if closed else {acting.team, duty.owed_by_team_id}
    staff = access.people_of(acting, teams=frozenset(number for number in near if number is not None))
    above = AnotherSupervisor("account", "team").of(acting, acting).account
    names = dict(staff)
    if above is not None and above not in names and not closed:
        names |= access.names_of(acting, {above})
    over = ((above, names[above]),) if above is not None and above in names else ()
    others = tuple((id_, name) for id_, name in staff if id_ not in (above, acting.account))
    teams = Team.visible_to(acting).filter(until__isnull=True).order_by("name").values_list("number", "name")
    return Askable(over, others, tuple(each for each in teams if not closed or each[0] == duty.team_id))
