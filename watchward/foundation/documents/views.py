"""A page taken out on paper: it is asked for anew, so that it shows what its reader may see and no more."""

from __future__ import annotations

from copy import copy
from urllib.parse import urlsplit

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed, QueryDict
from django.urls import ResolverMatch, resolve
from django.utils.module_loading import import_string

from watchward.foundation.documents import queries
from watchward.foundation.ui.doors import OUTSIDE, door, inside


@door(needs=None, proven=True)
def take_out(request: HttpRequest) -> HttpResponse:
    """Give the page whose address was sent as a PDF; what may not be seen answers as the page itself does."""
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    asked = urlsplit(request.POST.get("page", ""))
    match = resolve(asked.path)
    if getattr(match.func, "needs", OUTSIDE) == OUTSIDE or match.func is take_out:
        raise Http404
    page: HttpResponse = match.func(_asking(request, match, asked.path, asked.query), *match.args, **match.kwargs)
    if page.status_code != 200 or not page.get("Content-Type", "").startswith("text/html"):
        return page
    marking = import_string(settings.WATCHWARD_FRAME)(request).marking
    number, paper = queries.on_paper(
        inside(request), page=page.content.decode(), address=asked.path, view=match.view_name, marking=marking
    )
    answer = HttpResponse(paper, content_type="application/pdf")
    answer["Content-Disposition"] = f'attachment; filename="copy-{number}.pdf"'
    answer["Cache-Control"] = "no-store"
    return answer


def _asking(request: HttpRequest, match: ResolverMatch, path: str, query: str) -> HttpRequest:
    """Return the request of the same person for the page itself."""
    asking = copy(request)
    asking.META = {**request.META, "REQUEST_METHOD": "GET", "PATH_INFO": path, "QUERY_STRING": query}
    asking.method, asking.path, asking.path_info = "GET", path, path
    asking.GET, asking.POST = QueryDict(query), QueryDict()
    asking.resolver_match = match
    return asking
