"""The dashboard: a tile for each measure, always in the same place."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.urls import reverse

from watchward.foundation.measures.drawing import TILE, Drawing, draw
from watchward.foundation.measures.queries import Told
from watchward.foundation.measures.telling import Tone, figure, number, span_words
from watchward.foundation.ui.words import counted, hm, listed, long_day
from watchward.oversight.performance.models import Signal
from watchward.oversight.performance.pages.chosen import Chosen
from watchward.oversight.performance.vocabulary import THEMES

GLYPHS = {
    Tone.ORDINARY: "none", Tone.BETTER: "yes", Tone.WORSE: "no", Tone.SIGNAL: "signal", Tone.TOO_NEW: "under-way",
}  # fmt: skip


@dataclass(frozen=True)
class Tile:
    """One measure on the dashboard: its number, its small chart, what that says, and what it is compared with."""

    title: str
    url: str
    number: str
    unit: str
    drawing: Drawing | None
    glyph: str
    says: str
    beside: str


@dataclass(frozen=True)
class Group:
    """The tiles of one step."""

    title: str
    tiles: tuple[Tile, ...]


@dataclass(frozen=True)
class DashboardPage:
    """The dashboard as a page."""

    lead: str
    basis: str
    groups: tuple[Group, ...]
    areas: tuple[tuple[str, str], ...]
    area: str
    without_area: tuple[str, ...]
    count: int
    chosen: Chosen


def dashboard(
    told: Sequence[Told], signals: Iterable[Signal], *, chosen: Chosen, areas: Mapping[str, str], count: int,
    owed: Mapping[str, datetime],
) -> DashboardPage:  # fmt: skip
    """Return the dashboard.

    Args:
        told: the measures, counted at one moment.
        signals: those that were noticed.
        chosen: the period and the area.
        areas: names by key.
        count: how many measures there are.
        owed: when the explanation of a measure is due, by its key, where one is owed.
    """
    themes = [*THEMES, *dict.fromkeys(each.measure.theme for each in told if each.measure.theme not in THEMES)]
    tiles = {
        theme: tuple(_tile(each, chosen, owed) for each in told if each.measure.theme == theme) for theme in themes
    }
    area = chosen.only.get("area") or ""
    return DashboardPage(
        lead=lead(told, explain={each.measure for each in signals if each.explained_at is None}),
        basis=_basis(told, chosen),
        groups=tuple(Group(theme, tiles[theme]) for theme in themes if tiles[theme]),
        areas=tuple(sorted(areas.items(), key=lambda pair: pair[1])),
        area=area,
        without_area=tuple(
            each.measure.title for each in told if area and "area" not in {one.key for one in each.measure.breakdowns}
        ),
        count=count,
        chosen=chosen,
    )


def _basis(told: Sequence[Told], chosen: Chosen) -> str:
    at = told[0].at if told else None
    counted_at = f" Counted {long_day(at)} {hm(at)}." if at else ""
    return f"{span_words(chosen.span)}. Lines: the months up to then.{counted_at}"


_STANDINGS = (
    (Tone.WORSE, "is worse", "are worse"),
    (Tone.BETTER, "is better", "are better"),
    (Tone.SIGNAL, "has moved", "have moved"),
    (Tone.ORDINARY, "shows only ordinary variation", "show only ordinary variation"),
    (Tone.TOO_NEW, "is too new to judge", "are too new to judge"),
)


def lead(told: Sequence[Told], *, explain: Iterable[str]) -> str:
    """Return the first line: what needs somebody, then how the rest stands; every measure is in one part of it."""
    owing = set(explain)
    needs = sum(each.measure.key in owing for each in told)
    rest = [each.says.tone for each in told if each.measure.key not in owing]
    parts = [f"{counted(needs, 'measure')} {'needs' if needs == 1 else 'need'} an explanation"] if needs else []
    for tone, one, many in _STANDINGS:
        if number_ := rest.count(tone):
            parts.append(f"{counted(number_, 'measure') if not parts else number_} {one if number_ == 1 else many}")
    return f"{listed(parts)}." if parts else "No measure is declared."


def _tile(told: Told, chosen: Chosen, owed: Mapping[str, datetime]) -> Tile:
    measure = told.measure
    others = {each.who: each.value for each in told.others}
    has_values = any(each.point.value is not None for each in told.chart.points)
    due = owed.get(measure.key)
    says = told.says.short + (f". Explanation owed {last_day(due)}" if due else "")
    query = chosen.query() if "area" in {each.key for each in measure.breakdowns} else ""
    return Tile(
        title=measure.title,
        url=reverse("performance:measure", args=[measure.key]) + query,
        number=number(told.value, measure.unit),
        unit=measure.unit.value,
        drawing=draw(told.chart, TILE, unit=measure.unit.value, others=others) if has_values else None,
        glyph=GLYPHS[told.says.tone],
        says=says,
        beside=compared(told),
    )


def last_day(by: datetime) -> str:
    """Return the last day on which something is in time: what is due at midnight is due on the day before it."""
    return long_day(by - timedelta(seconds=1))


def compared(told: Told) -> str:
    """Return what a figure is compared with in a line: somebody else's figure, or our own of a year ago."""
    unit = told.measure.unit
    if told.others:
        return ", ".join(f"{each.who} {each.value:g} {unit.value}" for each in told.others)
    if told.before.rows:
        return f"{figure(told.value_before, unit)} a year before"
    return "Nothing to compare it with a year before"
