"""The front page, and what is answered where there is none: nothing here asks the database."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.views.decorators.http import require_safe

from watchward.foundation.ui.doors import outside


@outside
@require_safe
def front(request: HttpRequest) -> HttpResponse:
    """Say whose host this is, and that no portal is open yet."""
    return _page("front/front.html", 200)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer that there is no such page."""
    return _page("front/not_found.html", 404)


def not_understood(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer that a request was not understood; no template, for its host may not be ours."""
    return HttpResponse("This request was not understood.", status=400, content_type="text/plain; charset=utf-8")


def failed(request: HttpRequest) -> HttpResponse:
    """Answer that something went wrong, with nothing of what."""
    return HttpResponse("Something went wrong here. Try again later.", status=500, content_type="text/plain")


def _page(template: str, status: int) -> HttpResponse:
    # Without the request: its token for forms would give everybody who looks a cookie, and there is no form.
    answer = HttpResponse(render_to_string(template), status=status)
    answer["Cache-Control"] = "no-store"
    return answer
