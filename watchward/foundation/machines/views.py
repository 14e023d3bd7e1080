"""The pages of clients: which there are, one of them, its secret, and the reference of the API."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.module_loading import import_string

from watchward.foundation.access import queries as access
from watchward.foundation.access.commands import ADMINISTER
from watchward.foundation.acting import Acting, real_now
from watchward.foundation.machines import commands, pages, queries
from watchward.foundation.machines.forms import ClientForm, RotateForm, WhyForm
from watchward.foundation.machines.models import Client
from watchward.foundation.machines.secrets import fresh_token
from watchward.foundation.machines.vocabulary import KEEP, NEVER_LENT, OVERLAP
from watchward.foundation.ui.doors import door, inside
from watchward.foundation.ui.show import show, typed
from watchward.foundation.ui.words import day_year
from watchward.kernel.refusals import Refused


@door(needs=KEEP)
def clients(request: HttpRequest) -> HttpResponse:
    """Show the systems that may call."""
    acting = inside(request)
    rows = list(queries.clients(acting))
    secrets = queries.secrets_of(acting, accounts=[row.account_id for row in rows], real=real_now())
    return show(request, "machines/list.html", {"clients": pages.table(rows, secrets)})


@door(needs=KEEP, proven=True)
def make(request: HttpRequest) -> HttpResponse:
    """Make a client with scopes that one holds oneself."""
    acting = inside(request)
    form = ClientForm(request.POST or None, scopes=sorted((acting.permissions - NEVER_LENT) & _of_routes()))
    return typed(
        request, form, title="A system that calls", back=reverse("machines:list"),
        told="It is made. It calls once it has a secret.", do=lambda said: commands.make_client(acting, **said),
    )  # fmt: skip


def _of_routes() -> set[str]:
    """Return the scopes that some route takes: no other opens anything."""
    document = import_string(settings.WATCHWARD_API)()
    return {scope for methods in document["paths"].values() for told in methods.values() for scope in told["x-scopes"]}


def _page(acting: Acting, row: Client) -> pages.ClientPage:
    may = queries.held_by(acting, account=row.owner_id)
    secrets = queries.secrets_of(acting, accounts=[row.account_id], real=real_now())
    return pages.ClientPage(
        id=row.pk, name=row.name, purpose=row.purpose, owner=access.account(acting, id_=row.owner_id).display_name,
        made=day_year(row.made_at), a_minute=row.a_minute,
        held=tuple(scope for scope in row.scopes if scope in may),
        lost=tuple(scope for scope in row.scopes if scope not in may),
        secrets=tuple(secrets.get(row.account_id, ())), disabled=not row.account.is_active,
        mine=row.owner_id == acting.account,
        may_switch=row.owner_id == acting.account or acting.may(ADMINISTER),
    )  # fmt: skip


@door(needs=KEEP)
def one(request: HttpRequest, id_: UUID) -> HttpResponse:
    """Show a client: what it may do, until when its secrets last, and who answers for it."""
    acting = inside(request)
    return show(request, "machines/one.html", {"page": _page(acting, queries.client(acting, id_=id_))})


@door(needs=KEEP, proven=True)
def rotate(request: HttpRequest, id_: UUID) -> HttpResponse:
    """Give a client a new secret, and show it once: it is kept nowhere, so no other page could."""
    acting = inside(request)
    row = queries.client(acting, id_=id_)
    form = RotateForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        token, digest = fresh_token(row.account_id)
        overlap = timedelta(0) if form.cleaned_data["known"] else OVERLAP
        try:
            made = commands.rotate_secret(acting, client=id_, digest=digest, at=real_now(), overlap=overlap)
        except Refused as refused:
            form.refuse(refused.reasons)
        else:
            page = {"name": row.name, "token": token, "ends": made.ends_at, "back": reverse("machines:one", args=[id_])}
            return show(request, "machines/secret.html", page)
    back = reverse("machines:one", args=[id_])
    context = {"form": form, "title": f"A new secret for {row.name}", "back": back}
    return show(request, "ui/typed.html", context, status=422 if request.method == "POST" else 200)


@door(needs=KEEP)
def disable(request: HttpRequest, id_: UUID) -> HttpResponse:
    """Stop a client at once, saying why."""
    acting = inside(request)
    row = queries.client(acting, id_=id_)
    return typed(
        request, WhyForm(request.POST or None), title=f"Disable {row.name}",
        back=reverse("machines:one", args=[id_]), told="It may not call any more.",
        do=lambda said: commands.disable_client(acting, client=id_, at=real_now(), **said),
    )  # fmt: skip


@door(needs=KEEP)
def enable(request: HttpRequest, id_: UUID) -> HttpResponse:
    """Let a client call again, saying why."""
    acting = inside(request)
    row = queries.client(acting, id_=id_)
    return typed(
        request, WhyForm(request.POST or None), title=f"Let {row.name} call again",
        back=reverse("machines:one", args=[id_]), told="It calls again once it has a new secret.",
        do=lambda said: commands.enable_client(acting, client=id_, **said),
    )  # fmt: skip


@door(needs=None)
def reference(request: HttpRequest) -> HttpResponse:
    """Show the document of the API as a page."""
    if request.method not in ("GET", "HEAD"):
        return redirect("machines:reference")
    document = import_string(settings.WATCHWARD_API)()
    context = {"groups": pages.reference(document), "version": document["openapi"]}
    return show(request, "machines/reference.html", context)
