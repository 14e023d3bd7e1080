"""The tour of whoever is signed in; nothing of it exists outside a demonstration."""

from __future__ import annotations

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from watchward.demo.touring import tour
from watchward.foundation.ui.doors import door, inside
from watchward.foundation.ui.show import show

AWAY = "tour_away"
"""What the session keeps of somebody who has put the invitation away, until they sign out."""


@require_http_methods(["GET", "POST"])
@door(needs=None)
def trying(request: HttpRequest) -> HttpResponse:
    """Show what to try as this person and what they have done of it; put the invitation to it away, or back."""
    if not settings.DEMO:
        raise Http404
    if request.method == "POST":
        request.session[AWAY] = request.POST.get("do") == "away"
        return redirect("access:home" if request.session[AWAY] else "demo:tour")
    page = tour(inside(request))
    if page is None:
        raise Http404
    return show(request, "demo/tour.html", {"page": page, "away": bool(request.session.get(AWAY))})
