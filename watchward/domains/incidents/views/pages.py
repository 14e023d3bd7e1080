"""The board, one incident, its briefing, the day's deployments and the units; no decision is taken here."""

from __future__ import annotations

import csv
from datetime import date
from uuid import UUID

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse

from watchward.domains.incidents import commands, forms, pages, queries
from watchward.domains.incidents.views.doing import do
from watchward.domains.incidents.vocabulary import Grade, Permission, Qualifier, values_of
from watchward.domains.places import queries as places
from watchward.foundation.acting import Acting, Task
from watchward.foundation.records import NotHere, Stale
from watchward.foundation.ui.doors import door, inside
from watchward.foundation.ui.errors import conflict
from watchward.foundation.ui.frame import Shortcut
from watchward.foundation.ui.parts import Difference
from watchward.foundation.ui.show import show, tell
from watchward.kernel.periods import day_ends, day_starts, local_day
from watchward.kernel.refusals import Refusal, Refused

LIST_KEYS = (Shortcut("J", "next"), Shortcut("K", "back"), Shortcut("Enter", "open"), Shortcut("Alt Z", "pause"))
INCIDENT_KEYS = (
    Shortcut("S", "the green action"), Shortcut("L", "log"), Shortcut("T", "THRIVE"), Shortcut("G", "another grade"),
    Shortcut("B", "briefing"),
)  # fmt: skip

POWERS = {
    "assess": Permission.ASSESS,
    "grade": Permission.GRADE,
    "dispatch": Permission.DISPATCH,
    "attend": Permission.ATTEND,
    "close": Permission.CLOSE,
    "handle": Permission.HANDLE,
}


@door(needs=Permission.READ)
def board(request: HttpRequest) -> HttpResponse:
    """Show the board of the force or of one area; a trace is left when its rows change, not at each refresh."""
    acting = inside(request).for_purpose("watching the board")
    area = request.GET.get("area", "")
    found = queries.board(acting, area=area)
    queries.trace_board(acting, rows=found.rows)
    page = pages.board_page(
        found, at=acting.at, area=area, paused=request.GET.get("pause") == "1", whole=request.GET.get("all") == "1"
    )
    return show(request, "incidents/board.html", {"page": page, "keys": LIST_KEYS})


@door(needs=Permission.READ)
def one(request: HttpRequest, id_: UUID) -> HttpResponse:
    """Show an incident, or do the one thing that was asked of it."""
    acting = inside(request).with_task(Task("incident", id_, "the incident in hand"))
    wrong: tuple[Refusal, ...] = ()
    if request.method == "POST":
        try:
            do(acting, id_, request.POST)
            return redirect("incidents:one", id_=id_)
        except Stale as stale:
            return _both(request, acting, id_, stale)
        except Refused as refused:
            wrong = refused.reasons
    try:
        found = queries.whole(acting, id_=id_, again="X-Watchward-Refresh" in request.headers)
    except NotHere:
        if queries.is_locked(acting, id_=id_):
            return _locked(request, id_, wrong)
        raise
    may = frozenset(name for name, permission in POWERS.items() if acting.may(permission))
    page = pages.incident_page(
        acting,
        found,
        queries.suggestion_in(acting, found=found),
        why_not_close=queries.why_not_close_now(acting, found=found),
        may=may,
    )
    typed = request.POST if wrong else QueryDict()
    if typed.get("do") in ("assess", "reassess"):
        page = pages.as_typed(page, heard=forms.heard_of(typed), signs=forms.signs_of(typed))
    elif typed.get("do") == "close":
        page = pages.as_typed(page, qualifiers=forms.qualifiers_of(typed), closed_as=forms.closing_of(typed).closed_as)
    did = typed.get("do", "")
    context = {
        "page": page,
        "wrong": wrong,
        "typed": typed,
        "did": did,
        "keys": INCIDENT_KEYS,
        "agree": _agree_form(typed, wrong) if page.waits_for_a_time else None,
        "offers": _offers(acting, typed) if did == "place" else (),
    }
    return show(request, "incidents/one.html", context, status=422 if wrong else 200)


def _agree_form(typed: QueryDict, wrong: tuple[Refusal, ...]) -> forms.AppointmentForm:
    if typed.get("do") != "agree":
        return forms.AppointmentForm()
    form = forms.AppointmentForm(typed)
    if form.is_valid():
        form.refuse(wrong)
    return form


def _offers(acting: Acting, typed: QueryDict) -> tuple[tuple[str, str, str], ...]:
    """Return the addresses that may be meant by what was typed: id, words and why."""
    offered = places.suggest(acting, typed=forms.text(typed, "place_words"))
    return tuple((str(one.place), f"{one.address} {one.postcode}".strip(), one.why) for one in offered)


def _both(request: HttpRequest, acting: Acting, id_: UUID, stale: Stale) -> HttpResponse:
    """Show what was typed beside what somebody else has made of the incident meanwhile."""
    row = queries.incident(acting, id_=id_)
    last = queries.log(acting, incident=row).first()
    stands = values_of(queries.heard(acting, incident=row))
    mine = forms.grade_of(request.POST)
    typed = values_of(forms.heard_of(request.POST))
    differences = [Difference("Grade", mine.words if mine else Grade(row.grade).words, Grade(row.grade).words)]
    differences += [
        Difference(key.capitalize(), typed.get(key, ""), stands.get(key, ""))
        for key in dict.fromkeys([*typed, *stands])
        if not key.endswith("-level")
    ]
    if request.POST.get("do") == "close":
        differences = [Difference("Outcome", forms.text(request.POST, "outcome"), row.outcome)]
    return conflict(
        request,
        of=f"incident {row.reference}",
        who=last.by_name if last else "Somebody",
        at=last.at if last else acting.at,
        differences=differences,
        version=stale.record.version,
        keep_url=reverse("incidents:one", args=[id_]),
    )


def _locked(request: HttpRequest, id_: UUID, wrong: tuple[Refusal, ...]) -> HttpResponse:
    context = {
        "of": "An incident",
        "locked_by": "its team",
        "action": reverse("incidents:one", args=[id_]),
        "back_url": reverse("incidents:board"),
        "purposes": (),
        "chosen": "",
        "typed": request.POST.get("reason", ""),
        "wrong": " ".join(reason.words for reason in wrong),
    }
    return show(request, "incidents/locked.html", context, status=422 if wrong else 200)


@door(needs=Permission.READ)
def delay(request: HttpRequest, id_: UUID) -> HttpResponse:
    """Lead from a delay to the incident that is delayed, where it is assessed again."""
    return redirect(reverse("incidents:one", args=[queries.delayed_incident(inside(request), delay=id_)]) + "#thrive")


@door(needs=Permission.READ)
def surge(request: HttpRequest, id_: UUID) -> HttpResponse:
    """Show a surge of demand, and take what was done about it."""
    acting = inside(request)
    row = queries.surge(acting, id_=id_)
    form = forms.SurgeForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            commands.answer_surge(acting, surge=id_, **form.cleaned_data)
        except Refused as refused:
            form.refuse(refused.reasons)
        else:
            tell(request, "It is recorded.")
            return redirect("incidents:surge", id_)
    may = acting.may(Permission.DISPATCH) and row.answered_at is None
    context = {"page": pages.surge_page(row, queries.demand(acting)), "form": form if may else None}
    return show(request, "incidents/surge.html", context, status=422 if request.method == "POST" else 200)


@door(needs=Permission.READ)
def briefing(request: HttpRequest, id_: UUID) -> HttpResponse:
    """Show what is behind this door, and take the word that it was read or that somebody is there."""
    acting = inside(request).with_task(Task("incident", id_, "the briefing before arrival"))
    wrong: tuple[Refusal, ...] = ()
    if request.method == "POST":
        try:
            if request.POST.get("do") == "scene":
                commands.mark_at_scene(acting, deployment=forms.id_of(request.POST, "deployment"))
            else:
                commands.read_briefing(acting, incident=id_)
            return redirect("incidents:briefing", id_=id_)
        except Refused as refused:
            wrong = refused.reasons
    found = queries.whole(acting, id_=id_)
    read = queries.briefing_read(acting, found=found)
    page = pages.briefing_page(found, at=acting.at, read=read)
    context = {"page": page, "wrong": wrong, "may_attend": acting.may(Permission.ATTEND)}
    return show(request, "incidents/briefing.html", context, status=422 if wrong else 200)


def _day(request: HttpRequest, acting: Acting) -> date:
    today = local_day(acting.at)
    try:
        return min(date.fromisoformat(request.GET.get("day", "")), today)
    except ValueError:
        return today


@door(needs=Permission.READ)
def deployments(request: HttpRequest) -> HttpResponse:
    """Show every deployment of a day and how long people waited."""
    acting = inside(request).for_purpose("reading the report of a day's deployments")
    day = _day(request, acting)
    since, until = day_starts(day), day_ends(day)
    times = [
        one
        for qualifier in (None, Qualifier.VULNERABLE, Qualifier.DOMESTIC_ABUSE)
        for one in queries.response_times(acting, since=since, until=until, qualifier=qualifier)
    ]
    domestic = queries.answered_how(acting, since=since, until=until, qualifier=Qualifier.DOMESTIC_ABUSE)
    found = queries.deployed_on(acting, day=day)
    page = pages.day_page(day, found, times, domestic, today=local_day(acting.at))
    return show(request, "incidents/deployments.html", {"page": page})


@door(needs=Permission.READ, proven=True)
def deployments_csv(request: HttpRequest) -> HttpResponse:
    """Give every deployment of a day as a file."""
    acting = inside(request).for_purpose("taking out the report of a day's deployments")
    day = _day(request, acting)
    answer = HttpResponse(content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="deployments-{day.isoformat()}.csv"'
    answer["Cache-Control"] = "no-store"
    csv.writer(answer).writerows(pages.csv_rows(queries.deployed_on(acting, day=day)))
    return answer
