"""A session that cannot be written: an outage is an outage, and a sign-in that has ended stays ended."""

from __future__ import annotations

from collections.abc import Callable

import psycopg
import pytest
from django.contrib.sessions.models import Session
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django.test import Client
from pytest_django import Settings

from watchward.foundation.access.sessions import SessionStore

pytestmark = pytest.mark.django_db

META: list[Callable[[HttpRequest], None]] = []
"""What happens while the page of these tests is being made."""


def page(request: HttpRequest) -> HttpResponse:
    """Keep something in the session, after whatever else happened meanwhile."""
    request.session["seen"] = "just now"
    for happening in META:
        happening(request)
    return HttpResponse("made")


@pytest.fixture
def visit(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Callable[..., HttpResponse]:
    """Return what visits the page with a session that stands, while something happens to it."""
    settings.MIDDLEWARE = [
        "watchward.foundation.ui.middleware.outage",
        "django.contrib.sessions.middleware.SessionMiddleware",
    ]
    settings.ROOT_URLCONF = "tests.foundation.session_urls"

    def visit(*happenings: Callable[[HttpRequest], None]) -> HttpResponse:
        session = SessionStore()
        session["by"] = "somebody"
        session.create()
        client = Client(raise_request_exception=False)
        client.cookies[settings.SESSION_COOKIE_NAME] = session.session_key or ""
        monkeypatch.setattr("tests.foundation.test_sessions.META", list(happenings))
        answer: HttpResponse = client.get("/kept")  # type: ignore[assignment]
        return answer

    return visit


def test_a_session_is_kept(visit: Callable[..., HttpResponse]) -> None:
    """What a page puts in is there afterwards."""
    assert visit().status_code == 200
    (kept,) = Session.objects.all()
    assert SessionStore(kept.session_key)["seen"] == "just now"


def test_signing_out_elsewhere_meanwhile_is_no_error(visit: Callable[..., HttpResponse]) -> None:
    """The page arrives, and the session that was ended in another tab does not come back."""
    answer = visit(lambda _: Session.objects.all().delete() and None)
    assert (answer.status_code, answer.content) == (200, b"made")
    assert not Session.objects.exists()


def test_a_database_lost_at_the_last_moment_is_an_outage(
    visit: Callable[..., HttpResponse], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Killed between the page and its session: 503 and the page that asks again, not a bad request."""

    def lost(*_args: object, **_kwargs: object) -> None:
        raise OperationalError("the connection is closed") from psycopg.OperationalError("the connection is closed")

    answer = visit(lambda _: monkeypatch.setattr(Session, "save", lost))
    assert answer.status_code == 503
    assert "The database cannot be reached" in answer.content.decode()
