"""What a measure counts, asked for a test in few words."""

from __future__ import annotations

from datetime import date

from watchward.foundation.access.context import within
from watchward.foundation.acting import Acting
from watchward.foundation.measures.counting import Figure, counting
from watchward.foundation.measures.declared import measure
from watchward.foundation.measures.spans import Span

JUNE = Span(date(2019, 6, 1), date(2019, 6, 30))


def figure(acting: Acting, key: str, *, span: Span = JUNE, **only: str | None) -> Figure:
    """Return what a measure counts, of one group where it is named."""
    with within(acting), counting(acting) as counter:
        return counter.whole(measure(key), span, only)


def counts(acting: Acting, key: str, *, span: Span = JUNE, **only: str | None) -> tuple[int, int]:
    """Return how many are counted among how many rows."""
    found = figure(acting, key, span=span, **only)
    return found.counted, found.rows


def value(acting: Acting, key: str, *, span: Span = JUNE) -> float | None:
    """Return the figure as it is said."""
    return figure(acting, key, span=span).value(measure(key), span)
