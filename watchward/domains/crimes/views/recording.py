"""Writing down a report, and deciding whether a crime is recorded from it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from watchward.domains.crimes import commands, forms, pages, queries
from watchward.domains.crimes.queries import ToRecord
from watchward.domains.crimes.vocabulary import Permission, Route
from watchward.domains.offences.vocabulary import Flag, flags_in_force
from watchward.domains.people import queries as people
from watchward.foundation.acting import Acting, Task
from watchward.foundation.ui.doors import door, inside
from watchward.foundation.ui.forms import Form
from watchward.foundation.ui.show import show, tell
from watchward.kernel.periods import local_day
from watchward.kernel.refusals import Refusal, Refused


@door(needs=Permission.REPORT)
def report(request: HttpRequest) -> HttpResponse:
    """Write down a report that came by another way than a call."""
    acting = inside(request)
    form = forms.ReportForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            made = commands.write_report(
                acting, **{**said, "route": Route(said["route"]), "reported_at": said["reported_at"]}
            )
        except Refused as refused:
            form.refuse(refused.reasons)
        else:
            tell(request, f"Written down as {made.reference}")
            may = acting.may(Permission.RECORD)
            return redirect(reverse("crimes:from-report", args=[made.pk]) if may else reverse("crimes:list"))
    context = {
        "form": form, "title": "Report of a crime", "button": "Write it down", "back": reverse("crimes:list"),
        "facts": (), "note": "", "look": "go", "why_not": (),
    }  # fmt: skip
    return show(request, "crimes/form.html", context, status=422 if request.method == "POST" else 200)


@door(needs=Permission.RECORD)
def from_incident(request: HttpRequest, id_: UUID) -> HttpResponse:
    """Decide whether a crime is recorded from an incident."""
    acting = inside(request).with_task(Task("incident", id_, "recording a crime from an incident"))
    return _decide(request, acting, queries.to_record(acting, incident=id_))


@door(needs=Permission.RECORD)
def from_report(request: HttpRequest, id_: UUID) -> HttpResponse:
    """Decide whether a crime is recorded from a report."""
    acting = inside(request).with_task(Task("report", id_, "recording a crime from a report"))
    return _decide(request, acting, queries.to_record(acting, report=id_))


def _decide(request: HttpRequest, acting: Acting, found: ToRecord) -> HttpResponse:
    page = pages.source_page(found, at=acting.at)
    did = request.POST.get("do", "") if request.method == "POST" else ""
    today = local_day(acting.at)
    offences = forms.grouped(queries.offences(acting, on=today), pages.likely_group(found))
    whose: dict[str, Any] = {
        "offences": offences, "people": pages.people_of(found), "flags": flags_in_force(today), "late": page.late,
    }  # fmt: skip
    record = forms.RecordForm(
        request.POST if did == "record" else None, initial=pages.already_known(found), auto_id="id_%s", **whose
    )
    leave = forms.NoCrimeForm(
        request.POST if did == "leave" else None, sexual=found.source.sexual, auto_id="none_%s"
    )  # fmt: skip
    answer = None
    if did == "record" and record.is_valid():
        answer = _record(request, acting, found, record)
    elif did == "leave" and leave.is_valid():
        answer = _leave(request, acting, found, leave)
    if answer is not None:
        return answer
    context = {"page": page, "record": record, "leave": leave, "did": did}
    return show(request, "crimes/record.html", context, status=422 if did else 200)


def _of(found: ToRecord) -> dict[str, Any]:
    return {"incident" if found.source.incident is not None else "report": found.source.id}


def _record(request: HttpRequest, acting: Acting, found: ToRecord, form: forms.RecordForm) -> HttpResponse | None:
    said = form.cleaned_data
    typed = said["other_victim"].strip()
    other = people.by_reference(acting, reference=typed) if typed else None
    if typed and other is None:
        form.refuse([Refusal("No record of a person has this reference.", field="other_victim")])
        return None
    whose: dict[str, Any] = dict(form.named(other.pk if other else None))
    try:
        made = commands.record(
            acting, **_of(found), offence=said["offence"], what=said["what"], victimless=said["victimless"],
            flags=[Flag(flag) for flag in said["flags"]], committed_at=said["committed_at"],
            committed_to=said["committed_to"], late_reason=said.get("late_reason", ""),
            **whose,
        )  # fmt: skip
    except Refused as refused:
        _refuse(form, refused, form.reasons_go)
        return None
    tell(request, f"Recorded: {', '.join(crime.reference for crime in made)}")
    return redirect("crimes:one", made[0].pk)


def _refuse(form: Form, refused: Refused, go: Any) -> None:
    form.refuse(
        Refusal(reason.words, reason.cite, go.get(reason.field, reason.field), reason.code)
        for reason in refused.reasons
    )


def _leave(request: HttpRequest, acting: Acting, found: ToRecord, form: forms.NoCrimeForm) -> HttpResponse | None:
    try:
        commands.decide_no_crime(acting, **_of(found), **form.said())
    except Refused as refused:
        form.refuse(refused.reasons)
        return None
    tell(request, "No crime is recorded; the reason is on file")
    return redirect("crimes:queue")
