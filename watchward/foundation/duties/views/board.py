"""The board of a supervisor's teams, and giving many duties to somebody else at once."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from watchward.foundation import reading
from watchward.foundation.access import absences
from watchward.foundation.access import queries as access
from watchward.foundation.acting import Acting
from watchward.foundation.duties import commands, forms, queries
from watchward.foundation.duties.models import Duty
from watchward.foundation.duties.pages import board as pages
from watchward.foundation.duties.pages import moving
from watchward.foundation.duties.queries import Scope
from watchward.foundation.duties.vocabulary import MOST_AT_ONCE, SUPERVISE
from watchward.foundation.ui import words
from watchward.foundation.ui.doors import door, inside
from watchward.foundation.ui.show import show, tell
from watchward.kernel.periods import day_starts, local_day
from watchward.kernel.refusals import Refused

SHOWN = 100
"""Rows of one list that can be chosen singly; all of it goes by one choice."""


def uuid_of(text: str) -> UUID | None:
    """Return an id that was sent; None where it is none."""
    try:
        return UUID(text)
    except ValueError:
        return None


@door(needs=SUPERVISE)
def team(request: HttpRequest) -> HttpResponse:
    """Show who of the teams that one supervises holds what, and who is away."""
    acting = inside(request)
    staff = access.staff_of(acting, teams=acting.supervises)
    rows = queries.held(acting, teams=acting.supervises)
    since = day_starts(local_day(acting.at) - timedelta(days=7))
    sums = queries.sums(acting, Scope(teams=acting.supervises), since=since)
    reading.listed(acting, "duties.board", [held.oldest.pk for held in rows if held.oldest is not None])
    page = pages.board(
        acting, rows, staff, queries.by_account(queries.absent(acting)), of=_teams_words(staff), open_=sums.open,
        waiting=queries.waiting(acting),
    )  # fmt: skip
    return show(request, "duties/board.html", {"page": page})


def _teams_words(staff: list[access.Staff]) -> str:
    named = list(dict.fromkeys(each.team_name for each in staff))
    return words.listed(named) if len(named) <= 2 else words.counted(len(named), "team")


@door(needs=SUPERVISE)
def reassign(request: HttpRequest) -> HttpResponse:
    """Show what one person, or a team with nobody named, holds; give those chosen, or all of them, to somebody else."""
    acting = inside(request)
    who, until = uuid_of(request.GET.get("who", "")), _until(acting, request.GET.get("away", ""))
    asked = request.GET.get("team", "")
    number = int(asked) if asked.isdecimal() and len(asked) < 9 else None
    found = queries.to_move(acting, teams=acting.supervises, person=who, team=number, until=until)
    staff = access.people_of(acting, teams=acting.supervises | {acting.team or 0})
    whom = forms.people_and_teams(
        [each for each in staff if each[0] != who], access.teams(acting).values_list("number", "name")
    )
    form = forms.MoveForm(request.POST if request.method == "POST" else None, whom=whom)
    picked = [id_ for each in request.POST.getlist("duty") if (id_ := uuid_of(each))]
    whole = request.POST.get("which") == "all"
    if request.method == "POST" and form.is_valid():
        try:
            ids = list(found.values_list("pk", flat=True)[: MOST_AT_ONCE + 1]) if whole else picked
            typed = form.cleaned_data
            count = commands.reassign(acting, duties=ids, reason=typed["reason"], **forms.chosen(typed["to"]))
        except Refused as refused:
            form.refuse(refused.reasons)
        else:
            tell(request, f"{words.counted(count, 'duty', 'duties')} given to others.")
            return redirect("work:team")
    total = found.count()
    rows: list[Duty] = list(found[:SHOWN])
    reading.listed(acting, "duties.to-move", [row.pk for row in rows])
    of = dict(staff).get(who) if who else None
    page = moving.to_move(acting, rows, total=total, of=of or "nobody named", until=until, picked=set(picked))
    context = {"page": page, "form": form, "whole": whole}
    return show(request, "duties/reassign.html", context, status=422 if request.method == "POST" else 200)


def _until(acting: Acting, absence: str) -> datetime | None:
    id_ = uuid_of(absence)
    return absences.absence(acting, id_=id_).until_at if id_ is not None else None
