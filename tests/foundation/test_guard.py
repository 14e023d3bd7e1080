"""The database itself refuses to be written past a command."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from uuid import UUID, uuid4

import psycopg
import pytest
from django.db import DatabaseError, connection, transaction

from tests import factories
from tests.foundation import scene
from watchward.domains.places.models import Place
from watchward.foundation.access.context import within
from watchward.foundation.acting import Acting
from watchward.foundation.commands import command

pytestmark = pytest.mark.django_db


@contextmanager
def refused_by_the_database(*codes: str) -> Iterator[None]:
    """Expect the database itself to refuse, with one of these codes, and go on after it."""
    with pytest.raises((DatabaseError, psycopg.Error)) as caught, transaction.atomic():
        yield
    problem = caught.value.__cause__ if isinstance(caught.value, DatabaseError) else caught.value
    assert getattr(problem, "sqlstate", None) in codes


def _copied() -> None:
    with connection.cursor() as cursor, cursor.copy("copy places_place (id) from stdin") as copy:
        copy.write_row((uuid4(),))


class TestTheGuard:
    """The database itself refuses what does not come through a command, whatever the application does."""

    WAYS: tuple[tuple[str, Callable[[UUID], None], tuple[str, ...]], ...] = (
        ("insert", lambda _id: scene.insert_place(), ("WW001",)),
        ("update", lambda id_: scene.sql("update places_place set line = 'x' where id = %s", id_), ("WW001",)),
        ("update of nothing", lambda _id: scene.sql("update places_place set line = 'x' where false"), ("WW001",)),
        ("delete", lambda id_: scene.sql("delete from places_place where id = %s", id_), ("WW001",)),
        ("bulk create", lambda _id: _bulk(), ("WW001",)),
        ("queryset update", lambda id_: _update(id_), ("WW001",)),
        ("truncate", lambda _id: scene.sql("truncate places_place cascade"), ("42501",)),
        ("copy", lambda _id: _copied(), ("0A000", "WW001", "42501")),
        ("disable the guard", lambda _id: scene.sql("alter table places_place disable trigger all"), ("42501",)),
        ("become the owner", lambda _id: scene.sql("set role ww_owner"), ("42501",)),
        ("write the history", lambda _id: scene.sql("delete from audit_change"), ("42501",)),
        ("write the log", lambda _id: scene.sql("update audit_commandlog set outcome = 'done'"), ("42501",)),
        ("rewrite a trace", lambda _id: scene.sql("update audit_trace set purpose = ''"), ("42501",)),
        ("forget", lambda id_: scene.sql("select ww_forget(%s)", id_), ("42501", "WW001")),
    )

    @pytest.mark.parametrize(("way", "codes"), [(way, codes) for _name, way, codes in WAYS], ids=[w[0] for w in WAYS])
    def test_no_way_round(self, way: Callable[[UUID], None], codes: tuple[str, ...]) -> None:
        """Without an open command each way of writing is refused by the database itself."""
        acting = factories.officer("sergeant")
        with within(acting):
            place = scene.write_place(acting)
            with refused_by_the_database(*codes):
                way(place.pk)
            assert Place.visible_to(acting).get(pk=place.pk).line == "1 Test Street"

    def test_a_forged_command_is_refused(self) -> None:
        """Naming a command that was never opened opens nothing."""
        acting = factories.officer("sergeant")
        with within(acting):
            for forged in (str(uuid4()), "migrate"):
                with refused_by_the_database("WW001"):
                    scene.sql("select set_config('watchward.command', %s, true)", forged)
                    scene.insert_place()

    def test_a_command_that_has_ended_is_refused(self) -> None:
        """A command's own id is worth nothing once it has ended, even in the same transaction."""
        acting = factories.officer("sergeant")
        with within(acting):
            scene.write_place(acting)
            (entry,) = scene.log_of(acting)
            with refused_by_the_database("WW001"):
                scene.sql("select set_config('watchward.command', %s, true)", str(entry.id))
                scene.insert_place()

    @pytest.mark.django_db(transaction=True)
    def test_a_command_of_another_transaction_is_refused(self) -> None:
        """A command that is open is open in its own transaction alone."""
        acting = factories.officer("sergeant")
        mine = uuid4()
        with within(acting), connection.cursor() as cursor:
            cursor.execute(
                "select ww_begin_command(%s, null, 'tests.open', %s, 'x', null, now(), '', '', 'web')",
                [mine, acting.account],
            )
        with within(acting), refused_by_the_database("WW001"):
            scene.sql("select set_config('watchward.command', %s, true)", str(mine))
            scene.insert_place()

    def test_a_command_cannot_be_ended_twice(self) -> None:
        """Ending what is not open is a mistake that shows."""
        with within(factories.machinery()), refused_by_the_database("WW002"):
            scene.sql("select ww_end_command(%s, '')", uuid4())

    def test_what_was_done_cannot_be_noted_by_hand(self) -> None:
        """Only `ww_begin_command` writes that something was done."""
        with within(factories.machinery()), refused_by_the_database("WW002"):
            scene.sql(
                "select ww_note_command(%s, null, 'x', %s, 'x', null, now(), '', '', 'web', 'done', '[]')",
                uuid4(),
                uuid4(),
            )

    def test_a_record_keeps_its_id(self) -> None:
        """Not even a command changes the id of a record."""
        acting = factories.officer("sergeant")

        @command(needs=None)
        def move(acting: Acting, *, place: UUID) -> None:
            Place.objects.filter(pk=place).update(id=uuid4())

        with within(acting):
            place = scene.write_place(acting)
            with pytest.raises(DatabaseError) as caught:
                move(acting, place=place.pk)
        assert getattr(caught.value.__cause__, "sqlstate", "") == "WW003"


def _bulk() -> None:
    id_ = uuid4()
    Place.objects.bulk_create(
        [Place(id=id_, reference="T-2", line="x", normal="x", once="x", made_at=factories.NOW)]
    )  # fmt: skip


def _update(place: UUID) -> None:
    Place.objects.filter(pk=place).update(line="x")
