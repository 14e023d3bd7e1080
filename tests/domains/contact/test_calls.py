"""Taking calls: when they rang, what is saved while it is typed, what each still owes."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.domains.contact import world
from watchward.domains.contact import commands, queries
from watchward.domains.contact.models import Advice, Call, CallLine, Identification, NurseAdvice
from watchward.domains.contact.vocabulary import Answer, How, Line, State, Typed, Which
from watchward.domains.incidents.vocabulary import Element, Heard, Level, Sign
from watchward.foundation.access.context import within
from watchward.foundation.duties.models import Duty
from watchward.foundation.duties.models import State as Owed
from watchward.foundation.records import NotHere, Stale
from watchward.kernel.refusals import Refused

pytestmark = pytest.mark.django_db


def duty(kind: str, call: Call) -> Duty:
    """Return the duty of one kind about a call."""
    return Duty.objects.get(kind=kind, about=call.pk)


@pytest.mark.report("CON-03", by="contact.commands.take_call")
def test_a_call_keeps_when_it_rang_and_when_it_was_answered() -> None:
    """999 rings at 07:44:54 and is answered six seconds later; both stand, and the call has its number."""
    acting = world.handler()
    rang = world.NOW - timedelta(seconds=6)
    one = world.call(acting, number=world.NUMBER, rang_at=rang)
    with within(acting):
        kept = Call.visible_to(acting).get(pk=one.pk)
        assert (kept.rang_at, kept.answered_at, kept.ended_at) == (rang, world.NOW, None)
        assert kept.reference.startswith("C-190701-")
        assert kept.telephone is not None
        assert kept.telephone.normal == "+447700900417"
        assert kept.state == State.DRAFT


@pytest.mark.report("CON-03", by="contact.commands.record_abandoned")
def test_a_call_that_rang_off_is_kept_too() -> None:
    """A 101 caller waits 48 seconds and rings off: arrival and abandonment stand, and nothing is owed on it."""
    acting = world.handler()
    with within(acting):
        one = commands.record_abandoned(
            acting, line=Line.NON_EMERGENCY, number="01632 960288", rang_at=world.NOW - timedelta(seconds=48),
            ended_at=world.NOW,
        )  # fmt: skip
        assert (one.abandoned, one.answered_at, one.ended_at) == (True, None, world.NOW)
        assert not Duty.objects.filter(about=one.pk).exists()
        with pytest.raises(Refused, match="Nobody answered"):
            commands.add_line(acting, call=one.pk, words="Hello?")


def test_a_call_cannot_be_answered_before_it_rings() -> None:
    """Times that cannot be are refused in words."""
    acting = world.handler()
    with within(acting):
        with pytest.raises(Refused, match="rings before it is answered"):
            commands.take_call(acting, line=Line.EMERGENCY, rang_at=world.NOW + timedelta(seconds=1))
        with pytest.raises(Refused, match="ends after it rings"):
            commands.record_abandoned(
                acting, line=Line.OTHER, rang_at=world.NOW, ended_at=world.NOW - timedelta(seconds=1)
            )


def test_two_boxes_make_a_record_and_the_rest_is_owed() -> None:
    """A number and what it is about can be saved; what is missing is named in the duty, and closing waits for it."""
    acting = world.handler()
    one = world.call(acting, number=world.NUMBER)
    assert duty("contact.complete", one).what.endswith("Missing: place, what, what was said, THRIVE")
    one = world.typed(acting, one, what="theft")
    assert one.state == State.SAVED
    owed = duty("contact.complete", one)
    assert owed.what.endswith("Missing: place, what was said, THRIVE")
    assert owed.due_at == world.NOW + timedelta(hours=8)
    with within(acting):
        commands.end_call(acting, call=one.pk)
    one = world.whole(acting, one)
    assert (one.state, one.missing) == (State.CLOSED, [])
    assert duty("contact.complete", one).state == Owed.DISCHARGED


@pytest.mark.report("CON-02", by="contact.commands.identify")
@pytest.mark.report("CON-01", by="contact.commands.identify")
def test_every_call_owes_three_identifications() -> None:
    """Repeat victim, domestic abuse, mental ill health: due when it is answered, done when all three are answered."""
    acting = world.handler()
    one = world.call(acting)
    owed = duty("contact.identify", one)
    assert (owed.state, owed.owed_by_id, owed.due_at) == (Owed.OPEN, acting.account, world.NOW + timedelta(hours=1))
    with within(acting):
        commands.identify(acting, call=one.pk, which=Which.REPEAT_VICTIM, answer=Answer.NO)
        commands.identify(acting, call=one.pk, which=Which.DOMESTIC_ABUSE, answer=Answer.YES)
        assert duty("contact.identify", one).state == Owed.OPEN
        commands.identify(acting, call=one.pk, which=Which.MENTAL_ILL_HEALTH, answer=Answer.NOT_KNOWN)
        done = duty("contact.identify", one)
        assert done.state == Owed.DISCHARGED
        assert done.closed_command is not None
        rows = {row.which: (row.answer, row.how) for row in Identification.visible_to(acting)}
    assert rows["mental-ill-health"] == (Answer.NOT_KNOWN, How.ASKED)
    ended = world.call(acting)
    with within(world.later(acting, minutes=4)) as then:
        commands.end_call(then, call=ended.pk)
    assert duty("contact.identify", ended).due_at == world.NOW + timedelta(minutes=14)


@pytest.mark.report("CON-05", by="contact.commands.record_call")
def test_thrive_is_on_every_call() -> None:
    """A call without all six words judged is not complete, and says which are missing."""
    acting = world.handler()
    one = world.whole(acting, world.call(acting, number=world.NUMBER))
    assert one.missing == []
    bare = world.call(acting, number=world.NUMBER)
    with within(acting):
        commands.add_line(acting, call=bare.pk, words="Somebody in the garden")
    bare = world.typed(
        acting, bare, place="8 Hollybush Walk, Leek", what="suspicious",
        thrive={Element.THREAT: Heard("In the garden", Level.SOME)},
    )  # fmt: skip
    assert bare.missing == ["THRIVE: harm, risk, investigation, vulnerability, engagement"]
    assert duty("contact.complete", bare).state == Owed.OPEN


def test_what_was_not_sent_is_left_as_it_was() -> None:
    """A page that holds only some boxes changes only those, and saving nothing new writes nothing."""
    acting = world.handler()
    one = world.typed(acting, world.call(acting), caller="Kez", place="Burslem", signs=frozenset({Sign.WEAPON}))
    version = one.version
    one = world.typed(acting, one, caller="Kez Machin")
    assert (one.caller, one.place_words, one.signs) == ("Kez Machin", "Burslem", ["weapon"])
    assert one.version == version + 1
    assert world.typed(acting, one, caller="Kez Machin").version == version + 1


def test_one_form_adds_one_line() -> None:
    """The browser sends the same form twice; the log holds the line once, and two forms add two."""
    acting = world.handler()
    one = world.call(acting)
    with within(acting):
        for key in ("a", "a", "b"):
            commands.add_line(acting, call=one.pk, words="Shouting on the stairs", form_key=key)
        assert CallLine.visible_to(acting).filter(call=one, automatic=False).count() == 2
        with pytest.raises(Refused, match="Type what was said"):
            commands.add_line(acting, call=one.pk, words="  ")


def test_somebody_else_changed_it_meanwhile() -> None:
    """My own later saving never stands against me; somebody else's does, and then both are shown."""
    acting, other = world.handler(), world.handler()
    one = world.call(acting)
    mine = world.typed(acting, one, caller="Kez")
    with within(acting):
        commands.record_call(acting, call=one.pk, typed=Typed(caller="Kez M"), version=one.version)
    world.typed(other, mine, caller="Kerry")
    with within(acting), pytest.raises(Stale):
        commands.record_call(acting, call=one.pk, typed=Typed(caller="Kez Machin"), version=mine.version)


def test_every_reason_is_given_at_once() -> None:
    """Two boxes too long and a matter that is none: three reasons, each at its field."""
    acting = world.handler()
    one = world.call(acting)
    with pytest.raises(Refused) as refused:
        world.typed(acting, one, number="1" * 41, caller="x" * 161, what="nonsense")
    assert [reason.field for reason in refused.value.reasons] == ["number", "caller", "what"]
    with within(acting), pytest.raises(NotHere):
        commands.record_call(acting, call=acting.account, typed=Typed())


@pytest.mark.report("RSP-05", by="contact.commands.give_advice")
def test_advice_is_kept_with_when_it_was_said() -> None:
    """Ticked once, said once; a tick taken out is taken back and both stand in the log."""
    acting = world.handler()
    one = world.typed(acting, world.call(acting), what="domestic-now")
    with within(acting):
        commands.give_advice(acting, call=one.pk, key="line-open")
        commands.give_advice(acting, call=one.pk, key="line-open")
        assert [(row.key, row.at, row.by_id) for row in Advice.visible_to(acting)] == [
            ("line-open", world.NOW, acting.account)
        ]
        with pytest.raises(Refused, match="no such advice"):
            commands.give_advice(acting, call=one.pk, key="pray")
    world.typed(acting, one, said=frozenset(), shown_said=frozenset({"line-open"}))
    with within(acting):
        assert queries.whole(acting, id_=one.pk).said == {}
        log = [line.words for line in queries.whole(acting, id_=one.pk).lines]
    assert log == ["Advice not given after all: leave the line open", "Advice given: leave the line open"]


@pytest.mark.report("CON-12", by="contact.commands.answer_nurse")
def test_what_a_nurse_was_asked_and_answered_stands_with_the_call() -> None:
    """The question and the answer, who gave it, and when; answered once."""
    acting = world.handler()
    one = world.call(acting)
    with within(acting):
        first = commands.ask_nurse(acting, call=one.pk, asked="Is he known to the crisis team?", form_key="k")
        assert commands.ask_nurse(acting, call=one.pk, asked="Is he known to the crisis team?", form_key="k") == first
    with within(world.later(acting, minutes=3)) as then:
        with pytest.raises(Refused) as refused:
            commands.answer_nurse(then, advice=first.pk, nurse="", answer=" ")
        assert [reason.field for reason in refused.value.reasons] == ["nurse", "answer"]
        commands.answer_nurse(then, advice=first.pk, nurse="CPN Adaeze Obi", answer="Seen on Friday. Will ring him now")
        kept = NurseAdvice.visible_to(then).get()
        assert (kept.asked, kept.answer, kept.nurse) == (
            "Is he known to the crisis team?", "Seen on Friday. Will ring him now", "CPN Adaeze Obi",
        )  # fmt: skip
        assert kept.answered_at == world.NOW + timedelta(minutes=3)
        with pytest.raises(Refused, match="This was answered"):
            commands.answer_nurse(then, advice=first.pk, nurse="CPN", answer="Again")
