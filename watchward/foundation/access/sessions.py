"""Sessions in the database, whose errors say what is the matter (SESSION_ENGINE)."""

from __future__ import annotations

from django.contrib.sessions.backends.base import UpdateError
from django.contrib.sessions.backends.db import SessionStore as InDatabase
from django.db import DatabaseError


class SessionStore(InDatabase):
    """Django's own, told apart: a database that is away is an outage, and a session that has ended stays ended."""

    def save(self, must_create: bool = False) -> None:
        """Write the session, unless it was ended while this request was on its way.

        Django calls both a lost connection and a session that is gone an update that failed, and answers either with
        400 after the page has done its work. Here the first is raised as it is, for the page about outages; the
        second writes nothing, so that the answer arrives and the next request is asked to sign in.

        Args:
            must_create: whether this key must be new.

        Raises:
            DatabaseError: the database was away, or refused.
        """
        try:
            super().save(must_create)
        except UpdateError as error:
            failed = error.__context__
            if isinstance(failed, DatabaseError) and failed.__cause__ is not None:
                raise failed from failed.__cause__
