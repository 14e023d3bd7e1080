"""The door that gunicorn opens."""

from __future__ import annotations

import os
from collections.abc import Iterable
from typing import Any

import psycopg
from django.core.wsgi import get_wsgi_application
from django.db import DatabaseError

from watchward.config.start import refuse_unfit_database, take_up_policies
from watchward.foundation.running import health
from watchward.foundation.ui.middleware import is_away

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "watchward.config.settings")


class Door:
    """Answers requests on a database that was found fit.

    A process that starts while the database is away starts all the same, for its pages to say so: gunicorn gives up
    as a whole when a process of its fails to start. The database is then looked at before the first request.

    Raises:
        DatabaseRefused: the database is there, and is not fit.
    """

    def __init__(self) -> None:
        self._answer = get_wsgi_application()
        self._fit = False
        self._look()

    def _look(self) -> None:
        try:
            refuse_unfit_database()
            take_up_policies()
            self._fit = True
        except (DatabaseError, psycopg.Error) as error:
            if not is_away(error):
                raise

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        """Answer one request; a watcher's before anything else is looked at."""
        watched = health.answer(environ, start_response)
        if watched is not None:
            return watched
        if not self._fit:
            self._look()
        return self._answer(environ, start_response)


application = Door()
