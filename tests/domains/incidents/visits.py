"""Pages of incidents as somebody who is signed in meets them, at a minute of the tests' morning."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from unittest.mock import patch

from django.test import Client

from tests.domains.incidents.scenes import (
    NOW,
    worker,
)
from watchward.domains.incidents import commands
from watchward.domains.incidents.models import Incident
from watchward.domains.incidents.vocabulary import Sign
from watchward.foundation.access.context import within
from watchward.foundation.acting import Acting
from watchward.foundation.audit.models import Trace

KNIFE = (Sign.DOMESTIC_ABUSE, Sign.WEAPON, Sign.STILL_THERE)

BOARD = "/incidents/"


@contextmanager
def at(minutes: float) -> Iterator[None]:
    """Let it be so many minutes after the start for whoever asks for a page."""
    with patch("watchward.foundation.access.middleware.now", return_value=NOW + timedelta(minutes=minutes)):
        yield


def text(client: Client, url: str, minutes: float = 0) -> str:
    """Return a page as it stands so many minutes after the start."""
    with at(minutes):
        answer = client.get(url)
    assert answer.status_code == 200, answer.content.decode()[:2000]
    return " ".join(answer.content.decode().split())


def post(client: Client, made: Incident, minutes: float = 1, **given: object) -> int:
    """Send a form of an incident's page, and return the answer's status."""
    with at(minutes):
        return client.post(f"/incidents/{made.pk}", given).status_code


def looked(acting: Acting, what: str) -> int:
    """Return how many traces somebody has left of one list."""
    with within(worker()):
        return Trace.objects.filter(account_id=acting.account, what=what).count()


def watched(minutes: float) -> None:
    """Let the machinery sweep at a later time."""
    acting = worker(minutes)
    with within(acting):
        commands.watch(acting)
