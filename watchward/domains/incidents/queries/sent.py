"""Who was sent to which incident."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.db.models import F, Q

from watchward.domains.incidents.models import Deployment
from watchward.foundation.acting import Acting


def sent_to(acting: Acting, *, incidents: Collection[UUID]) -> dict[tuple[UUID, UUID], list[datetime]]:
    """Return when each person was sent to each of these incidents, and when they were cleared, by account and incident.

    Args:
        acting: who asks.
        incidents: their ids.
    """
    crewed = Q(unit__crews__since__lte=F("sent_at")) & (
        Q(unit__crews__until__isnull=True) | Q(unit__crews__until__gte=F("sent_at"))
    )
    rows = Deployment.visible_to(acting).filter(crewed, incident_id__in=list(incidents))
    found: defaultdict[tuple[UUID, UUID], list[datetime]] = defaultdict(list)
    for account, incident, sent, cleared in rows.values_list(
        "unit__crews__account_id", "incident_id", "sent_at", "cleared_at"
    ):
        found[account, incident] += [at for at in (sent, cleared) if at is not None]
    return found
