"""Coming in by the force's own sign-in, and proving there that it is still oneself."""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET

from watchward.foundation.access import held, outside, signing, ways
from watchward.foundation.access.outside import Identity
from watchward.foundation.access.views.coming_in import as_nobody, let_in, own_path
from watchward.foundation.acting import Acting, real_now
from watchward.foundation.ui import doors
from watchward.foundation.ui.show import show
from watchward.kernel.refusals import Refused

AGAIN = "outside_again"
"""Whose proof was asked for at the provider, where somebody was signed in when they went."""


@doors.outside
@require_GET
def go(request: HttpRequest) -> HttpResponse:
    """Go to the force's own sign-in."""
    if not settings.OUTSIDE_SIGN_IN:
        raise Http404
    acting: Acting | None = getattr(request, "acting", None)
    request.session[AGAIN] = str(acting.account) if acting else ""
    try:
        return outside.go(request, again=acting is not None)
    except outside.Unreachable:
        return show(request, "access/unreachable.html", {"name": outside.name()}, status=502)


@doors.outside
@require_GET
def back(request: HttpRequest) -> HttpResponse:
    """Come back from it."""
    if not settings.OUTSIDE_SIGN_IN:
        raise Http404
    return outside.back(request, lambda identity: _answer(request, identity))


def _answer(request: HttpRequest, identity: Identity | None) -> HttpResponse:
    acting: Acting | None = getattr(request, "acting", None)
    again = request.session.pop(AGAIN, "")
    late = identity is not None and bool(again) and not _just_now(identity)
    try:
        account = as_nobody(
            "signing in with the force's own sign-in",
            lambda asking: ways.come_from_outside(asking, identity=None if late else identity, at=real_now()),
        )
    except Refused as refused:
        page = {"reasons": refused.reasons, "name": outside.name()}
        return show(request, "access/not_known.html", page, status=403)
    if acting is None or str(acting.account) != again or account != acting.account:
        return let_in(request, account, way="outside")
    after = own_path(signing.prove(request))
    return redirect("access:kept" if held.held_for(request, account) else after or "access:home")


def _just_now(identity: Identity) -> bool:
    """Return whether the provider says that they proved it there just now, and not that they did this morning."""
    since = identity.proved_at
    return since is not None and real_now() - since < timedelta(minutes=settings.PROVEN_MINUTES)
