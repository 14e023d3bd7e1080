"""Figures as one object: what the API answers and the command line prints."""

from __future__ import annotations

from typing import Any

from watchward.foundation.measures.declared import Measure
from watchward.foundation.measures.queries import Told
from watchward.foundation.measures.suppressing import Cell
from watchward.foundation.measures.tables import Line, Table


def declared(measure: Measure) -> dict[str, Any]:
    """Return a measure as it is declared."""
    return {
        "key": measure.key,
        "title": measure.title,
        "kind": type(measure).__name__.lower(),
        "asks": measure.asks,
        "source": measure.source,
        "theme": measure.theme,
        "basis": measure.basis,
        "unit": measure.unit.value,
        "wanted": measure.wanted.value,
        "by": [each.key for each in measure.breakdowns],
    }


def told(measure: Told, table: Table) -> dict[str, Any]:
    """Return one measure with its judgement and its table; small numbers are null where the table leaves the force."""
    whole = measure.figure
    small = table.leaving and Cell(whole.rows, whole.counted).small()
    return {
        "measure": declared(measure.measure),
        "period": [measure.span.first.isoformat(), measure.span.last.isoformat()],
        "only": dict(measure.only),
        "counted_at": measure.at.isoformat(timespec="seconds"),
        "leaving": table.leaving,
        "begins": {
            "law": table.begins.law.isoformat() if table.begins.law else None,
            "cite": table.begins.cite,
            "data": table.begins.data.isoformat()[:7] if table.begins.data else None,
            "says": list(table.begins.says(measure.span)),
        },
        **_figure(table.measure, table.total if not small else _without(table.total), table),
        # A judgement of single months would tell of small ones: it stays within.
        "judgement": None if table.leaving else measure.says.short,
        "compared": [
            {
                "who": each.who, "value": each.value, "period": [each.first.isoformat(), each.last.isoformat()],
                "source": each.source,
            }
            for each in measure.others
        ],
        "by": list(table.keys),
        "lines": [
            {
                **dict(zip(table.keys, line.keys, strict=True)),
                "names": list(line.names),
                **_figure(table.measure, line, table),
            }
            for line in table.lines
        ],
    }  # fmt: skip


def _without(line: Line) -> Line:
    return Line(line.keys, line.names, None, line.span)


def _figure(measure: Measure, line: Line, table: Table) -> dict[str, Any]:
    figure = line.figure
    if figure is None:
        return {"rows": None, "counted": None, "value": None, "still_open": None, "hidden": True}
    said: dict[str, Any] = {
        "rows": figure.rows,
        "counted": figure.counted,
        "value": figure.value(measure, line.span),
        "still_open": _open(measure, line, table),
        "hidden": False,
    }
    if figure.ninetieth is not None:
        said["ninetieth"] = figure.ninetieth
    if line.interval is not None:
        said["interval"] = [100 * line.interval.lower, 100 * line.interval.upper]
        said["verdict"] = line.verdict.value
    return said


def _open(measure: Measure, line: Line, table: Table) -> int | None:
    figure = line.figure
    if figure is None or measure.open is None:
        return None
    if table.leaving and (line.keys or Cell(figure.open, figure.open).small()):
        return None
    return figure.open
