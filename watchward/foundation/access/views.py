"""Signing in and out, getting back what was typed, opening what is locked, and reviewing that."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.apps import apps
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import NoReverseMatch, reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_http_methods, require_POST

from watchward.foundation import reading
from watchward.foundation.access import commands, held, pages, queries, signing
from watchward.foundation.access.context import within
from watchward.foundation.access.forms import CodeForm
from watchward.foundation.acting import Acting, now, real_now
from watchward.foundation.records import NotHere, Record
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
    after = signing.begin(request, chosen.account, way="persona")
    if held.held_for(request, chosen.account):
        return redirect("access:kept")
    return redirect(_own_path(request, after) or "access:home")


@outside
@require_http_methods(["GET", "POST"])
def with_code(request: HttpRequest) -> HttpResponse:
    """Sign in once with a code that was handed over: it is typed and sent, and never stands in an address."""
    form = CodeForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        at, digest = now(), signing.digest_of(form.cleaned_data["code"])
        account = None
        # What is refused is noted in the log, so the refusal must not leave the transaction.
        with within(queries.machinery(at, "signing in with a code", channel="web")) as asking:
            try:
                account = commands.redeem_code(asking, digest=digest, at=real_now())
            except Refused as refused:
                form.refuse(refused.reasons)
        if account is not None:
            return _let_in(request, account, at)
    status = 422 if request.method == "POST" else 200
    return show(request, "access/code.html", {"form": form}, status=status)


def _let_in(request: HttpRequest, account: UUID, at: datetime) -> HttpResponse:
    before: Acting | None = getattr(request, "acting", None)
    if before is not None:
        with within(before.for_purpose("signed out: signing in with a code")) as leaving:
            commands.sign_out(leaving)
    with within(queries.acting_as(account, at=at, day_of=at, purpose="signed in with a code")) as entering:
        commands.sign_in(entering)
    after = signing.begin(request, account, way="code")
    if held.held_for(request, account):
        return redirect("access:kept")
    return redirect(_own_path(request, after) or "access:home")


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
    return show(request, "access/kept.html", {"forms": forms})


@door(needs=None)
def shortcuts(request: HttpRequest) -> HttpResponse:
    """Show the keys, and turn them on or off for oneself (WCAG 2.1.4)."""
    acting = inside(request)
    if request.method == "POST":
        commands.set_shortcuts(acting, on=request.POST.get("on") == "yes")
        return redirect("access:shortcuts")
    page = {"lists": pages.LIST_KEYS, "everywhere": pages.EVERYWHERE_KEYS, "on": acting.shortcuts}
    return show(request, "access/shortcuts.html", page)


@door(needs=reading.OPEN_LOCKED)
def locked(request: HttpRequest, table: str, record: UUID) -> HttpResponse:
    """Stand before a locked record: open it with a reason, or go back."""
    acting = inside(request)
    model = _record_table(table)
    back = _own_path(request, request.GET.get("back", "") or request.POST.get("back", ""))
    if model.visible_to(acting).filter(pk=record).exists():
        return redirect(back or "access:home")
    teams = reading.locked_among(model, [record])
    if record not in teams:
        raise NotHere("no such locked record")
    typed, chosen, wrong = request.POST.get("reason", ""), request.POST.get("purpose", ""), ""
    if request.method == "POST":
        words = dict(pages.PURPOSES).get(chosen, "")
        if words and typed.strip():
            reading.open_locked(acting, table=model, record=record, reason=f"{words}: {typed.strip()}")
            return redirect(back or "access:home")
        wrong = "Choose why, and say it in your own words"
    named = queries.teams_named(acting, {teams[record]})
    card = pages.LockedCard(f"A {model._meta.verbose_name}", named.get(teams[record], "the team that holds it"))
    page = {
        "of": card.of, "locked_by": card.locked_by, "purposes": card.purposes, "chosen": chosen, "typed": typed,
        "wrong": wrong, "back_url": back or reverse("access:home"), "action": request.get_full_path(),
    }  # fmt: skip
    return show(request, "ui/locked.html", page, status=422 if wrong else 200)


def _record_table(label: str) -> type[Record]:
    try:
        model = apps.get_model(label)
    except (LookupError, ValueError) as unknown:
        raise NotHere("no such table") from unknown
    if not issubclass(model, Record):
        raise NotHere("no such table")
    return model


def _own_path(request: HttpRequest, path: str) -> str:
    """Return a path of this host, or nothing."""
    safe = path.startswith("/") and url_has_allowed_host_and_scheme(path, allowed_hosts=None)
    return path if safe else ""


@door(needs=reading.REVIEW_OPENING)
def opening(request: HttpRequest, id_: UUID) -> HttpResponse:
    """Show why somebody opened a locked record, and take what its supervisor found."""
    acting = inside(request)
    typed, wrong = request.POST.get("finding", ""), ""
    if request.method == "POST":
        try:
            reading.review_opening(acting, opening=id_, finding=typed)
            return redirect("work:mine")
        except Refused as refused:
            wrong = " ".join(reason.words for reason in refused.reasons)
    row = queries.opening(acting, id_=id_)
    page = pages.OpeningPage(
        id=row.pk,
        who=row.account.display_name,
        what=row.words,
        team=row.team.name if row.team else "",
        reason=row.reason,
        at=row.at,
        until=row.until,
        reviewed_at=row.reviewed_at,
        reviewed_by=row.reviewed_by.display_name if row.reviewed_by else "",
        finding=row.finding,
        why_not="Somebody else reviews what you opened." if row.account_id == acting.account else "",
        typed=typed,
        wrong=wrong,
    )
    return show(request, "access/opening.html", {"page": page}, status=422 if wrong else 200)
