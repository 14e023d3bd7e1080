"""The map of published crime, its file, and its areas for a map that moves."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.safestring import mark_safe

from watchward.domains.offences.vocabulary import Category
from watchward.foundation.acting import Acting
from watchward.foundation.intake.cells import csv_text
from watchward.foundation.ui.doors import door, inside
from watchward.foundation.ui.show import show
from watchward.oversight.open_data import pages, queries
from watchward.oversight.open_data.forms import asked_of
from watchward.oversight.open_data.pages import Asked, Counted
from watchward.oversight.open_data.vocabulary import MonthLoaded, Permission


@door(needs=Permission.READ)
def crime_map(request: HttpRequest) -> HttpResponse:
    """Show crime by small area, type and month, with its table and a sum of every row read."""
    acting = inside(request)
    loaded = queries.months(acting)
    asked = asked_of(request.GET, loaded)
    weights = queries.weights(acting, on=asked.until) if asked.harm else None
    outlines = queries.outlines(acting, district=asked.district)
    if not loaded or not outlines:
        return show(request, "open_data/nothing.html", {"months": len(loaded), "areas": len(outlines)})

    def draw() -> Drawn:
        page = pages.map_page(
            asked, loaded, _count(acting, asked, weights), outlines, weights=weights,
            repeats=queries.repeats(acting, since=asked.since, until=asked.until),
            editions=queries.editions_counted(acting, since=asked.since, until=asked.until),
        )  # fmt: skip
        areas, lines = (
            mark_safe(render_to_string(f"open_data/{name}.html", {"page": page}))  # noqa: S308 - from our own templates
            for name in ("areas", "lines")
        )
        return Drawn(page, areas, lines)

    drawn = queries.counted(acting, ("map", asked, tuple(sorted((weights or {}).items()))), draw)
    context = {"page": drawn.page, "areas": drawn.areas, "lines": drawn.lines}
    return show(request, "open_data/map.html", context)


@dataclass(frozen=True)
class Drawn:
    """A map as it is drawn for everybody who may see it.

    Args:
        page: what it says.
        areas: its shapes, marked up.
        lines: the lines of its table, marked up.
    """

    page: pages.MapPage
    areas: str
    lines: str


def _count(acting: Acting, asked: Asked, weights: Mapping[Category, Decimal] | None) -> Counted:
    cells = queries.cells(acting, since=asked.since, until=asked.until, category=asked.category, weights=weights)
    return pages.count(cells, queries.area_names(acting), asked)


@door(needs=Permission.READ)
def crime_csv(request: HttpRequest) -> HttpResponse:
    """Give every area of the map as a file."""
    acting = inside(request)
    loaded: list[MonthLoaded] = queries.months(acting)
    asked = asked_of(request.GET, loaded)
    weights = queries.weights(acting, on=asked.until) if asked.harm else None
    editions = queries.editions_counted(acting, since=asked.since, until=asked.until)
    rows = pages.csv_rows(_count(acting, asked, weights), asked, loaded, pages.editions_said(asked, loaded, editions))
    answer = HttpResponse(csv_text(*rows), content_type="text/csv; charset=utf-8")
    name = f"published-crime-{asked.since:%Y-%m}-{asked.until:%Y-%m}.csv"
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    answer["Cache-Control"] = "no-store"
    return answer


@door(needs=Permission.READ)
def areas(request: HttpRequest) -> HttpResponse:
    """Give the county's areas as GeoJSON; whoever has them already is told that they still hold."""
    packed = queries.geometries(inside(request))
    zipped = "gzip" in request.headers.get("Accept-Encoding", "")  # nothing secret stands beside it to be guessed at
    if request.headers.get("If-None-Match") == f'"{packed.tag}"':
        answer = HttpResponse(status=304)
    else:
        answer = HttpResponse(packed.gzipped if zipped else packed.text, content_type="application/geo+json")
        if zipped:
            answer["Content-Encoding"] = "gzip"
    answer["ETag"] = f'"{packed.tag}"'
    answer["Vary"] = "Accept-Encoding, Cookie"
    answer["Cache-Control"] = "private, no-cache"
    return answer
