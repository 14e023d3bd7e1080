"""What is counted of all that is owed: how much of it was done in time, whatever it is."""

from __future__ import annotations

from collections.abc import Mapping

from django.db.models import F, Q, QuerySet

from watchward.foundation.acting import Acting
from watchward.foundation.duties.kinds import kinds
from watchward.foundation.duties.models import Duty, State
from watchward.foundation.measures.declared import Dimension, Share, Tell, Wanted
from watchward.foundation.ui.words import stamp


def _due(acting: Acting) -> QuerySet[Duty]:
    """Return what has been due, without what was released with a reason before it was."""
    let_go = Q(state=State.RELEASED, closed_at__lte=F("due_at"))
    return Duty.visible_to(acting).filter(due_at__lt=acting.at).exclude(let_go)


def _kinds(_acting: Acting) -> Mapping[str, str]:
    return {kind.key: kind.asks for kind in kinds.values()}


def _ended(duty: Duty) -> str:
    if duty.closed_at is None:
        return "still owed"
    words = "done" if duty.state == State.DISCHARGED else "released"
    return f"{words} {stamp(duty.closed_at)}"


ON_TIME = Share(
    key="duties.on-time",
    title="Duties met on time",
    asks="Of all that was due, how much was done by then?",
    source="Every duty names its own law or policy; report lines 79 and 80",
    theme="Everywhere",
    rows=_due,
    date="due_at",
    basis="duties due",
    noun=("duty", "duties"),
    breakdowns=(
        Dimension(key="kind", title="What is owed", of="kind", words=_kinds),
        Dimension(key="team", title="Owed by", of="owed_by_team__name", missing="No team"),
        Dimension(key="harm", title="Harm if late, 0 to 3", of="harm", ordered=True),
    ),
    counted=Q(state=State.DISCHARGED, closed_at__lte=F("due_at")),
    wanted=Wanted.HIGHER,
    counts=(
        "Counts what was due in the period, by the day on which it was due.",
        "On time: done, with its proof, at its due time or before.",
        "Not among them: what was released with a reason before it was due. What was released later counts as late.",
    ),
    joins=("owed_by_team",),
    columns=(
        Tell("Due", lambda row: stamp(row.due_at)),
        Tell("Asks", lambda row: kinds[row.kind].asks if row.kind in kinds else row.kind),
        Tell("Owed by", lambda row: row.owed_by_team.name if row.owed_by_team else "No team"),
        Tell("How it ended", _ended),
    ),
    reference=lambda row: row.reference or "Open",
    url="work:duty",
)
