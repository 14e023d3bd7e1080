"""What gunicorn opens: an application that answers once its database was found fit."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

import psycopg
from django.core.wsgi import get_wsgi_application
from django.db import DatabaseError

from watchward.foundation.ui.middleware import is_away

Answer = Callable[[dict[str, Any], Any], Iterable[bytes] | None]


class Door:
    """Answers requests on a database that was found fit.

    A process that starts while the database is away starts all the same, for its pages to say so: gunicorn gives up
    as a whole when a process of its fails to start. The database is then looked at before the first request.

    Args:
        look: looks at the database; raises where it is not fit.
        first: answers a watcher before anything else is looked at; None where it is no watcher who asks.
        each: what is done before each request; while the database is away it waits for a later one.

    Raises:
        DatabaseRefused: the database is there, and is not fit.
    """

    def __init__(
        self, look: Callable[[], None], *, first: Answer | None = None, each: Callable[[], None] | None = None
    ) -> None:
        self._answer = get_wsgi_application()
        self._look, self._first, self._each = look, first, each
        self._fit = _unless_away(look)

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        """Answer one request; a watcher's before anything else is looked at."""
        watched = self._first(environ, start_response) if self._first else None
        if watched is not None:
            return watched
        if not self._fit:
            self._fit = _unless_away(self._look)
        elif self._each:
            _unless_away(self._each)
        return self._answer(environ, start_response)


def _unless_away(do: Callable[[], None]) -> bool:
    """Do something with the database; return whether it was done, and not put off because the database is away."""
    try:
        do()
    except (DatabaseError, psycopg.Error) as error:
        if not is_away(error):
            raise
        return False
    return True
