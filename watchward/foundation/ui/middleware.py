"""What is answered when the database cannot be reached: a page that says so, and nothing typed is lost."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Any

import psycopg
from django.db import DatabaseError, InterfaceError, OperationalError, connections
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.template.loader import get_template

RETRY_SECONDS = 5
GONE = ("57P01", "57P02", "57P03", "53300")  # shut down, crashed, starting, too many connections
_PLAIN = "<!DOCTYPE html><html lang=en-GB><title>Not available just now</title><h1>Not available just now</h1>"
_PLAIN += "<p>The database cannot be reached. Nothing that was saved is lost. Try again in a few seconds.</p></html>"
_SECRET = ("password", "one-time-code")


def is_away(error: BaseException | None) -> bool:
    """Say whether an error means that the database could not be reached, rather than that it refused something.

    A lock, a deadlock or a time-out is an error of the same class, but there the database has answered.
    """
    if not isinstance(error, OperationalError | InterfaceError | psycopg.OperationalError | psycopg.InterfaceError):
        return False
    said = error if isinstance(error, psycopg.Error) else error.__cause__
    state = getattr(said, "sqlstate", None)
    return state is None or state.startswith("08") or state in GONE


class OutageInOneLine(logging.Filter):
    """Leaves the log readable while the database is away: one line for each request, without its trace."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Shorten a record of an outage; let every record through."""
        if record.exc_info and is_away(record.exc_info[1]):
            record.msg, record.args = "the database cannot be reached (%s)", (type(record.exc_info[1]).__name__,)
            record.exc_info = record.exc_text = None
        return True


def _connection_is_broken() -> bool:
    connection = connections["default"]
    try:
        if connection.connection is not None:
            # Not is_usable(): in a transaction that an ordinary error has ended, that would fail as well.
            return bool(connection.connection.closed)
        connection.ensure_connection()
    except (DatabaseError, psycopg.Error) as error:
        return is_away(error)
    return False


def _close_what_is_broken() -> None:
    for connection in connections.all(initialized_only=True):
        try:
            connection.close()
        except (DatabaseError, psycopg.Error):
            connection.connection = None


def _sent(request: HttpRequest) -> tuple[tuple[str, str], ...]:
    if request.method != "POST":
        return ()
    try:
        return tuple(
            (name, value)
            for name, values in request.POST.lists()
            if not any(secret in name.lower() for secret in _SECRET)
            for value in values
            if isinstance(value, str)
        )
    except Exception:  # a body that cannot be read cannot be kept either, and this page must always come
        return ()


def away(request: HttpRequest) -> HttpResponse:
    """Answer 503: the page that asks again by itself, or for a form the page that keeps what was typed."""
    _close_what_is_broken()
    if "application/json" in request.headers.get("Accept", "") or request.path.startswith("/api/"):
        answer: HttpResponse = JsonResponse({"reasons": [{"words": "The database cannot be reached."}]}, status=503)
    else:
        pairs = _sent(request)
        context: dict[str, Any] = {"frame": None, "pairs": pairs, "action": request.get_full_path()}
        context["had_files"] = bool(pairs and request.FILES)
        try:
            body = get_template("ui/outage.html").render(context)
        except Exception:  # without its assets built, the page is plain but still comes
            body = _PLAIN
        answer = HttpResponse(body, status=503)
    answer["Retry-After"] = str(RETRY_SECONDS)
    answer["Cache-Control"] = "no-store"
    return answer


def outage(get_response: Callable[[HttpRequest], HttpResponseBase]) -> Callable[[HttpRequest], HttpResponseBase]:
    """Answer with the outage page whenever the database cannot be reached, and close the broken connection.

    Django turns an exception into a 500 at every layer, so that only the view's own can be seen here; a 500 from
    another layer is an outage when its connection is broken.
    """

    def answer(request: HttpRequest) -> HttpResponseBase:
        try:
            response = get_response(request)
        except (DatabaseError, psycopg.Error) as error:
            if is_away(error):
                return away(request)
            raise
        noted = getattr(request, "database_away", False)
        if response.status_code == 500 and (noted or _connection_is_broken()):
            return away(request)
        return response

    def process_exception(request: HttpRequest, error: Exception) -> None:
        if is_away(error):
            request.database_away = True  # type: ignore[attr-defined]

    answer.process_exception = process_exception  # type: ignore[attr-defined]
    return answer
