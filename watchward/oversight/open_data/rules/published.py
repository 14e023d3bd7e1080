"""What a published row may hold, and how finished a month is."""

from __future__ import annotations

from datetime import date
from typing import Final

PUBLISHED_AS: Final = "Staffordshire Police"
"""How the force is called in the files that are published of it."""

BEGINS: Final = date(2010, 12, 1)
"""The first month of street-level data."""

SETTLED: Final = 0.15
"""A month of which a larger share is still open is not settled: its shares will change."""

SOURCES: Final = (
    "Contains public sector information from data.police.uk licensed under the Open Government Licence v3.0.",
    "Source: Office for National Statistics licensed under the Open Government Licence v.3.0.",
    "Contains OS data © Crown copyright and database right.",
)
"""Shown wherever the data is shown."""

WEIGHT_SOURCES: Final = (
    "Contains Home Office data licensed under the Open Government Licence v3.0.",
)  # fmt: skip
"""Shown besides where harm is weighed."""


def is_settled(*, with_outcome: int, open_: int) -> bool:
    """Return whether a month's outcomes may be judged: at most 15 in 100 are still open."""
    return open_ <= SETTLED * with_outcome


def month_of(text: str) -> date | None:
    """Return the first day of a month written as 2018-12; None where it is none that can be published."""
    try:
        month = date.fromisoformat(f"{text}-01") if len(text) == 7 else None
    except ValueError:
        return None
    return month if month is not None and month >= BEGINS else None
