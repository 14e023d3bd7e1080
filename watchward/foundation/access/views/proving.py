"""What one proves oneself by: seen, set up and ended; and proving again before what must not be done by another."""

from __future__ import annotations

import json
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from watchward.foundation.access import ceremonies, held, outside, pages, queries, signing, tries, ways
from watchward.foundation.access.forms import AppCodeForm, PasskeyForm
from watchward.foundation.access.views.coming_in import Plain, answered, note_wrong, own_path
from watchward.foundation.acting import real_now
from watchward.foundation.ui.doors import door, inside
from watchward.foundation.ui.forms import Form
from watchward.foundation.ui.show import show, tell
from watchward.kernel.refusals import Refusal, Refused

NEW_APP = "new_app"
"""The secret of an app that is being set up, sealed: the session's row says nothing to whoever reads it."""


@door(needs=None)
def prove(request: HttpRequest) -> HttpResponse:
    """Prove again that it is oneself, by the code of one's app or by a passkey."""
    acting = inside(request)
    form = AppCodeForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            ways.show_app_code(acting, code=form.cleaned_data["code"], at=real_now())
        except Refused as refused:
            note_wrong(refused, "app", tries.source_of(request), account=acting.account)
            form.refuse(refused.reasons)
        else:
            return _proved(request, acting.account)
    return _ask(request, form)


@door(needs=None)
@require_POST
def prove_with_passkey(request: HttpRequest) -> HttpResponse:
    """Prove again that it is oneself, by the answer of a passkey."""
    acting = inside(request)
    try:
        answered(request, acting, of=acting.account)
    except Refused as refused:
        return _ask(request, AppCodeForm(), refused.reasons)
    return _proved(request, acting.account)


def _ask(request: HttpRequest, form: Form, refused: tuple[Refusal, ...] = ()) -> HttpResponse:
    has = {one.kind for one in ways.own(inside(request))}
    page = {
        "form": form,
        "refused": refused,
        "passkey": ways.Kind.PASSKEY in has,
        "app": ways.Kind.APP in has,
        "outside": outside.name(),
        "minutes": settings.PROVEN_MINUTES,
    }
    return show(request, "access/prove.html", page, status=422 if form.is_bound or refused else 200)


def _proved(request: HttpRequest, account: UUID) -> HttpResponse:
    after = own_path(signing.prove(request))
    if held.held_for(request, account):
        return redirect("access:kept")
    return redirect(after or "access:home")


@door(needs=None, proven=True)
def ways_in(request: HttpRequest) -> HttpResponse:
    """Show what one proves oneself by."""
    return _ways(request, PasskeyForm())


def _ways(request: HttpRequest, form: Form) -> HttpResponse:
    acting = inside(request)
    invented = queries.account(acting, id_=acting.account).persona
    page = {"page": pages.ways(ways.own(acting)), "form": form, "invented": invented}
    return show(request, "access/ways.html", page, status=422 if form.is_bound else 200)


@door(needs=None, proven=True)
@require_POST
def new_passkey_question(request: HttpRequest) -> HttpResponse:
    """Give a browser the question by which it makes a passkey."""
    acting = inside(request)
    known = [one.public["data"] for one in ways.own(acting) if one.kind == ways.Kind.PASSKEY]
    question = ceremonies.ask_to_make(
        request, account=acting.account, name=acting.name, known=known, at=real_now(),
        username=queries.account(acting, id_=acting.account).username,
    )  # fmt: skip
    return JsonResponse(question, encoder=Plain)


@door(needs=None, proven=True)
@require_POST
def add_passkey(request: HttpRequest) -> HttpResponse:
    """Keep the passkey that a browser made."""
    acting, at, form = inside(request), real_now(), PasskeyForm(request.POST)
    if form.is_valid():
        try:
            made = ceremonies.made(request, json.loads(request.POST.get("answer", "")), at=at)
            ways.keep_passkey(acting, name=form.cleaned_data["name"], made=made, at=at)
        except (ceremonies.Unproven, ValueError, RecursionError):
            form.refuse([Refusal("No passkey was made. Try again.")])
        except Refused as refused:
            form.refuse(refused.reasons)
        else:
            tell(request, "The passkey is set up. It signs you in from now on.")
            return redirect("access:ways")
    return _ways(request, form)


@door(needs=None, proven=True)
def app(request: HttpRequest) -> HttpResponse:
    """Set up an app that shows codes."""
    acting = inside(request)
    secret = _new_secret(request)
    form = AppCodeForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            ways.keep_app(acting, secret=secret, code=form.cleaned_data["code"], at=real_now())
        except Refused as refused:
            form.refuse(refused.reasons)
        else:
            request.session.pop(NEW_APP, None)
            tell(request, "The app is set up. Now make your recovery codes.")
            return redirect("access:ways")
    link = ceremonies.link_of(secret, queries.account(acting, id_=acting.account).username)
    grouped = " ".join(secret[at : at + 4] for at in range(0, len(secret), 4))
    page = {"form": form, "square": ceremonies.square_of(link), "secret": grouped, "back": reverse("access:ways")}
    return show(request, "access/app.html", page, status=422 if request.method == "POST" else 200)


def _new_secret(request: HttpRequest) -> str:
    try:
        return ceremonies.unsealed(request.session.get(NEW_APP, ""))
    except ceremonies.Unproven:
        secret = ceremonies.fresh_secret()
        request.session[NEW_APP] = ceremonies.sealed(secret)
        return secret


@door(needs=None, proven=True)
@require_POST
def recovery_codes(request: HttpRequest) -> HttpResponse:
    """Make ten recovery codes, and show them this once."""
    made = [signing.fresh_code(letters=signing.RECOVERY_LENGTH) for _ in range(signing.RECOVERY_CODES)]
    try:
        ways.keep_recovery_codes(inside(request), digests=[digest for _, digest in made], at=real_now())
    except Refused as refused:
        return show(request, "ui/refused.html", {"reasons": refused.reasons}, status=409)
    return show(request, "access/recovery.html", {"codes": [shown for shown, _ in made]})


@door(needs=None, proven=True)
@require_POST
def end(request: HttpRequest, id_: UUID) -> HttpResponse:
    """End one of one's own ways in."""
    ways.end_way(inside(request), way=id_, at=real_now())
    tell(request, "It is worth nothing any more.")
    return redirect("access:ways")
