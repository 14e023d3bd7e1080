"""What was asked of the map: a category, months, a district; nothing personal stands in these addresses."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.http import QueryDict

from watchward.domains.offences.vocabulary import Category
from watchward.domains.organisation.vocabulary import DISTRICTS
from watchward.oversight.open_data.pages import Asked
from watchward.oversight.open_data.vocabulary import MonthLoaded

AT_FIRST = 3
"""Months that are shown when none are asked for: the last that are loaded."""


def asked_of(query: QueryDict, loaded: Sequence[MonthLoaded]) -> Asked:
    """Return what an address asks; what is not among the choices falls back to the first of them."""
    months = {f"{one.month:%Y-%m}": one.month for one in loaded}
    ordered = [one.month for one in loaded] or [date(2010, 12, 1)]
    since = months.get(query.get("from", ""), ordered[-AT_FIRST:][0])
    until = months.get(query.get("to", ""), ordered[-1])
    crime, district = query.get("crime", ""), query.get("district", "")
    return Asked(
        since=min(since, until),
        until=max(since, until),
        category=Category(crime) if crime in list(Category) else None,
        district=district if district in DISTRICTS else "",
        harm=query.get("by") == "harm",
        everything=query.get("all") == "yes",
    )
