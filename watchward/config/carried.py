"""The lists that Watchward carries, without which rooms cannot work: loaded by `watchward migrate`."""

from __future__ import annotations

from django.conf import settings

from watchward.domains.offences import commands as offences
from watchward.foundation.access.context import within
from watchward.foundation.access.queries import machinery
from watchward.foundation.acting import now
from watchward.foundation.database import home_directory


def load_carried() -> None:
    """Load what is carried unless it stands already.

    A demonstration that has not begun has no moment yet: there the first chapter loads it, at the moment it tells of.
    """
    if settings.DEMO and not (home_directory() / "clock.json").exists():
        return
    acting = machinery(now(), "bringing the lists that Watchward carries up to date", channel="cli")
    with within(acting):
        offences.bring_up_to_date(acting)
