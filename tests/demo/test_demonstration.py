"""The demonstration as it stands at 07:45 on 1 July 2019, against answers worked out without looking."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace

import pytest

from tests.demo.acting import machinery, persona
from tests.demonstration import SCALE, load_until
from watchward.demo.answers import Known, known
from watchward.demo.calendar import START, moment
from watchward.demo.chapters import CHAPTERS, finished, is_loaded
from watchward.demo.crowd.population import town
from watchward.demo.force import PERSONAS
from watchward.demo.history.answers import DELAYS
from watchward.demo.stories import kept_apart, repeat_victim
from watchward.demo.telling import Ends
from watchward.demo.truth import pairs, same_person
from watchward.domains.contact import commands as contact
from watchward.domains.contact import queries as calls
from watchward.domains.contact.models import Call
from watchward.domains.contact.vocabulary import Decision, Line, State
from watchward.domains.incidents import queries as incidents
from watchward.domains.incidents.models import Incident
from watchward.domains.incidents.vocabulary import Grade, Stage
from watchward.domains.people import queries as people
from watchward.domains.people.models import IdentityDecision, Person
from watchward.domains.people.vocabulary import Decision as Same
from watchward.foundation.access import queries as access
from watchward.foundation.access.models import Account
from watchward.foundation.audit.models import Change
from watchward.foundation.duties.models import Duty, Escalation
from watchward.foundation.duties.models import State as Owed
from watchward.foundation.ledgers import counted
from watchward.foundation.linkage.vocabulary import Asked
from watchward.foundation.retention import queries as retention
from watchward.kernel.refusals import Refused

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demonstration")]

NOW = moment(START)
_ORDER = ("discharged", "open", "released")


@pytest.fixture(scope="module")
def answers() -> Known:
    """What must be counted."""
    return known(SCALE)


def test_every_ledger_balances() -> None:
    """Whatever is owed, told or kept adds up, for every kind there is."""
    with machinery() as engine:
        rows = counted(engine)
        assert len(rows) >= 12
        assert [row for row in rows if not row.balances] == []


def test_duties_ended_as_the_stories_say(answers: Known) -> None:
    """Of each kind as many were met, are open and were released as the stories and the two years count for themselves.

    How many incidents of the two years were delayed depends on where they were: none of those is open any more.
    """
    found: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0])
    with machinery():
        for kind, state in Duty.objects.values_list("kind", "state"):
            found[kind][_ORDER.index(state)] += 1
    ends, wanted = {kind: Ends(*counts) for kind, counts in found.items()}, dict(answers.duties)
    for kind in DELAYS:
        counted_, told = ends.pop(kind), wanted.pop(kind)
        assert counted_.open == told.open
        assert counted_.met > told.met
        assert counted_.released > told.released
    assert ends == wanted


def test_as_many_calls_incidents_and_decisions_as_were_told(answers: Known) -> None:
    """Calls, incidents, those still open, and the decisions of who is whom."""
    with machinery():
        assert Call.objects.filter(abandoned=False).count() == answers.told.calls
        assert Call.objects.filter(abandoned=True).count() == answers.rang_off
        assert Incident.objects.count() == answers.told.incidents
        assert Incident.objects.exclude(stage=Stage.CLOSED).count() == answers.told.live
        decided = IdentityDecision.objects.filter(undone_at__isnull=True)
        assert decided.filter(decision=Same.SAME).count() == answers.told.same
        assert decided.filter(decision=Same.NOT_SAME).count() == answers.told.not_same


def test_the_force_is_founded(answers: Known) -> None:
    """Areas, teams, accounts and units; and there is one to sign in as of every role that people hold."""
    with machinery() as engine:
        assert access.accounts(engine).count() == answers.accounts
        assert access.teams(engine).count() == answers.teams
        assert incidents.units(engine).count() == answers.units
        offered = {one.role for one in access.personas(engine)}
    assert offered == {post.role for post in PERSONAS}
    assert len(offered) == 13


def test_the_fourth_call_in_thirty_days_is_on_the_line() -> None:
    """Meena Bhatt sees, before anything more is typed, who it is, who he is, the children, and that it is rising."""
    with persona("bhatt") as acting:
        call = Call.visible_to(acting).get(rang_at__gte=moment("2019-07-01 07:43"), number=repeat_victim.HERS)
        assert call.state != State.CLOSED
        looked = calls.look_up(acting, id_=call.pk)
        assert looked.guesses[0].name == "Leanne Brough"
        assert (looked.trend.month, looked.trend.quarter, looked.trend.year) == (4, 4, 8)
        assert looked.trend.rising
        assert {child.name for child in looked.children} == {"Maisie Brough", "Alfie Hollins"}
        said = " / ".join(one.headline for one in looked.stands)
        assert "Carried a knife in 2017" in said
        assert "Treat calls as urgent" in said
        assert looked.safe == "Ask before ringing back: he has taken her phone before"
        assert looked.graded is not None
        assert looked.graded.grade is Grade.IMMEDIATE


def test_contacts_are_counted_as_the_stories_say(answers: Known) -> None:
    """Whoever rings now from a story's number has had as many contacts in 30 days as the story says."""
    found = {}
    for number in answers.told.contacts:
        with persona("bhatt") as acting:
            call = contact.take_call(acting, line=Line.NON_EMERGENCY, number=number).pk
            guess = calls.look_up(acting, id_=call).guesses[0]
            contact.decide_caller(acting, call=call, person=guess.person, decision=Decision.YES)
            found[number] = calls.look_up(acting, id_=call).trend.month - 1
    assert found == dict(answers.told.contacts)


def test_the_board_shows_all_three_states() -> None:
    """At 07:45 clocks are over, within a quarter of an hour and beyond; some incident has no unit; some must be
    assessed again, late and in time."""
    with persona("okafor") as acting:
        board = incidents.board(acting)
    waiting = [row for row in board.rows if row.incident.at_scene_at is None and row.incident.target_at is not None]
    left = sorted((row.incident.target_at - NOW).total_seconds() / 60 for row in waiting if row.incident.target_at)
    assert sum(minutes < 0 for minutes in left) == 4
    assert sum(0 <= minutes <= 15 for minutes in left) == 3
    assert sum(minutes > 15 for minutes in left) == 3
    immediate = [row for row in waiting if row.incident.grade == Grade.IMMEDIATE and row.incident.target_at]
    assert min(abs((row.incident.target_at - NOW).total_seconds()) for row in immediate if row.incident.target_at) < 240
    late = [row for row in waiting if row.delay is not None and row.delay.reassess_by < NOW]
    due = [row for row in waiting if row.delay is not None and row.delay.reassess_by >= NOW]
    assert (len(late), len(due)) == (3, 1)
    assert sum(not row.going for row in waiting) == 5


def test_what_is_late_went_up() -> None:
    """Late duties went up to the force incident manager and to supervisors, and she has seen some."""
    with machinery():
        late = Duty.objects.filter(kind="incidents.attend", state=Owed.OPEN, due_at__lt=NOW)
        assert late.count() == 4
        assert all(duty.escalated for duty in late)
        manager = Account.objects.get(username="okafor").pk
        assert Escalation.objects.filter(to_id=manager).exists()
        assert Escalation.objects.filter(to_id=manager, seen_at__isnull=False).exists()


def test_a_sealed_record_stays_invisible() -> None:
    """Nobody but her hub finds Farzana Delawar: no suggestion, no count, not by name, birth date or number."""
    forenames, surname = kept_apart.SEALED_NAME
    asked = (Asked(name=f"{forenames} {surname}"), Asked(number=kept_apart.SEALED))
    for username in ("bhatt", "okafor", "lowe", "kerr"):
        with persona(username) as acting:
            assert not Person.visible_to(acting).filter(surname=surname).exists()
            for one in asked:
                found = people.recognise(acting, asked=one)
                assert (found.candidates, found.locked) == ((), 0)
    with persona("thorley") as acting:
        found = people.recognise(acting, asked=Asked(number=kept_apart.SEALED))
        assert len(found.candidates) == 1


def test_a_locked_record_is_counted_and_not_told() -> None:
    """Whoever asks by Natalie Overend's number hears that one locked record fits, and no name."""
    with persona("bhatt") as acting:
        found = people.recognise(acting, asked=Asked(number=kept_apart.LOCKED))
        assert (found.candidates, found.locked) == ((), 1)
    with persona("thorley") as acting:
        assert people.recognise(acting, asked=Asked(number=kept_apart.LOCKED)).candidates


def test_records_of_the_crowd_are_those_of_the_truth(answers: Known) -> None:
    """Every record whose truth is known is loaded under its id, and most second records lead to the first."""
    truth = same_person(town(SCALE))
    assert len(truth) == answers.records
    together = list(pairs(town(SCALE)))
    with persona("bhatt") as acting:
        assert Person.visible_to(acting).filter(pk__in=truth).count() == answers.records
        found = 0
        for one, other in together:
            row = Person.visible_to(acting).get(pk=other)
            home = people.residences(acting, person=other).first()
            asked = Asked(
                name=row.name, date_of_birth=row.date_of_birth, address=f"{home.line}, {home.town}" if home else ""
            )
            suggested = {candidate.person for candidate in people.recognise(acting, asked=asked).candidates}
            found += bool({one, other} <= suggested)
    assert len(together) == answers.pairs
    assert found / len(together) > 0.6, f"{found} of {len(together)}"


def test_old_records_are_reviewed_held_and_disposed_of() -> None:
    """Of five people who rang once one is gone, one is kept on, one is held, one waits for a second person's yes."""
    with persona("ashmore") as acting:
        standing = {row.state: row.reference for row in retention.reviews(acting)}
        (gone,) = retention.disposals(acting)
        (hold,) = retention.holds(acting)
        assert set(standing) == {"due", "disposal proposed"}
        assert retention.counted(acting).due == 2
        assert (gone.proposed_name, gone.agreed_name) == ("Philippa Ashmore", "Priya Hollins")
        assert Person.visible_to(acting).get(pk=gone.of).surname == "Disposed of"
        assert not Person.visible_to(acting).filter(surname="Wintle").exists()
        assert retention.held_by(acting, hold=hold.pk).count() == 1
    with machinery():
        rows = list(Change.objects.filter(record=gone.of).values_list("row", flat=True))
    assert len(rows) > 1
    assert "Harold" not in str(rows)


def test_a_household_lives_together() -> None:
    """The crowd's families live at their place on record, children among them."""
    with persona("bhatt") as acting:
        child = Person.visible_to(acting).filter(pk__in=same_person(town(SCALE)), date_of_birth__year=2012).first()
        assert child is not None
        home = people.household(acting, person=child.pk)
        assert any(member.child is False for member in home.members)
        assert {member.tie for member in home.members} & {"mother", "father"}


def test_loading_again_changes_nothing() -> None:
    """A second loading finds every chapter and writes nothing."""
    with machinery():
        before = Change.objects.count()
    assert is_loaded(NOW)
    again = load_until(NOW)
    assert again.loaded == ()
    with machinery():
        assert Change.objects.count() == before
        assert finished() == set(CHAPTERS)


def test_another_force_is_not_overwritten() -> None:
    """Where somebody works already, the demonstration is refused."""
    from django.db import transaction

    from watchward.foundation.audit.models import Repeat

    with transaction.atomic():
        Repeat.objects.filter(key__startswith="demonstration: ").delete()
        with pytest.raises(Refused, match="holds a force already"):
            load_until(NOW)
        transaction.set_rollback(True)


def test_who_knows_more_than_others_is_told_apart() -> None:
    """What the hub's sergeant may read of a locked record is hidden from response."""
    with persona("dhillon") as acting:
        reads = replace(acting, opened=frozenset())
        assert not Person.visible_to(reads).filter(surname="Overend").exists()
