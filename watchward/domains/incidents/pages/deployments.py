"""Every deployment of a day, how long people waited, and every unit."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.urls import reverse

from watchward.domains.incidents.queries import ByGrade, Deployed, Times
from watchward.foundation.ui.parts import Column, Link, Mark, Row, Said, Soft, State, Strong, Sum, Table
from watchward.foundation.ui.words import day_year, hm, lasting
from watchward.kernel.periods import london

HEADINGS = (
    "Sent", "Unit", "Incident", "Area", "Kind", "Grade", "Also", "On the way", "At scene", "Clear", "Target",
    "First reached", "Seconds", "In time", "Delayed",
)  # fmt: skip


@dataclass(frozen=True)
class DayPage:
    """What the report of a day shows.

    Args:
        before: the day before, and ``after`` the day after, as addresses write them; empty after today.
        times: how long people waited, all of them and those with a qualifier.
        answered: in a sentence, how domestic incidents were answered.
    """

    title: str
    day: str
    before: str
    after: str
    sums: tuple[Sum, ...]
    times: tuple[Mark, ...]
    answered: str
    rows: Table
    today: bool


def day_page(
    day: date, found: Sequence[Deployed], times: Iterable[Times], domestic: ByGrade, *, today: date
) -> DayPage:
    """Return the report of a day.

    Args:
        day: the local day.
        found: every deployment of it.
        times: response times of incidents reported on it.
        domestic: how its domestic incidents were answered.
        today: the local day it is.
    """
    incidents = {one.incident: one for one in found}.values()
    late = sum(1 for one in incidents if one.in_time is False or one.delayed)
    on_it = sum(1 for one in found if one.cleared is None)
    sums = (
        Sum(str(len(found)), "Deployments"),
        Sum(str(len(incidents)), "Incidents", (State(f"{late} late or delayed", "late"),) if late else ()),
        Sum(str(on_it), "Not clear yet"),
    )
    return DayPage(
        title=f"Deployments, {day_year(day)}",
        day=day.isoformat(),
        before=(day - timedelta(days=1)).isoformat(),
        after=(day + timedelta(days=1)).isoformat() if day < today else "",
        sums=sums,
        times=times_marks(times),
        answered=answered(domestic),
        rows=_rows(found),
        today=day == today,
    )


def answered(found: ByGrade) -> str:
    """Return how incidents of one kind were answered, in a sentence with its basis."""
    if not found.total:
        return "No domestic incident was reported"
    return (
        f"Of {found.total} domestic incidents reported, {found.fast} were attended as Immediate or Priority and "
        f"{found.by_phone} were closed with nobody at scene"
    )


def times_marks(times: Iterable[Times]) -> tuple[Mark, ...]:
    """Return response times in lines; each begins with a sum that must be true."""
    return tuple(
        Mark(
            one.grade.word,
            (
                Strong(one.of),
                f": {one.reported} reported = {one.attended} attended + {one.waiting} still waiting"
                f" + {one.without} closed with nobody there",
            ),
            _times(one),
        )
        for one in times
    )


def _times(one: Times) -> str:
    words = [f"{one.past_target} of those waiting past their target"] if one.past_target else []
    if one.attended:
        share = round(100 * one.in_time / one.attended)
        words.append(f"{one.in_time} of {one.attended} attended in time ({share}%)")
        words.append(f"Median {_span(one.median)}, 90th centile {_span(one.ninetieth)}")
    return ". ".join(words)


def _span(seconds: float | None) -> str:
    return lasting(timedelta(seconds=seconds)) if seconds is not None else "-"


def _rows(found: Iterable[Deployed]) -> Table:
    names = ("Sent", "Unit", "Incident", "Grade", "On the way", "At scene", "Clear", "Response")
    return Table(
        tuple(Column(name) for name in names),
        tuple(
            Row(
                (
                    hm(one.sent),
                    one.call_sign,
                    Link(f"{one.reference} {one.kind.label}", reverse("incidents:one", args=[one.incident])),
                    one.grade.word,
                    _time(one.en_route),
                    _time(one.at_scene),
                    _time(one.cleared),
                    _response(one),
                )
            )
            for one in found
        ),
        caption="Every deployment",
        stack=True,
        empty="No unit was sent",
    )


def _time(at: datetime | None) -> Said:
    return hm(at) if at else Soft("not yet")


def _response(one: Deployed) -> Said:
    if one.took is None:
        return State("delayed", "late") if one.delayed else Soft("not reached yet")
    words = lasting(timedelta(seconds=one.took))
    if one.in_time is False and one.target and one.reached:
        return (words, " ", State(f"{lasting(one.reached - one.target)} over", "late"))
    return f"{words}, in time" if one.in_time else words


def csv_rows(found: Iterable[Deployed]) -> list[tuple[str, ...]]:
    """Return every deployment as lines of a file, its headings first, times by the clock in London."""
    lines: list[tuple[str, ...]] = [HEADINGS]
    lines += [
        (
            _stamp(one.sent), one.call_sign, one.reference, one.area, one.kind.label, one.grade.words,
            "; ".join(also.label for also in one.qualifiers), _stamp(one.en_route), _stamp(one.at_scene),
            _stamp(one.cleared), _stamp(one.target), _stamp(one.reached),
            str(round(one.took)) if one.took is not None else "",
            {True: "yes", False: "no", None: ""}[one.in_time], "yes" if one.delayed else "no",
        )
        for one in found
    ]  # fmt: skip
    return lines


def _stamp(at: datetime | None) -> str:
    return london(at).isoformat(timespec="seconds") if at else ""
