"""Signing in and out, getting back what was typed, and one's keys."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import NoReverseMatch, reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_http_methods, require_POST

from watchward.foundation.access import ceremonies, commands, held, pages, queries, signing, tries, ways
from watchward.foundation.access import outside as outside_sign_in
from watchward.foundation.access.context import within
from watchward.foundation.access.forms import CodeForm, RecoverForm
from watchward.foundation.acting import Acting, now, real_now
from watchward.foundation.ui.doors import door, inside, outside
from watchward.foundation.ui.show import show
from watchward.kernel.refusals import Refused


@outside
def home(request: HttpRequest) -> HttpResponse:
    """Go to the page on which this person's role starts its day."""
    acting: Acting | None = getattr(request, "acting", None)
    if acting is None:
        return redirect("access:sign-in")
    try:
        return redirect(reverse(queries.home_of(acting)))
    except NoReverseMatch:
        return redirect("work:mine")


@outside
@require_http_methods(["GET", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """Offer the invented people of a demonstration, and sign in as one of them; nothing of this exists elsewhere."""
    if request.method == "POST":
        return _be(request)
    acting: Acting | None = getattr(request, "acting", None)
    if acting is not None and not settings.DEMO:
        return redirect("access:home")
    return _offer(request)


def _offer(request: HttpRequest, wrong: str = "") -> HttpResponse:
    groups: tuple[pages.RoleGroup, ...] = ()
    if settings.DEMO:
        at = now()
        with within(queries.machinery(at, "offering who to be", channel="web")) as offering:
            groups = pages.by_role(queries.personas(offering))
    page = {
        "demo": settings.DEMO,
        "groups": groups,
        "expired": signing.EXPIRED in request.session,
        "kept": held.HELD in request.session,
        "wrong": wrong,
        "outside": outside_sign_in.name(),
    }
    return show(request, "access/sign_in.html", page, status=422 if wrong else 200)


def _be(request: HttpRequest) -> HttpResponse:
    if not settings.DEMO:
        raise Http404
    before: Acting | None = getattr(request, "acting", None)
    at = now()
    with within(queries.machinery(at, "offering who to be", channel="web")) as offering:
        chosen = next((p for p in queries.personas(offering) if str(p.account) == request.POST.get("persona")), None)
    if chosen is None:
        return _offer(request, wrong="Choose somebody from the list")
    if before is not None:
        with within(before.for_purpose("signed out: signing in as somebody else")) as leaving:
            commands.sign_out(leaving)
    with within(queries.acting_as(chosen.account, at=at, day_of=at, purpose="signed in as a persona")) as entering:
        commands.sign_in(entering)
    after = signing.begin(request, chosen.account, way="persona", ended=entering.sign_ins_ended)
    if held.held_for(request, chosen.account):
        return redirect("access:kept")
    return redirect(own_path(after) or "access:home")


@outside
@require_http_methods(["GET", "POST"])
def with_code(request: HttpRequest) -> HttpResponse:
    """Sign in once with a code that was handed over: it is typed and sent, and never stands in an address."""
    form = CodeForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        digest, source = signing.digest_of(form.cleaned_data["code"]), tries.source_of(request)
        try:
            account = as_nobody(
                "signing in with a code",
                lambda asking: commands.redeem_code(asking, digest=digest, at=real_now(), source=source),
            )
        except Refused as refused:
            note_wrong(refused, "code", source)
            form.refuse(refused.reasons)
        else:
            return let_in(request, account, way="code")
    status = 422 if request.method == "POST" else 200
    return show(request, "access/code.html", {"form": form}, status=status)


@outside
@require_POST
def passkey_question(request: HttpRequest) -> HttpResponse:
    """Give a browser the question that a passkey answers."""
    return JsonResponse(ceremonies.ask_to_show(request, at=real_now()), encoder=Plain)


@outside
@require_POST
def with_passkey(request: HttpRequest) -> HttpResponse:
    """Sign in with the answer of a passkey."""
    try:
        account = as_nobody("signing in with a passkey", lambda asking: answered(request, asking))
    except Refused as refused:
        return _offer(request, wrong=refused.reasons[0].words)
    return let_in(request, account, way="passkey")


def answered(request: HttpRequest, acting: Acting, *, of: UUID | None = None) -> UUID:
    """Return whose passkey has answered.

    Raises:
        Refused: it proves nobody, or not them.
    """
    try:
        answer = json.loads(request.POST.get("answer", ""))
    except (ValueError, RecursionError):
        answer = None
    at = real_now()
    return ways.show_passkey(
        acting, handle=ceremonies.handle_in(answer), at=at, of=of,
        check=lambda row: ceremonies.shown(request, answer, public=row.public, at=at),
    )  # fmt: skip


class Plain(json.JSONEncoder):
    """Writes what the library asks a passkey, in its own words for JSON."""

    def default(self, o: Any) -> Any:
        """Return a part of the question as a mapping."""
        return dict(o)


@outside
@require_http_methods(["GET", "POST"])
def recover(request: HttpRequest) -> HttpResponse:
    """Sign in without the passkey: by a recovery code and the code of one's app, both."""
    form = RecoverForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        said, source = form.cleaned_data, tries.source_of(request)
        digest = signing.digest_of(said["recovery"])
        try:
            account = as_nobody(
                "signing in with a recovery code",
                lambda asking: ways.recover(
                    asking, username=said["username"], code=said["code"], digest=digest, source=source, at=real_now()
                ),
            )
        except Refused as refused:
            note_wrong(refused, "recovery", source, username=said["username"])
            form.refuse(refused.reasons)
        else:
            return let_in(request, account, way="recovery")
    status = 422 if request.method == "POST" else 200
    return show(request, "access/recover.html", {"form": form}, status=status)


def as_nobody(purpose: str, do: Callable[[Acting], UUID]) -> UUID:
    """Do something before anybody has signed in.

    What is refused is noted in the log, so the refusal must not leave the transaction of who acts.

    Raises:
        Refused: as it was.
    """
    why: Refused | None = None
    with within(queries.machinery(now(), purpose, channel="web")) as asking:
        try:
            return do(asking)
        except Refused as refused:
            why = refused
    raise why


def note_wrong(
    refused: Refused, way: str, source: tries.Source, *, username: str = "", account: UUID | None = None
) -> None:
    """Count a wrong try, unless it was not looked at because there were too many."""
    if any(reason.code == tries.TOO_MANY.code for reason in refused.reasons):
        return
    with within(queries.machinery(now(), "counting a wrong try", channel="web")) as counting:
        ways.note_wrong(counting, username=username, account=account, way=way, source=source, at=real_now())


def let_in(request: HttpRequest, account: UUID, *, way: str) -> HttpResponse:
    """Begin the sign-in of somebody who has proved that it is they, and send them where they were going.

    Args:
        request: of whom.
        account: whose.
        way: how they proved it: code, passkey, recovery or outside.
    """
    at, before = now(), getattr(request, "acting", None)
    if before is not None:
        with within(before.for_purpose(f"signed out: signing in {WITH[way]}")) as leaving:
            commands.sign_out(leaving)
    mark = tries.mark_of(request)
    with within(queries.acting_as(account, at=at, day_of=at, purpose=f"signed in {WITH[way]}")) as entering:
        commands.sign_in(entering, device=tries.digest_of(mark), at=real_now())
        has_passkey = any(one.kind == ways.Kind.PASSKEY for one in ways.own(entering))
    after = own_path(signing.begin(request, account, way=way, ended=entering.sign_ins_ended))
    if held.held_for(request, account):
        after = reverse("access:kept")
    elif way in ("code", "recovery") and not has_passkey and not settings.DEMO:
        after = reverse("access:ways")
    answer = redirect(after or "access:home")
    tries.carry(answer, mark)
    return answer


WITH = {
    "code": "with a code",
    "passkey": "with a passkey",
    "recovery": "with a recovery code and an app",
    "outside": "with the force's own sign-in",
}
"""How somebody came in, as the log says it."""


@outside
@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """Sign out."""
    acting: Acting | None = getattr(request, "acting", None)
    if acting is not None:
        commands.sign_out(acting.for_purpose("signed out"))
    signing.end(request)
    return redirect("access:sign-in")


@door(needs=None)
def kept(request: HttpRequest) -> HttpResponse:
    """Show what was typed and not saved, with a button that sends it again."""
    acting = inside(request)
    if request.method == "POST":
        held.drop(request, account=str(acting.account), id_=request.POST.get("drop", ""))
    forms = tuple(pages.kept(form) for form in held.held_for(request, acting.account))
    if not forms:
        return redirect("access:home")
    return show(request, "access/kept.html", {"forms": forms, "proved": signing.PROVEN in request.session})


@door(needs=None)
def shortcuts(request: HttpRequest) -> HttpResponse:
    """Show the keys, and turn them on or off for oneself (WCAG 2.1.4)."""
    acting = inside(request)
    if request.method == "POST":
        commands.set_shortcuts(acting, on=request.POST.get("on") == "yes")
        return redirect("access:shortcuts")
    page = {"lists": pages.LIST_KEYS, "everywhere": pages.EVERYWHERE_KEYS, "on": acting.shortcuts}
    return show(request, "access/shortcuts.html", page)


@door(needs=None)
def go_to(request: HttpRequest) -> HttpResponse:
    """Show every place that one's roles open, each with its letter; where scripts run, `g` shows them on any page."""
    return show(request, "access/go_to.html")


def own_path(path: str) -> str:
    """Return a path of this host, or nothing."""
    safe = path.startswith("/") and url_has_allowed_host_and_scheme(path, allowed_hosts=None)
    return path if safe else ""
