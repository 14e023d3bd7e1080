"""The same figures for machines: CSV and JSON, by GET, under the same permission as the pages."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, JsonResponse

from watchward.foundation.acting import Acting
from watchward.foundation.intake.cells import csv_text
from watchward.foundation.measures import queries as measuring
from watchward.foundation.measures import tables
from watchward.foundation.measures.commands import READ
from watchward.foundation.measures.counting import counting
from watchward.foundation.measures.declared import Measure
from watchward.foundation.measures.said import told as as_object
from watchward.foundation.ui.doors import door, inside
from watchward.kernel.refusals import Refusal, Refused
from watchward.oversight.performance.pages.chosen import Chosen
from watchward.oversight.performance.views.reading import chosen_of, named


def _asked(request: HttpRequest, key: str) -> tuple[Acting, Measure, Chosen, list[str], bool]:
    acting, which = inside(request), named(key)
    chosen = chosen_of(request, acting, which)
    if chosen.wrong:
        raise Refused(Refusal("Write days such as from=2018-07-01 and to=2019-06-30, the first not after the last."))
    by = [each for given in request.GET.getlist("by") for each in given.split(",") if each]
    return acting, which, chosen, by, request.GET.get("leaving") == "yes"


@door(needs=READ)
def as_csv(request: HttpRequest, key: str) -> HttpResponse:
    """Give a measure by month or breakdown as a file; `leaving=yes` hides small numbers."""
    acting, which, chosen, by, leaving = _asked(request, key)
    try:
        table = tables.table(acting, which, chosen.span, by, only=chosen.only, leaving=leaving)
    except tables.NotCounted as wrong:
        raise Refused(Refusal(f"{wrong}.")) from wrong
    text = csv_text(tables.headings(table), [tables.cells(table, line) for line in (*table.lines, table.total)])
    answer = HttpResponse(text, content_type="text/csv; charset=utf-8")
    name = f"{key}-{'-'.join([*by, chosen.span.first.isoformat(), chosen.span.last.isoformat()])}"
    kind = "leaving" if leaving else "inside"
    answer["Content-Disposition"] = f'attachment; filename="{name}-{kind}.csv"'
    answer["Cache-Control"] = "no-store"
    return answer


@door(needs=READ)
def as_json(request: HttpRequest, key: str) -> HttpResponse:
    """Give a measure with its judgement as one object; `leaving=yes` hides small numbers."""
    acting, which, chosen, by, leaving = _asked(request, key)
    try:
        with counting(acting) as counter:
            (known,) = measuring.tell_with(counter, acting, [which], span=chosen.span, only=chosen.only)
            table = tables.table_of(counter, acting, which, chosen.span, by, only=chosen.only, leaving=leaving)
    except tables.NotCounted as wrong:
        return JsonResponse({"refused": [f"{wrong}."]}, status=400)
    answer = JsonResponse(as_object(known, table))
    answer["Cache-Control"] = "no-store"
    return answer
