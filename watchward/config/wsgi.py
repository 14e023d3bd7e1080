"""The door that gunicorn opens."""

from __future__ import annotations

import os

from django.core.wsgi import get_wsgi_application

from watchward.config.start import refuse_unfit_database

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "watchward.config.settings")

application = get_wsgi_application()
refuse_unfit_database()
