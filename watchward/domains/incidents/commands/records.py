"""What every command on an incident shares: rows in its name, and noticing that its target has passed."""

from __future__ import annotations

from typing import Any, TypeVar
from uuid import UUID

from watchward.domains.incidents import rules
from watchward.domains.incidents.models import Delay, Incident, LogLine
from watchward.domains.incidents.vocabulary import DELAY, LIFE, Level, Stage
from watchward.foundation.acting import Acting
from watchward.foundation.records import Guarded, take
from watchward.foundation.ui.words import hm

T = TypeVar("T", bound=Guarded)

WAITS = (Stage.OPEN, Stage.ASSIGNED)
"""Stages in which a target can pass."""


def of(incident: Incident) -> dict[str, Any]:
    """Return what a row takes from the incident that it belongs to."""
    return {"incident": incident, "handling": incident.handling, "team_id": incident.team_id}


def signed(acting: Acting) -> dict[str, Any]:
    """Return who wrote a row, and when."""
    return {"at": acting.at, "by": acting.account, "by_name": acting.name}


def note(acting: Acting, incident: Incident, words: str) -> None:
    """Add a line of the system's own to the log."""
    LogLine.objects.create(**of(incident), **signed(acting), words=words, automatic=True)


def move(incident: Incident, verb: str) -> None:
    """Move an incident along its life.

    Raises:
        Refused: it cannot be done where it stands.
    """
    incident.stage = LIFE.after(Stage(incident.stage), verb)


def taken(acting: Acting, incident: UUID, version: int | None = None) -> Incident:
    """Return an incident locked for a command, delayed first if its target has passed meanwhile.

    Raises:
        NotHere: there is none.
        Stale: it was changed since it was looked at.
    """
    row = take(acting, Incident, incident, version=version)
    notice(acting, row)
    return row


def notice(acting: Acting, incident: Incident) -> bool:
    """Begin a delay if nobody is there and the target has passed, whoever notices it first.

    Returns:
        Whether it had just passed.
    """
    if incident.stage not in WAITS or incident.target_at is None or incident.target_at >= acting.at:
        return False
    move(incident, DELAY)
    incident.save(update_fields=["stage"])
    begun = begin_delay(acting, incident, since=incident.target_at, ring=True)
    note(
        acting,
        incident,
        f"Target passed at {hm(incident.target_at)} with nobody there. To be assessed again by {hm(begun.reassess_by)}",
    )
    return True


def begin_delay(acting: Acting, incident: Incident, *, since: Any, ring: bool) -> Delay:
    """Begin a delay: the first when the target passed, another when it was assessed again and still waits."""
    harm = Level(incident.harm)
    again, _policy = rules.reassess_by(since, harm)
    rung, _policy = rules.recontact_by(since, harm)
    return Delay.objects.create(
        **of(incident),
        number=incident.delays.count() + 1,
        since=since,
        noticed_at=acting.at,
        harm=harm,
        reassess_by=again,
        recontact_by=rung if ring else None,
    )


def end_delay(acting: Acting, incident: Incident) -> None:
    """End the delay that lasts, if one does."""
    for delay in incident.delays.filter(ended_at__isnull=True):
        delay.ended_at = acting.at
        delay.save(update_fields=["ended_at"])
