"""The offence list on a day, and its files."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.http import HttpRequest, HttpResponse

from watchward.domains.offences import pages, queries
from watchward.domains.offences.forms import asked_of
from watchward.domains.offences.vocabulary import Permission
from watchward.foundation.intake.cells import csv_text
from watchward.foundation.ui.doors import door, inside
from watchward.foundation.ui.show import show
from watchward.kernel.periods import local_day


@door(needs=Permission.READ)
def listed(request: HttpRequest) -> HttpResponse:
    """Show the offences, outcome types and flags of a day."""
    acting = inside(request)
    asked = asked_of(request.GET, today=local_day(acting.at))
    whole = queries.offence_list(acting)
    rows = queries.offences_on(acting, on=asked.on, typed=asked.typed, group=asked.group, among=whole)
    page = pages.list_page(asked, rows, whole)
    return show(request, "offences/list.html", {"page": page}, status=422 if asked.wrong else 200)


@door(needs=Permission.READ)
def offences_csv(request: HttpRequest) -> HttpResponse:
    """Give the offences of a day as a file."""
    acting = inside(request)
    asked = asked_of(request.GET, today=local_day(acting.at))
    whole = queries.offence_list(acting)
    rows = queries.offences_on(acting, on=asked.on, typed=asked.typed, group=asked.group, among=whole)
    return _file(f"offences-{asked.on}.csv", pages.OFFENCE_COLUMNS, pages.offence_rows(rows, whole, asked.on))


@door(needs=Permission.READ)
def outcomes_csv(request: HttpRequest) -> HttpResponse:
    """Give the outcome types of a day as a file."""
    asked = asked_of(request.GET, today=local_day(inside(request).at))
    return _file(f"outcomes-{asked.on}.csv", pages.OUTCOME_COLUMNS, pages.outcome_rows(asked.on))


def _file(name: str, columns: Sequence[str], rows: Iterable[Sequence[str]]) -> HttpResponse:
    answer = HttpResponse(csv_text(columns, rows), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    answer["Cache-Control"] = "no-store"
    return answer
