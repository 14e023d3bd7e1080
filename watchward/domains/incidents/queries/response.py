"""How long people waited: response times by grade and by who they were, and every deployment of a day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Aggregate, Count, DurationField, ExpressionWrapper, F, FloatField, Q, QuerySet
from django.db.models.functions import Extract

from watchward.domains.incidents.models import Deployment, Incident
from watchward.domains.incidents.vocabulary import Grade, Qualifier, Stage
from watchward.foundation.acting import Acting
from watchward.kernel.periods import LONDON, day_ends, day_starts


class _Centile(Aggregate):
    """A continuous percentile, as PostgreSQL counts it."""

    function = "percentile_cont"
    template = "%(function)s(%(share)s) within group (order by %(expressions)s)"
    output_field = FloatField()

    def __init__(self, expression: Any, share: float, **extra: Any) -> None:
        super().__init__(expression, share=share, **extra)


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
            median=_Centile(_TOOK, 0.5),
            ninetieth=_Centile(_TOOK, 0.9),
            waiting=Count("id", filter=waits),
            past_target=Count("id", filter=waits & Q(target_at__lt=acting.at)),
            without=Count("id", filter=Q(at_scene_at__isnull=True, stage=Stage.CLOSED)),
        )
        .order_by("grade")
    )
    of = qualifier.label if qualifier else "All"
    return tuple(Times(grade=Grade(row.pop("grade")), of=of, **row) for row in counted)


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


def deployments_on(acting: Acting, *, day: date) -> QuerySet[Deployment]:
    """Return every deployment whose unit was sent on a local day, first to last."""
    return (
        Deployment.visible_to(acting)
        .filter(sent_at__gte=day_starts(day), sent_at__lt=day_ends(day))
        .select_related("incident", "unit", "incident__area")
        .order_by("sent_at", "id")
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
