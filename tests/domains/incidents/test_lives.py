"""Whatever is done in whatever order, an incident keeps its promises and its ledgers balance."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from functools import partial
from typing import Any

import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test

from tests.domains.incidents.scenes import NOW, all_six, manager, unit, worker
from watchward.domains.incidents import commands
from watchward.domains.incidents.models import Delay, Deployment, Incident, Unit
from watchward.domains.incidents.vocabulary import Grade, Kind, Level, Reached, Sign, Stage, UnitState
from watchward.foundation.access.context import within
from watchward.foundation.acting import Acting
from watchward.foundation.duties.models import Duty, State
from watchward.foundation.ledgers import counted
from watchward.kernel.refusals import Refused

pytestmark = pytest.mark.django_db

SIGNS = st.frozensets(st.sampled_from([sign for sign in Sign if sign is not Sign.SLOT_AGREED]), max_size=4)


class Lives(RuleBasedStateMachine):
    """One board with two units, on which anything may be tried at any time."""

    def __init__(self) -> None:
        super().__init__()
        self.undo = transaction.atomic()
        self.undo.__enter__()
        self.boss, self.minutes = manager(), 0.0
        self.cars = [unit(), unit()]
        self.promised: dict[Any, Any] = {}
        self.refused = 0

    def teardown(self) -> None:
        """Give the database back as it was."""
        transaction.set_rollback(True)
        self.undo.__exit__(None, None, None)

    @property
    def acting(self) -> Acting:
        """The manager, now."""
        return self.boss.at_time(NOW + timedelta(minutes=self.minutes))

    def tried(self, do: Callable[[Acting], object]) -> bool:
        """Try something; a refusal is an answer, anything else is a fault."""
        acting = self.acting
        with within(acting):
            try:
                do(acting)
            except Refused as refused:
                self.refused += len(refused.reasons)
                return False
        return True

    def rows(self) -> list[Incident]:
        """Every incident, oldest first."""
        machine = worker(self.minutes)
        with within(machine):
            return list(Incident.visible_to(machine).order_by("made_at", "id"))

    def one(self, at: int) -> Incident:
        """One incident."""
        rows = self.rows()
        return rows[at % len(rows)]

    @rule(minutes=st.sampled_from([1, 5, 14, 16, 31, 61, 600]))
    def wait(self, minutes: int) -> None:
        """Time passes."""
        self.minutes += minutes

    @precondition(lambda self: len(self.rows()) < 4)
    @rule(signs=SIGNS, ago=st.sampled_from([0, 2, 30]))
    def open(self, signs: frozenset[Sign], ago: int) -> None:
        """Somebody rings."""
        rang = self.acting.at - timedelta(minutes=ago)
        assert self.tried(
            lambda acting: commands.open_incident(
                acting, kind=Kind.CONCERN, what="Somebody rang", signs=signs, reported_at=rang
            )
        )

    @rule()
    def sweep(self) -> None:
        """The machinery looks for what has passed its target."""
        machine = worker(self.minutes)
        with within(machine):
            commands.watch(machine)
            commands.watch_demand(machine)
            late = Incident.visible_to(machine).filter(stage__in=[Stage.OPEN, Stage.ASSIGNED], target_at__lt=machine.at)
            assert not late.exists()

    @precondition(lambda self: self.rows())
    @rule(at=st.integers(0, 3), car=st.integers(0, 1))
    def send(self, at: int, car: int) -> None:
        """A unit is sent."""
        made, going = self.one(at), self.cars[car]
        self.tried(lambda acting: commands.send(acting, incident=made.pk, unit=going.pk))

    @precondition(lambda self: self.rows())
    @rule(car=st.integers(0, 1), step=st.sampled_from(["route", "scene", "clear"]), says=st.booleans())
    def step(self, car: int, step: str, says: bool) -> None:
        """A unit says where it is."""
        machine = worker(self.minutes)
        with within(machine):
            sent = Deployment.visible_to(machine).filter(unit=self.cars[car]).order_by("-sent_at", "-id").first()
        if sent is None:
            return
        does: dict[str, Callable[[Acting], object]] = {
            "route": lambda acting: commands.mark_en_route(acting, deployment=sent.pk),
            "scene": lambda acting: commands.mark_at_scene(acting, deployment=sent.pk),
            "clear": lambda acting: commands.clear(acting, deployment=sent.pk, words="Stood down now" if says else ""),
        }
        self.tried(does[step])

    @precondition(lambda self: self.rows())
    @rule(at=st.integers(0, 3), level=st.sampled_from(list(Level)), again=st.booleans(), says=st.booleans())
    def assess(self, at: int, level: Level, again: bool, says: bool) -> None:
        """It is assessed, or assessed again."""
        made, before = self.one(at), self.one(at).grade
        words = "They are with a neighbour" if says else ""
        if again:
            done = self.tried(
                lambda acting: commands.reassess(acting, incident=made.pk, answers=all_six(level), safeguarding=words)
            )
        else:
            done = self.tried(lambda acting: commands.assess(acting, incident=made.pk, answers=all_six(level)))
        if done:
            assert self.one(at).grade <= before

    @precondition(lambda self: self.rows())
    @rule(at=st.integers(0, 3), grade=st.sampled_from(list(Grade)), says=st.booleans())
    def grade(self, at: int, grade: Grade, says: bool) -> None:
        """It is given another grade, perhaps without a reason."""
        made, before = self.one(at), self.one(at)
        reason = "The facts are not as they were" if says else ""
        done = self.tried(lambda acting: commands.give_grade(acting, incident=made.pk, grade=grade, reason=reason))
        after = self.one(at)
        if done and grade < before.grade and before.target_at and after.target_at:
            assert after.target_at <= before.target_at

    @precondition(lambda self: self.rows())
    @rule(at=st.integers(0, 3), reached=st.sampled_from(list(Reached)))
    def ring(self, at: int, reached: Reached) -> None:
        """They are rung back."""
        made = self.one(at)
        self.tried(
            lambda acting: commands.record_recontact(acting, incident=made.pk, reached=reached, words="Rang them back")
        )

    @precondition(lambda self: self.rows())
    @rule(at=st.integers(0, 3), says=st.booleans())
    def close(self, at: int, says: bool) -> None:
        """It is closed, perhaps with nothing said."""
        made = self.one(at)
        words = "It was seen to" if says else ""
        done = self.tried(lambda acting: commands.close(acting, incident=made.pk, outcome=words, why_nobody_went=words))
        if done:
            assert made.thrive_finished_at is not None

    @precondition(lambda self: self.rows())
    @rule(at=st.integers(0, 3), says=st.booleans())
    def reopen(self, at: int, says: bool) -> None:
        """It is opened again, perhaps with nothing said."""
        made = self.one(at)
        words = "Something came up" if says else ""
        done = self.tried(lambda acting: commands.reopen(acting, incident=made.pk, reason=words))
        if done:
            assert made.stage == Stage.CLOSED
            assert self.one(at).stage == (Stage.OPEN if made.at_scene_at is None else Stage.ATTENDED)

    @precondition(lambda self: self.rows())
    @rule(at=st.integers(0, 3), hours=st.sampled_from([-1, 1, 30]))
    def agree(self, at: int, hours: int) -> None:
        """A time is agreed, perhaps one that is past."""
        made, agreed = self.one(at), self.acting.at + timedelta(hours=hours)
        done = self.tried(
            lambda acting: commands.agree_time(acting, incident=made.pk, agreed=agreed, words="With her by telephone")
        )
        if done:
            assert self.one(at).target_at == agreed

    @precondition(lambda self: any(row.stage != Stage.CLOSED for row in self.rows()))
    @rule(at=st.integers(0, 3))
    def see_to(self, at: int) -> None:
        """Whatever its state, an incident that is seen to in full can be closed."""
        rows = [row for row in self.rows() if row.stage != Stage.CLOSED]
        made = rows[at % len(rows)]
        machine = worker(self.minutes)
        with within(machine):
            on_it = list(Deployment.visible_to(machine).filter(incident=made, cleared_at__isnull=True))
        for sent in on_it:
            clear = partial(commands.clear, deployment=sent.pk, words="Not needed now")
            assert self.tried(clear)
        assert self.tried(
            lambda acting: commands.reassess(
                acting, incident=made.pk, answers=all_six(), safeguarding="They are with a neighbour"
            )
        )
        assert self.tried(
            lambda acting: commands.record_recontact(
                acting, incident=made.pk, reached=Reached.SPOKE, words="Spoke to them"
            )
        )
        assert self.tried(
            lambda acting: commands.close(
                acting, incident=made.pk, outcome="It was seen to", why_nobody_went="They asked for a call"
            )
        )

    @invariant()
    def every_ledger_balances(self) -> None:
        """Nothing is missing, left over or open about what owes nothing."""
        machine = worker(self.minutes)
        with within(machine):
            for book in counted(machine):
                if "incidents" in book.key:
                    assert book.balances, book

    @invariant()
    def what_is_reached_waits_no_more(self) -> None:
        """No delay lasts where somebody was there or it is closed, and one lasts wherever it is delayed."""
        machine = worker(self.minutes)
        with within(machine):
            lasting = set(Delay.visible_to(machine).filter(ended_at__isnull=True).values_list("incident_id", flat=True))
            delayed = set(Incident.visible_to(machine).filter(stage=Stage.DELAYED).values_list("pk", flat=True))
        assert lasting == delayed

    @invariant()
    def units_are_where_their_deployments_say(self) -> None:
        """A unit is free exactly when nothing it was sent to lasts."""
        machine = worker(self.minutes)
        with within(machine):
            for car in Unit.visible_to(machine).filter(pk__in=[each.pk for each in self.cars]):
                busy = Deployment.visible_to(machine).filter(unit=car, cleared_at__isnull=True).exists()
                assert (car.state == UnitState.FREE) is not busy

    @invariant()
    def a_promise_broken_stays_broken(self) -> None:
        """A duty that ended late still says when it was due and when it ended."""
        machine = worker(self.minutes)
        with within(machine):
            rows = list(
                Duty.visible_to(machine)
                .filter(kind="incidents.attend", state=State.DISCHARGED)
                .values_list("pk", "due_at", "closed_at")
            )
        for pk, due, closed in rows:
            assert self.promised.setdefault(pk, (due, closed)) == (due, closed)


def lives(examples: int, steps: int) -> None:
    """Play so many lives of so many steps."""
    run_state_machine_as_test(
        Lives,
        settings=settings(
            max_examples=examples, stateful_step_count=steps, deadline=None,
            suppress_health_check=list(HealthCheck), print_blob=True,
        ),
    )  # fmt: skip
    assert not connection.needs_rollback


def test_whatever_is_done_an_incident_keeps_its_promises() -> None:
    """A few lives in every run of the tests."""
    lives(8, 15)


@pytest.mark.soak
def test_many_lives() -> None:
    """Very many lives, for the long campaign."""
    lives(1_000, 50)
