"""What a call handler is told without searching: who rings, what stands, what happened before, how fast to go."""

from __future__ import annotations

from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest

from tests import factories
from tests.domains.contact import world
from watchward.domains.contact import commands, queries
from watchward.domains.contact.models import Call, Identification, Recognised
from watchward.domains.contact.queries import Looked
from watchward.domains.contact.vocabulary import Answer, Decision, How, Line, State, Typed, Which
from watchward.domains.incidents import queries as incidents
from watchward.domains.incidents.vocabulary import Grade, Sign
from watchward.domains.people import commands as people
from watchward.domains.people import queries as known_people
from watchward.foundation.access.context import within
from watchward.foundation.acting import Acting
from watchward.foundation.audit.models import Trace
from watchward.foundation.chronicle.models import Line as Told
from watchward.foundation.linkage.vocabulary import Standing
from watchward.foundation.records import Handling, NotHere
from watchward.kernel.refusals import Refused

pytestmark = pytest.mark.django_db


@pytest.fixture
def made() -> SimpleNamespace:
    """Return her household."""
    return world.household()


def look(acting: Acting, one: Call) -> Looked:
    """Look up a call."""
    with within(acting):
        return queries.look_up(acting, id_=one.pk)


def rings(made: SimpleNamespace, **boxes: object) -> Call:
    """Let her ring and say who and where she is."""
    one = world.call(made.acting, number=world.NUMBER, rang_at=world.NOW - timedelta(seconds=6))
    said: dict[str, Any] = {"caller": "Kez Machin", "place": world.ADDRESS, **boxes}
    return world.typed(made.acting, one, **said)


@pytest.mark.report("CON-08", by="contact.queries.look_up")
@pytest.mark.report("CON-10", by="contact.queries.look_up")
def test_her_fourth_call_in_a_month_is_told_without_searching(made: SimpleNamespace) -> None:
    """From number, name and place she is recognised with reasons; her three calls of June and six in a year stand."""
    world.history(made)
    looked = look(made.acting, rings(made, what="domestic-now"))
    first = looked.guesses[0]
    assert (first.person, first.standing) == (made.kerry.pk, Standing.STRONG)
    assert {one.field for one in first.evidence if one.strength == "Strong"} >= {"number", "address"}
    assert any(one.strength == "Against" for one in first.evidence), "her mother is on this number too"
    assert (looked.trend.month, looked.trend.quarter, looked.trend.year) == (4, 4, 7)
    assert looked.trend.rising
    assert looked.suggested is not None
    repeat = looked.suggested[Which.REPEAT_VICTIM]
    assert (repeat.answer, repeat.how, repeat.words) == (Answer.YES, How.RECOGNISED, "victim 6 times in 12 months")
    assert looked.suggested[Which.DOMESTIC_ABUSE].answer is Answer.YES
    assert Which.MENTAL_ILL_HEALTH not in looked.suggested


@pytest.mark.report("CON-11", by="contact.queries.look_up")
def test_previous_contact_is_a_line_each_with_its_trend(made: SimpleNamespace) -> None:
    """A call and the incident it opened are one contact; the latest comes first; this call is not among them."""
    world.history(made)
    one = rings(made, what="domestic-now")
    looked = look(made.acting, one)
    assert [world.NOW - each.at for each in looked.previous] == [
        timedelta(days=days) for days in (3, 12, 25, 111, 239, 330)
    ]
    assert all(each.kind == "incidents.incident" and each.victim for each in looked.previous)
    assert one.pk not in {each.source for each in looked.previous}
    assert looked.trend.worse, "the last was Immediate, those of the year before were not"
    assert looked.trend.chance is not None


def test_who_lives_there_and_what_stands_about_them(made: SimpleNamespace) -> None:
    """The knife, the place to be treated as urgent, and two children; what stands of her mother in Leek is not here."""
    looked = look(made.acting, rings(made, what="domestic-now"))
    assert {one.name for one in looked.children} == {"Ellie Machin", "Jack Machin"}
    told = {(one.about_kind, one.headline) for one in looked.stands}
    assert ("person", "Violent: carried a knife") in told
    assert any(kind == "place" and "urgent" in words for kind, words in told)
    assert looked.safe.startswith("Ask before ringing back")
    assert Sign.CHILD_THERE in looked.signs
    assert looked.graded is not None
    assert looked.graded.grade is Grade.IMMEDIATE
    assert looked.target is not None
    assert looked.target.by == world.NOW - timedelta(seconds=6) + timedelta(minutes=15)


def test_not_her_brings_the_next_forward(made: SimpleNamespace) -> None:
    """One key says that it is not her; her mother, on the same number, is then first. Both can be said anew."""
    one = rings(made, caller="Machin", place="")
    first = look(made.acting, one).guesses
    assert {made.kerry.pk, made.denise.pk} <= {each.person for each in first}
    with within(made.acting) as acting:
        commands.decide_caller(acting, call=one.pk, person=first[0].person, decision=Decision.NO)
    next_ones = [each.person for each in look(made.acting, one).guesses]
    assert next_ones[: len(first) - 1] == [each.person for each in first[1:]]
    with within(made.acting) as acting:
        commands.decide_caller(acting, call=one.pk, person=first[0].person, decision=Decision.UNSURE)
    again = look(made.acting, one).guesses
    assert (again[0].person, again[0].decision) == (first[0].person, Decision.UNSURE)


def test_that_is_her_keeps_what_was_before_the_handler(made: SimpleNamespace) -> None:
    """The decision stands with its evidence, the log and the chronicle say so, and only then do records say "no"."""
    one = rings(made)
    assert look(made.acting, one).suggested == {}, "a first report: nothing is said for her until she is known"
    with within(made.acting) as acting:
        commands.decide_caller(
            acting, call=one.pk, person=made.kerry.pk, decision=Decision.YES, evidence=[("Strong", "Her number")]
        )
        kept = Recognised.visible_to(acting).get()
        assert (kept.person_id, kept.decision, kept.evidence) == (made.kerry.pk, "yes", [["Strong", "Her number"]])
        assert Told.visible_to(acting).filter(about=made.kerry.pk, kind="contact.call", source=one.pk).exists()
    looked = look(made.acting, one)
    assert looked.confirmed is not None
    assert looked.confirmed.name == "Kerry-Ann Machin"
    assert looked.suggested is not None
    assert {which: each.answer for which, each in looked.suggested.items()} == {
        Which.REPEAT_VICTIM: Answer.NO,
        Which.DOMESTIC_ABUSE: Answer.NO,
    }


def test_what_was_recognised_of_somebody_else_is_taken_back(made: SimpleNamespace) -> None:
    """Answers that were recognised go with the person; what was asked stays."""
    world.history(made)
    one = rings(made)
    with within(made.acting) as acting:
        commands.decide_caller(acting, call=one.pk, person=made.kerry.pk, decision=Decision.YES)
        preselected = {Which.REPEAT_VICTIM: (Answer.YES, How.RECOGNISED)}
        both = {Which.REPEAT_VICTIM: Answer.YES, Which.MENTAL_ILL_HEALTH: Answer.NO}
        commands.record_call(acting, call=one.pk, typed=Typed(identified=both, recognised=preselected))
        assert {row.which for row in Identification.visible_to(acting)} == {"mental-ill-health"}, (
            "seen, not yet pressed"
        )
        commands.record_call(acting, call=one.pk, typed=Typed(identified=both, recognised=preselected), acted=True)
        kept = {row.which: row.how for row in Identification.visible_to(acting).filter(call=one)}
        assert kept == {"repeat-victim": How.RECOGNISED, "mental-ill-health": How.ASKED}
        commands.decide_caller(acting, call=one.pk, person=made.kerry.pk, decision=Decision.NO)
        assert {row.which for row in Identification.visible_to(acting).filter(call=one)} == {"mental-ill-health"}


def test_a_new_caller_is_made_known_from_what_was_typed(made: SimpleNamespace) -> None:
    """Name and number become a record; where they ring from is not said to be their home."""
    one = world.typed(made.acting, world.call(made.acting, number="07700 900555"), caller="Priti Oram", place="Leek")
    with within(made.acting) as acting:
        commands.make_caller_known(acting, call=one.pk)
        with pytest.raises(Refused, match="The caller is known"):
            commands.make_caller_known(acting, call=one.pk)
    looked = look(made.acting, one)
    assert looked.confirmed is not None
    assert looked.confirmed.name == "Priti Oram"
    again = world.typed(made.acting, world.call(made.acting, number="07700 900555"), caller="Priti Oram")
    assert look(made.acting, again).guesses[0].person == looked.confirmed.person
    nameless = world.call(made.acting)
    with within(made.acting) as acting, pytest.raises(Refused, match="Type the caller's name"):
        commands.make_caller_known(acting, call=nameless.pk)


def test_a_locked_record_is_offered_and_a_sealed_one_leaves_no_trace(made: SimpleNamespace) -> None:
    """Locked: said to exist, opened elsewhere with a reason. Sealed: the page is as if there were no such person."""
    theirs = world.handler()
    hidden = world.person(theirs, "Kez", "Machin", made.kerry.date_of_birth, "F")
    with within(theirs):
        people.add_number(theirs, person=hidden.pk, number="07700 900777", source="a statement")
    asked = world.typed(made.acting, world.call(made.acting, number="07700 900777"), caller="Kez Machin")
    assert hidden.pk in {each.person for each in look(made.acting, asked).guesses}
    keeper = world.of_team(factories.officer("sergeant", team=factories.team()), theirs)
    with within(keeper):
        people.keep_as(keeper, person=hidden.pk, handling=Handling.LOCKED, reason="she fears her brother")
    looked = look(made.acting, asked)
    assert hidden.pk not in {each.person for each in looked.guesses}
    assert looked.locked == (hidden.pk,)
    with within(keeper):
        people.keep_as(keeper, person=hidden.pk, handling=Handling.SEALED, reason="she fears her brother")
    sealed = look(made.acting, asked)
    assert hidden.pk not in {each.person for each in sealed.guesses}
    assert (sealed.locked, sealed.locked_lines, sealed.hidden) == ((), 0, 0)
    with within(made.acting) as acting, pytest.raises(NotHere):
        commands.decide_caller(acting, call=asked.pk, person=hidden.pk, decision=Decision.YES)


def test_a_place_is_found_and_its_like_is_offered(made: SimpleNamespace) -> None:
    """Kilncroft Street is found without doubt; Kilncroft Close is offered, and can be chosen instead."""
    one = rings(made)
    assert one.place_id == made.home.pk
    looked = look(made.acting, one)
    assert made.home.pk not in {each.place for each in looked.alternatives}
    with within(made.acting) as acting:
        commands.choose_place(acting, call=one.pk, place=made.close.pk)
    one = world.typed(made.acting, one, caller="Kez")
    assert (one.place_id, one.place_words) == (made.close.pk, "27 Kilncroft Close, Tunstall")
    assert world.typed(made.acting, one, place="nowhere at all").place_id is None


@pytest.mark.report("STR-02", by="contact.commands.open_incident")
def test_the_incident_holds_all_that_was_typed(made: SimpleNamespace) -> None:
    """Place, people, words, THRIVE, grade and reasons: nothing is keyed again."""
    world.history(made)
    one = rings(made, what="domestic-now", thrive=world.all_six())
    with within(made.acting) as acting:
        commands.decide_caller(acting, call=one.pk, person=made.kerry.pk, decision=Decision.YES)
        commands.involve(acting, call=one.pk, person=made.dean.pk, part="suspect")
        commands.add_line(acting, call=one.pk, words="He's kicking off again")
        one = commands.open_incident(acting, call=one.pk)
        assert one.incident_id is not None
        assert one.state == State.OPENED
        found = incidents.incident(acting, id_=one.incident_id)
        assert (found.place_id, found.source, found.rang_at) == (made.home.pk, one.pk, one.rang_at)
        assert "He's kicking off again" in found.what
        assert Grade(found.grade) is Grade.IMMEDIATE
        assert {"domestic-abuse", "child"} <= set(found.qualifiers)
        parts = {(row.person_id, row.part) for row in incidents.involved(acting, incident=found)}
        assert parts == {(made.kerry.pk, "victim"), (made.dean.pk, "suspect")}
        assert incidents.heard(acting, incident=found) == world.all_six()
        with pytest.raises(Refused, match="opened from this call already"):
            commands.open_incident(acting, call=one.pk)


def test_thrive_finished_afterwards_reaches_the_incident(made: SimpleNamespace) -> None:
    """A violent call is opened from its first facts; what is learnt then is carried to the incident, once."""
    one = rings(made, what="domestic-now")
    with within(made.acting) as acting:
        one = commands.open_incident(acting, call=one.pk)
        commands.carry_on(acting, call=one.pk)
        commands.record_call(acting, call=one.pk, typed=Typed(thrive=world.all_six()), acted=True)
        commands.decide_caller(acting, call=one.pk, person=made.kerry.pk, decision=Decision.YES)
        for _ in range(2):
            commands.carry_on(acting, call=one.pk)
        assert one.incident_id is not None
        found = incidents.incident(acting, id_=one.incident_id)
        assert [row.number for row in incidents.assessments(acting, incident=found)] == [1]
        assert incidents.heard(acting, incident=found) == world.all_six()
        assert [row.person_id for row in incidents.involved(acting, incident=found)] == [made.kerry.pk]


def test_another_grade_says_why(made: SimpleNamespace) -> None:
    """The handler's grade and reason go to the incident, beside what the policy suggested."""
    one = rings(made, what="domestic-now", grade="2", grade_reason="He left in his car, neighbour is with her")
    with within(made.acting) as acting:
        one = commands.open_incident(acting, call=one.pk)
        assert one.incident_id is not None
        found = incidents.incident(acting, id_=one.incident_id)
        assert Grade(found.grade) is Grade.PRIORITY


def test_another_grade_without_a_reason_is_kept_and_asked_for(made: SimpleNamespace) -> None:
    """What was chosen stands; the incident is not opened under any grade until it is said why."""
    one = rings(made, what="domestic-now", grade="2", grade_reason=" ")
    assert one.grade == Grade.PRIORITY
    with within(made.acting) as acting:
        with pytest.raises(Refused, match="Say why you give 2 Priority"):
            commands.open_incident(acting, call=one.pk)
        stands = queries.whole(acting, id_=one.pk).call
        assert (stands.grade, stands.incident_id) == (Grade.PRIORITY, None)


def test_an_incident_needs_to_know_where_and_about_what(made: SimpleNamespace) -> None:
    """Both reasons at once, each at its box."""
    one = world.call(made.acting, line=Line.NON_EMERGENCY)
    with within(made.acting) as acting, pytest.raises(Refused) as refused:
        commands.open_incident(acting, call=one.pk)
    assert [reason.field for reason in refused.value.reasons] == ["what", "place"]


def test_looking_again_leaves_a_trace_only_when_it_shows_something_else(made: SimpleNamespace) -> None:
    """Each result set is traced with the call as its purpose; the same one shown again is not another look."""
    one = rings(made)
    for _ in range(3):
        look(made.acting, one)
    with within(made.acting) as acting:
        first = list(Trace.objects.filter(about=one.pk, kind="searched", account_id=acting.account))
    assert len(first) == 1
    assert one.reference in first[0].purpose
    with within(made.acting) as acting:
        commands.decide_caller(acting, call=one.pk, person=made.denise.pk, decision=Decision.NO)
    world.typed(made.acting, one, caller="Denise Machin", place="8 Hollybush Walk, Leek")
    look(made.acting, one)
    with within(made.acting) as acting:
        assert Trace.objects.filter(about=one.pk, kind="searched", account_id=acting.account).count() == 2


def test_a_date_of_birth_after_the_name_is_evidence(made: SimpleNamespace) -> None:
    """Asked and typed behind the name, it speaks for her, and a new person is recorded with it."""
    looked = look(made.acting, rings(made, caller="Kez Machin 14/3/1988"))
    assert ("date of birth", "Strong") in {(one.field, one.strength.value) for one in looked.guesses[0].evidence}
    fresh = world.typed(made.acting, world.call(made.acting), caller="Priti Oram, 2 Feb 1990")
    with within(made.acting) as acting:
        commands.make_caller_known(acting, call=fresh.pk)
    known = look(made.acting, fresh).confirmed
    assert known is not None
    assert (known.name, str(known.born)) == ("Priti Oram", "1990-02-02")


def test_the_keeper_of_a_sealed_record_is_told_and_the_handler_is_not(made: SimpleNamespace) -> None:
    """When the call ends, whoever keeps the sealed record learns that somebody asked; the call shows nothing of it."""
    theirs = world.handler()
    hidden = world.person(theirs, "Kez", "Machin", made.kerry.date_of_birth, "F")
    with within(theirs):
        people.add_number(theirs, person=hidden.pk, number="07700 900777", source="a statement")
    keeper = world.of_team(factories.officer("sergeant", team=factories.team(), supervises=True), theirs)
    with within(keeper):
        people.keep_as(keeper, person=hidden.pk, handling=Handling.SEALED, reason="she fears her brother")
    call = world.typed(made.acting, world.call(made.acting, number="07700 900777"), caller="Kez Machin")
    assert not known_people.asks_unseen(keeper)
    with within(made.acting) as acting:
        commands.end_call(acting, call=call.pk)
        assert not known_people.asks_unseen(acting)
    with within(keeper):
        assert [ask.person_id for ask in known_people.asks_unseen(keeper)] == [hidden.pk]
