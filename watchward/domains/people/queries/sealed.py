"""What the keepers of sealed records must know: that somebody asked."""

from __future__ import annotations

from django.db.models import QuerySet

from watchward.domains.people.models import SealedAsk
from watchward.foundation.acting import Acting


def asks_unseen(acting: Acting) -> QuerySet[SealedAsk]:
    """Return that somebody asked for what fits a sealed record of this person's teams, not yet seen, latest first."""
    return (
        SealedAsk.visible_to(acting).filter(seen_at__isnull=True).select_related("person", "asked_by").order_by("-at")
    )
