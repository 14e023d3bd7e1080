"""The directory of partners, one agency, and the forms by which it is kept."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from watchward.domains.partners import commands, pages, queries, rules
from watchward.domains.partners.forms import FORMS, AgencyForm, CheckForm, EndForm, NewAgencyForm
from watchward.domains.partners.vocabulary import Need, Permission
from watchward.foundation.acting import Acting
from watchward.foundation.guidance.offers import Wanted
from watchward.foundation.records import NotHere
from watchward.foundation.ui.doors import door, inside
from watchward.foundation.ui.parts import Mark
from watchward.foundation.ui.show import show, typed
from watchward.kernel.periods import local_day

ADD: dict[str, tuple[str, Callable[..., object]]] = {
    "route": ("Add a way to reach them", commands.add_route),
    "basis": ("Add a law on which we share", commands.add_basis),
    "agreement": ("Add an agreement", commands.add_agreement),
    "service": ("Add a service", commands.add_service),
}


@door(needs=Permission.READ)
def directory(request: HttpRequest) -> HttpResponse:
    """Show whom one reaches day and night, every agency, and the services for a need."""
    acting = inside(request)
    on = local_day(acting.at)
    routes = list(queries.routes(acting, on=on))
    asked = request.GET.get("need", "")
    need = Need(asked) if asked in list(Need) else None
    page = pages.DirectoryPage(
        always=pages.always(routes),
        agencies=pages.agencies(queries.agencies(acting, on=on), routes, queries.agreements(acting), on),
        needs=tuple((one.value, one.value) for one in Need),
        need=need.value if need else "",
        services=pages.services(queries.directory(acting, on=on, needs=[need.value] if need else ()), on=on),
        may_record=acting.may(Permission.RECORD),
    )
    return show(request, "partners/list.html", {"page": page})


@door(needs=Permission.READ)
def one(request: HttpRequest, id_: UUID) -> HttpResponse:
    """Show an agency: how it is reached, on what basis we share, the agreements, its services."""
    acting = inside(request)
    on = local_day(acting.at)
    agency = queries.agency(acting, id_=id_)
    may = acting.may(Permission.RECORD)
    entries = {
        "route": ("How to reach them", pages.route_entries(queries.routes(acting, on=on, agency=id_)), "No way yet"),
        "basis": (
            "On what law we share", pages.basis_entries(queries.lawful_bases(acting, agency=id_, on=on)),
            "None: nothing may be shared on a regular basis",
        ),
        "agreement": (
            "Agreements", pages.agreement_entries(queries.agreements(acting, agency=id_), on), "None",
        ),
        "service": ("Services", pages.service_entries(queries.directory(acting, on=on, agency=id_), on=on), "None"),
    }  # fmt: skip
    page = pages.AgencyPage(
        id=agency.pk,
        name=agency.name,
        kind=agency.kind,
        about=agency.about,
        ended=f"Not in the directory since {agency.until:%-d %B %Y}" if agency.until else "",
        sections=tuple(
            pages.Section(key, title, rows, ADD[key][0], reverse("partners:add", args=[id_, key]), empty)
            for key, (title, rows, empty) in entries.items()
        ),
        may_record=may and agency.until is None,
    )
    return show(request, "partners/one.html", {"page": page})


@door(needs=Permission.RECORD)
def new(request: HttpRequest) -> HttpResponse:
    """Add an agency."""
    acting = inside(request)
    return typed(
        request, NewAgencyForm(request.POST or None), title="Add an agency", back=reverse("partners:list"),
        told="The agency is in the directory.", do=lambda said: commands.add_agency(acting, **said),
    )  # fmt: skip


@door(needs=Permission.RECORD)
def change(request: HttpRequest, id_: UUID) -> HttpResponse:
    """Correct what is said of an agency."""
    acting = inside(request)
    agency = queries.agency(acting, id_=id_)
    begin = {"name": agency.name, "kind": agency.kind, "about": agency.about}
    return typed(
        request, AgencyForm(request.POST or None, initial=begin), title=f"Change {agency.name}",
        back=reverse("partners:one", args=[id_]), told="Changed.",
        do=lambda said: commands.change_agency(acting, agency=id_, **said),
    )  # fmt: skip


@door(needs=Permission.RECORD)
def close(request: HttpRequest, id_: UUID) -> HttpResponse:
    """Take an agency out of the directory."""
    acting = inside(request)
    agency = queries.agency(acting, id_=id_)
    return typed(
        request, EndForm(request.POST or None), title=f"Take {agency.name} out of the directory",
        back=reverse("partners:list"), told="It is out of the directory from that day.",
        do=lambda said: commands.end_agency(acting, agency=id_, **said),
    )  # fmt: skip


@door(needs=Permission.RECORD)
def add(request: HttpRequest, id_: UUID, what: str) -> HttpResponse:
    """Add a way to reach an agency, a law, an agreement or a service."""
    acting = inside(request)
    agency = queries.agency(acting, id_=id_)
    if what not in ADD:
        raise NotHere(f"nothing called {what}")
    title, command = ADD[what]
    return typed(
        request, FORMS[what](request.POST or None), title=f"{agency.name}: {title.lower()}",
        back=reverse("partners:one", args=[id_]), told="Added.",
        do=lambda said: command(acting, agency=id_, **said),
    )  # fmt: skip


@door(needs=Permission.RECORD)
def end(request: HttpRequest, what: str, entry: UUID) -> HttpResponse:
    """End a way to reach an agency, a law, an agreement or a service."""
    acting = inside(request)
    return typed(
        request, EndForm(request.POST or None), title="End this", back=reverse("partners:list"), told="It ends then.",
        do=lambda said: commands.end_entry(acting, what=what, entry=entry, **said),
    )  # fmt: skip


@door(needs=Permission.RECORD)
def check(request: HttpRequest, id_: UUID) -> HttpResponse:
    """Lead from a check that is owed to the service that is checked."""
    return redirect("partners:check-service", queries.checked_service(inside(request), check=id_))


@door(needs=Permission.RECORD)
def check_service(request: HttpRequest, id_: UUID) -> HttpResponse:
    """Record that what stands of a service was checked and is right."""
    acting = inside(request)
    service = queries.service(acting, id_=id_)
    form = CheckForm(request.POST or None)
    if not rules.CHECK.is_set_on(local_day(acting.at)):
        form.fields["check_on"].help_text = f"The force has not set {rules.CHECK.asks}."
    return typed(
        request, form, title=f"{service.name}: is what it says right?",
        back=reverse("partners:one", args=[service.agency_id]), told="It is recorded that it is right.",
        do=lambda said: commands.check_service(acting, service=id_, **said),
    )  # fmt: skip


def in_toolkit(acting: Acting, wanted: Wanted) -> tuple[Mark, ...]:
    """Return the services that the toolkit shows: by what they help with, and by words of what is said of them."""
    on = local_day(acting.at)
    return pages.services(queries.directory(acting, on=on, needs=wanted.topics, words=wanted.words), on=on)
