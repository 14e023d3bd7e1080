"""What is owed: opened with its record, done with proof, released with a reason, sent up when late, never lost."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import DatabaseError

from tests import factories
from tests.foundation import scene
from watchward.domains.places.models import Place
from watchward.foundation import reading
from watchward.foundation.access.context import as_engine, within
from watchward.foundation.access.owners import PersonOf, SupervisorOf
from watchward.foundation.acting import Acting
from watchward.foundation.audit.models import CommandLog
from watchward.foundation.commands import command
from watchward.foundation.duties import balances, commands, queries
from watchward.foundation.duties.models import Duty, Escalation, State
from watchward.foundation.records import Handling, NotHere
from watchward.kernel.refusals import Refused

pytestmark = pytest.mark.django_db

HOUR = timedelta(hours=1)


def duty_of(acting: Acting, place: Place) -> Duty:
    """Return what is owed about a place."""
    return Duty.visible_to(acting).get(about=place.pk)


class TestTheEngine:
    """At the end of every command its records owe what they must, in the same transaction."""

    def test_a_record_cannot_exist_without_its_duty(self) -> None:
        """The place and what is owed about it are written together, with the rule's version and its due time."""
        acting = factories.officer("sergeant", team=factories.team())
        with scene.visits_owed(), within(acting):
            place = scene.write_place(acting, owes=True, team=acting.team)
            duty = duty_of(acting, place)
        assert (duty.state, duty.owed_by_team_id, duty.rule) == (State.OPEN, acting.team, "A rule of these tests")
        assert (duty.arose_at, duty.due_at) == (factories.NOW, factories.NOW + 24 * HOUR)
        assert (duty.reference, duty.subjects) == (place.reference, [["place", str(place.pk), "visited"]])

    def test_doing_it_discharges_it_with_the_command_as_proof(self) -> None:
        """The command that did it is the proof: nobody ticks a box."""
        acting = factories.officer("sergeant")
        with scene.visits_owed(), within(acting):
            place = scene.write_place(acting, owes=True)
            later = acting.at_time(acting.at + HOUR)
            scene.change_place(later, place=place.pk, locality=scene.DONE)
            duty = duty_of(acting, place)
            proof = CommandLog.objects.get(pk=str(duty.closed_command))
        assert (duty.state, duty.closed_at, duty.closed_by_id) == (State.DISCHARGED, later.at, acting.account)
        assert proof.name.endswith("change_place")

    def test_what_is_owed_no_more_is_released_with_its_reason_and_owed_again_if_it_comes_back(self) -> None:
        """A record that leaves the population releases its duty; coming back opens the same duty again."""
        acting = factories.officer("sergeant")
        with scene.visits_owed() as kind, within(acting):
            place = scene.write_place(acting, owes=True)
            scene.change_place(acting, place=place.pk, town="")
            released = duty_of(acting, place)
            assert (released.state, released.closed_words) == (State.RELEASED, kind.released)
            scene.change_place(acting, place=place.pk, town=scene.OWES)
            again = duty_of(acting, place)
        assert (again.pk, again.state, again.closed_command, again.closed_words) == (released.pk, State.OPEN, None, "")

    def test_what_was_done_stays_done(self) -> None:
        """A discharged duty is never opened again by a later change of its record."""
        acting = factories.officer("sergeant")
        with scene.visits_owed(), within(acting):
            place = scene.write_place(acting, owes=True)
            scene.change_place(acting, place=place.pk, locality=scene.DONE)
            scene.change_place(acting, place=place.pk, locality="")
            assert duty_of(acting, place).state == State.DISCHARGED

    def test_a_removed_record_releases_its_duty(self) -> None:
        """What was owed about a record that is gone stays in the ledger, released."""
        acting = factories.officer("sergeant")
        with scene.visits_owed() as kind, within(acting):
            place = scene.write_place(acting, owes=True)
            scene.remove_place(acting, place=place.pk)
            assert duty_of(acting, place).state == State.RELEASED
            with as_engine(acting) as sees:
                assert balances.ledger_of(kind)(sees).balances

    def test_a_duty_is_kept_as_its_record_is(self) -> None:
        """What is owed about a sealed record is as hidden as the record, and opens when it does."""
        team = factories.team()
        keeper, stranger = factories.officer("sergeant", team=team), factories.officer("sergeant")
        with scene.visits_owed():
            with within(keeper):
                place = scene.write_place(keeper, owes=True, team=team.number)
            with within(stranger):
                assert Duty.visible_to(stranger).filter(about=place.pk).exists()
            with within(keeper):
                scene.change_place(keeper, place=place.pk, handling=Handling.SEALED)
                assert duty_of(keeper, place).handling == Handling.SEALED
            with within(stranger):
                assert not Duty.visible_to(stranger).filter(about=place.pk).exists()
                assert not Duty.objects.filter(about=place.pk).exists()


class TestPeople:
    """A duty is given, done with words, or released with a reason; each refuses out loud."""

    def test_discharging_with_words(self) -> None:
        """Where no page does it, words are the proof; one word is not enough, and none of it is lost."""
        acting = factories.officer("sergeant")
        with scene.visits_owed(by_words=True), within(acting):
            place = scene.write_place(acting, owes=True)
            duty = duty_of(acting, place)
            with pytest.raises(Refused) as refused:
                commands.discharge(acting, duty=duty.pk, words="done")
            assert [reason.field for reason in refused.value.reasons] == ["words"]
            commands.discharge(acting, duty=duty.pk, words="Went there at noon ")
            duty.refresh_from_db()
            assert (duty.state, duty.closed_words) == (State.DISCHARGED, "Went there at noon")
            with pytest.raises(Refused, match="discharged already"):
                commands.discharge(acting, duty=duty.pk, words="Went there again")

    def test_what_has_its_own_page_cannot_be_talked_away(self) -> None:
        """A duty that is done by doing it is not discharged with words, and all reasons come at once."""
        acting = factories.officer("sergeant")
        with scene.visits_owed(), within(acting):
            duty = duty_of(acting, scene.write_place(acting, owes=True))
            with pytest.raises(Refused) as refused:
                commands.discharge(acting, duty=duty.pk, words="")
            assert len(refused.value.reasons) == 2

    def test_given_by_name_it_stays_given(self) -> None:
        """What a supervisor gave to somebody is not taken back by the engine when the record changes."""
        team = factories.team()
        acting, officer = factories.officer("sergeant", team=team), factories.officer("response-officer", team=team)
        with scene.visits_owed(), within(acting):
            place = scene.write_place(acting, owes=True, team=team.number)
            commands.give(acting, duty=duty_of(acting, place).pk, to=officer.account)
            scene.change_place(acting, place=place.pk, line="2 Test Street")
            duty = duty_of(acting, place)
            assert (duty.owed_by_id, duty.what) == (officer.account, "2 Test Street")
            with pytest.raises(Refused):
                commands.give(acting, duty=duty.pk, to=uuid4())

    def test_released_by_hand_it_is_not_opened_again(self) -> None:
        """A supervisor's release with a reason stands though the record still owes it; the ledger counts it."""
        acting = factories.officer("sergeant")
        with scene.visits_owed() as kind, within(acting):
            place = scene.write_place(acting, owes=True)
            with pytest.raises(Refused):
                commands.release(acting, duty=duty_of(acting, place).pk, reason="no")
            commands.release(acting, duty=duty_of(acting, place).pk, reason="The house was pulled down")
            scene.change_place(acting, place=place.pk, line="2 Test Street")
            duty = duty_of(acting, place)
            assert (duty.state, duty.closed_words) == (State.RELEASED, "The house was pulled down")
            with as_engine(acting) as sees:
                counted_ = balances.ledger_of(kind)(sees)
        assert (counted_.balances, counted_.population, counted_.released) == (True, 1, 1)

    def test_only_who_supervises_gives_and_releases(self) -> None:
        """An officer can do what they owe, and not make it go away."""
        officer = factories.officer("response-officer")
        assert commands.give.why_not(officer, duty=uuid4(), to=officer.account)
        assert commands.release.why_not(officer, duty=uuid4(), reason="x")
        assert not commands.discharge.why_not(officer, duty=uuid4(), words="x")

    def test_the_database_refuses_an_end_without_proof(self) -> None:
        """No row of a closed duty without its command, and no release without its reason, however it is written."""
        acting = factories.officer("sergeant")

        @command(needs=None)
        def cheat(acting: Acting, /, **fields: object) -> None:
            Duty.objects.update(**fields)

        with scene.visits_owed(), within(acting):
            scene.write_place(acting, owes=True)
            cheats: tuple[dict[str, object], ...] = (
                {"state": State.DISCHARGED},
                {"state": State.RELEASED, "closed_command": uuid4(), "closed_at": acting.at, "closed_words": ""},
                {"due_at": acting.at - HOUR},
            )
            for fields in cheats:
                with pytest.raises(DatabaseError, match="check constraint"):
                    cheat(acting, **fields)


class TestGoingUp:
    """What is late goes up, step by step, to whoever supervises those who owe it."""

    def test_step_by_step(self) -> None:
        """An hour late to the sergeant, a day late to the next step; each once, though it is looked at often."""
        team = factories.team()
        sergeant = factories.officer("sergeant", team=team, supervises=True)
        with scene.visits_owed(escalates=(scene.step(1), scene.step(24))), within(factories.machinery()):
            machinery = factories.machinery()
            place = scene.write_place(machinery, owes=True, team=team.number)
            due = duty_of(machinery, place).due_at
            went = [
                commands.escalate(machinery.at_time(due + hours * HOUR)) for hours in (-1, 0.5, 1, 1.5, 23.9, 24, 30)
            ]
            steps = list(Escalation.visible_to(machinery).order_by("step").values_list("step", "to_id", "at"))
        assert went == [0, 0, 1, 0, 0, 1, 0]
        assert steps == [(1, sergeant.account, due + HOUR), (2, sergeant.account, due + 24 * HOUR)]

    def test_after_a_stop_all_steps_that_are_due_are_taken_at_once(self) -> None:
        """A worker that was down for a week sends up both steps at its first look, in order."""
        with scene.visits_owed(escalates=(scene.step(1), scene.step(24))), within(factories.machinery()) as machinery:
            scene.write_place(machinery, owes=True)
            assert commands.escalate(machinery.at_time(machinery.at + 200 * HOUR)) == 2

    def test_without_a_supervisor_it_goes_to_the_nearest_above(self) -> None:
        """A team without a supervisor is answered for by the one above it."""
        above = factories.team()
        team = factories.team(parent=above)
        inspector = factories.officer("sergeant", team=above, supervises=True)
        with scene.visits_owed(escalates=(scene.step(1),)), within(factories.machinery()) as machinery:
            scene.write_place(machinery, owes=True, team=team.number)
            commands.escalate(machinery.at_time(machinery.at + 48 * HOUR))
            assert Escalation.visible_to(machinery).get().to_id == inspector.account

    def test_whom_it_went_to_says_that_they_saw_it(self) -> None:
        """It is in their list until it is done; only they can say that they saw it; the first time stands."""
        team = factories.team()
        sergeant = factories.officer("sergeant", team=team, supervises=True)
        other = factories.officer("sergeant")
        with scene.visits_owed(escalates=(scene.step(1),)):
            with within(factories.machinery()) as machinery:
                place = scene.write_place(machinery, owes=True, team=team.number)
                commands.escalate(machinery.at_time(machinery.at + 48 * HOUR))
            with within(other), pytest.raises(NotHere):
                commands.see_escalation(other, escalation=Escalation.visible_to(other).get().pk)
            with within(sergeant):
                (up,) = queries.gone_up_to(sergeant)
                commands.see_escalation(sergeant, escalation=up.pk)
                commands.see_escalation(sergeant.at_time(sergeant.at + HOUR), escalation=up.pk)
                up.refresh_from_db()
                assert up.seen_at == sergeant.at
                assert duty_of(sergeant, place) in queries.mine(sergeant)
                scene.change_place(sergeant, place=place.pk, locality=scene.DONE)
                assert not queries.gone_up_to(sergeant)


class TestOpeningsAreReviewed:
    """Opening a locked record owes its review the next day, by somebody else."""

    def test_owed_reviewed_and_done(self) -> None:
        """The team's supervisor owes the review a civil day later; their finding is what discharges it."""
        team = factories.team()
        sergeant = factories.officer("sergeant", team=team, supervises=True)
        opener = factories.officer("response-officer", name="PC Dawes")
        with within(sergeant):
            place = scene.write_place(sergeant, handling=Handling.LOCKED, team=team.number)
        with within(opener):
            opening = reading.open_locked(opener, table=Place, record=place.pk, reason="He is at the door now")
            assert not Duty.visible_to(opener).exists(), "who looked at what is not for everybody"
        with within(sergeant):
            duty = Duty.visible_to(sergeant).get(kind="access.opening-review")
            assert (duty.owed_by_id, duty.due_at) == (sergeant.account, opener.at + 24 * HOUR)
            assert duty.what == "PC Dawes opened a locked place"
            with pytest.raises(Refused):
                reading.review_opening(sergeant, opening=opening.pk, finding=" ")
            reading.review_opening(sergeant, opening=opening.pk, finding="He was sent there")
            duty.refresh_from_db()
            assert duty.state == State.DISCHARGED

    def test_nobody_reviews_their_own(self) -> None:
        """A supervisor who opened it does not owe the review: the one above does; and the command refuses them."""
        above = factories.team()
        team = factories.team(parent=above)
        inspector = factories.officer("sergeant", team=above, supervises=True)
        opener = factories.officer("response-officer", team=team, supervises=True)
        keeper = factories.officer("response-officer", team=team)
        with within(keeper):
            place = scene.write_place(keeper, handling=Handling.LOCKED, team=team.number)
        with within(opener):
            opening = reading.open_locked(opener, table=Place, record=place.pk, reason="He is at the door now")
        with within(inspector):
            assert Duty.visible_to(inspector).get(kind="access.opening-review").owed_by_id == inspector.account
        may = replace(opener, permissions=opener.permissions | {reading.REVIEW_OPENING})
        with within(may), pytest.raises(Refused, match="Somebody else"):
            reading.review_opening(may, opening=opening.pk, finding="Nothing to see")


class TestOwners:
    """Who owes it follows from the record."""

    def test_the_person_named_else_the_team(self) -> None:
        """A record given to nobody is owed by its team; one given to somebody by them."""
        team = factories.team()
        supervisor = factories.officer("sergeant", team=team, supervises=True)
        with within(supervisor):
            with scene.visits_owed(owner=SupervisorOf()):
                first = duty_of(supervisor, scene.write_place(supervisor, owes=True, team=team.number))
            with scene.visits_owed(owner=PersonOf("area_id")):
                second = duty_of(supervisor, scene.write_place(supervisor, owes=True, team=team.number))
        assert (first.owed_by_id, first.owed_by_team_id) == (supervisor.account, team.number)
        assert (second.owed_by_id, second.owed_by_team_id) == (None, team.number)
