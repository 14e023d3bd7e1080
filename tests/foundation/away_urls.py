"""Pages for the tests of an outage: one that asks the database, one that fails by itself, one that needs nothing."""

from __future__ import annotations

from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.urls import path


def asks(request: HttpRequest) -> HttpResponse:
    """Ask the database."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return HttpResponse("answered")


def fails(request: HttpRequest) -> HttpResponse:
    """Fail for a reason of its own."""
    raise ZeroDivisionError


def divides(request: HttpRequest) -> HttpResponse:
    """Ask the database for something it refuses."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 / 0")
    return HttpResponse("answered")


def idle(request: HttpRequest) -> HttpResponse:
    """Need nothing."""
    return HttpResponse("well")


urlpatterns = [path("asks", asks), path("fails", fails), path("divides", divides), path("idle", idle)]
handler500 = "watchward.foundation.ui.errors.failed"
