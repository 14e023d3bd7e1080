"""Who looks at the loaded demonstration in its tests."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from watchward.demo.calendar import START, moment
from watchward.foundation.access import queries as access
from watchward.foundation.access.context import as_engine, within
from watchward.foundation.access.models import Account
from watchward.foundation.acting import Acting

NOW = moment(START)


@contextmanager
def machinery() -> Iterator[Acting]:
    """The machinery, with the scope lifted for counting."""
    with within(access.machinery(NOW, "counting for a test", channel="demo")) as acting, as_engine(acting) as engine:
        yield engine


@contextmanager
def persona(username: str) -> Iterator[Acting]:
    """Somebody to sign in as, at work at 07:45."""
    with machinery():
        account = Account.objects.get(username=username).pk
    with within(access.machinery(NOW, "signing in")):
        acting = access.acting_as(account, at=NOW)
    with within(acting):
        yield acting
