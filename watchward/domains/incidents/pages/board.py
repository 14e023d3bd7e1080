"""The board: what will we miss."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import urlencode

from django.urls import reverse

from watchward.domains.incidents.pages.clocks import SOON, clock, metres
from watchward.domains.incidents.pages.cover import cover_marks
from watchward.domains.incidents.pages.demand import demand_table, skill_table, surge_mark
from watchward.domains.incidents.queries import Board, Standing
from watchward.domains.incidents.rules import RESPONSE, Length
from watchward.domains.incidents.vocabulary import Grade, Kind, Level, Qualifier, Stage, UnitState
from watchward.foundation.ui.parts import BoardRow, Column, Link, Mark, Row, Said, Soft, State, Strong, Sum, Table
from watchward.foundation.ui.words import hm, lasting
from watchward.kernel.periods import local_day

AT_MOST = 6
"""Rows of one list before it says how many more there are."""


@dataclass(frozen=True)
class Section:
    """One list of the board.

    Args:
        more: words of what is left out, empty where nothing is; ``more_url`` shows it.
        besides: what stands in another list.
    """

    id: str
    title: str
    note: str
    rows: tuple[BoardRow, ...]
    more: str = ""
    more_url: str = ""
    besides: str = ""
    empty: str = "None"
    place: str = ""


@dataclass(frozen=True)
class BoardPage:
    """What the board shows.

    Args:
        title: for the window: what is over and what is soon.
        of: the whole force, or an area.
        areas: key, name and whether it is chosen.
        sums: totals at the top.
        sections: lists of incidents whose clock runs.
        unsent: incidents to which no unit was sent, oldest first.
        there: incidents at which somebody is or was, and that are not closed.
        demand: what waits in each area beside its units.
        skills: of the units on duty.
        surge: of demand that lasts, in a sentence.
        on_duty: how many units are on duty.
        cover: of mental health triage cars.
        paused: whether it stands still.
        pause_url: pauses it, or lets it go on.
        at: as at.
    """

    title: str
    of: str
    areas: tuple[tuple[str, str, bool], ...]
    sums: tuple[Sum, ...]
    sections: tuple[Section, ...]
    unsent: Table
    there: Table
    demand: Table
    skills: Table
    surge: Said
    on_duty: int
    cover: tuple[Mark, ...]
    paused: bool
    pause_url: str
    at: datetime


def board_page(found: Board, *, at: datetime, area: str, paused: bool, whole: bool) -> BoardPage:
    """Return the page of the board.

    Args:
        found: what it stands on.
        at: the moment.
        area: key of the area chosen; empty for the whole force.
        paused: whether it stands still.
        whole: whether the lists are shown to their end.
    """
    waits = [row for row in found.rows if row.incident.at_scene_at is None and row.incident.target_at is not None]
    immediate = [row for row in waits if row.incident.grade == Grade.IMMEDIATE]
    delayed = [row for row in waits if row.incident.stage == Stage.DELAYED]
    priority = [row for row in waits if row.incident.grade == Grade.PRIORITY and row not in delayed]
    scheduled = [row for row in waits if row.incident.grade == Grade.SCHEDULED and row not in delayed]
    names = {key: name for _id, key, name in found.areas}

    def url(**change: str) -> str:
        asked = {"area": area, "pause": "1" if paused else "", "all": "1" if whole else "", **change}
        return "?" + urlencode({name: value for name, value in asked.items() if value})

    late = [row for row in waits if _over(row, at)]
    soon = [row for row in waits if not _over(row, at) and _left(row, at) <= SOON]
    return BoardPage(
        title=f"{len(late)} over target, {len(soon)} due in 15 minutes",
        of=names.get(area, "Whole force"),
        areas=tuple((key, name, key == area) for _id, key, name in found.areas),
        sums=_sums(found, waits, at),
        sections=(
            _section("imm", "Immediate", immediate, at, whole, url(all="1"), note=_targets(at), place="first"),
            _delays(delayed, at, whole, url(all="1")),
            _section(
                "pri", "Priority", priority, at, whole, url(all="1"), note=_target(Grade.PRIORITY, at), place="second",
                besides=_elsewhere(delayed, Grade.PRIORITY),
            ),
            _section(
                "sch", "Scheduled", scheduled, at, whole, url(all="1"), note=_target(Grade.SCHEDULED, at),
                besides=_elsewhere(delayed, Grade.SCHEDULED),
            ),
        ),
        unsent=_unsent(waits, at),
        there=_there(found.rows, at),
        demand=demand_table(found.asked, {id_: name for id_, _key, name in found.areas}),
        skills=skill_table(found.skills),
        surge=surge_mark(found.surge, reverse("incidents:surge", args=[found.surge.pk]) if found.surge else ""),
        on_duty=len(found.units),
        cover=cover_marks(found.cover, found.advice.who, found.advice.number, at),
        paused=paused,
        pause_url=url(pause="" if paused else "1"),
        at=at,
    )  # fmt: skip


def _left(row: Standing, at: datetime) -> timedelta:
    assert row.incident.target_at is not None  # noqa: S101 - only what has a target waits
    return row.incident.target_at - at


def _over(row: Standing, at: datetime) -> bool:
    assert row.incident.target_at is not None  # noqa: S101 - only what has a target waits
    return row.incident.target_at < at


def _short(length: Length | None) -> str:
    return str(length).replace(" minutes", " min").replace(" hours", " h")


def _targets(at: datetime) -> str:
    policy = RESPONSE.value_on(local_day(at))
    return f"target {_short(policy.urban)}, rural {_short(policy.rural)}"


def _target(grade: Grade, at: datetime) -> str:
    return f"target {_short(RESPONSE.value_on(local_day(at)).length(grade, urban=None))}"


def _elsewhere(delayed: Sequence[Standing], grade: Grade) -> str:
    count = sum(1 for row in delayed if row.incident.grade == grade)
    return f"{count} over target, in Delayed" if count else ""


def _sums(found: Board, waits: Sequence[Standing], at: datetime) -> tuple[Sum, ...]:
    owed = [row.delay for row in waits if row.delay is not None]
    late = sum(1 for delay in owed if delay.reassess_by < at)
    unsent = [row for row in waits if not row.going]
    free = sum(1 for unit in found.units if unit.state == UnitState.FREE)
    oldest = min((row.incident.rang_at for row in unsent), default=None)
    return (
        _of_grade(waits, Grade.IMMEDIATE, at),
        _of_grade(waits, Grade.PRIORITY, at),
        Sum(str(len(owed)), "Delayed", (State(f"{late} to re-assess", "late"),) if late else ()),
        Sum(str(len(unsent)), "No unit sent", more=f"oldest {lasting(at - oldest)}" if oldest else ""),
        Sum(str(free), "Units free", (State("none free", "soon"),) if found.units and not free else ()),
    )


def _of_grade(waits: Sequence[Standing], grade: Grade, at: datetime) -> Sum:
    rows = [row for row in waits if row.incident.grade == grade]
    over = sum(1 for row in rows if _over(row, at))
    soon = sum(1 for row in rows if not _over(row, at) and _left(row, at) <= SOON)
    states = [State(f"{over} over", "late")] if over else []
    states += [State(f"{soon} in 15 min", "soon")] if soon else []
    return Sum(str(len(rows)), f"{grade.word} open", tuple(states))


def _section(
    id_: str, title: str, rows: Sequence[Standing], at: datetime, whole: bool, more_url: str, *,
    note: str, place: str = "", besides: str = "",
) -> Section:  # fmt: skip
    shown, more = _cut(rows, whole)
    left = f"{len(more)} more, {clock(more[0].incident.clock_from, _by(more[0]), at).words} or longer" if more else ""
    made = tuple(_row(row, at) for row in shown)
    return Section(id_, title, note, made, left, more_url, besides, place=place)


def _cut(rows: Sequence[Standing], whole: bool) -> tuple[Sequence[Standing], Sequence[Standing]]:
    """Return what is shown and what is only counted; a single row is never only counted."""
    if whole or len(rows) <= AT_MOST + 1:
        return rows, ()
    return rows[:AT_MOST], rows[AT_MOST:]


def _by(row: Standing) -> datetime:
    assert row.incident.target_at is not None  # noqa: S101 - only what has a target waits
    return row.incident.target_at


def _where(row: Standing) -> str:
    return row.known.address or row.incident.place_words or "Place not known"


def _url(row: Standing) -> str:
    return reverse("incidents:one", args=[row.incident.pk])


def _row(row: Standing, at: datetime) -> BoardRow:
    who, more = _going(row)
    return BoardRow(
        clock=clock(row.incident.clock_from, _by(row), at),
        where=_where(row),
        url=_url(row),
        what=(*_what(row), *_reassessed(row, at)),
        who=who,
        who_more=more,
        id=f"i-{row.incident.pk}",
    )


def _what(row: Standing) -> tuple[str, ...]:
    incident = row.incident
    kind = Kind(incident.kind).label.lower()
    also = [Qualifier(key).label.lower() for key in incident.qualifiers if Qualifier(key) in _SHOWN]
    if Kind(incident.kind) is Kind.DOMESTIC:
        also = [words for words in also if words != Qualifier.DOMESTIC_ABUSE.label.lower()]
    rural = [] if incident.urban is not False or incident.grade != Grade.IMMEDIATE else ["rural"]
    said = ", ".join([kind, *also, *rural])
    return (f"{said[:1].upper()}{said[1:]}: {incident.what}",)


_SHOWN = {
    Qualifier.DOMESTIC_ABUSE, Qualifier.MENTAL_ILL_HEALTH, Qualifier.VULNERABLE, Qualifier.CHILD, Qualifier.WEAPON,
}  # fmt: skip


def _reassessed(row: Standing, at: datetime) -> tuple[str, ...]:
    """Return what an incident over its target says of being assessed again, where it stands in another list."""
    if row.delay is None:
        return ()
    when = _when(row)
    told = f". Re-assessed {hm(when)}" if when else ""
    late = row.delay.reassess_by < at
    return (f"{told}. {'Re-assessment was owed' if late else 'To re-assess by'} {hm(row.delay.reassess_by)}",)


def _when(row: Standing) -> datetime | None:
    return row.reassessed.reassessed_at if row.reassessed else None


def _going(row: Standing) -> tuple[Said, Said]:
    """Return who is going, and since when; or that nobody is, and who is nearest."""
    if row.going:
        lead = row.going[0]
        others = f" and {len(row.going) - 1} more" if len(row.going) > 1 else ""
        state = f", {UnitState(lead.unit.state).value}"
        return f"{lead.unit.call_sign}{state}{others}", f"sent {hm(lead.sent_at)}"
    if row.nearest is None:
        return Strong("No unit"), "none free"
    near = row.nearest
    away = f", {metres(near.metres)} in a straight line" if near.metres is not None else ""
    return Strong("No unit"), f"nearest {near.unit.call_sign}{away}"


def _delays(delayed: Sequence[Standing], at: datetime, whole: bool, more_url: str) -> Section:
    rows = sorted((row for row in delayed if row.delay), key=lambda row: row.delay.reassess_by if row.delay else at)
    late = sum(1 for row in rows if row.delay and row.delay.reassess_by < at)
    own = [row for row in rows if row.incident.grade != Grade.IMMEDIATE]
    shown, more = _cut(own, whole)
    others = len(rows) - len(own)
    return Section(
        "del",
        "Delayed, to re-assess",
        f"{len(rows)} owed = {late} late + {len(rows) - late} in time",
        tuple(_delayed_row(row, at) for row in shown),
        f"{len(more)} more" if more else "",
        more_url,
        f"{others} more in Immediate" if others else "",
        "Nothing is delayed",
        "third",
    )


def _delayed_row(row: Standing, at: datetime) -> BoardRow:
    delay = row.delay
    assert delay is not None  # noqa: S101 - only what is delayed stands here
    who, more = _going(row)
    harm = {Level.HIGH: "High harm. ", Level.SOME: "Some harm. ", Level.NONE: ""}[Level(row.incident.harm)]
    when = _when(row)
    told = f"Re-assessed {hm(when)}" if when else "Never re-assessed"
    rung = ", not rung back" if row.owes_ringing else ""
    what: list[Strong | str] = [Strong(harm)] if harm else []
    return BoardRow(
        clock=clock(delay.since, delay.reassess_by, at, over="late", owed="owed"),
        where=_where(row),
        url=_url(row),
        what=(*what, *_what(row), f". {told}{rung}"),
        who=who,
        who_more=more,
        id=f"i-{row.incident.pk}",
    )


def _unsent(waits: Iterable[Standing], at: datetime) -> Table:
    rows = sorted((row for row in waits if not row.going), key=lambda row: row.incident.rang_at)
    return Table(
        (Column("Age"), Column("Incident"), Column("Grade")),
        tuple(
            Row((lasting(at - row.incident.rang_at), Link(_where(row), _url(row)), Grade(row.incident.grade).word))
            for row in rows
        ),
        caption="Incidents to which no unit was sent",
        stack=True,
        empty="Every incident has a unit",
    )


def _there(rows: Iterable[Standing], at: datetime) -> Table:
    reached = sorted(
        (row for row in rows if row.incident.at_scene_at is not None), key=lambda row: row.incident.at_scene_at or at
    )
    return Table(
        (Column("Since"), Column("Incident"), Column("Who")),
        tuple(
            Row(
                (
                    hm(row.incident.at_scene_at or at),
                    Link(_where(row), _url(row)),
                    ", ".join(each.unit.call_sign for each in row.going) or Soft("all clear, not closed"),
                )
            )
            for row in reached
        ),
        caption="Incidents at which somebody is or was",
        stack=True,
        empty="Nobody is at scene",
    )
