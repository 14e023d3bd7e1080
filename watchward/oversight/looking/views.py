"""Unusual looking: the list of findings, and the review of one."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from watchward.domains.people import queries as people
from watchward.foundation import reading
from watchward.foundation.acting import Acting
from watchward.foundation.ui.doors import door, inside
from watchward.foundation.ui.show import show
from watchward.kernel.refusals import Refusal, Refused
from watchward.oversight.looking import commands, pages, queries
from watchward.oversight.looking.forms import typed
from watchward.oversight.looking.models import Finding
from watchward.oversight.looking.vocabulary import Permission

AT_ONCE = 100


@door(needs=Permission.REVIEW)
def findings(request: HttpRequest) -> HttpResponse:
    """Show what was found, what is to be reviewed first, and how many findings were borne out."""
    acting = inside(request)
    rows = list(queries.findings(acting)[:AT_ONCE])
    reading.listed(acting, "looking.findings", [row.person for row in rows if row.person])
    context = {"table": pages.findings(rows, _names(acting, rows)), "said": pages.said_of(queries.rates(acting))}
    return show(request, "looking/findings.html", context)


@door(needs=Permission.REVIEW)
def finding(request: HttpRequest, id_: UUID) -> HttpResponse:
    """Show one finding with its looks, and take what came of it."""
    acting, said = inside(request), typed(request)
    wrong: tuple[Refusal, ...] = ()
    if request.method == "POST":
        try:
            commands.review(acting, finding=id_, outcome=said["outcome"], words=said["words"])
            return redirect("looking:findings")
        except Refused as refused:
            wrong = refused.reasons
    row = queries.finding(acting, id_=id_)
    page = pages.finding(row, queries.looks_of(acting, finding=row), _names(acting, [row]), reader=acting.account)
    reading.listed(acting, "looking.finding", [row.person] if row.person else [row.pk], about=row.person)
    context = {"page": page, "typed": said, "wrong": wrong}
    return show(request, "looking/finding.html", context, status=422 if wrong else 200)


def _names(acting: Acting, rows: list[Finding]) -> dict[UUID, str]:
    found = people.people(acting, ids=[row.person for row in rows if row.person])
    return {id_: person.name for id_, person in found.items()}
