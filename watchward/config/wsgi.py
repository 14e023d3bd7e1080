"""The door that gunicorn opens."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from typing import Any

import psycopg
from django.core.wsgi import get_wsgi_application
from django.db import DatabaseError

from watchward.config.start import keep_up_policies, refuse_unfit_database, take_up_policies
from watchward.foundation.running import health
from watchward.foundation.ui.middleware import is_away

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "watchward.config.settings")


def _unless_away(do: Callable[[], None]) -> None:
    """Do something with the database; while it is away the pages say so, and it is done before a later request."""
    try:
        do()
    except (DatabaseError, psycopg.Error) as error:
        if not is_away(error):
            raise


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
        def fit() -> None:
            refuse_unfit_database()
            take_up_policies()
            self._fit = True

        _unless_away(fit)

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        """Answer one request: a watcher's before all else is looked at, others by the policies confirmed by now."""
        watched = health.answer(environ, start_response)
        if watched is not None:
            return watched
        if self._fit:
            _unless_away(keep_up_policies)
        else:
            self._look()
        return self._answer(environ, start_response)


application = Door()
