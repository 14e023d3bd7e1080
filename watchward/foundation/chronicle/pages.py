"""Lines of the chronicle as pages show them."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from django.urls import NoReverseMatch, reverse

from watchward.foundation.chronicle.kinds import kinds
from watchward.foundation.chronicle.models import Line as Told
from watchward.foundation.records import Handling
from watchward.foundation.ui.parts import Hand, Line, State


def hand(handling: int) -> Hand | None:
    """Return the badge of a record that is not open; a sealed one has none, whoever may see it."""
    return Hand("locked") if handling == Handling.LOCKED else None


def url_of(kind: str, source: UUID) -> str:
    """Return the page of what a line tells; empty where there is none."""
    told = kinds.get(kind)
    if told is None or not told.url:
        return ""
    try:
        return reverse(told.url, args=[source])
    except NoReverseMatch:
        return ""


def shown(told: Iterable[Told]) -> tuple[Line, ...]:
    """Return what stands and what happened about one subject."""
    return tuple(
        Line(
            row.since,
            row.headline,
            url=url_of(row.kind, row.source),
            beneath=row.detail,
            state=State(row.state, "ok" if row.stands else "none") if row.state else hand(row.handling),
            harm=bool(row.harm),
        )
        for row in told
    )
