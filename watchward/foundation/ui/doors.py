"""Pages' doors: who may come in, and what becomes of a refusal."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, Protocol, cast

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from watchward.foundation.access import signing
from watchward.foundation.access.held import hold, let_go
from watchward.foundation.acting import Acting
from watchward.foundation.commands import Denied
from watchward.foundation.records import NotHere
from watchward.foundation.ui.show import show
from watchward.kernel.refusals import Refusal, Refused


class Inside(HttpRequest):
    """A request of somebody who is signed in and may be here."""

    acting: Acting


class View(Protocol):
    """A view that says which permission it needs."""

    needs: str | None
    proven: bool

    def __call__(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse: ...


def door(*, needs: str | None, proven: bool = False) -> Callable[[Callable[..., HttpResponse]], View]:
    """Make a view the door of a page.

    Args:
        needs: the permission that it takes; None where every signed-in person may come in.
        proven: whether whoever comes in must have proved within minutes that it is they: before locked records,
            grants, and files of records that leave (ASVS 5.0, 7.5.3).

    The role matrix is generated from ``needs``. Whoever is not signed in is asked to, and what they had typed is
    kept for them; whoever may not come in is told so; a refusal that the view did not show itself gets its own page;
    a record that is absent or out of scope answers 404.
    """

    def wrap(view: Callable[..., HttpResponse]) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            acting: Acting | None = getattr(request, "acting", None)
            if acting is None:
                return _ask_to_sign_in(request)
            try:
                if needs is not None and not acting.may(needs):
                    raise Denied(Refusal("None of your roles opens this page.", code="denied"))
                if proven and not signing.is_proven(request):
                    return _ask_to_prove(request, acting)
                answer = view(request, *args, **kwargs)
                if request.method == "POST" and answer.status_code < 400:
                    let_go(request, acting.account)
                return answer
            except Denied as refused:
                return show(request, "ui/refused.html", {"reasons": refused.reasons}, status=403)
            except Refused as refused:
                return show(request, "ui/refused.html", {"reasons": refused.reasons}, status=409)
            except NotHere as absent:
                raise Http404 from absent

        made = cast(View, guarded)
        made.needs, made.proven = needs, proven
        return made

    return wrap


def _ask_to_prove(request: HttpRequest, acting: Acting) -> HttpResponse:
    """Ask somebody who is signed in to prove again that it is they; what they had typed waits for them."""
    if request.method == "POST":
        hold(request, account=acting.account)
    elif request.method == "GET":
        request.session[signing.TO_PROVE] = request.get_full_path()
    return _sent(request, reverse("access:prove"))


def _ask_to_sign_in(request: HttpRequest) -> HttpResponse:
    """Send somebody to sign in; a form that they had typed waits for them, encrypted, on the server."""
    if request.method == "POST":
        hold(request)
    elif request.method == "GET":
        request.session["after_sign_in"] = request.path
    return _sent(request, reverse("access:sign-in"))


def _sent(request: HttpRequest, address: str) -> HttpResponse:
    """Send somebody to another page, from part of a page as well."""
    if not request.headers.get("HX-Request"):
        return redirect(address)
    answer = HttpResponse(status=204)
    answer["HX-Redirect"] = address
    return answer


OUTSIDE = "everybody"
"""What a page before the sign-in says that it needs."""


def outside(view: Callable[..., HttpResponse]) -> View:
    """Make a view a page that is open before the sign-in, and say so in the role matrix."""
    made = cast(View, view)
    made.needs, made.proven = OUTSIDE, False
    return made


def inside(request: HttpRequest) -> Acting:
    """Return who acts in a view behind a door."""
    return cast(Inside, request).acting
