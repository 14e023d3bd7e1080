"""The dashboard, a page for each measure with its rows, signals to explain, and the report's figures."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from watchward.domains.organisation import queries as organisation
from watchward.foundation import reading
from watchward.foundation.acting import Acting
from watchward.foundation.duties import queries as duties
from watchward.foundation.measures import queries as measuring
from watchward.foundation.measures import tables
from watchward.foundation.measures.beginning import beginning
from watchward.foundation.measures.commands import PUBLISH, READ, RECORD
from watchward.foundation.measures.counting import counting
from watchward.foundation.measures.declared import Measure, measures
from watchward.foundation.ui.doors import door, inside
from watchward.foundation.ui.show import show, tell
from watchward.kernel.periods import local_day
from watchward.kernel.refusals import Refused
from watchward.oversight.performance import commands, queries
from watchward.oversight.performance.duties import EXPLAIN
from watchward.oversight.performance.forms import ExplainForm
from watchward.oversight.performance.pages import behind, dashboard, lists, measure
from watchward.oversight.performance.pages.chosen import Chosen, chosen, group_words
from watchward.oversight.performance.vocabulary import Permission


def _behind(key: str) -> str:
    return f"The rows behind “{measures[key].title}”" if key in measures else ""


reading.FAMILIES["measures"] = _behind

LATEST = 5
A_PAGE = 50


def named(key: str) -> Measure:
    """Return a measure, or answer that there is no such page."""
    if key not in measures:
        raise Http404
    return measures[key]


def chosen_of(request: HttpRequest, acting: Acting, which: Measure) -> Chosen:
    """Return the period and group that the address asks for."""
    return chosen(request.GET.dict(), today=local_day(acting.at), breakdowns=which.breakdowns)


@door(needs=READ)
def board(request: HttpRequest) -> HttpResponse:
    """Show every measure as a tile, for the force or for one area."""
    acting = inside(request)
    shown = [each for each in measures.values() if each.tile]
    by_area = next((each.dimension("area") for each in shown if "area" in {d.key for d in each.breakdowns}), None)
    asked = chosen(request.GET.dict(), today=local_day(acting.at), breakdowns=(by_area,) if by_area else ())
    told = measuring.tell_all(acting, shown, span=asked.span, only=asked.only)
    signals = list(queries.signals(acting))
    due = _due(acting, [row.pk for row in signals if row.explained_at is None])
    page = dashboard.dashboard(
        told, signals, chosen=asked, areas=organisation.area_titles(acting), count=len(measures),
        owed={row.measure: due[row.pk] for row in signals if row.pk in due},
    )  # fmt: skip
    return show(request, "performance/dashboard.html", {"page": page})


def _due(acting: Acting, ids: list[UUID]) -> Mapping[UUID, datetime]:
    """Return by when these signals must be explained, where that is still owed."""
    rows = duties.owed(acting).filter(kind=EXPLAIN.key, about__in=ids)
    return dict(rows.order_by().values_list("about", "due_at"))


@door(needs=READ)
def every(request: HttpRequest) -> HttpResponse:
    """Show every measure by its step: what it asks, and who asks for it."""
    return show(request, "performance/every.html", {"groups": lists.every(measures.values()), "count": len(measures)})


@door(needs=READ)
def one(request: HttpRequest, key: str) -> HttpResponse:
    """Show one measure with its chart, what that says, its parts and the rows behind it."""
    acting, which = inside(request), named(key)
    asked = chosen_of(request, acting, which)
    by = request.GET.get("by") or (which.breakdowns[0].key if which.breakdowns else "")
    may_open = which.needs is None or acting.may(which.needs)
    with counting(acting) as counter:
        (told,) = measuring.tell_with(counter, acting, [which], span=asked.span, only=asked.only)
        try:
            table = tables.table_of(counter, acting, which, asked.span, [by], only=asked.only) if by else None
        except tables.NotCounted as wrong:
            raise Http404 from wrong
        begins = table.begins if table else beginning(counter, which)
    rows = list(measuring.behind(acting, which, span=asked.span, only=asked.only)[:LATEST]) if may_open else []
    reading.listed(acting, f"measures.{key}", [which.record(row) for row in rows])
    signals = list(queries.signals(acting, keys=[key])[:LATEST])
    owing = [row.pk for row in signals if row.explained_at is None]
    page = measure.of(
        told, table, chosen=asked, latest=rows, published=list(measuring.published(acting, key=key)[:LATEST]),
        signals=signals, within=_within(acting, which, asked), may_open=may_open,
        begins=begins, may_keep=acting.may(RECORD) or acting.may(PUBLISH), due=_due(acting, owing) if owing else {},
    )  # fmt: skip
    return show(request, "performance/measure.html", {"page": page})


def _within(acting: Acting, which: Measure, asked: Chosen) -> str:
    names = {key: which.dimension(key).words(acting) for key in asked.only}
    return group_words(which, asked.only, names)


@door(needs=READ)
def rows(request: HttpRequest, key: str) -> HttpResponse:
    """Show the rows behind a figure that the reader may open, a page at a time, and say how many are hidden."""
    acting, which = inside(request), named(key)
    if which.needs is not None and not acting.may(which.needs):
        raise Refused(f"None of your roles opens {which.noun[1]}.")
    asked = chosen_of(request, acting, which)
    kind = "all" if request.GET.get("which") == "all" else "counted"
    with counting(acting) as counter:
        figure = counter.whole(which, asked.span, asked.only)
    found = measuring.behind(acting, which, span=asked.span, only=asked.only, which=kind)
    seen, total = (figure.seen_rows, figure.rows) if kind == "all" else (figure.seen, figure.counted)
    paged = _pages(found, seen).get_page(request.GET.get("page"))
    here = list(paged.object_list)
    reading.listed(acting, f"measures.{key}", [which.record(row) for row in here])
    context = {
        "title": which.title,
        "within": _within(acting, which, asked),
        "span": asked.span,
        "table": behind.rows_table(which, here, caption=f"{which.noun[1].capitalize()} behind {which.title}"),
        "seen": seen,
        "total": total,
        "noun": which.noun,
        "kind": kind,
        "number": paged.number,
        "last": paged.paginator.num_pages,
        "back": reverse("performance:measure", args=[key]) + asked.query(),
        "before": behind.page_address(asked, kind, paged.number - 1),
        "after": behind.page_address(asked, kind, paged.number + 1),
    }
    return show(request, "performance/rows.html", context)


def _pages(found: QuerySet[Any], number: int) -> Any:
    """Return the pages of these rows, whose number has been counted already."""
    pages = Paginator(found, A_PAGE)
    pages.__dict__["count"] = number
    return pages


@door(needs=READ)
def signal(request: HttpRequest, id_: UUID) -> HttpResponse:
    """Show a measure that got worse; its owner says why, once, and what is done about it."""
    acting = inside(request)
    row = queries.signal(acting, id_=id_)
    form = ExplainForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            commands.explain(acting, signal=id_, **form.cleaned_data)
        except Refused as refused:
            form.refuse(refused.reasons)
        else:
            tell(request, "Explained. It stays with its date.")
            return redirect("performance:signal", id_=id_)
    due = _due(acting, [id_]).get(id_)
    page = lists.signal(row, due=due, may_explain=acting.may(Permission.EXPLAIN) and row.explained_at is None)
    status = 422 if request.method == "POST" else 200
    return show(request, "performance/signal.html", {"page": page, "form": form}, status=status)


@door(needs=READ)
def figures(request: HttpRequest) -> HttpResponse:
    """Show the inspection report's figures beside the live ones."""
    acting = inside(request)
    found = queries.figures(acting)
    context = {
        "table": lists.figures_table(found),
        "counted": sum(each.counted for each in found),
        "total": len(found),
        "at": acting.at,
    }
    return show(request, "performance/figures.html", context)
