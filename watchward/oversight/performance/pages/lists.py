"""Every measure, the report's figures beside the live ones, and one signal."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.urls import reverse

from watchward.foundation.measures.declared import Measure, Unit
from watchward.foundation.measures.telling import figure, month, span_words
from watchward.foundation.ui.parts import Column, Link, Mark, Row, Soft, Table
from watchward.foundation.ui.words import long_day, moment
from watchward.oversight.performance.models import Signal
from watchward.oversight.performance.pages.dashboard import last_day
from watchward.oversight.performance.queries import Beside
from watchward.oversight.performance.vocabulary import THEMES


def every(measures: Iterable[Measure]) -> tuple[tuple[str, Table], ...]:
    """Return every measure by its step, as tables."""
    rows = list(measures)
    themes = [*THEMES, *dict.fromkeys(each.theme for each in rows if each.theme not in THEMES)]
    columns = (Column("Measure"), Column("What it answers"), Column("Asked for by"), Column("Key"))
    return tuple(
        (
            theme,
            Table(
                columns,
                tuple(
                    Row((Link(each.title, reverse("performance:measure", args=[each.key])), each.asks, each.source,
                         Soft(each.key)))
                    for each in rows
                    if each.theme == theme
                ),
                caption=f"Measures: {theme}",
                stack=True,
            ),
        )
        for theme in themes
        if any(each.theme == theme for each in rows)
    )  # fmt: skip


def figures_table(found: Sequence[Beside]) -> Table:
    """Return the report's figures beside the live ones."""
    columns = (Column("Figure"), Column("Line"), Column("Report"), Column("Live"), Column("Basis and period"))
    return Table(columns, tuple(Row(_cells(each)) for each in found), caption="The report's figures", stack=True)


def _cells(each: Beside) -> tuple[str | Link | Soft | tuple[str | Soft, ...], ...]:
    reported = each.reported
    name: str | Link = reported.meaning
    live: str | Soft = Soft("not yet")
    basis: str | tuple[str | Soft, ...] = ""
    if each.measure is not None and each.span is not None:
        query = ""
        if reported.first and reported.last:
            query = f"?from={reported.first.isoformat()}&to={reported.last.isoformat()}"
        name = Link(reported.meaning, reverse("performance:measure", args=[each.measure.key]) + query)
        live = figure(each.live, each.measure.unit) if each.live is not None else Soft("nothing to count")
        basis = (f"{each.basis}, ", Soft(span_words(each.span)))
    elif reported.first and reported.last:
        basis = f"{long_day(reported.first)} to {long_day(reported.last)}"
    return (name, reported.line, reported.says, live, basis)


@dataclass(frozen=True)
class SignalPage:
    """One measure that got worse, and what was said of why."""

    id: UUID
    title: str
    url: str
    lead: str
    facts: tuple[Mark, ...]
    explained: tuple[Mark, ...]
    may_explain: bool


def signal(row: Signal, *, due: datetime | None, may_explain: bool) -> SignalPage:
    """Return the page of a signal.

    Args:
        row: the signal, with who explained it.
        due: by when it must be explained, where that is still owed.
        may_explain: whether the reader may.
    """
    unit = Unit(row.unit)
    facts = [
        Mark("Moved", f"{row.side.capitalize()} since {month(row.since)}, last settled in {month(row.last)}"),
        Mark("Figure", f"{figure(row.value, unit)} in {month(row.last)}, average before {figure(row.average, unit)}"),
        Mark("Noticed", moment(row.noticed_at)),
    ]
    if due is not None:
        facts.append(Mark("Owed by", last_day(due)))
    explained: tuple[Mark, ...] = ()
    if row.explained_at is not None:
        by = row.explained_by.display_name if row.explained_by else ""
        explained = (
            Mark("Why", row.explanation),
            Mark("What is done", row.follows),
            Mark("Said", f"{moment(row.explained_at)}, {by}"),
        )
    return SignalPage(
        id=row.pk, title=row.title, url=reverse("performance:measure", args=[row.measure]),
        lead="That is more than this measure moves by itself. A signal is no proof of a cause.",
        facts=tuple(facts), explained=explained, may_explain=may_explain,
    )  # fmt: skip
