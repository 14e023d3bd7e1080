"""A crime is allocated by policy, may be another than it was recorded as, and is cancelled by somebody apart."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from tests.domains.crimes.scenes import (
    NOW,
    allocated,
    crime,
    days,
    desk,
    detective,
    handler,
    incident,
    investigators,
    registrar,
    somebody,
    suspected,
)
from tests.domains.crimes.test_recording import duty, faults
from watchward.domains.crimes import commands, queries
from watchward.domains.crimes.vocabulary import Cancel, Stage
from watchward.domains.incidents.vocabulary import Kind
from watchward.domains.offences.vocabulary import Flag
from watchward.domains.organisation.vocabulary import Function
from watchward.foundation.access.context import within
from watchward.foundation.duties.models import State
from watchward.foundation.records import Stale
from watchward.kernel.refusals import Refused

pytestmark = pytest.mark.django_db


@pytest.mark.report("STR-11", by="crimes.commands.allocate")
@pytest.mark.report("STR-13", by="crimes.commands.allocate")
@pytest.mark.report("STR-14", by="crimes.commands.allocate")
def test_the_policy_advises_a_team_and_the_one_with_the_skill_and_the_fewest_crimes() -> None:
    """Harm, type, skill, series and local impact give the team; whoever has the skill and least to do gets it."""
    team, boss, one = investigators(Function.INVESTIGATION, skills=("pip-2",))
    made = crime(offence="34B")
    owed = duty("crimes.allocate", made)
    assert (owed.state, owed.due_at) == (State.OPEN, NOW + timedelta(hours=24))
    with within(boss):
        row = commands.allocate(boss, crime=made.pk, series=True, local=True, as_advised=True)
        made.refresh_from_db()
    assert (made.stage, made.given_to_id, made.officer_id) == (Stage.ALLOCATED, team.number, one.account)
    assert {"Harm", "Crime type", "Series", "Local impact", "Skill"} == {factor for factor, _w, _p in row.factors}
    assert row.cite.startswith("Force crime allocation policy, 2 July 2018")
    assert (row.reason, row.skilled, made.score) == ("", True, row.score)
    assert duty("crimes.allocate", made).state == State.DISCHARGED


@pytest.mark.report("STR-11", by="crimes.commands.allocate")
@pytest.mark.report("STR-12", by="crimes.commands.allocate")
def test_another_team_and_a_missing_skill_need_a_reason_which_is_kept() -> None:
    """The override is allowed, explained, and stands beside what the policy had advised."""
    team, boss, _one = investigators(Function.INVESTIGATION)
    other, _boss, novice = investigators(Function.RESPONSE, skills=())
    made = crime(offence="34B")
    with within(boss):
        with pytest.raises(Refused) as refused:
            commands.allocate(boss, crime=made.pk, team=other.number, officer=novice.account)
        assert {reason.code for reason in refused.value.reasons} == {"other-team", "skill"}
        with pytest.raises(Refused, match="does not work in that team"):
            commands.allocate(boss, crime=made.pk, team=team.number, officer=novice.account)
        row = commands.allocate(
            boss, crime=made.pk, team=other.number, officer=novice.account, reason="He arrested the man himself"
        )
    assert (row.advised_id, row.given_to_id, row.skilled) == (team.number, other.number, False)
    assert row.reason == "He arrested the man himself"


def test_a_crime_against_a_child_asks_for_those_who_are_trained_for_it() -> None:
    """The skill follows the victim's age on the day, not a tick in a box."""
    investigators(Function.CHILD_PROTECTION, skills=("scaidp",))
    child = somebody(handler(), "Maisie", date(2011, 4, 30)).pk
    made, acting = crime(victim=child, offence="20A"), desk()
    with within(acting):
        found = queries.advised(acting, crime=made.pk)
    assert found.advice.skill == "scaidp"
    assert found.officer is not None
    assert found.officer.skilled


def test_a_crime_that_was_another_keeps_what_it_was_recorded_as() -> None:
    """Each classification stands with its reason; the weight follows."""
    made, _boss, one = allocated()
    before = made.weight
    with within(one):
        with pytest.raises(Refused) as refused:
            commands.reclassify(one, crime=made.pk, offence="8N", words="")
        assert {reason.field for reason in refused.value.reasons} == {"offence", "words"}
        commands.reclassify(one, crime=made.pk, offence="5D", words="The X-ray shows a broken jaw")
        made.refresh_from_db()
        kept = [row.offence for row in queries.classifications(one, crime=made.pk)]
    assert kept == ["8N", "5D"]
    assert (made.first_offence, made.offence) == ("8N", "5D")
    assert made.weight != before


def test_flags_are_those_of_the_day_it_was_recorded() -> None:
    """A flag that the force has not taken up is refused by name."""
    made, _boss, one = allocated()
    with within(one):
        commands.set_flags(one, crime=made.pk, flags=[Flag.DOMESTIC_ABUSE])
        with pytest.raises(Refused, match="Alcohol"):
            commands.set_flags(one, crime=made.pk, flags=[Flag.ALCOHOL])
        made.refresh_from_db()
    assert made.flags == ["Domestic abuse"]


def test_a_crime_is_cancelled_by_somebody_who_had_no_part_in_it() -> None:
    """Whoever recorded it is refused; another decision maker of the desk may, and its duty to allocate is released."""
    clerk, other = desk(), desk()
    made = crime(clerk)
    said: dict[str, Any] = {"code": Cancel.C2, "words": "He rang: the bicycle was in the shed"}
    with within(clerk), pytest.raises(Refused, match="does not cancel it"):
        commands.cancel(clerk, crime=made.pk, **said)
    with within(other):
        commands.cancel(other, crime=made.pk, **said)
        made.refresh_from_db()
    assert (made.stage, made.cancelled_as) == (Stage.CANCELLED, "C2")
    assert duty("crimes.allocate", made).state == State.RELEASED
    assert faults() == []


def test_a_recorded_rape_is_the_registrars_to_cancel_and_to_reinstate() -> None:
    """Nobody else, whatever their role; and it can be put right."""
    made = crime(incident=incident(Kind.SEXUAL).pk, offence="19C")
    other, head = desk(), registrar()
    said: dict[str, Any] = {"code": Cancel.C2, "words": "The recording shows that she was not there"}
    with within(other), pytest.raises(Refused, match="Only the force crime registrar"):
        commands.cancel(other, crime=made.pk, **said)
    with within(head):
        commands.cancel(head, crime=made.pk, **said)
        commands.reinstate(head, crime=made.pk, words="Another witness has come forward")
        made.refresh_from_db()
    assert (made.stage, made.cancelled_as) == (Stage.RECORDED, "")
    assert duty("crimes.allocate", made).state == State.OPEN
    assert faults() == []


def test_part_of_another_crime_names_it() -> None:
    """C3 leads to the crime of which it is part, and never to itself."""
    made, whole, other = crime(), crime(), desk()
    with within(other):
        for reference in ("", made.reference, "CR-000000-0000"):
            with pytest.raises(Refused, match="Name the crime"):
                commands.cancel(other, crime=made.pk, code=Cancel.C3, words="Reported by both of them", other=reference)
        row = commands.cancel(
            other, crime=made.pk, code=Cancel.C3, words="Reported by both of them", other=whole.reference.lower()
        )
    assert row.other_id == whole.pk


def test_two_people_do_not_overwrite_each_other() -> None:
    """Whoever looked at an older version is shown both."""
    made, _boss, one = allocated()
    with within(one):
        commands.reclassify(one, crime=made.pk, offence="5D", words="The jaw is broken", version=made.version)
        with pytest.raises(Stale):
            commands.set_flags(one, crime=made.pk, flags=[], version=made.version)


def test_an_interview_is_noted_of_a_suspect_alone() -> None:
    """Whether they were interviewed under caution decides who may ask for a review."""
    made, _boss, one = allocated()
    party = suspected(made, one)
    later = days(one, 2)
    with within(later):
        row = commands.note_interview(later, party=party, on=later.at.date())
        assert row.interviewed_on == later.at.date()
        with pytest.raises(Refused, match="once it was held"):
            commands.note_interview(later, party=party, on=later.at.date() + timedelta(days=1))
        victim = queries.victim_of(later, crime=made.pk)
        assert victim is not None
        with pytest.raises(Refused, match="Only a suspect"):
            commands.note_interview(later, party=victim.pk, on=later.at.date())


def test_an_investigator_does_not_allocate() -> None:
    """The supervisor or the desk does."""
    made, one = crime(), detective()
    with within(one), pytest.raises(Refused, match="None of your roles"):
        commands.allocate(one, crime=made.pk, as_advised=True)
