"""A made town for measures: incidents of chosen months, areas, grades and minutes, written in bulk by one command."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import count
from uuid import UUID

from watchward.domains.incidents.models import Delay, Incident
from watchward.domains.incidents.vocabulary import Grade, Kind, Level, Stage
from watchward.domains.organisation.models import Area
from watchward.foundation.access.context import as_engine
from watchward.foundation.acting import Acting, fresh_id
from watchward.foundation.commands import command, current
from watchward.foundation.measures.spans import next_month
from watchward.foundation.records import Handling

TARGET = {Grade.IMMEDIATE: 15, Grade.PRIORITY: 60, Grade.SCHEDULED: 2880}
_next = count(1)


@dataclass(frozen=True)
class Happened:
    """One incident.

    Args:
        at: when it was reported, UTC.
        grade: its grade.
        minutes: after which somebody was there; None where nobody came.
        closed: minutes after which it was closed; None while it is open.
        area: key of its area; empty where none is recorded.
        also: its qualifiers.
        handling: open, locked or sealed, to ``team``.
    """

    at: datetime
    grade: Grade = Grade.IMMEDIATE
    minutes: float | None = 10
    closed: float | None = 5000
    area: str = ""
    also: tuple[str, ...] = ()
    handling: Handling = Handling.OPEN
    team: int | None = None


def moment(day: date, hour: int = 12) -> datetime:
    """Return a moment of a day in UTC."""
    return datetime(day.year, day.month, day.day, hour, tzinfo=UTC)


@command(needs=None)
def found_areas(acting: Acting, *, names: Iterable[str]) -> dict[str, Area]:
    """Found areas, each called as its key with a capital."""
    return {
        name: Area.objects.create(key=name, name=name.capitalize(), since=date(2016, 4, 1), until=None)
        for name in names
    }


@command(needs=None)
def happens(acting: Acting, *, rows: Iterable[Happened]) -> list[Incident]:
    """Write incidents as they happened."""
    areas = dict(Area.objects.values_list("key", "pk"))
    made = [_incident(row, areas) for row in rows]
    with as_engine(acting, command=str(current().id)):  # some are kept to other teams than the writer's
        Incident.objects.bulk_create(made, batch_size=2_000)
    return made


def _incident(row: Happened, areas: dict[str, UUID]) -> Incident:
    there = row.at + timedelta(minutes=row.minutes) if row.minutes is not None else None
    closed = row.at + timedelta(minutes=row.closed) if row.closed is not None else None
    stage = Stage.CLOSED if closed else Stage.AT_SCENE if there else Stage.OPEN
    minutes = TARGET.get(row.grade)
    return Incident(
        id=fresh_id(), reference=f"T-{next(_next):07d}", kind=Kind.CONCERN, what="Somebody is worried",
        area_id=areas.get(row.area), urban=True, rang_at=row.at, graded_at=row.at, at_scene_at=there,
        closed_at=closed, grade=row.grade, first_grade=row.grade, clock_from=row.at,
        target_at=row.at + timedelta(minutes=minutes) if minutes else None, target_words="as the test says",
        stage=stage, harm=Level.SOME, qualifiers=list(row.also), outcome="Dealt with" if closed else "",
        made_at=row.at, handling=row.handling, team_id=row.team,
    )  # fmt: skip


def months(first: date, number: int) -> Iterator[date]:
    """Yield the first day of so many months."""
    for _ in range(number):
        yield first
        first = next_month(first)


def month_of(month: date, *, rows: int, in_time: int, area: str = "", also: tuple[str, ...] = ()) -> list[Happened]:
    """Return emergencies of one month, of which so many were attended in time and the others after 30 minutes."""
    return [
        Happened(moment(month + timedelta(days=n % 27)), minutes=10 if n < in_time else 30, area=area, also=also)
        for n in range(rows)
    ]


@command(needs=None)
def waits(acting: Acting, /, *, incident: Incident, **fields: datetime | None) -> Delay:
    """Write that an incident stood past its target, with what was done by when."""
    since = incident.target_at
    assert since is not None
    given = {"reassess_by": since + timedelta(minutes=10), "recontact_by": since + timedelta(minutes=20), **fields}
    return Delay.objects.create(
        incident=incident, number=1, since=since, noticed_at=since, harm=incident.harm, handling=incident.handling,
        team_id=incident.team_id, **given,
    )  # fmt: skip
