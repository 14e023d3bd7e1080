"""What was asked of the offence list; nothing personal stands in these addresses."""

from __future__ import annotations

from datetime import date

from django.http import QueryDict

from watchward.domains.offences.pages import Asked
from watchward.domains.offences.vocabulary import OffenceGroup


def asked_of(query: QueryDict, *, today: date) -> Asked:
    """Return what an address asks; what makes no sense falls back to today and to everything, and a day says so."""
    text, group = query.get("day", "").strip(), query.get("group", "")
    on, wrong = today, ""
    if text:
        try:
            on = date.fromisoformat(text)
        except ValueError:
            wrong = "Give the day as 2019-07-01"
    known = OffenceGroup(group) if group in list(OffenceGroup) else None
    return Asked(on, query.get("q", "").strip()[:80], known, wrong)
