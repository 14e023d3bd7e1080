"""Recording that somebody is away, and what is due of them meanwhile."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from watchward.foundation import reading
from watchward.foundation.access import absences
from watchward.foundation.access import queries as access
from watchward.foundation.acting import Acting
from watchward.foundation.duties import forms, queries
from watchward.foundation.duties.pages import away as pages
from watchward.foundation.duties.pages import rows
from watchward.foundation.duties.vocabulary import SUPERVISE
from watchward.foundation.ui.doors import door, inside
from watchward.foundation.ui.show import show, tell
from watchward.kernel.refusals import Refusal, Refused

SHOWN = 100


@door(needs=None)
def away(request: HttpRequest) -> HttpResponse:
    """Show who of one's teams is or will be away; record that oneself, or somebody one supervises, will be."""
    acting = inside(request)
    people = _people(acting)
    near = access.people_of(acting, teams=acting.teams | acting.supervises)
    form = forms.AwayForm(
        request.POST if request.method == "POST" else None, people=people, stand_in=near,
        initial={"since_at": acting.at, "account": str(acting.account)},
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        try:
            made = absences.record(acting, **form.said())
        except Refused as refused:
            form.refuse(refused.reasons)
        else:
            tell(request, "Recorded. What is due meanwhile stands below.")
            return redirect("work:absence", made.pk)
    context = {"form": form, "gone": pages.to_come(acting, absences.to_come(acting)[:SHOWN])}
    return show(request, "duties/away.html", context, status=422 if request.method == "POST" else 200)


def _people(acting: Acting) -> list[tuple[UUID, str]]:
    staff = access.people_of(acting, teams=acting.supervises) if acting.supervises else []
    return [(acting.account, f"{acting.name}, you"), *(each for each in staff if each[0] != acting.account)]


@door(needs=None)
def absence(request: HttpRequest, id_: UUID) -> HttpResponse:
    """Show one absence with all that is due meanwhile, to be given to others or handed over; end it early."""
    acting = inside(request)
    wrong: tuple[Refusal, ...] = ()
    if request.method == "POST":
        try:
            absences.end(acting, absence=id_)
        except Refused as refused:
            wrong = refused.reasons
        else:
            tell(request, "They are here again.")
            return redirect("work:away")
    row = absences.absence(acting, id_=id_)
    due = queries.due_while_away(acting, absence=row)
    total = due.count()
    shown = list(due[:SHOWN])
    reading.listed(acting, "duties.to-move", [duty.pk for duty in shown])
    page = pages.absence(
        acting, row, tuple(rows.row(acting, duty, here=at == 0) for at, duty in enumerate(shown)), total=total,
        may_give=acting.may(SUPERVISE) and row.team_id in acting.supervises,
    )  # fmt: skip
    context = {"page": page, "wrong": wrong, "keys": rows.KEYS}
    return show(request, "duties/absence.html", context, status=422 if wrong else 200)
