"""How long people waited: response times by grade and by who they were, and every deployment of a day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import (
    Count,
    DurationField,
    Exists,
    ExpressionWrapper,
    F,
    OuterRef,
    Q,
    QuerySet,
)
from django.db.models.functions import Extract

from watchward.domains.incidents.models import Delay, Deployment, Incident
from watchward.domains.incidents.vocabulary import Grade, Kind, Qualifier, Stage
from watchward.foundation import reading
from watchward.foundation.acting import Acting
from watchward.foundation.measures.counting import Centiles
from watchward.kernel.periods import LONDON, day_ends, day_starts

reading.called({"incidents.deployments": "Who was sent where on a day"})


@dataclass(frozen=True)
class Times:
    """How long incidents of one grade waited.

    Args:
        grade: the grade that they have, or had when they were closed.
        of: whose: all, or those with a qualifier.
        reported: how many were reported.
        attended: how many were attended.
        in_time: of those attended, how many by their target.
        median: seconds from when the clock began until somebody was at scene; None where nobody was.
        ninetieth: the 90th centile of the same.
        waiting: how many are still waiting.
        past_target: of those still waiting, how many past their target.
        without: how many were closed with nobody at scene.
    """

    grade: Grade
    of: str
    reported: int
    attended: int
    in_time: int
    median: float | None
    ninetieth: float | None
    waiting: int
    past_target: int
    without: int

    @property
    def adds_up(self) -> bool:
        """Whether every incident reported is attended, still waiting or closed with nobody there."""
        return self.reported == self.attended + self.waiting + self.without


def reported(acting: Acting, *, since: datetime, until: datetime) -> QuerySet[Incident]:
    """Return the incidents that were reported in a period."""
    return Incident.visible_to(acting).filter(rang_at__gte=since, rang_at__lt=until)


_TOOK = Extract(ExpressionWrapper(F("at_scene_at") - F("clock_from"), output_field=DurationField()), "epoch")


def response_times(
    acting: Acting, *, since: datetime, until: datetime, qualifier: Qualifier | None = None
) -> tuple[Times, ...]:
    """Return how long people waited, one row for each grade that sends somebody.

    Args:
        acting: who asks, and when: what waits is counted as it stands then.
        since: from this moment on.
        until: before this moment.
        qualifier: only incidents that are this too, such as vulnerable.
    """
    rows = reported(acting, since=since, until=until)
    if qualifier is not None:
        rows = rows.filter(qualifiers__contains=[qualifier.value])
    there, waits = Q(at_scene_at__isnull=False), Q(at_scene_at__isnull=True) & ~Q(stage=Stage.CLOSED)
    counted = (
        rows.filter(grade__lt=Grade.RESOLVED)
        .values("grade")
        .annotate(
            reported=Count("id"),
            attended=Count("id", filter=there),
            in_time=Count("id", filter=there & Q(at_scene_at__lte=F("target_at"))),
            took=Centiles(_TOOK),
            waiting=Count("id", filter=waits),
            past_target=Count("id", filter=waits & Q(target_at__lt=acting.at)),
            without=Count("id", filter=Q(at_scene_at__isnull=True, stage=Stage.CLOSED)),
        )
        .order_by("grade")
    )
    of = qualifier.label if qualifier else "All"
    return tuple(_times(of, **row) for row in counted)


def _times(of: str, *, grade: int, took: list[float] | None, **counts: int) -> Times:
    median, ninetieth = took or (None, None)
    return Times(grade=Grade(grade), of=of, median=median, ninetieth=ninetieth, **counts)


@dataclass(frozen=True)
class ByGrade:
    """How incidents of one kind of person were answered: by grade, and by telephone alone."""

    total: int
    fast: int
    by_phone: int


def answered_how(acting: Acting, *, since: datetime, until: datetime, qualifier: Qualifier) -> ByGrade:
    """Return how incidents with a qualifier were answered: attended as Immediate or Priority, or by telephone alone.

    Args:
        acting: who asks.
        since: reported from this moment on.
        until: before this moment.
        qualifier: such as domestic abuse.
    """
    rows = reported(acting, since=since, until=until).filter(qualifiers__contains=[qualifier.value])
    found = rows.aggregate(
        total=Count("id"),
        fast=Count("id", filter=Q(at_scene_at__isnull=False, grade__lte=Grade.PRIORITY)),
        by_phone=Count("id", filter=Q(at_scene_at__isnull=True, stage=Stage.CLOSED)),
    )
    return ByGrade(**found)


@dataclass(frozen=True)
class Deployed:
    """One unit sent to one incident, in plain values.

    Args:
        reached: when the incident was first reached, by whichever unit.
        delayed: whether the incident ever passed its target with nobody there.
    """

    call_sign: str
    incident: UUID
    reference: str
    area: str
    kind: Kind
    grade: Grade
    qualifiers: tuple[Qualifier, ...]
    sent: datetime
    en_route: datetime | None
    at_scene: datetime | None
    cleared: datetime | None
    clock_from: datetime
    target: datetime | None
    reached: datetime | None
    delayed: bool

    @property
    def took(self) -> float | None:
        """Seconds from when the clock began until the incident was first reached."""
        return (self.reached - self.clock_from).total_seconds() if self.reached else None

    @property
    def in_time(self) -> bool | None:
        """Whether the incident was reached by its target; None where it was not reached, or had none."""
        return self.reached <= self.target if self.reached and self.target else None


def deployed_on(acting: Acting, *, day: date) -> tuple[Deployed, ...]:
    """Return every deployment whose unit was sent on a local day, first to last, and leave the trace of the list."""
    rows = (
        Deployment.visible_to(acting)
        .filter(sent_at__gte=day_starts(day), sent_at__lt=day_ends(day))
        .annotate(delayed=Exists(Delay.visible_to(acting).filter(incident=OuterRef("incident"))))
        .select_related("incident", "unit", "incident__area")
        .order_by("sent_at", "id")
    )
    found = tuple(_deployed(row, row.delayed) for row in rows)
    reading.listed(acting, "incidents.deployments", {one.incident for one in found})
    return found


def _deployed(sent: Deployment, delayed: bool) -> Deployed:
    row = sent.incident
    return Deployed(
        call_sign=sent.unit.call_sign,
        incident=row.pk,
        reference=row.reference,
        area=row.area.name if row.area else "",
        kind=Kind(row.kind),
        grade=Grade(row.grade),
        qualifiers=tuple(Qualifier(key) for key in row.qualifiers),
        sent=sent.sent_at,
        en_route=sent.en_route_at,
        at_scene=sent.at_scene_at,
        cleared=sent.cleared_at,
        clock_from=row.clock_from,
        target=row.target_at,
        reached=row.at_scene_at,
        delayed=delayed,
    )


def demand_by_hour(acting: Acting, *, since: date, until: date, qualifier: Qualifier) -> tuple[int, ...]:
    """Return how many incidents with a qualifier were reported in each hour of the day by the clock in London.

    Args:
        acting: who asks.
        since: first day.
        until: last day.
        qualifier: such as mental ill health.
    """
    rows = (
        reported(acting, since=day_starts(since), until=day_ends(until))
        .filter(qualifiers__contains=[qualifier.value])
        .annotate(hour=Extract("rang_at", "hour", tzinfo=LONDON))
        .values("hour")
        .annotate(count=Count("id"))
    )
    counts = {row["hour"]: row["count"] for row in rows}
    return tuple(counts.get(hour, 0) for hour in range(24))
