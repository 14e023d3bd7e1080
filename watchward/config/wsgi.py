"""The force's own host, as gunicorn opens it."""

from __future__ import annotations

import os

from watchward.config.door import Door
from watchward.config.start import begin_telemetry, keep_up_policies, refuse_unfit_database, take_up_policies, watchers

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "watchward.config.settings")


def look() -> None:
    """Refuse an unfit database, and take up the force's policies."""
    refuse_unfit_database()
    take_up_policies()


application = Door(look, first=watchers(), each=keep_up_policies)
begin_telemetry("web")
