"""A command is the only door for writing; what came of each stands in the log."""

from __future__ import annotations

from contextlib import suppress
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import DatabaseError, connection
from django.http import HttpResponse

from tests import factories
from tests.foundation import scene
from watchward.domains.places.models import Place
from watchward.foundation.access.context import as_engine, within
from watchward.foundation.acting import Acting
from watchward.foundation.audit.models import CommandLog, Repeat
from watchward.foundation.commands import Denied, command, current
from watchward.foundation.records import Handling, NotHere, Stale
from watchward.kernel.refusals import Refused

pytestmark = pytest.mark.django_db


class TestTheLog:
    """Every command leaves a row, whatever became of it."""

    def test_done(self) -> None:
        """A command that was done says who, when by both clocks, why and in which transaction."""
        acting = factories.officer("sergeant").for_purpose("checking the street")
        with within(acting):
            scene.write_place(acting)
            (entry,) = scene.log_of(acting)
        assert (entry.outcome, entry.ended, entry.purpose) == ("done", True, "checking the street")
        assert (entry.account_name, entry.at) == (acting.name, factories.NOW)
        assert entry.real_at > factories.NOW

    def test_refused_survives_the_rollback_of_what_it_tried(self) -> None:
        """What it had written is gone; that it was refused, with every reason, stays."""
        acting = factories.officer("sergeant")
        with within(acting):
            with pytest.raises(Refused):
                scene.write_and_refuse(acting, line="9 Nowhere Lane")
            assert not Place.visible_to(acting).filter(line="9 Nowhere Lane").exists()
            (entry,) = scene.log_of(acting)
        assert entry.outcome == "refused"
        assert [reason["words"] for reason in entry.reasons] == ["The street is closed.", "The house is not there."]

    def test_denied(self) -> None:
        """Whoever holds no role for it is refused, and that they tried is known."""
        acting = factories.officer("sergeant")
        with within(acting):
            with pytest.raises(Denied):
                scene.never_allowed(acting)
            assert scene.outcomes(acting) == [("never_allowed", "denied")]

    def test_out_of_scope_answers_as_absent_and_is_known(self) -> None:
        """Another team's sealed record and one that never was get the same answer; both tries are in the log."""
        other = factories.team()
        acting = factories.officer("sergeant", team=factories.team())
        keeper = factories.officer("sergeant", team=other)
        with within(keeper):
            sealed = scene.write_place(keeper, handling=Handling.SEALED, team=other.number)
        with within(acting):
            for place in (sealed.pk, uuid4()):
                with pytest.raises(NotHere) as answer:
                    scene.change_place(acting, place=place, line="2 Test Street")
                assert str(answer.value) == "no such place"
            assert scene.outcomes(acting) == [("change_place", "not found")] * 2

    def test_failed_keeps_the_type_and_nothing_that_was_said(self) -> None:
        """A mistake of ours is in the log by its type alone: its message may hold somebody's data."""
        acting = factories.officer("sergeant")
        with within(acting):
            with pytest.raises(ZeroDivisionError):
                scene.write_and_break(acting, line="9 Nowhere Lane")
            (entry,) = scene.log_of(acting)
            assert not Place.visible_to(acting).exists()
        assert entry.outcome == "failed"
        assert entry.reasons == [{"words": "ZeroDivisionError", "cite": "", "field": "", "code": ""}]

    def test_stale(self) -> None:
        """Two people change one record: the second is told, and the first one's words stand."""
        first, second = factories.officer("sergeant"), factories.officer("sergeant")
        with within(first):
            place = scene.write_place(first)
            scene.change_place(first, place=place.pk, version=1, line="The first one's words")
        with within(second):
            with pytest.raises(Stale) as stale:
                scene.change_place(second, place=place.pk, version=1, line="The second one's words")
            assert scene.outcomes(second) == [("change_place", "stale")]
        assert isinstance(stale.value.record, Place)
        assert (stale.value.record.line, stale.value.record.version) == ("The first one's words", 2)

    def test_nested_commands_have_rows_of_their_own(self) -> None:
        """A command within a command is logged beneath it, and the outer one goes on in its own name."""
        acting = factories.officer("sergeant")
        inner: list[UUID] = []

        @command(needs=None)
        def outer(acting: Acting) -> UUID:
            first = current().id
            inner.append(scene.write_place(acting, line="within").pk)
            Place.objects.filter(pk=inner[0]).update(line="after")
            assert current().id == first
            return first

        with within(acting):
            parent = outer(acting)
            rows = {entry.name.rsplit(".", 1)[-1]: entry for entry in scene.log_of(acting)}
            changes = _changes_of(acting, inner[0])
        assert rows["write_place"].parent == parent
        assert [operation for operation, _command in changes] == ["I", "U"]
        assert changes[0][1] == rows["write_place"].id
        assert changes[1][1] == parent

    def test_somebody_else_within_a_command_gives_the_actor_back(self) -> None:
        """The machinery within an officer's command acts as itself; the officer's own scope stands again after it."""
        acting = factories.officer("sergeant")
        machinery = factories.machinery()

        @command(needs=None)
        def outer(acting: Acting) -> tuple[str, str]:
            before = _actor()
            scene.write_place(machinery)
            return before, _actor()

        with within(acting):
            assert outer(acting) == (str(acting.account), str(acting.account))

    def test_a_failure_outlives_the_rollback_of_its_request(self, client: Any, settings: Any) -> None:
        """A page that breaks in a command is rolled back whole, and the log still says so."""
        from tests.foundation.test_signin import persona, signed_in
        from watchward.foundation.duties import views

        settings.DEMO = True
        client.raise_request_exception = False
        account = persona()
        signed_in(client, account)

        def breaks(*_arguments: object, **_named: object) -> None:
            scene.write_and_break(_acting_as(account.pk), line="9 Nowhere Lane")

        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(views, "_work", breaks)
            assert client.get("/my-work/").status_code == 500
        with within(factories.machinery()) as machinery, as_engine(machinery):
            found = CommandLog.objects.filter(account_id=account.pk, outcome="failed").values_list("name", flat=True)
            assert [name.rsplit(".", 1)[-1] for name in found].count("write_and_break") == 1

    def test_a_page_that_goes_on_after_a_failed_statement_is_no_page(self, client: Any, settings: Any) -> None:
        """What it says was done would be rolled back in silence: it is an error, whatever the page answered."""
        from tests.foundation.test_signin import persona, signed_in
        from watchward.foundation.duties import views

        settings.DEMO = True
        signed_in(client, persona())

        def hides(*_arguments: object, **_named: object) -> HttpResponse:
            with suppress(DatabaseError):
                scene.sql("select 1 / 0")
            return HttpResponse("It is saved.")

        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(views, "show", hides)
            with pytest.raises(DatabaseError, match="the page went on"):
                client.get("/my-work/")
        assert client.get("/my-work/").status_code == 200


def _acting_as(account: UUID) -> Acting:
    from watchward.foundation.access.queries import acting_as

    return acting_as(account, at=factories.NOW, day_of=factories.NOW)


def _changes_of(acting: Acting, record: UUID) -> list[tuple[str, UUID]]:
    from watchward.foundation.audit.queries import history

    return [(change.operation, change.command) for change in history(acting, record=record)]


def _actor() -> str:
    with connection.cursor() as cursor:
        cursor.execute("select current_setting('watchward.actor', true)")
        return str(cursor.fetchone()[0])


class TestOnce:
    """What a machine sends twice has one effect."""

    def test_the_second_gives_what_the_first_made(self) -> None:
        """Same key, same request: one place, and its id the second time."""
        acting = factories.officer("sergeant")
        with within(acting):
            first = scene.write_place.once(acting, "k1", line="4 Once Street")
            second = scene.write_place.once(acting, "k1", line="4 Once Street")
            assert isinstance(first, Place)
            assert second == first.pk
            assert Place.visible_to(acting).filter(line="4 Once Street").count() == 1

    def test_another_request_under_the_same_key_is_refused(self) -> None:
        """A key stands for one request: other words under it are a mistake of the sender."""
        acting = factories.officer("sergeant")
        with within(acting):
            scene.write_place.once(acting, "k1", line="4 Once Street")
            with pytest.raises(Refused) as refused:
                scene.write_place.once(acting, "k1", line="5 Once Street")
            assert refused.value.reasons[0].code == "key-reused"
            assert Place.visible_to(acting).filter(line__contains="Once").count() == 1

    def test_keys_of_two_accounts_do_not_meet(self) -> None:
        """The same key from two senders is two requests."""
        one, other = factories.officer("sergeant"), factories.officer("sergeant")
        for acting in (one, other):
            with within(acting):
                scene.write_place.once(acting, "k1", line="4 Once Street")
        with within(one):
            assert Place.visible_to(one).filter(line="4 Once Street").count() == 2

    def test_a_refused_request_may_be_sent_again(self) -> None:
        """The key of what was refused is free: nothing was done under it."""
        acting = factories.officer("sergeant")
        with within(acting):
            with pytest.raises(Refused):
                scene.write_and_refuse.once(acting, "k1", line="4 Once Street")
            assert not Repeat.objects.filter(key="k1").exists()
