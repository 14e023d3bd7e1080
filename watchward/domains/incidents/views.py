"""The board, one incident, its briefing, the day's deployments and the units; no decision is taken here."""

from __future__ import annotations

import csv
from collections.abc import Callable
from datetime import date
from uuid import UUID

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse

from watchward.domains.incidents import commands, forms, pages, queries
from watchward.domains.incidents.vocabulary import Grade, Permission, Qualifier, Skill, values_of
from watchward.domains.organisation import queries as organisation
from watchward.foundation.access import queries as access
from watchward.foundation.acting import Acting, Task
from watchward.foundation.records import NotHere, Stale
from watchward.foundation.ui.doors import door, inside
from watchward.foundation.ui.errors import conflict
from watchward.foundation.ui.frame import Shortcut
from watchward.foundation.ui.parts import Difference
from watchward.foundation.ui.show import show
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
            _do(acting, id_, request.POST)
            return redirect("incidents:one", id_=id_)
        except Stale as stale:
            return _both(request, acting, id_, stale)
        except Refused as refused:
            wrong = refused.reasons
    try:
        found = queries.whole(acting, id_=id_)
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
    context = {"page": page, "wrong": wrong, "typed": typed, "did": typed.get("do", ""), "keys": INCIDENT_KEYS}
    return show(request, "incidents/one.html", context, status=422 if wrong else 200)


def _assess(acting: Acting, id_: UUID, post: QueryDict) -> None:
    given = {
        "incident": id_,
        "answers": forms.heard_of(post),
        "signs": forms.signs_of(post),
        "grade": forms.grade_of(post),
        "reason": forms.text(post, "reason"),
        "agreed_at": forms.agreed_of(post),
        "version": forms.version_of(post),
    }
    if post.get("do") == "reassess":
        commands.reassess(acting, safeguarding=forms.text(post, "safeguarding"), **given)  # type: ignore[arg-type]
    else:
        commands.assess(acting, **given)  # type: ignore[arg-type]


def _grade(acting: Acting, id_: UUID, post: QueryDict) -> None:
    grade = forms.grade_of(post)
    if grade is None:
        raise Refused(Refusal("Choose the grade.", field="grade"))
    commands.give_grade(
        acting,
        incident=id_,
        grade=grade,
        reason=forms.text(post, "reason"),
        agreed_at=forms.agreed_of(post),
        version=forms.version_of(post),
    )


def _close(acting: Acting, id_: UUID, post: QueryDict) -> None:
    said = forms.closing_of(post)
    commands.close(
        acting,
        incident=id_,
        outcome=said.outcome,
        closed_as=said.closed_as,
        qualifiers=said.qualifiers,
        why_nobody_went=said.why_nobody_went,
        version=forms.version_of(post),
    )


DOES: dict[str, Callable[[Acting, UUID, QueryDict], object]] = {
    "log": lambda acting, id_, post: commands.add_log_line(acting, incident=id_, words=forms.text(post, "line")),
    "assess": _assess,
    "reassess": _assess,
    "grade": _grade,
    "send": lambda acting, id_, post: commands.send(acting, incident=id_, unit=forms.id_of(post, "unit")),
    "route": lambda acting, id_, post: commands.mark_en_route(acting, deployment=forms.id_of(post, "deployment")),
    "scene": lambda acting, id_, post: commands.mark_at_scene(acting, deployment=forms.id_of(post, "deployment")),
    "clear": lambda acting, id_, post: commands.clear(
        acting, deployment=forms.id_of(post, "deployment"), words=forms.text(post, "words")
    ),
    "ring": lambda acting, id_, post: commands.record_recontact(
        acting, incident=id_, reached=forms.reached_of(post), words=forms.text(post, "words")
    ),
    "close": _close,
    "open": lambda acting, id_, post: commands.open_locked(acting, incident=id_, reason=forms.text(post, "reason")),
}
"""What can be asked of an incident: one command each."""


def _do(acting: Acting, id_: UUID, post: QueryDict) -> None:
    does = DOES.get(post.get("do", ""))
    if does is None:
        raise Refused("Choose what to do.")
    does(acting, id_, post)


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


@door(needs=Permission.READ)
def deployments_csv(request: HttpRequest) -> HttpResponse:
    """Give every deployment of a day as a file."""
    acting = inside(request).for_purpose("taking out the report of a day's deployments")
    day = _day(request, acting)
    answer = HttpResponse(content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="deployments-{day.isoformat()}.csv"'
    answer["Cache-Control"] = "no-store"
    csv.writer(answer).writerows(pages.csv_rows(queries.deployed_on(acting, day=day)))
    return answer


@door(needs=Permission.READ)
def units(request: HttpRequest) -> HttpResponse:
    """Show every unit and who crews it; make one, put it on duty or off, and say who crews it."""
    acting = inside(request)
    wrong: tuple[Refusal, ...] = ()
    if request.method == "POST":
        try:
            _change_units(acting, request.POST)
            return redirect("incidents:units")
        except Refused as refused:
            wrong = refused.reasons
    page = pages.units_page(
        queries.crewed(acting),
        areas=[(area.pk, area.name) for area in organisation.areas(acting, on=local_day(acting.at))],
        people=[(account.pk, account.display_name) for account in access.accounts(acting)],
        may_change=acting.may(Permission.RESOURCE),
        typed=request.POST.dict() if wrong else {},
    )
    context = {"page": page, "wrong": wrong}
    return show(request, "incidents/units.html", context, status=422 if wrong else 200)


def _change_units(acting: Acting, post: QueryDict) -> None:
    match post.get("do", ""):
        case "make":
            area = forms.id_of(post, "area") if post.get("area") else None
            skills = [Skill(key) for key in post.getlist("skill") if key in {skill.value for skill in Skill}]
            commands.make_unit(acting, call_sign=forms.text(post, "call_sign"), area=area, skills=skills)
        case "duty":
            commands.set_unit_status(acting, unit=forms.id_of(post, "unit"), on_duty=post.get("on") == "1")
        case "state":
            commands.set_unit_status(
                acting, unit=forms.id_of(post, "unit"), state=forms.state_of(post), words=forms.text(post, "words")
            )
        case "crew":
            commands.crew(acting, unit=forms.id_of(post, "unit"), account=forms.id_of(post, "account"))
        case _:
            raise Refused("Choose what to do.")
