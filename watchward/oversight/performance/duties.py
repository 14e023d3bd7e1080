"""What is owed because a measure got worse: its owner says why."""

from __future__ import annotations

from datetime import timedelta

from django.db.models import QuerySet

from watchward.foundation.access.models import Team
from watchward.foundation.access.owners import Owed, SupervisorOf, supervisors_of
from watchward.foundation.acting import Acting
from watchward.foundation.duties.kinds import Due, DutyKind, Step
from watchward.foundation.measures.declared import Unit
from watchward.foundation.measures.telling import figure, month
from watchward.kernel.periods import local_day
from watchward.oversight.performance.models import Signal
from watchward.oversight.performance.rules import EXPLAINED_WITHIN


class _OwnerOfMeasure:
    """Whoever supervises the team that the measure names."""

    def of(self, acting: Acting, record: object) -> Owed:
        key = getattr(record, "owner", "")
        team = Team.visible_to(acting).filter(key=key).values_list("number", flat=True).first()
        found = supervisors_of(acting, team)
        return Owed(team, found[0] if found else None)


def _signals(acting: Acting) -> QuerySet[Signal]:
    return Signal.visible_to(acting)


def _explained(acting: Acting) -> QuerySet[Signal]:
    return Signal.visible_to(acting).filter(explained_at__isnull=False)


def _due(signal: Signal) -> Due:
    version = EXPLAINED_WITHIN.on(local_day(signal.noticed_at))
    return Due(signal.noticed_at, version.value.deadline(signal.noticed_at), version.cite, version.in_force)


def _says(signal: Signal) -> str:
    unit = Unit(signal.unit)
    return (
        f"{signal.title}: {signal.side} since {month(signal.since)}, {figure(signal.value, unit)} in"
        f" {month(signal.last)} against an average of {figure(signal.average, unit)}"
    )


EXPLAIN = DutyKind(
    key="performance.explain",
    asks="Why did this measure get worse, and what is done about it?",
    about=Signal,
    population=_signals,
    met=_explained,
    due=_due,
    owed_by=_OwnerOfMeasure(),
    says=_says,
    rules=(EXPLAINED_WITHIN,),
    escalates=(Step(timedelta(days=5), SupervisorOf("owed_by_team_id")),),
    verb="Explain",
    url="performance:signal",
)
