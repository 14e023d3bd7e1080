"""Unusual looking: the list of findings, and the review of one."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from watchward.domains.people import queries as people
from watchward.foundation import reading
from watchward.foundation.acting import Acting
from watchward.foundation.ui.doors import door, inside
from watchward.foundation.ui.show import show, tell
from watchward.kernel.refusals import Refusal, Refused
from watchward.oversight.looking import commands, forms, pages, queries
from watchward.oversight.looking.forms import typed
from watchward.oversight.looking.models import Finding
from watchward.oversight.looking.vocabulary import Permission

reading.called(
    {
        "looking.findings": "Unusual looks",
        "looking.finding": "One finding of unusual looks",
        "looking.well-known": "Homes of staff, and the well known",
    }
)

AT_ONCE = 100


@door(needs=Permission.REVIEW)
def findings(request: HttpRequest) -> HttpResponse:
    """Show what was found, what is to be reviewed first, and how many findings were borne out."""
    acting = inside(request)
    rows = list(queries.findings(acting)[:AT_ONCE])
    reading.listed(acting, "looking.findings", [row.person for row in rows if row.person])
    context = {
        "table": pages.findings(rows, _names(acting, rows)), "said": pages.said_of(queries.rates(acting)),
        "may_declare": acting.may(Permission.DECLARE),
    }  # fmt: skip
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


@door(needs=Permission.DECLARE)
def known(request: HttpRequest) -> HttpResponse:
    """Show where staff live and whose records attract looks, and record more of either."""
    acting, did = inside(request), request.POST.get("do", "")
    home = forms.DwellingForm(
        request.POST if did == "home" else None, people=queries.staff(acting), auto_id="home_%s"
    )  # fmt: skip
    record = forms.WellKnownForm(request.POST if did == "record" else None, auto_id="record_%s")
    marked = list(queries.well_known(acting))
    names = {id_: person.name for id_, person in people.people(acting, ids=[row.person for row in marked]).items()}
    end = forms.EndForm(request.POST if did == "end" else None, named=pages.to_end(marked, names), auto_id="end_%s")
    does = {"home": (home, _declare), "record": (record, _mark), "end": (end, _end)}
    if did in does:
        form, do = does[did]
        if form.is_valid():
            try:
                do(acting, form.cleaned_data)
            except Refused as refused:
                form.refuse(refused.reasons)
            else:
                tell(request, "Recorded")
                return redirect("looking:known")
    reading.listed(acting, "looking.well-known", list(names))
    context = {
        "dwellings": pages.dwellings(queries.dwellings(acting)), "marked": pages.well_known(marked, names),
        "no_longer": pages.no_longer(marked, names), "home": home, "record": record, "end": end,
    }  # fmt: skip
    return show(request, "looking/known.html", context, status=422 if did in does else 200)


def _declare(acting: Acting, said: dict[str, str]) -> object:
    return commands.declare_dwelling(
        acting, account=UUID(said["account"]), line=said["line"], postcode=said["postcode"]
    )  # fmt: skip


def _end(acting: Acting, said: dict[str, str]) -> object:
    return commands.end_well_known(acting, named=UUID(said["named"]), words=said["words"])


def _mark(acting: Acting, said: dict[str, str]) -> object:
    person = people.by_reference(acting, reference=said["person"])
    if person is None:
        raise Refused(Refusal("No record of a person has this reference.", field="person"))
    return commands.mark_well_known(acting, person=person.pk, words=said["words"])


def _names(acting: Acting, rows: list[Finding]) -> dict[UUID, str]:
    found = people.people(acting, ids=[row.person for row in rows if row.person])
    return {id_: person.name for id_, person in found.items()}
