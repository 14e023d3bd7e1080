"""Ledgers and sums of what is owed: nothing leaves a queue without an accounted destination."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from tests import factories
from tests.foundation import scene
from watchward.domains.places.models import Place
from watchward.foundation.access.context import as_engine, within
from watchward.foundation.acting import Acting
from watchward.foundation.commands import command
from watchward.foundation.duties import balances, commands, engine, queries
from watchward.foundation.duties.kinds import DutyKind
from watchward.foundation.duties.models import Duty, State
from watchward.foundation.duties.queries import Scope
from watchward.foundation.ledgers import Balance, counted
from watchward.foundation.records import Handling

pytestmark = pytest.mark.django_db

HOUR = timedelta(hours=1)


class TestLedgers:
    """Population = done + open + released, and a duty that is dropped shows."""

    @hypothesis_settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(
        steps=st.lists(
            st.tuples(st.integers(0, 3), st.sampled_from(["write", "done", "leave", "return", "release", "remove"])),
            max_size=12,
        )
    )
    def test_whatever_happens_it_balances(self, steps: list[tuple[int, str]]) -> None:
        """Any order of writing, doing, leaving, coming back, releasing and removing leaves a ledger that adds up."""
        acting = factories.officer("sergeant")
        with scene.visits_owed() as kind, transaction.atomic(), within(acting):
            places: dict[int, Place] = {}
            for number, what in steps:
                _play(acting, places, number, what)
            with as_engine(acting) as sees:
                balance = balances.ledger_of(kind)(sees)
                assert balance.balances, balance
                assert engine.missing(sees, kind) == set()
            transaction.set_rollback(True)

    def test_an_injected_drop_is_caught_and_the_night_mends_it(self) -> None:
        """A duty deleted behind the engine's back: the ledger says which is missing, and the nightly proof opens it."""
        acting = factories.machinery()

        @command(needs=None)
        def drop(acting: Acting) -> None:
            Duty.objects.all()[0:1].get().delete()

        with scene.visits_owed() as kind, within(acting):
            for _ in range(3):
                scene.write_place(acting, owes=True)
            drop(acting)
            (fault,) = _balance(acting, kind).faults
            assert fault == "1 missing"
            assert commands.prove(acting) == {"tests.visit": 1}
            assert _balance(acting, kind).balances
            assert commands.prove(acting) == {}

    def test_a_record_changed_behind_the_engines_back_is_caught(self) -> None:
        """A place that no longer owes it while its duty stays open is a fault in words."""
        acting = factories.machinery()

        @command(needs=None)
        def lose(acting: Acting) -> None:
            Duty.objects.filter(kind="tests.visit").update(about=uuid4())

        with scene.visits_owed() as kind, within(acting):
            scene.write_place(acting, owes=True)
            lose(acting)
            faults = _balance(acting, kind).faults
        assert faults == ("1 missing", "1 open about records that do not owe it")

    def test_every_ledger_of_the_house_balances_on_a_small_stage(self) -> None:
        """All that is declared anywhere adds up."""
        acting = factories.officer("sergeant", team=factories.team())
        with scene.visits_owed(), scene.places_told(), within(acting):
            place = scene.write_place(acting, owes=True, about=uuid4(), handling=Handling.LOCKED, team=acting.team)
            scene.change_place(acting, place=place.pk, locality=scene.DONE)
            with as_engine(acting) as sees:
                assert [each.key for each in counted(sees) if not each.balances] == []


def _play(acting: Acting, places: dict[int, Place], number: int, what: str) -> None:
    if what == "write" and number not in places:
        places[number] = scene.write_place(acting, owes=True)
    elif number in places:
        place = places[number].pk
        if what == "remove":
            scene.remove_place(acting, place=place)
            del places[number]
        elif what == "release":
            duty = Duty.visible_to(acting).get(about=place)
            if duty.state == State.OPEN:
                commands.release(acting, duty=duty.pk, reason="The house was pulled down")
        else:
            fields: dict[str, dict[str, Any]] = {
                "done": {"locality": scene.DONE}, "leave": {"town": ""}, "return": {"town": scene.OWES}
            }  # fmt: skip
            scene.change_place(acting, place=place, **fields.get(what, {}))


def _balance(acting: Acting, kind: DutyKind) -> Balance:
    with as_engine(acting) as sees:
        return balances.ledger_of(kind)(sees)


class TestTheSums:
    """Two true sums, with what the reader may not see said and what is sealed not said at all."""

    def test_both_sums_hold_and_hidden_rows_are_said(self) -> None:
        """Late, today, later, done and released are each counted once; a locked one is counted and said hidden."""
        team = factories.team()
        keeper, reader = factories.officer("sergeant", team=team), factories.officer("sergeant")
        with scene.visits_owed(), within(keeper):
            for hours in (-48, -20, 0, 30):
                scene.write_place(keeper.at_time(keeper.at + hours * HOUR), owes=True, team=team.number)
            done = scene.write_place(keeper, owes=True, team=team.number)
            scene.change_place(keeper, place=done.pk, locality=scene.DONE)
            scene.write_place(keeper, owes=True, team=team.number, handling=Handling.LOCKED)
            scene.write_place(keeper, owes=True, team=team.number, handling=Handling.SEALED)
            own = queries.sums(keeper, Scope(teams=frozenset({team.number})))
        with within(reader):
            others = queries.sums(reader, Scope(teams=frozenset({team.number})))
        assert own.adds_up
        assert (own.owed, own.done, own.open, own.late, own.today, own.later, own.hidden) == (7, 1, 6, 1, 1, 4, 0)
        assert others.adds_up
        assert (others.owed, others.open, others.later, others.hidden) == (6, 5, 3, 1)
