"""A record that is locked or sealed later takes along what belongs to it, and nothing else can move those rows."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest
from django.db import DatabaseError, connection, transaction

from tests import factories
from tests.domains.incidents.scenes import NOW, all_six, incident, manager, unit
from watchward.domains.incidents import commands
from watchward.domains.incidents.models import Assessment, Grading, Incident, LogLine
from watchward.domains.incidents.vocabulary import Reached
from watchward.foundation.access.context import as_engine, within
from watchward.foundation.access.models import Team
from watchward.foundation.access.sync import belonging
from watchward.foundation.acting import Acting
from watchward.foundation.audit.models import Change
from watchward.foundation.chronicle.models import Line
from watchward.foundation.commands import command
from watchward.foundation.duties.models import Duty
from watchward.foundation.ledgers import counted
from watchward.foundation.questions.models import Answers
from watchward.foundation.records import Handling, NotHere, get
from watchward.kernel.refusals import Refused

pytestmark = pytest.mark.django_db


@pytest.fixture
def control() -> Team:
    return factories.team("Control")


@pytest.fixture
def boss(control: Team) -> Acting:
    return manager(team=control, supervises=True)


def full(boss: Acting) -> Incident:
    """Open an incident and put something into every table that belongs to one."""
    row, car = incident(boss), unit()
    with within(boss):
        commands.assess(boss, incident=row.pk, answers=all_six())
        commands.record_recontact(boss, incident=row.pk, reached=Reached.SPOKE, words="She is at her sister's")
        sent = commands.send(boss, incident=row.pk, unit=car.pk)
        commands.read_briefing(boss, incident=row.pk)
        commands.record_advice(boss, incident=row.pk, nurse="Nurse Frost", asked="Is she known?", answer="No")
        commands.mark_at_scene(boss, deployment=sent.pk)
    return row


def handlings(row: Incident) -> dict[str, set[tuple[int, int | None]]]:
    """Return how every row is kept that belongs to an incident or names it, and its past with it."""
    machine = factories.machinery()
    with within(machine), as_engine(machine):
        found = {}
        tables: list[tuple[Any, str]] = list(belonging(Incident))
        for model, column in tables:
            rows = model._default_manager.filter(**{column: row.pk})
            found[model._meta.db_table] = set(rows.values_list("handling", "team_id"))
            ids = list(rows.values_list("pk", flat=True))
            past = Change.objects.filter(table=model._meta.db_table, record__in=ids)
            found[f"{model._meta.db_table} past"] = set(past.values_list("handling", "team_id"))
        generic: tuple[tuple[type[Any], str], ...] = ((Duty, "about"), (Answers, "about"), (Line, "opens"))
        for model, column in generic:
            found[model._meta.db_table] = set(
                model._default_manager.filter(**{column: row.pk}).values_list("handling", "team_id")
            )
    return {table: kept for table, kept in found.items() if kept}


@pytest.mark.parametrize("handling", [Handling.LOCKED, Handling.SEALED])
def test_all_that_belongs_to_it_goes_along_and_comes_back(boss: Acting, control: Team, handling: Handling) -> None:
    """Log, assessments and gradings, which are only ever added to; duties that were done; their past in the history."""
    row = full(boss)
    before = handlings(row)
    assert len(before) > 14, before
    with within(boss):
        commands.keep_as(boss, incident=row.pk, handling=handling, reason="An officer is party to it")
    assert {kept for each in handlings(row).values() for kept in each} == {(handling.value, control.number)}
    stranger = factories.officer("sergeant", team=factories.team(), supervises=True)
    with within(stranger):
        with pytest.raises(NotHere):
            get(stranger, Incident, row.pk)
        for model in (LogLine, Assessment, Grading):
            assert not model.visible_to(stranger).filter(incident=row.pk).exists()
            assert not model.objects.filter(incident=row.pk).exists()  # what the database itself gives
        assert not Duty.objects.filter(about=row.pk).exists()
        assert not Change.objects.filter(record=row.pk).exists()
    with within(boss):
        assert LogLine.visible_to(boss).filter(incident=row.pk).order_by("-id")[0].words.endswith("party to it")
        commands.keep_as(boss, incident=row.pk, handling=Handling.OPEN, reason="It is over now")
    assert {kept[0] for each in handlings(row).values() for kept in each} == {0}
    with within(factories.machinery()) as machine:
        assert all(balance.balances for balance in counted(machine))


def test_every_reason_and_who_may(boss: Acting) -> None:
    """No reason, no such handling, another team's: all at once; and only whose role lets them."""
    row = incident(boss)
    other = factories.team()
    with within(boss), pytest.raises(Refused) as found:
        commands.keep_as(boss, incident=row.pk, handling=Handling.SEALED, reason="no", team=other.number)
    assert {reason.field for reason in found.value.reasons} == {"reason", "team"}
    handler = factories.officer("call-handler")
    with within(handler), pytest.raises(Refused, match="None of your roles"):
        commands.keep_as(handler, incident=row.pk, handling=Handling.SEALED, reason="I say so")


def _along(record: UUID, table: str = "incidents_incident") -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f'select "ww_along_{table}"(%s)', [record])


def test_the_function_does_nothing_outside_a_command(boss: Acting) -> None:
    """The app's role calls it by raw SQL with no command open: refused by the database."""
    row = full(boss)
    with within(boss), pytest.raises(DatabaseError, match="has not changed this record"):
        _along(row.pk)
    with within(boss), connection.cursor() as cursor:
        cursor.execute("select id from audit_commandlog order by id desc limit 1")
        [ended] = cursor.fetchone()
        cursor.execute("select set_config('watchward.command', %s, true)", [str(ended)])
        with pytest.raises(DatabaseError, match="has not changed this record"):
            _along(row.pk)


def test_within_a_command_it_serves_only_the_record_that_was_changed(boss: Acting) -> None:
    """Another record cannot be moved under cover of a command, nor rows kept otherwise than their record."""
    row, other = full(boss), full(boss)

    @command(needs=None)
    def misuse(acting: Acting) -> None:
        Incident.objects.filter(pk=row.pk).update(handling=Handling.SEALED, team_id=acting.team)
        with pytest.raises(DatabaseError, match="has not changed this record"):
            _along(other.pk)
        with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
            LogLine.objects.filter(incident=other.pk).update(handling=Handling.SEALED)
        _along(row.pk)

    before = handlings(other)
    with within(boss):
        misuse(boss)
    assert handlings(other) == before
    # Without a function that could be given a handling there is no other way: the rows are what their record is.
    assert {kept[0] for each in handlings(row).values() for kept in each} == {int(Handling.SEALED)}


def test_what_was_done_is_hidden_with_what_it_was_about() -> None:
    """A duty that was discharged before its person was sealed is not left behind for others to read."""
    from tests.domains.people import world
    from watchward.domains.people import commands as people

    keepers = factories.team()
    author = factories.officer("sergeant", team=keepers)
    other = factories.officer("sergeant", team=keepers, supervises=True)
    person = world.kerry(author)
    with within(author):
        marker = people.mark_person(
            author, person=person.pk, kind="violent", words="Threw a chair", grounds="Arrest on 3 May", source="C-1",
            review_on=NOW.date().replace(year=2020),
        )  # fmt: skip
    stranger = world.handler()
    with within(other):
        people.approve_marker(other, marker=marker.pk)
    with within(stranger):
        assert Duty.visible_to(stranger).filter(about=marker.pk, state="discharged").exists()
    with within(other):
        people.keep_as(
            other, person=person.pk, handling=Handling.SEALED, reason="protected person", team=keepers.number
        )
    with within(stranger):
        assert not Duty.objects.filter(about=marker.pk).exists()
