"""How a record changed is kept by the database itself, can be forgotten, and stays provable."""

from __future__ import annotations

import hashlib
from uuid import UUID

import pytest
from django.db import connection, transaction

from tests import factories
from tests.foundation import scene
from watchward.domains.places.models import Place
from watchward.foundation.access.context import as_engine, within
from watchward.foundation.acting import Acting
from watchward.foundation.audit import queries
from watchward.foundation.audit.models import Change, CommandLog
from watchward.foundation.commands import command
from watchward.foundation.records import Handling

pytestmark = pytest.mark.django_db


def test_one_change_for_each_record_with_who_and_what() -> None:
    """Made, changed and removed: three entries, each with the row as it left it and the command that did it."""
    acting = factories.officer("sergeant")
    with within(acting):
        place = scene.write_place(acting)
        scene.change_place(acting, place=place.pk, line="2 Test Street")
        scene.remove_place(acting, place=place.pk)
        story = queries.story(acting, record=place.pk)
    assert [entry.change.operation for entry in story] == ["I", "U", "D"]
    assert [(entry.change.row or {})["line"] for entry in story] == ["1 Test Street", "2 Test Street", "2 Test Street"]
    assert [entry.command.rsplit(".")[-1] for entry in story] == ["write_place", "change_place", "remove_place"]
    assert {entry.who for entry in story} == {acting.name}


def test_a_bulk_change_has_an_entry_for_each_record() -> None:
    """One statement over many rows is as many entries, all under its command."""
    acting = factories.machinery()

    @command(needs=None)
    def repaint(acting: Acting) -> None:
        Place.objects.filter(line__startswith="Bulk").update(vicinity="")

    with within(acting):
        places = [scene.write_place(acting, line=f"Bulk {n}") for n in range(5)]
        repaint(acting)
        with as_engine(acting):
            entry = CommandLog.objects.filter(name__endswith="repaint").get()
            changed = Change.objects.filter(command=entry.pk)
            assert {change.record for change in changed} == {place.pk for place in places}
            assert changed.count() == 5


def test_each_digest_is_over_the_salt_and_the_row() -> None:
    """What is sealed is a digest that anybody with the salt and the row can compute again."""
    acting = factories.officer("sergeant")
    with within(acting):
        place = scene.write_place(acting)
        with connection.cursor() as cursor:
            cursor.execute("select salt, row::text, digest from audit_change where record = %s", [place.pk])
            salt, row, digest = cursor.fetchone()
    assert hashlib.sha256(UUID(str(salt)).bytes + row.encode()).digest() == bytes(digest)


@pytest.mark.parametrize("handling", [Handling.LOCKED, Handling.SEALED])
def test_what_is_kept_closer_later_takes_its_past_with_it(handling: Handling) -> None:
    """A record that was open when it changed, and is locked or sealed now, shows its past to its team alone."""
    team = factories.team()
    keeper, stranger = factories.officer("sergeant", team=team), factories.officer("sergeant")
    with within(keeper):
        place = scene.write_place(keeper, team=team.number)
        scene.change_place(keeper, place=place.pk, line="2 Test Street")
    with within(stranger):
        assert queries.history(stranger, record=place.pk).count() == 2
    with within(keeper):
        scene.change_place(keeper, place=place.pk, handling=int(handling))
        assert queries.history(keeper, record=place.pk).count() == 3
    with within(stranger):
        assert queries.history(stranger, record=place.pk).count() == 0


def test_a_refused_command_leaves_no_history() -> None:
    """What was rolled back never was."""
    acting = factories.officer("sergeant")
    with within(acting):
        before = Change.objects.count()
        with pytest.raises(Exception, match="closed"), transaction.atomic():
            scene.write_and_refuse(acting, line="9 Nowhere Lane")
        assert Change.objects.count() == before


def test_only_an_auditor_reads_the_log_of_commands() -> None:
    """Others are refused, and see in the table itself no more than their own and their team's."""
    from watchward.kernel.refusals import Refused

    auditor, officer, other = (factories.officer(role) for role in ("auditor", "sergeant", "sergeant"))
    with within(other):
        scene.write_place(other)
    with within(officer):
        scene.write_place(officer)
        with pytest.raises(Refused):
            queries.commands(officer)
        assert {entry.account_id for entry in CommandLog.objects.all()} == {officer.account}
    with within(auditor):
        assert {officer.account, other.account} <= {entry.account_id for entry in queries.commands(auditor)}
