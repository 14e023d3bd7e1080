"""Showing a page: its frame, its name places and what the template sees."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.module_loading import import_string


def show(
    request: HttpRequest, template: str, context: dict[str, Any] | None = None, *, status: int = 200
) -> HttpResponse:
    """Return a page in the frame of the force.

    Args:
        request: of whoever is shown it.
        template: its path, `<room>/<page>.html`.
        context: what the template sees besides `frame`; frozen pages, never records.
        status: of the answer.
    """
    frame = import_string(settings.WATCHWARD_FRAME)(request)
    text = render_to_string(template, {"frame": frame, **(context or {})}, request=request)
    response = HttpResponse(text, status=status)
    response["Cache-Control"] = "no-store"
    return response


def tell(request: HttpRequest, words: str) -> None:
    """Say once, at the top of the next page, what has just been done; never with personal data."""
    request.session["told"] = [*request.session.get("told", []), words]
