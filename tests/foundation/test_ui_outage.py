"""When the database cannot be reached: a page that says so, and nothing typed is lost."""

from __future__ import annotations

import html
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from django.db import OperationalError, connections
from django.test import Client
from pytest_django import DjangoDbBlocker, Settings

from watchward.foundation.ui.middleware import is_away

ONLY = ["watchward.foundation.ui.middleware.outage"]


@pytest.fixture
def pages(settings: Settings) -> Client:
    """Return a browser of a site that has only the outage's middleware before its pages."""
    settings.MIDDLEWARE = ONLY
    settings.ROOT_URLCONF = "tests.foundation.away_urls"
    return Client(raise_request_exception=False)


@pytest.fixture
def away(tmp_path: Path, django_db_blocker: DjangoDbBlocker, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Let every connection fail, as it does when no server listens."""
    connection = connections["default"]
    with django_db_blocker.unblock():
        connection.close()
        monkeypatch.setitem(connection.settings_dict, "HOST", str(tmp_path))
        yield
        connection.close()


def test_the_page_says_so_and_asks_again_by_itself(pages: Client, away: None) -> None:
    """It answers 503, may not be kept, tries again with scripts and without, and shows no traceback."""
    answer = pages.get("/asks?of=1")
    text = answer.content.decode()
    assert answer.status_code == 503
    assert answer["Retry-After"] == "5"
    assert answer["Cache-Control"] == "no-store"
    assert '<meta http-equiv="refresh" content="5">' in text
    assert 'data-retry="5"' in text
    assert "Traceback" not in text
    assert "OperationalError" not in text


def test_what_was_sent_is_kept_on_the_page(pages: Client, away: None) -> None:
    """A form that could not be saved comes back with every value, ready to be sent again; a password does not."""
    sent = {"line": ['He said "<go>"', "two"], "version": "3", "password": "secret"}
    text = pages.post("/asks?of=1", sent).content.decode()
    assert '<form method="post" action="/asks?of=1">' in text
    assert '<input type="hidden" name="line" value="' + html.escape('He said "<go>"').replace("&quot;", "&#34;") in text
    assert 'name="line" value="two"' in text
    assert 'name="version" value="3"' in text
    assert "secret" not in text
    assert "http-equiv" not in text, "asking again by itself would throw the words away"


def test_a_machine_is_told_in_its_own_words(pages: Client, away: None) -> None:
    """Autosave and the API get a short answer that they can read."""
    answer = pages.post("/asks", {"line": "x"}, headers={"Accept": "application/json"})
    assert answer.status_code == 503
    assert answer.json() == {"reasons": [{"words": "The database cannot be reached."}]}


def test_pages_that_need_no_database_still_come(pages: Client, away: None) -> None:
    """Only what cannot be answered is refused."""
    assert pages.get("/idle").content == b"well"


@pytest.mark.django_db
def test_it_comes_back_with_the_database(pages: Client) -> None:
    """With the server there, the same page answers; a fault of our own is a fault, and so is a refused question."""
    assert pages.get("/asks").content == b"answered"
    assert pages.get("/fails").status_code == 500
    answer = pages.get("/divides")
    assert answer.status_code == 500
    assert "This is our fault" in answer.content.decode()


def test_an_answer_is_not_an_absence() -> None:
    """A lock, a deadlock and a time-out are errors of the same class, but there the database has answered."""
    for error in (psycopg.errors.LockNotAvailable, psycopg.errors.DeadlockDetected, psycopg.errors.QueryCanceled):
        wrapped = OperationalError("x")
        wrapped.__cause__ = error("x")
        assert not is_away(error("x"))
        assert not is_away(wrapped)
    for gone in (psycopg.errors.AdminShutdown, psycopg.errors.CannotConnectNow, psycopg.errors.TooManyConnections):
        assert is_away(gone("x"))
    assert is_away(psycopg.OperationalError("the connection is closed"))
    assert not is_away(ZeroDivisionError())
    assert not is_away(None)
