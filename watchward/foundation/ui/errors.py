"""Pages for what went wrong: refused, not found, changed by two people, our own fault."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.template.loader import get_template

from watchward.foundation.ui.middleware import away, is_away
from watchward.foundation.ui.parts import Difference, Reason
from watchward.foundation.ui.show import show


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer 403 with every reason that the refusal carries (handler403)."""
    reasons: tuple[Reason, ...] = getattr(exception, "reasons", ())
    back = request.headers.get("Referer", "") if request.method == "POST" else ""
    same_site = back.startswith(f"{request.scheme}://{request.get_host()}/")
    return show(request, "ui/refused.html", {"reasons": reasons, "back_url": back if same_site else ""}, status=403)


def not_understood(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer 400: what arrived was no form or address of ours, or too large (handler400). Needs no database."""
    return HttpResponse(get_template("ui/unread.html").render({"frame": None}), status=400)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer 404, in the same words for what does not exist and for what this person may not know of (handler404)."""
    return show(request, "ui/missing.html", status=404)


def failed(request: HttpRequest) -> HttpResponse:
    """Answer 500, or 503 when the fault is that the database is away (handler500). Needs neither database nor frame."""
    if is_away(sys.exc_info()[1]):
        return away(request)
    reference = str(getattr(request, "reference", ""))
    return HttpResponse(get_template("ui/fault.html").render({"frame": None, "reference": reference}), status=500)


def expired(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Answer 403 when a form's token is no longer good, keeping what was typed (CSRF_FAILURE_VIEW).

    Only a form that our own page sent may be sent again by one button: another site's must not borrow the new token.
    """
    if request.headers.get("Origin") != f"{request.scheme}://{request.get_host()}":
        return forbidden(request)
    return show(request, "ui/expired.html", {"action": request.get_full_path(), "pairs": typed(request)}, status=403)


def typed(request: HttpRequest) -> tuple[tuple[str, str], ...]:
    """Return the names and values that were posted, without the token and the version, for a form to carry along."""
    left_out = ("csrfmiddlewaretoken", "version")
    return tuple(
        (name, str(value))
        for name, values in request.POST.lists()
        if name not in left_out and "password" not in name.lower()
        for value in values
    )


def conflict(
    request: HttpRequest,
    *,
    of: str,
    who: str,
    at: datetime,
    differences: Iterable[Difference],
    version: int,
    keep_url: str,
) -> HttpResponse:
    """Answer 409 with both versions side by side; what was typed can be saved over the newer one or let go.

    Args:
        of: what was changed, as it stands in a sentence: "the investigation plan of crime 35/20714/19".
        who: who changed it, and ``at`` when.
        version: the version that stands now, which saving again will replace.
        keep_url: the record as it stands.
    """
    context = {
        "of": of, "who": who, "at": at, "differences": tuple(differences), "version": version,
        "keep_url": keep_url, "action": request.get_full_path(), "pairs": typed(request),
    }  # fmt: skip
    return show(request, "ui/conflict.html", context, status=409)
