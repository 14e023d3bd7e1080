"""Statements whose words are kept give and write what Django would, and are kept only where nothing else decides."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.db.models import F, QuerySet, Value
from django.db.models.functions import Concat
from django.test.utils import CaptureQueriesContext

from tests import factories
from tests.foundation import scene
from watchward.domains.places.models import Place
from watchward.foundation.access.context import as_engine, within
from watchward.foundation.access.models import Holding, Membership
from watchward.foundation.acting import Acting
from watchward.foundation.audit.models import Change
from watchward.foundation.commands import command
from watchward.foundation.duties.models import Duty
from watchward.foundation.records import Handling, NotHere, get, take
from watchward.foundation.statements import Among, Asked, Slot, any_of, change, change_and_insert, insert, send

pytestmark = pytest.mark.django_db


def fields(row: Any) -> dict[str, object]:
    """Return what a row holds, with those joined to it."""
    kept = {name: value for name, value in vars(row).items() if name not in ("_state", "_prefetched_objects_cache")}
    return {**kept, **{name: fields(other) for name, other in row._state.fields_cache.items()}}


class TestAsking:
    """The same rows as from the queryset itself."""

    def test_with_those_joined_prefetched_and_computed(self) -> None:
        """Every value, those that are joined and those that are fetched with it are the same."""
        acting = factories.officer("sergeant", team=factories.team())
        rows = Membership.objects.select_related("team", "account").annotate(named=Concat(F("team__name"), Value("!")))
        rows = rows.prefetch_related("account__holdings")
        with within(acting), as_engine(acting):
            kept = Asked(rows.filter(any_of("account_id", Slot("who"))))
            found = kept.of(who=[acting.account])
            plain = list(rows.filter(account_id=acting.account))
            assert [fields(row) for row in found] == [fields(row) for row in plain]
            assert len(found) == 1
            with CaptureQueriesContext(connection) as sent:
                (held,) = found[0].account.holdings.all()
            assert not len(sent)
            assert held == Holding.objects.get(account_id=acting.account)

    def test_lists_of_values_and_nothing_else(self) -> None:
        """Lists of values come as they do from Django; what would come otherwise is refused when it is made."""
        acting = factories.officer("sergeant")
        with within(acting):
            place = scene.write_place(acting)
            rows = Place.objects.filter(any_of("pk", Slot("keys")))
            assert Asked(rows.values_list("pk", "line")).of(keys=[place.pk, uuid4()]) == [(place.pk, "1 Test Street")]
            with pytest.raises(TypeError):
                Asked(rows.values("pk"))

    def test_one_record_is_seen_by_those_who_may(self) -> None:
        """Taking and getting one record follow its handling, its team and what was opened with a reason."""
        team = factories.team()
        keeper, stranger = factories.officer("sergeant", team=team), factories.officer("sergeant")
        with within(keeper):
            made = [scene.write_place(keeper, line=h.name, handling=h, team=team.number) for h in Handling]
        opener = replace(stranger, opened=frozenset({made[Handling.LOCKED].pk}))
        for acting, seen in ((keeper, 3), (stranger, 1), (opener, 2)):
            with within(acting):
                assert Place.visible_to(acting).filter(pk__in=[place.pk for place in made]).count() == seen
                for place in made:
                    plain = Place.visible_to(acting).filter(pk=place.pk).first()
                    for ask in (get, take):
                        if plain is None:
                            with pytest.raises(NotHere):
                                ask(acting, Place, place.pk)
                        else:
                            assert fields(ask(acting, Place, place.pk)) == fields(plain)


class TestAmong:
    """A population is made once, unless something but its rows decides what it says."""

    def test_made_once_for_whoever_sees_all(self) -> None:
        """The second asking names no rows again, and sees what was written since."""
        asked: list[Acting] = []

        def rows(acting: Acting) -> QuerySet[Place]:
            asked.append(acting)
            return Place.visible_to(acting).filter(town=scene.OWES)

        among, acting = Among(rows), factories.officer("sergeant")
        with within(acting):
            first = scene.write_place(acting, owes=True)
            with as_engine(acting) as engine:
                assert [row.pk for row in among.of(engine, [first.pk])] == [first.pk]
            second = scene.write_place(acting, owes=True)
            other = scene.write_place(acting)
            with as_engine(acting) as engine:
                found = among.of(engine, {first.pk, second.pk, other.pk})
        assert {row.pk for row in found} == {first.pk, second.pk}
        assert len(asked) == 1

    def test_what_depends_on_when_is_made_each_time(self) -> None:
        """Rows that lie before the moment of whoever asks are those before each moment."""
        among = Among(lambda acting: Place.visible_to(acting).filter(made_at__lte=acting.at))
        acting = factories.officer("sergeant")
        with within(acting):
            place = scene.write_place(acting)
            for hours, seen in ((1, 1), (-1, 0), (2, 1)):
                with as_engine(acting.at_time(acting.at + timedelta(hours=hours))) as engine:
                    assert len(among.of(engine, [place.pk])) == seen

    def test_what_the_database_decides_is_made_each_time(self) -> None:
        """Rows that are named by reading something first follow what is read."""

        def rows(acting: Acting) -> QuerySet[Place]:
            first = Place.visible_to(acting).order_by("line").values_list("line", flat=True).first()
            return Place.visible_to(acting).filter(line=first)

        among, acting = Among(rows), factories.officer("sergeant")
        with within(acting):
            late = scene.write_place(acting, line="B")
            with as_engine(acting) as engine:
                assert len(among.of(engine, [late.pk])) == 1
            early = scene.write_place(acting, line="A")
            with as_engine(acting) as engine:
                assert [row.pk for row in among.of(engine, [late.pk, early.pk])] == [early.pk]

    def test_a_reader_has_their_own_scope(self) -> None:
        """Kept for whoever sees all, it shows others no more than they may see."""
        team = factories.team()
        keeper, stranger = factories.officer("sergeant", team=team), factories.officer("sergeant")
        among = Among(Place.visible_to)
        with within(keeper):
            place = scene.write_place(keeper, handling=Handling.SEALED, team=team.number)
            with as_engine(keeper) as engine:
                assert len(among.of(engine, [place.pk])) == 1
            assert len(among.of(keeper, [place.pk])) == 1
        with within(stranger):
            assert among.of(stranger, [place.pk]) == []


class TestWriting:
    """What is written is what Django would have written, with its history."""

    def test_rows_written_and_changed_together(self) -> None:
        """Dates, words with quotes, lists and nothing at all come back as they were; each change has its history."""
        acting, about = factories.officer("sergeant"), uuid4()

        @command(needs=None)
        def write(acting: Acting) -> list[Duty]:
            made = [
                Duty(
                    kind="tests.visit", about=about if n else uuid4(), what="It's \"so\"\n{%s}",
                    subjects=[["person", str(about), "é"]], arose_at=acting.at, rule="A rule",
                    due_at=acting.at + timedelta(microseconds=n), rule_since=acting.at.date(),
                    owed_by_id=acting.account, handling=Handling.OPEN,
                )
                for n in range(2)
            ]  # fmt: skip
            insert(made)
            return made

        @command(needs=None)
        def alter(acting: Acting, rows: list[Duty]) -> None:
            for row in rows:
                row.what, row.subjects, row.owed_by_id, row.harm = "Other", [], None, 3
            change(rows, {"what", "subjects", "owed_by_id"})

        with scene.visits_owed(), within(acting):
            made = write(acting)
            assert [fields(Duty.objects.get(pk=row.pk)) for row in made] == [fields(row) for row in made]
            alter(acting, made)
            read = [Duty.objects.get(pk=row.pk) for row in made]
            assert [(row.what, row.subjects, row.owed_by_id, row.harm) for row in read] == [("Other", [], None, 0)] * 2
            with as_engine(acting):
                history = Change.objects.filter(record__in=[row.pk for row in made]).order_by("id")
                assert [one.operation for one in history] == ["I", "I", "U", "U"]

    def test_a_row_changed_and_another_written_in_one_statement(self) -> None:
        """Both stand, each with its own history, and only the columns named have changed."""
        acting = factories.officer("sergeant")

        def owed(what: str) -> Duty:
            return Duty(
                kind="tests.visit", about=uuid4(), what=what, arose_at=acting.at, due_at=acting.at, rule="A rule",
                rule_since=acting.at.date(), handling=Handling.OPEN,
            )  # fmt: skip

        first, second = owed("First"), owed("Second")

        @command(needs=None)
        def write(acting: Acting) -> None:
            insert([first])

        @command(needs=None)
        def both(acting: Acting) -> None:
            first.what, first.harm = "Changed", 3
            with CaptureQueriesContext(connection) as sent:
                change_and_insert([first], {"what"}, [second])
            assert len(sent) == 1

        with scene.visits_owed(), within(acting):
            write(acting)
            both(acting)
            read = {row.pk: (row.what, row.harm) for row in Duty.objects.filter(pk__in=[first.pk, second.pk])}
            assert read == {first.pk: ("Changed", 0), second.pk: ("Second", 0)}
            with as_engine(acting):
                history = Change.objects.filter(record__in=[first.pk, second.pk]).values_list("record", "operation")
                assert sorted(history) == sorted([(first.pk, "I"), (first.pk, "U"), (second.pk, "I")])

    def test_saving_one_row(self) -> None:
        """New, changed, changed in part, computed by the database, and gone: as ever."""
        acting = factories.officer("sergeant")

        @command(needs=None)
        def walk(acting: Acting, place: Place) -> None:
            place.line, place.locality = "2 Test Street", "A"
            place.save()
            assert fields(Place.objects.get(pk=place.pk)) == fields(place)
            place.line, place.locality = "3 Test Street", "B"
            place.save(update_fields=["locality"])
            read = Place.objects.get(pk=place.pk)
            assert (read.line, read.locality, read.version) == ("2 Test Street", "B", 3)
            read.line = Concat(F("line"), Value("!"))
            read.save()
            assert Place.objects.get(pk=place.pk).line == "2 Test Street!"
            Place.objects.filter(pk=place.pk).delete()
            with pytest.raises(DatabaseError), transaction.atomic():
                place.save(update_fields=["line"])
            with pytest.raises(IntegrityError), transaction.atomic():
                Place.objects.create(reference=place.reference, line="4 Test Street", made_at=acting.at, easting=1)

        with within(acting):
            walk(acting, scene.write_place(acting))

    def test_after_a_command_nobodys_scope_is_lifted(self) -> None:
        """What follows from a command sees all; who acts afterwards sees what they may, and no command is open."""
        acting = factories.officer("sergeant")
        names = ("actor", "engine", "audits", "command")
        told = ", ".join(f"coalesce(current_setting('watchward.{name}', true), '')" for name in names)
        with scene.visits_owed(), within(acting):
            place = scene.write_place(acting, owes=True)
            assert send(f"select {told}", []) == [(str(acting.account), "", "", "")]
            assert Duty.objects.filter(about=place.pk).exists()


def test_a_statement_sent_often_is_prepared() -> None:
    """After a few times the database keeps its plan, and a rollback in between disturbs nobody."""
    acting, number = factories.machinery(), uuid4()

    def ask() -> UUID:
        return send("select %s::uuid as prepared_for_a_test", [number])[0][0]  # type: ignore[no-any-return]

    with within(acting):
        assert {ask() for _ in range(5)} == {number}
        (kept,) = send("select count(*) from pg_prepared_statements where statement like %s", ["%prepared_for_a_test%"])
        assert kept == (1,)
        with pytest.raises(DatabaseError), transaction.atomic():
            send("select 1 / %s::int", [0])
        assert {ask() for _ in range(5)} == {number}
