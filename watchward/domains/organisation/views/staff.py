"""Who may sign in, as what, and in which teams: what an administrator gives, ends and lifts."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from watchward.domains.organisation import pages
from watchward.domains.organisation.forms import AccountForm, DisableForm, PlaceForm, RoleForm, StaffForm
from watchward.foundation import reading
from watchward.foundation.access import commands, queries, ways
from watchward.foundation.access.roles import roles
from watchward.foundation.acting import Acting, real_now
from watchward.foundation.records import standing
from watchward.foundation.ui.doors import door, inside
from watchward.foundation.ui.forms import Form
from watchward.foundation.ui.show import show, tell
from watchward.kernel.periods import local_day
from watchward.kernel.refusals import Refusal, Refused

reading.called({"organisation.staff": "Staff, by name"})

MOST = 100
"""People of one list; a name or part of one finds the others."""

SOUGHT = "staff"


@door(needs=commands.ADMINISTER)
def staff(request: HttpRequest) -> HttpResponse:
    """List who may sign in; what is sought is sent, and never stands in an address."""
    acting = inside(request)
    if request.method == "POST":
        request.session[SOUGHT] = request.POST.get("typed", "")[:120]
        return redirect("force:staff")
    typed: str = request.session.get(SOUGHT, "")
    found = queries.found_staff(acting, typed=typed, limit=MOST + 1)
    reading.searched(acting, "organisation.staff", [one.pk for one in found[:MOST]])
    page = pages.staff(found[:MOST], typed, more=len(found) > MOST)
    return show(request, "organisation/staff.html", {"page": page, "form": StaffForm(initial={"typed": typed})})


@door(needs=commands.ADMINISTER, proven=True)
def open_account(request: HttpRequest) -> HttpResponse:
    """Open an account for somebody new; their page then takes roles, teams and post."""
    acting = inside(request)
    form = AccountForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            opened = commands.open_account(acting, **form.cleaned_data)
        except Refused as refused:
            form.refuse(refused.reasons)
        else:
            tell(request, "The account is open. Give them their roles, teams and post.")
            return redirect("force:member", opened.pk)
    context = {"form": form, "title": "Somebody new", "back": reverse("force:staff")}
    return show(request, "ui/typed.html", context, status=422 if request.method == "POST" else 200)


@door(needs=commands.ADMINISTER, proven=True)
def member(request: HttpRequest, account: UUID) -> HttpResponse:
    """Show what somebody may do and may have done: roles and teams with their days, and whether they may sign in."""
    return _member(request, account)


def _member(
    request: HttpRequest, account: UUID, *, wrong: str = "", form: Form | None = None,
    refused: tuple[Refusal, ...] = (),
) -> HttpResponse:  # fmt: skip
    acting = inside(request)
    forms = _forms(acting)
    if form is not None:
        forms[wrong] = form
    who = queries.account(acting, id_=account)
    page = pages.member(
        acting,
        who,
        queries.roles_of(acting, account=account),
        queries.places_of(acting, account=account),
        queries.suspensions_of(acting, account=account),
    )
    context = {"page": page, "forms": forms, "mistaken": form, "refused": refused}
    return show(request, "organisation/member.html", context, status=422 if form is not None or refused else 200)


def _forms(acting: Acting) -> dict[str, Form]:
    today = local_day(acting.at)
    return {
        "role": RoleForm(roles=_roles(), initial={"since": today}, prefix="role"),
        "team": PlaceForm(teams=_teams(acting), initial={"since": today}, prefix="team"),
        "sign-in": DisableForm(prefix="sign-in"),
    }


def _roles() -> list[tuple[str, str]]:
    return sorted(((key, role.name) for key, role in roles().items() if key != "machinery"), key=lambda one: one[1])


def _teams(acting: Acting) -> list[tuple[int, str]]:
    return list(queries.teams(acting).filter(standing(local_day(acting.at))).values_list("number", "name"))


def _done(
    request: HttpRequest, account: UUID, *, which: str, form: Form, told: str, do: Callable[[dict[str, Any]], object]
) -> HttpResponse:
    """Do what a form asks and go back to its person; or show them with everything that stands against it."""
    if form.is_valid():
        try:
            do(form.cleaned_data)
        except Refused as refused:
            form.refuse(refused.reasons)
        else:
            tell(request, told)
            return redirect("force:member", account)
    return _member(request, account, wrong=which, form=form)


def _ended(request: HttpRequest, account: UUID, *, told: str, do: Callable[[], object]) -> HttpResponse:
    """End something today and go back to its person; or show them with everything that stands against it."""
    try:
        do()
    except Refused as refused:
        return _member(request, account, refused=refused.reasons)
    tell(request, told)
    return redirect("force:member", account)


@door(needs=commands.ADMINISTER, proven=True)
@require_POST
def give_role(request: HttpRequest, account: UUID) -> HttpResponse:
    """Give somebody a role."""
    form = RoleForm(request.POST, roles=_roles(), prefix="role")
    return _done(
        request, account, which="role", form=form, told="The role is given. It counts from their next page on.",
        do=lambda said: commands.give_role(inside(request), account=account, **said),
    )  # fmt: skip


@door(needs=commands.ADMINISTER, proven=True)
@require_POST
def end_role(request: HttpRequest, account: UUID) -> HttpResponse:
    """End a role that somebody holds, today."""
    acting, role = inside(request), request.POST.get("end", "")
    return _ended(
        request, account, told="The role has ended. Their next page is without it.",
        do=lambda: commands.end_role(acting, account=account, role=role, until=local_day(acting.at)),
    )  # fmt: skip


@door(needs=commands.ADMINISTER, proven=True)
@require_POST
def join_team(request: HttpRequest, account: UUID) -> HttpResponse:
    """Place somebody in a team."""
    acting = inside(request)
    form = PlaceForm(request.POST, teams=_teams(acting), prefix="team")
    return _done(
        request, account, which="team", form=form, told="They are in the team.",
        do=lambda said: commands.join_team(acting, account=account, **said),
    )  # fmt: skip


@door(needs=commands.ADMINISTER, proven=True)
@require_POST
def leave_team(request: HttpRequest, account: UUID) -> HttpResponse:
    """End somebody's place in a team, today."""
    acting, number = inside(request), request.POST.get("end", "")
    team = int(number) if number.isdecimal() and len(number) < 9 else 0
    return _ended(
        request, account, told="They have left the team.",
        do=lambda: commands.leave_team(acting, account=account, team=team, until=local_day(acting.at)),
    )  # fmt: skip


@door(needs=commands.ADMINISTER, proven=True)
@require_POST
def disable(request: HttpRequest, account: UUID) -> HttpResponse:
    """Disable somebody with a reason."""
    return _done(
        request, account, which="sign-in", form=DisableForm(request.POST, prefix="sign-in"),
        told="They may not sign in. Their next page is refused.",
        do=lambda said: commands.disable_account(inside(request), account=account, **said),
    )  # fmt: skip


@door(needs=commands.ADMINISTER, proven=True)
@require_POST
def end_ways(request: HttpRequest, account: UUID) -> HttpResponse:
    """End what somebody signs in by, and every sign-in of theirs."""
    return _ended(
        request, account, told="They are signed out everywhere. A code lets them in to set up another passkey.",
        do=lambda: ways.end_all(inside(request), account=account, at=real_now()),
    )  # fmt: skip


@door(needs=commands.ADMINISTER, proven=True)
@require_POST
def enable(request: HttpRequest, account: UUID) -> HttpResponse:
    """Let somebody sign in again."""
    return _done(
        request, account, which="sign-in", form=DisableForm(request.POST, prefix="sign-in"),
        told="They may sign in again.",
        do=lambda said: commands.enable_account(inside(request), account=account, **said),
    )  # fmt: skip
