"""What the force crime registrar looks at: rape without a crime, late recordings, samples of outcomes."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from watchward.domains.crimes import commands, forms, pages, queries
from watchward.domains.crimes.vocabulary import Permission, Verdict
from watchward.foundation import reading
from watchward.foundation.acting import Task
from watchward.foundation.ui.doors import door, inside
from watchward.foundation.ui.parts import Link, Mark
from watchward.foundation.ui.show import show
from watchward.foundation.ui.words import day_year
from watchward.kernel.refusals import Refused

reading.called(
    {
        "crimes.registrar": "The registrar's list",
        "crimes.n100": "A report of rape without a crime",
        "crimes.sample": "A sample of outcomes",
    }
)

YEAR = timedelta(days=365)


@door(needs=Permission.REGISTER)
def registrar(request: HttpRequest) -> HttpResponse:
    """Show reports of rape without a crime, crimes recorded late, and the samples that were drawn."""
    acting = inside(request).for_purpose("checking how crimes are recorded")
    kept = list(queries.kept_as_n100(acting)[:100])
    checked = set(queries.checked_n100(acting).values_list("pk", flat=True)) if kept else set()
    late, recorded, breached = queries.recorded_late(acting, since=acting.at - YEAR)
    reading.listed(acting, "crimes.registrar", [*(row.pk for row in late), *(row.of for row in kept)])
    page = pages.registrar_page(
        [(row, row.pk in checked) for row in kept],
        late,
        queries.samples_counted(acting),
        at=acting.at,
        recorded=recorded,
        breached=breached,
    )
    return show(request, "crimes/registrar.html", {"page": page})


@door(needs=Permission.REGISTER)
def n100(request: HttpRequest, id_: UUID) -> HttpResponse:
    """Say whether a report of rape rightly stands without a crime; where it does not, go on to recording one."""
    acting = inside(request)
    row = queries.n100(acting, id_=id_)
    acting = acting.with_task(Task("incident" if row.incident_id else "report", row.of, "checking a report of rape"))
    source = reverse("crimes:from-incident" if row.incident_id else "crimes:from-report", args=[row.of])
    form = forms.N100Form(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        verdict = Verdict(said["verdict"]) if said["verdict"] else None
        try:
            commands.check_n100(acting, decision=id_, verdict=verdict, words=said["words"])
        except Refused as refused:
            form.refuse(refused.reasons)
        else:
            records = verdict is Verdict.DISAGREE and acting.may(Permission.RECORD)
            return redirect(source if records else reverse("crimes:registrar"))
    reading.listed(acting, "crimes.n100", [row.of], about=row.of)
    context = {
        "form": form, "title": "Does this report of rape rightly stand without a crime?", "button": "Keep it",
        "back": reverse("crimes:registrar"), "note": "Where it does not, a crime is to be recorded from it",
        "facts": pages.n100_facts(row, queries.n100_checks(acting, decision=id_), source), "look": "go", "why_not": (),
    }  # fmt: skip
    return show(request, "crimes/form.html", context, status=422 if request.method == "POST" else 200)


@door(needs=Permission.REGISTER)
def sample_new(request: HttpRequest) -> HttpResponse:
    """Draw a sample of outcomes."""
    acting = inside(request)
    form = forms.SampleForm(request.POST if request.method == "POST" else None, initial={"size": 20})
    if request.method == "POST" and form.is_valid():
        try:
            made = commands.draw_sample(acting, **form.cleaned_data)
        except Refused as refused:
            form.refuse(refused.reasons)
        else:
            return redirect("crimes:sample", made.pk)
    context = {
        "form": form, "title": "Draw a sample of outcomes", "button": "Draw it", "back": reverse("crimes:registrar"),
        "facts": (), "note": "", "look": "go", "why_not": (),
    }  # fmt: skip
    return show(request, "crimes/form.html", context, status=422 if request.method == "POST" else 200)


@door(needs=Permission.REGISTER)
def sample(request: HttpRequest, id_: UUID) -> HttpResponse:
    """Show one sample with what was found."""
    acting = inside(request).for_purpose("checking outcomes")
    drawn = queries.sample(acting, id_=id_)
    rows = list(queries.checks(acting, sample=id_))
    reading.listed(acting, "crimes.sample", [row.crime_id for row in rows])
    title = f"Sample {drawn.seed}, {day_year(drawn.at)}"
    done, wrong = sum(1 for row in rows if row.verdict), sum(1 for row in rows if row.verdict == Verdict.DISAGREE)
    note = (
        f"Outcome {drawn.code or 'of any kind'} given {day_year(drawn.since)} to {day_year(drawn.until)}: {drawn.size} "
        f"of {drawn.among}. {done} checked, {wrong} not borne out by the file"
    )
    page = pages.sample_page(
        title,
        note,
        [
            (r.pk, r.number, r.crime, r.outcome, r.verdict, r.words, r.checked_by.display_name if r.checked_by else "")
            for r in rows
        ],
    )
    return show(request, "crimes/sample.html", {"page": page})


@door(needs=Permission.REGISTER)
def check(request: HttpRequest, id_: UUID) -> HttpResponse:
    """Say whether a crime's file bears out its outcome."""
    acting = inside(request)
    row = queries.check(acting, id_=id_)
    form = forms.CheckForm(request.POST if request.method == "POST" else None)
    back = reverse("crimes:sample", args=[row.sample_id])
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            commands.check_outcome(
                acting.with_task(Task("crime", row.crime_id, "checking an outcome")), check=id_,
                verdict=Verdict(said["verdict"]) if said["verdict"] else None, words=said["words"],
            )  # fmt: skip
        except Refused as refused:
            form.refuse(refused.reasons)
        else:
            return redirect(back)
    crime, outcome = row.crime, row.outcome
    facts = (
        Mark("Crime", Link(crime.reference, reverse("crimes:one", args=[crime.pk])), crime.offence_words),
        Mark("What", crime.what),
        Mark("Outcome", f"{outcome.code} {outcome.words}", f"{day_year(outcome.decided_on)}, {outcome.by_name}"),
        *(Mark(key.replace("_", " ").capitalize(), words) for key, words in outcome.said.items() if words),
    )
    context = {
        "form": form, "title": "Does the file bear out this outcome?", "button": "Keep it", "back": back,
        "facts": facts, "note": "", "look": "go", "why_not": (),
    }  # fmt: skip
    return show(request, "crimes/form.html", context, status=422 if request.method == "POST" else 200)
