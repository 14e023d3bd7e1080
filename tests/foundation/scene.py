"""A small stage for tests of the core: places in any handling, written by commands made for the tests."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

from django.db import connection
from django.db.models import QuerySet

from watchward.domains.places.models import Place
from watchward.foundation.access.context import as_engine
from watchward.foundation.access.models import Team
from watchward.foundation.access.owners import Owner, PersonOf, SupervisorOf, TeamOf
from watchward.foundation.acting import Acting, fresh_id
from watchward.foundation.audit.models import CommandLog
from watchward.foundation.chronicle import balances as chronicle_balances
from watchward.foundation.chronicle import kinds as chronicle_kinds
from watchward.foundation.chronicle.kinds import About, ChronicleKind, Says
from watchward.foundation.commands import command, current
from watchward.foundation.duties import balances as duty_balances
from watchward.foundation.duties import kinds as duty_kinds
from watchward.foundation.duties.kinds import Due, DutyKind, Step
from watchward.foundation.ledgers import ledgers
from watchward.foundation.records import Handling, take
from watchward.kernel.dated import Dated, Version
from watchward.kernel.periods import Hours
from watchward.kernel.refusals import Refused

OWES, DONE = "owes", "done"
"""A place owes a visit when its town says so, and has had it when its locality does: the tests' own convention."""


@command(needs=None)
def write_place(
    acting: Acting, *, line: str = "1 Test Street", handling: int = Handling.OPEN, team: int | None = None,
    owes: bool = False, about: UUID | None = None,
) -> Place:  # fmt: skip
    """Write a place."""
    id_ = fresh_id()
    return Place.objects.create(
        id=id_, reference=f"T-{id_.hex[-12:]}", line=line, normal=line.lower(), handling=handling, team_id=team,
        once=str(id_) if handling == Handling.OPEN else None, made_at=acting.at, town=OWES if owes else "",
        vicinity=str(about or ""),
    )  # fmt: skip


@command(needs=None)
def change_place(acting: Acting, /, *, place: UUID, version: int | None = None, **fields: Any) -> Place:
    """Change a place."""
    row = take(acting, Place, place, version=version)
    for name, value in fields.items():
        setattr(row, name, value)
    if "handling" in fields:
        row.once = str(row.pk) if row.handling == Handling.OPEN else None
    row.save()
    return row


@command(needs=None)
def seal_by_machinery(acting: Acting, *, place: UUID) -> None:
    """Seal a place to its team, which need not be that of whoever asks."""
    with as_engine(acting, command=str(current().id)):
        Place.objects.filter(pk=place).update(handling=Handling.SEALED, once=None)


@command(needs=None)
def remove_place(acting: Acting, *, place: UUID) -> None:
    """Remove a place."""
    take(acting, Place, place).delete()


@command(needs=None)
def write_and_refuse(acting: Acting, *, line: str) -> None:
    """Write a place, then refuse for two reasons."""
    write_place(acting, line=line)
    raise Refused("The street is closed.", "The house is not there.")


@command(needs=None)
def write_and_break(acting: Acting, *, line: str) -> None:
    """Write a place, then fail as a mistake of ours would."""
    write_place(acting, line=line)
    raise ZeroDivisionError("a number that stands for somebody's secret")


@command(needs="places.no-role-has-this")
def never_allowed(acting: Acting) -> None:
    """Do what nobody may."""


def _population(acting: Acting) -> QuerySet[Place]:
    return Place.visible_to(acting).filter(town=OWES)


def _met(acting: Acting) -> QuerySet[Place]:
    return Place.visible_to(acting).filter(locality=DONE)


VISITED_WITHIN = Dated(
    chosen_by="the day on which the place was recorded",
    versions=(Version(in_force=date(2018, 1, 1), value=Hours(24), cite="A rule of these tests"),),
    policy=True,
)


def _due(place: Place) -> Due:
    version = VISITED_WITHIN.versions[0]
    return Due(place.made_at, version.value.due(place.made_at), version.cite, version.in_force)


@contextmanager
def visits_owed(
    *, by_words: bool = False, owner: Owner | None = None, escalates: tuple[Step, ...] = (), harm: int = 1
) -> Iterator[DutyKind]:
    """Let places that owe a visit owe it, for as long as this lasts.

    Args:
        by_words: discharged with words; otherwise by the place itself saying that it is done.
        owner: who owes it; the place's team unless given.
        escalates: where it goes when late.
        harm: how bad it is when late.
    """
    kind = DutyKind(
        key="tests.visit",
        asks="Was this place visited?",
        about=Place,
        population=_population,
        met=None if by_words else _met,
        due=_due,
        owed_by=owner or TeamOf(),
        says=lambda place: place.line,
        subjects=lambda place: [About("place", place.pk, "visited")],
        harm=lambda _place: harm,
        escalates=escalates,
        rules=(VISITED_WITHIN,),
    )
    duty_balances.hang_ledgers()
    try:
        yield kind
    finally:
        del duty_kinds.kinds[kind.key]
        del ledgers[f"duties.{kind.key}"]


def _told(acting: Acting) -> QuerySet[Place]:
    return Place.visible_to(acting).exclude(vicinity="")


def _says(_acting: Acting, places: Any) -> Iterator[Says]:
    for place in places:
        yield Says(
            source=place.pk, about=[About("person", UUID(place.vicinity), "seen there")], since=place.made_at,
            headline=place.line, handling=place.handling, team=place.team_id, reference=place.reference,
        )  # fmt: skip


@contextmanager
def places_told() -> Iterator[ChronicleKind]:
    """Let places with somebody in their vicinity say so in the chronicle, for as long as this lasts."""
    kind = ChronicleKind(key="tests.place", title="Where somebody was seen", source=Place, live=_told, says=_says)
    chronicle_balances.hang_ledgers()
    try:
        yield kind
    finally:
        del chronicle_kinds.kinds[kind.key]
        del ledgers[f"chronicle.{kind.key}"]


def step(hours: int, *, supervisor: bool = True) -> Step:
    """Return an escalation to whoever supervises the team, so many hours after it was due."""
    to: Owner = SupervisorOf("owed_by_team_id") if supervisor else PersonOf("owed_by_id", "owed_by_team_id")
    return Step(timedelta(hours=hours), to)


def team_numbers(*teams: Team) -> frozenset[int]:
    """Return the numbers of these teams."""
    return frozenset(team.number for team in teams)


def log_of(acting: Acting) -> list[CommandLog]:
    """Return what the log says of this account, in the order in which it was written."""
    with as_engine(acting):
        return list(CommandLog.objects.filter(account_id=acting.account).order_by("real_at"))


def outcomes(acting: Acting) -> list[tuple[str, str]]:
    """Return the last part of each name and how it ended."""
    return [(entry.name.rsplit(".", 1)[-1], entry.outcome) for entry in log_of(acting)]


def sql(statement: str, *values: str | UUID) -> None:
    """Run a statement as the application's own role."""
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


def insert_place() -> None:
    """Write a place past every command."""
    sql(
        "insert into places_place (id, reference, version, handling, made_at, line, locality, town, postcode, normal, "
        "vicinity, once, position_from, lsoa, ward, district, urban_given, handling_words) "
        "values (%s, 'T-1', 1, 0, now(), 'x', '', '', '', 'x', '', 'x', '', '', '', '', false, '')",
        uuid4(),
    )
