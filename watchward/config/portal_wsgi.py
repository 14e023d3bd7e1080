"""The host of people outside the force, as gunicorn opens it."""

from __future__ import annotations

import os

from watchward.config.door import Door
from watchward.config.start import refuse_portal_that_sees
from watchward.foundation.running import health

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "watchward.config.portal")

application = Door(refuse_portal_that_sees, first=health.answer_portal)
