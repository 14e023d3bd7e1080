"""Measures for machines: which there are, and a figure with its basis, its period and when it was counted."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Query, Router, Schema

from watchward.foundation.machines.answers import Mistyped
from watchward.foundation.machines.scopes import Scope, calls
from watchward.foundation.measures import queries, tables
from watchward.foundation.measures.commands import READ
from watchward.foundation.measures.counting import counting
from watchward.foundation.measures.declared import measures
from watchward.foundation.measures.said import declared, told
from watchward.foundation.measures.spans import Span, last_months
from watchward.foundation.records import NotHere
from watchward.kernel.periods import local_day
from watchward.kernel.refusals import Refusal

router = Router(tags=["measures"])


class Declared(Schema):
    """A measure as it is declared."""

    key: str
    title: str
    kind: str
    asks: str
    source: str
    theme: str
    basis: str
    unit: str
    wanted: str
    by: list[str]


class Measures(Schema):
    """Every measure."""

    items: list[Declared]


@router.get("", auth=Scope(READ), response=Measures)
def list_measures(request: HttpRequest) -> Measures:
    """List every measure with the question that it answers, its source and its breakdowns."""
    return Measures(items=[Declared(**declared(each)) for each in measures.values()])


FIRST = date(2000, 1, 1)


@router.get("/{str:key}", auth=Scope(READ), response=dict[str, Any])
def figure(
    request: HttpRequest, key: str,
    first: Annotated[date | None, Query(None, description="First day; with `last`, or the last twelve months")] = None,
    last: date | None = None,
    by: Annotated[str, Query("", max_length=160, description="`month` or breakdowns, parted by commas")] = "",
    leaving: Annotated[bool, Query(False, description="Hide small numbers: the figure leaves the force")] = False,
) -> dict[str, Any]:  # fmt: skip
    """Give a figure: numerator, denominator, basis, period, when it was counted and what is still open."""
    acting = calls(request)
    if key not in measures:
        raise NotHere("no such measure")
    which, today = measures[key], local_day(acting.at)
    year = last_months(today)
    begins, ends = first or year.first, last or year.last
    reasons = []
    if not FIRST <= begins <= ends <= today:
        words = f"Give days from {FIRST.isoformat()} to today, the first not after the last."
        reasons.append(Refusal(words, field="first", code="period"))
    if reasons:
        raise Mistyped(*reasons)
    span = Span(begins, ends)
    try:
        with counting(acting) as counter:
            (known,) = queries.tell_with(counter, acting, [which], span=span)
            parts = [part for part in by.split(",") if part]
            table = tables.table_of(counter, acting, which, span, parts, leaving=leaving)
    except (tables.NotCounted, ValueError) as wrong:
        raise Mistyped(Refusal(f"{wrong}.", field="by", code="breakdown")) from wrong
    return told(known, table)
