"""What the Code owes each victim is owed by itself, and kept only by contact that reached them."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest

from tests.domains.crimes.scenes import NOW, SAID, allocated, days, desk, ended, incident, registrar, suspected
from tests.domains.crimes.test_recording import faults
from watchward.domains.crimes import commands as crimes
from watchward.domains.crimes import queries as recorded
from watchward.domains.crimes.commands import Named
from watchward.domains.crimes.models import Crime
from watchward.domains.crimes.vocabulary import Cancel
from watchward.domains.offences.vocabulary import Flag
from watchward.domains.victims import commands, queries
from watchward.domains.victims.models import Turn
from watchward.domains.victims.vocabulary import Category, Method, Response, Result, Tells, Trigger, Withdraws
from watchward.foundation.access.context import as_engine, within
from watchward.foundation.access.queries import machinery
from watchward.foundation.acting import Acting
from watchward.foundation.chronicle.models import Line
from watchward.foundation.duties.models import Duty, State
from watchward.kernel.periods import day_ends
from watchward.kernel.refusals import Refused

pytestmark = pytest.mark.django_db


def duty(kind: str, about: UUID) -> Duty:
    """Return one duty, as the machinery sees it."""
    with within(machinery(NOW, "a test")) as acting:
        return Duty.visible_to(acting).get(kind=f"victims.{kind}", about=about)


def victim_of(made: Crime) -> UUID:
    """Return the part of a crime's victim."""
    with within(machinery(NOW, "a test")) as acting:
        found = recorded.victim_of(acting, crime=made.pk)
        assert found is not None
        return found.pk


def reached(acting: Acting, party: UUID, **kwargs: Any) -> None:
    """Speak to a victim on the telephone."""
    given: dict[str, Any] = {
        "method": Method.TELEPHONE, "result": Result.SPOKE, "words": "She has been told so", **kwargs,
    }  # fmt: skip
    with within(acting):
        commands.record_contact(acting, party=party, **given)


@pytest.mark.report("VIC-04", by="victims.commands.record_contact")
def test_a_victim_is_owed_the_code_from_the_report_and_an_attempt_keeps_nothing() -> None:
    """Reported on Monday 1 July: support by Wednesday, what to expect by the next Monday; a message left is neither."""
    made, _boss, one = allocated()
    party = victim_of(made)
    expect, support = duty("expect", party), duty("support", party)
    assert (expect.due_at, support.due_at) == (day_ends(date(2019, 7, 8)), day_ends(date(2019, 7, 3)))
    assert expect.owed_by_id == one.account
    assert expect.reference == made.reference
    reached(one, party, result=Result.MESSAGE, words="Asked her to ring back")
    assert duty("expect", party).state == State.OPEN
    with within(one), pytest.raises(Refused, match="told nothing"):
        commands.record_contact(one, party=party, method=Method.TELEPHONE, result=Result.NO_ANSWER,
                                tells=[Tells.EXPECT], words="Rang out twice")  # fmt: skip
    reached(one, party, tells=[Tells.EXPECT, Tells.SUPPORT])
    assert (duty("expect", party).state, duty("support", party).state) == (State.DISCHARGED, State.DISCHARGED)
    assert faults() == []


def test_contact_stands_on_the_crime_and_attempts_are_told_apart() -> None:
    """Both stand in the chronicle under the crime's number; only the attempt is called so."""
    made, _boss, one = allocated()
    party = victim_of(made)
    reached(one, party, result=Result.NO_ANSWER, words="Rang out twice")
    reached(days(one, 1), party)
    with within(machinery(NOW, "a test")) as acting, as_engine(acting) as engine:
        lines = list(Line.visible_to(engine).filter(kind="victims.contact", reference=made.reference).order_by("since"))
    assert [line.state for line in lines] == ["attempt", ""]


def test_how_it_ended_is_told_within_five_working_days_or_one() -> None:
    """A charge on Monday: by the next Monday; by Tuesday for a victim of domestic abuse."""
    plain, _boss, one = allocated()
    charged = ended(plain, one, "1", suspect=suspected(plain, one))
    assert duty("tell-outcome", charged.pk).due_at == day_ends(date(2019, 7, 8))
    abuse, _boss, other = allocated(flags=[Flag.DOMESTIC_ABUSE])
    outcome = ended(abuse, other, "1", suspect=suspected(abuse, other))
    assert duty("tell-outcome", outcome.pk).due_at == day_ends(date(2019, 7, 2))
    reached(other, victim_of(abuse), outcomes=[outcome.pk])
    assert duty("tell-outcome", outcome.pk).state == State.DISCHARGED
    assert faults() == []


def test_whoever_may_ask_for_a_review_is_told_so() -> None:
    """Outcome 15 after an interview under caution: contact that does not mention the review is refused."""
    made, boss, one = allocated()
    party, him = victim_of(made), suspected(made, one)
    with within(one):
        crimes.note_interview(one, party=him, on=date(2019, 7, 1))
    outcome = ended(made, one, "15", suspect=him)
    with within(boss):
        crimes.agree_outcome(boss, outcome=outcome.pk)
    with within(one), pytest.raises(Refused, match="ask for a review"):
        commands.record_contact(one, party=party, method=Method.PERSON, result=Result.SPOKE, outcomes=[outcome.pk],
                                words="Told her that it ends here")  # fmt: skip
    reached(one, party, outcomes=[outcome.pk], told_review=True)
    assert duty("tell-outcome", outcome.pk).state == State.DISCHARGED


@pytest.mark.report("VIC-01", by="victims.commands.note_update")
def test_an_arrest_is_told_by_the_clock_of_the_code_and_enhanced_rights_shorten_it() -> None:
    """Five working days; one from the moment on which she is recorded as intimidated, for what happens after it."""
    made, _boss, one = allocated()
    party = victim_of(made)
    with within(one):
        first = commands.note_update(one, party=party, trigger=Trigger.ARREST, learned_at=NOW)
        later = days(one, 1)
        commands.entitle(later, party=party, category=Category.INTIMIDATED, words="Afraid to give evidence")
        second = commands.note_update(later, party=party, trigger=Trigger.BAIL, learned_at=later.at)
        with pytest.raises(Refused, match="own outcome"):
            commands.note_update(one, party=party, trigger=Trigger.CHARGED, learned_at=NOW)
    assert duty("tell", first.pk).due_at == day_ends(date(2019, 7, 8))
    assert duty("tell", second.pk).due_at == day_ends(date(2019, 7, 3))
    reached(later, party, updates=[first.pk, second.pk])
    assert {duty("tell", row.pk).state for row in (first, second)} == {State.DISCHARGED}
    assert faults() == []


def test_enhanced_rights_end_with_a_reason() -> None:
    """What was so stays on the file; categories that the crime gives cannot be taken away."""
    made, _boss, one = allocated(flags=[Flag.DOMESTIC_ABUSE])
    party = victim_of(made)
    with within(one):
        row = commands.entitle(one, party=party, category=Category.PERSISTENT, words="Fourth time since March")
        with pytest.raises(Refused, match="recorded"):
            commands.entitle(one, party=party, category=Category.PERSISTENT, words="Fourth time since March")
        commands.end_entitlement(one, entitlement=row.pk, words="They have moved away")
        found = queries.whole(one, party=party)
    assert [category for category, _words in found.enhanced] == [Category.MOST_SERIOUS]
    assert found.entitlements[0].ended_words == "They have moved away"


@pytest.mark.report("GOV-07", by="victims.commands.set_reach")
def test_how_they_are_reached_is_asked_for_dated_and_asked_again() -> None:
    """Mandatory within 48 hours, with its source and what is not safe; after 90 days it is owed again."""
    made, _boss, one = allocated()
    party = victim_of(made)
    assert duty("reach", party).due_at == NOW + timedelta(hours=48)
    with within(one):
        with pytest.raises(Refused) as refused:
            commands.set_reach(
                one, party=party, method=Method.TELEPHONE, to=" ", source="", verified_on=date(2020, 1, 1)
            )
        assert {reason.field for reason in refused.value.reasons} == {"to", "source", "verified_on"}
        row = commands.set_reach(
            one, party=party, method=Method.TELEPHONE, to="07700 900412", source="As she said",
            safe="Never after six, he comes home", verified_on=date(2019, 7, 1),
        )  # fmt: skip
    assert duty("reach", party).state == State.DISCHARGED
    again = duty("reach-again", row.pk)
    assert (again.state, again.due_at.date()) == (State.OPEN, date(2019, 9, 29))
    later = days(one, 30)
    with within(later):
        commands.set_reach(later, party=party, method=Method.TEXT, to="07700 900413", source="Her sister",
                           verified_on=date(2019, 7, 31))  # fmt: skip
    assert duty("reach-again", row.pk).state == State.DISCHARGED
    assert faults() == []


@pytest.mark.report("VIC-05", by="victims.commands.agree_plan")
def test_a_contact_plan_is_owed_turn_by_turn() -> None:
    """Every 14 days: contact keeps the turn and begins the next; an attempt does not; another plan releases it."""
    made, _boss, one = allocated()
    party = victim_of(made)
    with within(one):
        plan = commands.agree_plan(one, party=party, every=14, method=Method.TELEPHONE, words="After four")
        (first,) = Turn.visible_to(one).filter(plan=plan)
    assert duty("plan", first.pk).due_at == NOW + timedelta(days=14)
    later = days(one, 10)
    reached(later, party, result=Result.NO_ANSWER, words="Rang out twice")
    assert duty("plan", first.pk).state == State.OPEN
    reached(later, party)
    assert duty("plan", first.pk).state == State.DISCHARGED
    with within(later):
        second = Turn.visible_to(later).get(plan=plan, number=2)
        assert second.due_at == NOW + timedelta(days=24)
        commands.agree_plan(later, party=party, every=28, method=Method.MAIL)
    assert duty("plan", second.pk).state == State.RELEASED
    assert faults() == []


def test_whoever_does_not_want_to_hear_is_owed_no_news() -> None:
    """The wish is recorded and dated; what waits is released with that reason, and comes back with a change of mind."""
    made, _boss, one = allocated()
    party = victim_of(made)
    with within(one):
        row = commands.note_update(one, party=party, trigger=Trigger.ARREST, learned_at=NOW)
        given: dict[str, Any] = {"party": party, "method": Method.MAIL, "to": "her@sister.example", "source": "Herself",
                                 "verified_on": date(2019, 7, 1)}  # fmt: skip
        commands.set_reach(one, **given, wants_updates=False)
    assert duty("tell", row.pk).state == State.RELEASED
    with within(one):
        commands.set_reach(one, **given, wants_updates=True)
    assert duty("tell", row.pk).state == State.OPEN
    assert faults() == []


@pytest.mark.report("VIC-07", by="victims.commands.offer_statement")
def test_a_personal_statement_is_offered_when_a_statement_is_taken() -> None:
    """Owed within a day of the statement; declined with the reason; both dates are kept."""
    made, _boss, one = allocated()
    party = victim_of(made)
    with within(one):
        taken = commands.note_statement(one, party=party, taken_at=NOW)
    assert duty("offer-statement", taken.pk).due_at == NOW + timedelta(hours=24)
    with within(one):
        with pytest.raises(Refused, match="why not, or when"):
            commands.offer_statement(one, party=party, response=Response.DECLINED)
        commands.offer_statement(one, party=party, response=Response.DECLINED, words="Does not want to relive it")
    assert duty("offer-statement", taken.pk).state == State.DISCHARGED


@pytest.mark.report("OUT-04", by="victims.commands.record_decision")
def test_outcome_16_needs_the_victims_decision_in_their_own_words() -> None:
    """Refused without it, refused while she supports action, given with her reason, her words and their date."""
    made, _boss, one = allocated()
    party, him = victim_of(made), suspected(made, one)
    given: dict[str, Any] = {"code": "16", "decided_on": date(2019, 7, 1), "suspect": him, "said": SAID}
    with within(one):
        with pytest.raises(Refused, match="recorded decision"):
            crimes.give_outcome(one, crime=made.pk, **given)
        commands.record_decision(one, party=party, supports=True, said_on=date(2019, 7, 1))
        with pytest.raises(Refused, match="supports police action"):
            crimes.give_outcome(one, crime=made.pk, **given)
        kept = commands.record_decision(
            one, party=party, supports=False, reason=Withdraws.REPRISAL, said_on=date(2019, 7, 1), support_told=True,
            own_words="He will only come back worse",
        )  # fmt: skip
        outcome = crimes.give_outcome(one, crime=made.pk, **given)
    assert (kept.reason, kept.own_words) == (Withdraws.REPRISAL, "He will only come back worse")
    assert outcome.code == "16"


def test_a_cancelled_crime_owes_its_victim_nothing_more() -> None:
    """What was open is released with the reason."""
    made, _boss, _one = allocated()
    party = victim_of(made)
    head = registrar()
    with within(head):
        crimes.cancel(head, crime=made.pk, code=Cancel.C4, words="Recorded twice by mistake")
    assert {duty(kind, party).state for kind in ("expect", "support", "needs", "reach")} == {State.RELEASED}
    assert faults() == []


def test_an_organisation_is_owed_the_code_once_it_names_whom_one_speaks_to() -> None:
    """A shop without a named contact is owed nothing; with one, as anybody."""
    clerk = desk()
    with within(clerk):
        (silent,) = crimes.record(clerk, incident=incident().pk, offence="46", what="Gin taken",
                                  victims=[Named(organisation="Minton Stores")])  # fmt: skip
        (named,) = crimes.record(clerk, incident=incident().pk, offence="46", what="Gin taken",
                                 victims=[Named(organisation="Minton Stores", contact_name="Ewan Marsh")])  # fmt: skip
    with within(machinery(NOW, "a test")) as acting:
        owed = Duty.visible_to(acting).filter(kind="victims.expect")
        assert not owed.filter(about=victim_of(silent)).exists()
        assert owed.filter(about=victim_of(named)).exists()
