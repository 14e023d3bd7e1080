"""Sending units, their way to the scene and from it, and what is owed while nobody is there."""

from __future__ import annotations

from uuid import UUID

from watchward.domains.incidents import queries
from watchward.domains.incidents.commands.records import end_delay, move, note, notice, of, signed, taken
from watchward.domains.incidents.models import BriefingRead, Deployment, Incident, Recontact, Unit
from watchward.domains.incidents.vocabulary import (
    ARRIVE,
    LEAVE,
    LIFE,
    SEND,
    STAND_DOWN,
    Permission,
    Reached,
    Stage,
    UnitState,
)
from watchward.foundation.acting import Acting
from watchward.foundation.commands import command
from watchward.foundation.records import NotHere
from watchward.kernel.refusals import Refusal, refuse_if


def _unit(acting: Acting, unit: UUID) -> Unit:
    found = Unit.visible_to(acting).select_for_update().filter(pk=unit).first()
    if found is None:
        raise NotHere("no such unit")
    return found


def _set(acting: Acting, unit: Unit, state: UnitState, words: str = "") -> None:
    unit.state, unit.state_since, unit.state_words = state, acting.at, words
    unit.save(update_fields=["state", "state_since", "state_words"])


def why_not_send(incident: Incident, unit: Unit) -> tuple[Refusal, ...]:
    """Return every reason why a unit may not be sent to an incident."""
    found = list(LIFE.why_not(Stage(incident.stage), SEND))
    if not unit.on_duty:
        found.append(Refusal(f"{unit.call_sign} is not on duty.", field="unit"))
    elif unit.state != UnitState.FREE:
        found.append(Refusal(f"{unit.call_sign} is {unit.state}.", field="unit"))
    return tuple(found)


@command(needs=Permission.DISPATCH)
def send(acting: Acting, *, incident: UUID, unit: UUID) -> Deployment:
    """Send a free unit to an incident.

    Raises:
        Refused: the unit is not free or not on duty, or the incident is closed.
        NotHere: there is no such incident or unit.
    """
    row, going = taken(acting, incident), _unit(acting, unit)
    refuse_if(why_not_send(row, going))
    known = queries.where(acting, place=row.place_id)
    distance = known.from_unit(going)
    sent = Deployment.objects.create(
        **of(row), unit=going, sent_at=acting.at, sent_by_name=acting.name, distance=distance
    )
    _set(acting, going, UnitState.ASSIGNED, row.reference)
    move(row, SEND)
    row.first_sent_at = row.first_sent_at or acting.at
    row.answers_to_id = going.base_id or row.answers_to_id
    row.save()
    note(acting, row, f"{going.call_sign} sent")
    return sent


def _on_its_way(acting: Acting, deployment: UUID) -> tuple[Deployment, Incident, Unit]:
    """Return a deployment that lasts, locked with its incident and its unit."""
    found = Deployment.visible_to(acting).filter(pk=deployment).values_list("incident_id", "unit_id").first()
    if found is None:
        raise NotHere("no such deployment")
    incident, unit = taken(acting, found[0]), _unit(acting, found[1])
    row = Deployment.visible_to(acting).select_for_update().get(pk=deployment)
    if row.cleared_at is not None:
        refuse_if([Refusal(f"{unit.call_sign} was cleared from this already.", code="cleared")])
    return row, incident, unit


@command(needs=Permission.ATTEND)
def mark_en_route(acting: Acting, *, deployment: UUID) -> Deployment:
    """Say that a unit is on its way.

    Raises:
        Refused: it was cleared, or is on its way or there already.
        NotHere: it was not sent.
    """
    row, incident, unit = _on_its_way(acting, deployment)
    if row.en_route_at or row.at_scene_at:
        refuse_if([Refusal(f"{unit.call_sign} is {unit.state} already.", code="wrong-state")])
    row.en_route_at = acting.at
    row.save(update_fields=["en_route_at"])
    _set(acting, unit, UnitState.EN_ROUTE, incident.reference)
    incident.first_en_route_at = incident.first_en_route_at or acting.at
    incident.save(update_fields=["first_en_route_at"])
    note(acting, incident, f"{unit.call_sign} on the way")
    return row


@command(needs=Permission.ATTEND)
def mark_at_scene(acting: Acting, *, deployment: UUID) -> Deployment:
    """Say that a unit is at scene; the first to arrive stops the clock.

    Raises:
        Refused: it was cleared, or is there already.
        NotHere: it was not sent.
    """
    row, incident, unit = _on_its_way(acting, deployment)
    if row.at_scene_at:
        refuse_if([Refusal(f"{unit.call_sign} is at scene already.", code="wrong-state")])
    row.at_scene_at = acting.at
    row.save(update_fields=["at_scene_at"])
    known = queries.where(acting, place=incident.place_id)
    if known.at is not None:
        (unit.easting, unit.northing), unit.placed_at = known.at, acting.at
        unit.save(update_fields=["easting", "northing", "placed_at"])
    _set(acting, unit, UnitState.AT_SCENE, incident.reference)
    move(incident, ARRIVE)
    incident.at_scene_at = incident.at_scene_at or acting.at
    incident.save(update_fields=["stage", "at_scene_at"])
    end_delay(acting, incident)
    note(acting, incident, f"{unit.call_sign} at scene")
    return row


@command(needs=Permission.ATTEND)
def clear(acting: Acting, *, deployment: UUID, words: str = "") -> Deployment:
    """Say that a unit is clear of an incident and free.

    Raises:
        Refused: it was cleared already; it never arrived and nothing is said of why.
        NotHere: it was not sent.
    """
    row, incident, unit = _on_its_way(acting, deployment)
    if row.at_scene_at is None and len(words.split()) < 2:
        refuse_if([Refusal("It never arrived. Say why it is stood down.", field="words")])
    row.cleared_at, row.cleared_words = acting.at, words.strip()[:300]
    row.save(update_fields=["cleared_at", "cleared_words"])
    _set(acting, unit, UnitState.FREE)
    on_it = Deployment.objects.filter(incident=incident, cleared_at__isnull=True)
    if incident.stage == Stage.AT_SCENE:
        if not on_it.filter(at_scene_at__isnull=False).exists():
            move(incident, LEAVE)
    elif incident.stage != Stage.CLOSED and not on_it.exists():
        move(incident, STAND_DOWN)
    incident.save(update_fields=["stage"])
    note(acting, incident, f"{unit.call_sign} clear" + (f": {row.cleared_words}" if row.cleared_words else ""))
    return row


@command(needs=Permission.ASSESS)
def record_recontact(acting: Acting, *, incident: UUID, reached: Reached, words: str) -> Recontact:
    """Record that whoever waits was rung, and whether they were reached; only speaking to them is enough.

    Raises:
        Refused: nothing is said of what was said, or it is closed.
        NotHere: there is no such incident.
    """
    row = taken(acting, incident)
    reasons = []
    if row.stage == Stage.CLOSED:
        reasons.append(Refusal("It is closed.", code="wrong-state"))
    if len(words.split()) < 2:
        reasons.append(Refusal("Say what was said, or what was tried.", field="words"))
    refuse_if(reasons)
    rung = Recontact.objects.create(**of(row), **signed(acting), reached=reached, words=words.strip())
    if reached == Reached.SPOKE:
        for delay in row.delays.filter(recontacted_at__isnull=True, recontact_by__isnull=False):
            delay.recontacted_at = acting.at
            delay.save(update_fields=["recontacted_at"])
    note(acting, row, f"Rang back, {reached.value}: {words.strip()}")
    return rung


@command(needs=Permission.ATTEND)
def read_briefing(acting: Acting, *, incident: UUID) -> BriefingRead:
    """Say that one has read the briefing of an incident, as it stands now.

    Raises:
        NotHere: there is no such incident.
    """
    row = taken(acting, incident)
    return BriefingRead.objects.create(**of(row), **signed(acting), told=row.version)


@command(needs=Permission.WATCH)
def watch(acting: Acting) -> int:
    """Delay every incident whose target has passed with nobody there.

    Returns:
        How many had just passed.
    """
    late = (
        Incident.visible_to(acting)
        .filter(stage__in=[Stage.OPEN, Stage.ASSIGNED], target_at__lt=acting.at)
        .order_by("target_at")
        .select_for_update(skip_locked=True)
    )
    return sum(notice(acting, row) for row in late)
