"""What is owed to somebody stands in the chronicle until it is done."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from uuid import UUID

from django.db.models import Q, QuerySet

from watchward.foundation.acting import Acting
from watchward.foundation.chronicle.kinds import About, ChronicleKind, Says
from watchward.foundation.duties.kinds import kinds
from watchward.foundation.duties.models import Duty, State
from watchward.foundation.duties.queries import OWED as OWED_KEY


def _open(acting: Acting) -> QuerySet[Duty]:
    return Duty.visible_to(acting).filter(state=State.OPEN)


def _says(_acting: Acting, duties: Sequence[Duty]) -> Iterable[Says]:
    for duty in duties:
        yield Says(
            source=duty.pk,
            about=[About(kind, UUID(id_), role) for kind, id_, role in duty.subjects],
            since=duty.arose_at,
            headline=kinds[duty.kind].asks,
            detail=duty.what,
            stands=True,
            due=duty.due_at,
            reference=duty.reference,
            harm=duty.harm,
            handling=duty.handling,
            team=duty.team_id,
            opens=duty.about,
        )


OWED = ChronicleKind(
    key=OWED_KEY,
    title="What is owed about somebody",
    source=Duty,
    live=_open,
    says=_says,
    mute=Q(subjects=[]),
    url="duties:one",
)
