"""A target that passes with nobody there owes a re-assessment and a call back, by itself."""

from __future__ import annotations

from datetime import timedelta

import pytest
from procrastinate.contrib.django import app

from tests import factories
from tests.domains.incidents.scenes import NOW, after, all_six, handler, incident, manager, somebody, unit, worker
from watchward.domains.incidents import commands, queries, tasks
from watchward.domains.incidents.models import Delay, Incident
from watchward.domains.incidents.vocabulary import Grade, Kind, Level, Part, Reached, Sign, Stage
from watchward.foundation.access.context import within
from watchward.foundation.chronicle.models import Line
from watchward.foundation.duties import commands as duties
from watchward.foundation.duties.models import Duty, Escalation, State
from watchward.foundation.ledgers import counted
from watchward.kernel.refusals import Refused

pytestmark = pytest.mark.django_db

KNIFE = (Sign.DOMESTIC_ABUSE, Sign.WEAPON, Sign.STILL_THERE)


def watched(minutes: float) -> int:
    """Let the machinery sweep at a later time."""
    acting = worker(minutes)
    with within(acting):
        return commands.watch(acting)


def duty(kind: str, about: Incident | Delay) -> Duty:
    """Return one duty, as the machinery sees it."""
    acting = worker()
    with within(acting):
        return Duty.visible_to(acting).get(kind=kind, about=about.pk)


def the_delay(made: Incident, number: int = 1) -> Delay:
    """Return one delay of an incident."""
    acting = worker()
    with within(acting):
        return Delay.visible_to(acting).get(incident=made, number=number)


@pytest.mark.report("RSP-08", by="incidents.commands.watch")
@pytest.mark.report("RSP-09", by="incidents.commands.watch")
def test_a_target_that_passes_owes_a_reassessment_and_a_call_back_by_itself() -> None:
    """Nobody does anything: at 16 minutes the incident is delayed, and both duties stand from the minute it was due."""
    made = incident(handler(), signs=KNIFE)
    assert watched(15) == 0
    assert watched(16) == 1
    assert watched(17) == 0
    with within(worker()):
        made.refresh_from_db()
    assert made.stage == Stage.DELAYED
    delay = the_delay(made)
    again, ring = duty("incidents.reassess", delay), duty("incidents.recontact", delay)
    assert again.arose_at == ring.arose_at == NOW + timedelta(minutes=15)
    assert again.due_at == NOW + timedelta(minutes=25)
    assert ring.due_at == NOW + timedelta(minutes=35)
    assert again.rule == "Force policy on delayed incidents, 1 April 2018"
    assert again.harm == 3


def test_the_worker_does_it_every_quarter_of_a_minute() -> None:
    """What the worker runs by its schedule is the same sweep."""
    made = incident(handler(), signs=KNIFE)
    acting = worker(16)
    with within(acting):
        tasks.watch(acting)
        made.refresh_from_db()
    assert made.stage == Stage.DELAYED
    assert "watchward.domains.incidents.tasks.watch" in app.tasks


def test_waiting_does_less_harm_and_may_be_looked_at_later() -> None:
    """A Priority incident without any sign of harm is assessed again within half an hour of its target."""
    made = incident(handler(), signs=(Sign.HAPPENING_NOW,), kind=Kind.ASB_NUISANCE)
    assert watched(61) == 1
    assert duty("incidents.reassess", the_delay(made)).due_at == NOW + timedelta(minutes=90)


@pytest.mark.report("RSP-12", by="incidents.commands.reassess")
def test_assessing_again_discharges_the_duty_and_begins_the_next_while_it_waits() -> None:
    """Each re-assessment says what keeps them safe, overwrites nothing, and sets the next."""
    acting = handler()
    made = incident(acting, signs=KNIFE)
    watched(16)
    later = after(acting, 20)
    with within(later):
        with pytest.raises(Refused) as refused:
            commands.reassess(later, incident=made.pk, answers=all_six(), safeguarding="")
        assert [reason.field for reason in refused.value.reasons] == ["safeguarding"]
        commands.reassess(later, incident=made.pk, answers=all_six(), safeguarding="Locked in with her neighbour")
    first, second = the_delay(made), the_delay(made, 2)
    done = duty("incidents.reassess", first)
    assert (done.state, done.closed_at) == (State.DISCHARGED, NOW + timedelta(minutes=20))
    assert duty("incidents.reassess", second).due_at == NOW + timedelta(minutes=30)
    with within(acting):
        assert Duty.visible_to(acting).filter(kind="incidents.recontact").count() == 1


def test_only_speaking_to_them_is_ringing_back() -> None:
    """An attempt without an answer is kept and leaves the duty standing."""
    acting = handler()
    made = incident(acting, signs=KNIFE)
    watched(16)
    later = after(acting, 18)
    with within(later):
        commands.record_recontact(later, incident=made.pk, reached=Reached.NO_ANSWER, words="Rang out, no voicemail")
    assert duty("incidents.recontact", the_delay(made)).state == State.OPEN
    with within(later):
        commands.record_recontact(later, incident=made.pk, reached=Reached.SPOKE, words="She is in her car, driving")
    assert duty("incidents.recontact", the_delay(made)).state == State.DISCHARGED


def test_somebody_there_ends_the_wait_whoever_noticed_it() -> None:
    """A unit that arrives late before any sweep still leaves the delay on record, and the attendance is late."""
    acting, car = manager(), unit()
    made = incident(acting, signs=KNIFE)
    with within(acting):
        sent = commands.send(after(acting, 2), incident=made.pk, unit=car.pk)
        commands.mark_at_scene(after(acting, 23), deployment=sent.pk)
        made.refresh_from_db()
    assert (made.stage, made.at_scene_at) == (Stage.AT_SCENE, NOW + timedelta(minutes=23))
    delay = the_delay(made)
    assert delay.ended_at == NOW + timedelta(minutes=23)
    with within(worker()):
        assert not Duty.objects.filter(about=delay.pk).exists()
    attended = duty("incidents.attend", made)
    assert attended.state == State.DISCHARGED
    assert attended.closed_at is not None
    assert attended.closed_at > attended.due_at


def test_somebody_there_in_time_owes_nothing_more() -> None:
    """A unit at scene at 12 minutes discharges the duty on time, and no sweep delays the incident."""
    acting, car = manager(), unit()
    made = incident(acting, signs=KNIFE)
    with within(acting):
        sent = commands.send(after(acting, 1), incident=made.pk, unit=car.pk)
        commands.mark_en_route(after(acting, 2), deployment=sent.pk)
        commands.mark_at_scene(after(acting, 12), deployment=sent.pk)
    assert watched(30) == 0
    attended = duty("incidents.attend", made)
    assert attended.closed_at is not None
    assert attended.closed_at < attended.due_at


def test_a_unit_on_its_way_does_not_end_a_delay() -> None:
    """Until somebody is there, whoever waits is waiting."""
    acting, car = manager(), unit()
    made = incident(acting, signs=KNIFE)
    with within(acting):
        commands.send(after(acting, 5), incident=made.pk, unit=car.pk)
    assert watched(16) == 1
    with within(acting):
        made.refresh_from_db()
    assert made.stage == Stage.DELAYED


def test_a_delayed_incident_is_assessed_again_before_its_grade_is_lowered() -> None:
    """Nobody makes a broken promise good by changing the grade; after a re-assessment it may have a new time."""
    acting = manager()
    made = incident(acting, signs=KNIFE)
    watched(16)
    later = after(acting, 18)
    with within(later):
        with pytest.raises(Refused) as refused:
            commands.give_grade(later, incident=made.pk, grade=Grade.PRIORITY, reason="He has left the house")
        assert [reason.code for reason in refused.value.reasons] == ["no-reassessment"]
        commands.reassess(
            later, incident=made.pk, answers=all_six(), signs=(Sign.DOMESTIC_ABUSE,), grade=Grade.PRIORITY,
            safeguarding="He was seen onto a train by a friend",
        )  # fmt: skip
        made.refresh_from_db()
    assert (made.stage, made.target_at) == (Stage.OPEN, NOW + timedelta(minutes=60))
    assert watched(61) == 1
    assert the_delay(made, 2).since == NOW + timedelta(minutes=60)


def test_what_is_late_goes_up_to_the_force_incident_manager() -> None:
    """Five minutes after a re-assessment was due, whoever manages the force's incidents is told by name."""
    room = factories.team("Force incident managers")
    boss = manager(team=room, supervises=True)
    acting = handler(team=room)
    made = incident(acting, signs=KNIFE)
    watched(16)
    for minutes, steps in ((29, 0), (31, 1), (40, 1)):
        machine = worker(minutes)
        with within(machine):
            duties.escalate(machine)
            gone = Escalation.visible_to(machine).filter(
                duty__about=the_delay(made).pk, duty__kind="incidents.reassess"
            )
            assert [up.to_id for up in gone] == [boss.account] * steps


def test_a_delay_is_harm_in_the_chronicle_until_somebody_is_there() -> None:
    """Whoever looks up the person or the place sees that somebody waits, and later how long it took."""
    acting, car = manager(), unit()
    person = somebody(acting).pk
    made = incident(acting, signs=KNIFE, people=((person, Part.VICTIM),))
    watched(16)
    with within(acting):
        line = Line.visible_to(acting).get(kind="incidents.incident", about=person)
        assert (line.stands, line.harm, line.state) == (True, 2, "delayed")
        owed = Line.visible_to(acting).filter(kind="duties.owed", about=person)
        assert {row.headline for row in owed} == {
            "Has this incident been assessed with THRIVE?",
            "Was somebody at scene in time?",
            "Has the risk been assessed again since it was delayed?",
            "Has whoever waits been rung back?",
        }
        sent = commands.send(after(acting, 20), incident=made.pk, unit=car.pk)
        commands.mark_at_scene(after(acting, 130), deployment=sent.pk)
        line.refresh_from_db()
    assert line.detail == "Delayed, attended after 2 h 10"


def test_every_ledger_of_incidents_balances() -> None:
    """After opening, delaying, re-assessing, attending and closing, nothing is missing or left over."""
    acting, car = manager(), unit()
    waits, goes, closed = (incident(acting, signs=KNIFE) for _ in range(3))
    watched(16)
    with within(acting):
        commands.reassess(after(acting, 20), incident=waits.pk, answers=all_six(), safeguarding="Neighbour with her")
        sent = commands.send(after(acting, 20), incident=goes.pk, unit=car.pk)
        commands.mark_at_scene(after(acting, 22), deployment=sent.pk)
        commands.reassess(after(acting, 20), incident=closed.pk, answers=all_six(), safeguarding="At her mother's")
        commands.record_recontact(after(acting, 21), incident=closed.pk, reached=Reached.SPOKE, words="She is safe now")
        commands.close(
            after(acting, 24), incident=closed.pk, outcome="Spoken to, statement taken by telephone",
            why_nobody_went="She asked that nobody come",
        )  # fmt: skip
    machine = worker(30)
    with within(machine):
        books = {book.key: book for book in counted(machine) if "incidents" in book.key}
    duties = {key.removeprefix("duties.incidents.") for key in books if key.startswith("duties.")}
    assert duties == {
        "assess",
        "attend",
        "household",
        "household-later",
        "reassess",
        "recontact",
        "agree-time",
        "surge",
    }
    for book in books.values():
        assert book.balances, book
    assert books["duties.incidents.attend"].released == 1
    assert (books["duties.incidents.reassess"].population, books["duties.incidents.reassess"].released) == (5, 2)


def test_closing_is_refused_with_every_reason() -> None:
    """No THRIVE, no outcome, nobody there, not assessed again, not rung back, a unit still on it: all at once."""
    acting, car = manager(), unit()
    made = incident(acting, signs=KNIFE)
    with within(acting):
        commands.send(acting, incident=made.pk, unit=car.pk)
        watched(16)
        later = after(acting, 17)
        with pytest.raises(Refused) as refused:
            commands.close(later, incident=made.pk, outcome="")
        shown = queries.why_not_close(later, incident=Incident.visible_to(later).get(pk=made.pk))
    codes = [reason.code for reason in refused.value.reasons]
    assert codes == ["no-thrive", "no-outcome", "nobody-went", "units", "no-reassessment", "no-recontact"]
    assert shown == refused.value.reasons


def test_closing_says_what_it_turned_out_to_be() -> None:
    """Its closing code and qualifiers stand beside those it was opened with."""
    acting, car = manager(), unit()
    made = incident(acting, signs=(), kind=Kind.CONCERN)
    with within(acting):
        commands.assess(acting, incident=made.pk, answers=all_six(Level.NONE))
        sent = commands.send(acting, incident=made.pk, unit=car.pk)
        commands.mark_at_scene(after(acting, 9), deployment=sent.pk)
        commands.clear(after(acting, 40), deployment=sent.pk)
        commands.close(after(acting, 41), incident=made.pk, outcome="Found asleep and well", closed_as=Kind.ADVICE)
        made.refresh_from_db()
        car.refresh_from_db()
    assert (made.kind, made.closed_as, made.stage) == (Kind.CONCERN, Kind.ADVICE, Stage.CLOSED)
    assert car.state == "free"
