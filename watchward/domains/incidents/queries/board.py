"""The board: every incident that is not closed, who is on the way, and what is owed to those who wait."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from watchward.domains.incidents import rules
from watchward.domains.incidents.models import Delay, Deployment, Incident, Unit
from watchward.domains.incidents.queries.demand import (
    Asked,
    Skilled,
    Surge,
    asked_of_areas,
    skills_on_duty,
    surge_now,
)
from watchward.domains.incidents.queries.incidents import waiting
from watchward.domains.incidents.queries.units import Nearby, nearest, on_duty
from watchward.domains.incidents.queries.where import NOWHERE, Where, where_all
from watchward.domains.organisation import queries as organisation
from watchward.foundation import reading
from watchward.foundation.acting import Acting
from watchward.foundation.audit import queries as audit
from watchward.kernel.periods import local_day

SHOWN = "incidents.board"
reading.called({SHOWN: "The board of incidents"})


@dataclass(frozen=True)
class Standing:
    """One incident as the board sees it.

    Args:
        known: of its place.
        going: units on it, first sent first.
        delay: the one that lasts, if one does.
        reassessed: the delay that was last assessed again, if one was.
        nearest: the free unit that is nearest, where none was sent.
        owes_ringing: whether somebody who waits was not rung back.
    """

    incident: Incident
    known: Where
    going: tuple[Deployment, ...]
    delay: Delay | None
    reassessed: Delay | None
    nearest: Nearby | None
    owes_ringing: bool


@dataclass(frozen=True)
class Board:
    """What the board stands on.

    Args:
        rows: every incident that is not closed, by target.
        units: those on duty.
        areas: id and name of each area, by name.
        cover: of mental health triage cars, by part of the county.
        advice: whom to ask where no car is out.
        asked: what waits in each area beside its units.
        skills: of the units on duty.
        surge: of demand that lasts, if one does.
        hidden: incidents that this person may not see are in none of these.
    """

    rows: tuple[Standing, ...]
    units: tuple[Unit, ...]
    areas: tuple[tuple[UUID, str, str], ...]
    cover: tuple[rules.Cover, ...]
    advice: rules.Advice
    asked: tuple[Asked, ...] = ()
    skills: tuple[Skilled, ...] = ()
    surge: Surge | None = None


def board(acting: Acting, *, area: str = "") -> Board:
    """Return the board of the whole force or of one area.

    Args:
        acting: who looks, and when.
        area: key of an area; empty for the whole force.
    """
    areas = tuple((row.pk, row.key, row.name) for row in organisation.areas(acting, on=local_day(acting.at)))
    units = list(on_duty(acting))
    incidents = waiting(acting)
    if area:
        incidents = incidents.filter(area__key=area)
        units = [unit for unit in units if unit.area is not None and unit.area.key == area]
    rows = _stand(acting, list(incidents), units)
    cover, advice = rules.cover_at(acting.at)
    return Board(
        rows,
        tuple(units),
        areas,
        cover,
        advice,
        asked=asked_of_areas(acting, incidents=[row.incident for row in rows], units=units),
        skills=skills_on_duty(acting, units=units),
        surge=surge_now(acting),
    )


def _stand(acting: Acting, incidents: Sequence[Incident], units: Sequence[Unit]) -> tuple[Standing, ...]:
    ids = [incident.pk for incident in incidents]
    going: dict[UUID, list[Deployment]] = defaultdict(list)
    sent = Deployment.visible_to(acting).filter(incident__in=ids, cleared_at__isnull=True)
    for deployment in sent.select_related("unit").order_by("sent_at"):
        going[deployment.incident_id].append(deployment)
    delays: dict[UUID, list[Delay]] = defaultdict(list)
    for delay in Delay.visible_to(acting).filter(incident__in=ids).order_by("number"):
        delays[delay.incident_id].append(delay)
    known = where_all(acting, ids=(incident.place_id for incident in incidents))
    return tuple(
        _standing(acting, incident, known.get(incident.place_id or incident.pk, NOWHERE), going[incident.pk],
                  delays[incident.pk], units)
        for incident in incidents
    )  # fmt: skip


def _standing(
    acting: Acting, incident: Incident, known: Where, going: list[Deployment], delays: list[Delay],
    units: Sequence[Unit],
) -> Standing:  # fmt: skip
    waits = incident.at_scene_at is None
    free = nearest(acting, known=known, among=units) if waits and not going and incident.target_at else ()
    return Standing(
        incident=incident,
        known=known,
        going=tuple(going),
        delay=next((delay for delay in delays if delay.ended_at is None), None),
        reassessed=next((delay for delay in reversed(delays) if delay.reassessed_at), None),
        nearest=free[0] if free else None,
        owes_ringing=waits and any(delay.recontact_by and not delay.recontacted_at for delay in delays),
    )


def trace_board(acting: Acting, *, rows: Sequence[Standing]) -> bool:
    """Leave the trace of a board shown, once for each set of incidents on it and not at each refresh.

    Returns:
        Whether a trace was left now.
    """
    ids = {str(standing.incident.pk) for standing in rows}
    last = audit.looks(acting).filter(account_id=acting.account, what=SHOWN).first()
    if last is not None and set(last.records) == ids and local_day(last.at) == local_day(acting.at):
        return False
    reading.listed(acting, SHOWN, sorted(UUID(id_) for id_ in ids))
    return bool(ids)
