"""Reading what is owed: one's own, a team's, all that is late, and one duty."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from uuid import UUID

from django.db.models import Count, F, Q, QuerySet

from watchward.foundation.access.context import as_engine
from watchward.foundation.acting import Acting
from watchward.foundation.audit.models import CommandLog
from watchward.foundation.duties.kinds import kinds
from watchward.foundation.duties.models import Duty, Escalation, State
from watchward.foundation.records import get
from watchward.kernel.periods import day_ends, instant, local_day

PROVE_COMMAND = "foundation.duties.commands.prove"


def owed(acting: Acting) -> QuerySet[Duty]:
    """Return all that is open and visible, soonest first."""
    return (
        Duty.visible_to(acting)
        .filter(state=State.OPEN)
        .select_related("owed_by", "owed_by_team")
        .order_by("due_at", "id")
    )


def mine(acting: Acting) -> QuerySet[Duty]:
    """Return what this person owes: given to them, or owed by their team with nobody named, or gone up to them."""
    return owed(acting).filter(
        Q(owed_by_id=acting.account)
        | Q(owed_by__isnull=True, owed_by_team_id=acting.team)
        | Q(pk__in=Escalation.visible_to(acting).filter(to_id=acting.account).values("duty_id"))
    )


def of_teams(acting: Acting, *, teams: frozenset[int]) -> QuerySet[Duty]:
    """Return what these teams owe."""
    return owed(acting).filter(owed_by_team_id__in=sorted(teams))


def overdue(acting: Acting) -> QuerySet[Duty]:
    """Return all that is late, worst harm first."""
    return owed(acting).filter(due_at__lt=acting.at).order_by("-harm", "due_at", "id")


def to_send_up(acting: Acting) -> QuerySet[Duty]:
    """Return what is late by so much that it must go up a further step."""
    due = Q(pk__in=[])
    for kind in kinds.values():
        for passed, step in enumerate(kind.escalates):
            due |= Q(kind=kind.key, escalated=passed, due_at__lte=acting.at - step.after)
    return Duty.visible_to(acting).filter(due, state=State.OPEN)


PROVED_AT = time(2, 0)


def proved_tonight(acting: Acting) -> bool:
    """Return whether it has been proved since two this morning, by the force's clock, that no duty is missing."""
    today = local_day(acting.at)
    since = instant(today, PROVED_AT)
    if since > acting.at:
        since = instant(today - timedelta(days=1), PROVED_AT)
    return CommandLog.objects.filter(name=PROVE_COMMAND, outcome="done", at__range=(since, acting.at)).exists()


def duty(acting: Acting, *, id_: UUID) -> Duty:
    """Return one duty.

    Raises:
        NotHere: there is none that they may see.
    """
    return get(acting, Duty, id_)


def gone_up_to(acting: Acting) -> QuerySet[Escalation]:
    """Return what went up to this person and is still open."""
    return (
        Escalation.visible_to(acting)
        .filter(to_id=acting.account, duty__state=State.OPEN)
        .select_related("duty")
        .order_by("at")
    )


def gone_up_from(acting: Acting, *, teams: frozenset[int]) -> QuerySet[Escalation]:
    """Return what went up from these teams and is still open."""
    return (
        Escalation.visible_to(acting)
        .filter(duty__owed_by_team_id__in=sorted(teams), duty__state=State.OPEN)
        .select_related("duty", "to", "to_team")
        .order_by("-at")
    )


def released(acting: Acting, *, teams: frozenset[int], since: datetime) -> QuerySet[Duty]:
    """Return what these teams were released from since then, with the reasons."""
    return (
        Duty.visible_to(acting)
        .filter(state=State.RELEASED, closed_at__gte=since, owed_by_team_id__in=sorted(teams))
        .select_related("closed_by")
        .order_by("-closed_at")
    )


@dataclass(frozen=True)
class Sums:
    """Two true sums: owed = done + released + open, and open = late + today + later.

    Args:
        hidden: rows within these sums that the reader may not see.
    """

    owed: int
    done: int
    on_time: int
    released: int
    open: int
    late: int
    today: int
    later: int
    hidden: int
    since: datetime | None
    at: datetime

    @property
    def adds_up(self) -> bool:
        """Return whether both sums hold."""
        return self.owed == self.done + self.released + self.open and self.open == self.late + self.today + self.later


def sums(acting: Acting, *, teams: frozenset[int], since: datetime | None = None) -> Sums:
    """Return the ledger of these teams: counted over every row, and how many of them the reader may not see.

    Args:
        acting: the reader.
        teams: numbers of the teams.
        since: count what arose from then on, and all that is still open; everything when empty.
    """
    rows = Q(owed_by_team_id__in=sorted(teams))
    if since is not None:
        rows &= Q(arose_at__gte=since) | Q(state=State.OPEN)
    end = day_ends(local_day(acting.at))
    is_open = Q(state=State.OPEN)
    counts = {
        "owed": Count("id"),
        "done": Count("id", filter=Q(state=State.DISCHARGED)),
        "on_time": Count("id", filter=Q(state=State.DISCHARGED, closed_at__lte=F("due_at"))),
        "released": Count("id", filter=Q(state=State.RELEASED)),
        "open": Count("id", filter=is_open),
        "late": Count("id", filter=is_open & Q(due_at__lt=acting.at)),
        "today": Count("id", filter=is_open & Q(due_at__gte=acting.at, due_at__lt=end)),
        "later": Count("id", filter=is_open & Q(due_at__gte=max(end, acting.at))),
    }
    seen = Duty.visible_to(acting).filter(rows).count()
    with as_engine(acting) as engine:
        found = Duty.visible_to(engine).filter(rows).aggregate(**counts)
    return Sums(**found, hidden=found["owed"] - seen, since=since, at=acting.at)
