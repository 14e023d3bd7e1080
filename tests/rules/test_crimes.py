"""When a crime is recorded, who may cancel it, where it goes and what its outcome demands."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from watchward.domains.crimes import rules
from watchward.domains.crimes.rules import Cancelling, Ending, Facts, Leaving, Reclassifying, Recording
from watchward.domains.crimes.vocabulary import N100, Cancel, Demand, NotRecorded, Offence, Stage
from watchward.domains.offences.vocabulary import Flag, Outcome, OutcomeGroup, outcomes_in_force
from watchward.domains.organisation.vocabulary import Function
from watchward.kernel.periods import instant, local_day

NOW = datetime(2019, 7, 1, 6, 45, tzinfo=UTC)
RAPE = Offence("19C", "Rape of a female aged 16 and over", "Sexual offences", "Rape offences", 2500.0)
ASSAULT = Offence("8N", "Assault with injury", "Violence against the person", "Violence with injury", 184.0)
SHOPLIFTING = Offence("46", "Shoplifting", "Theft offences", "Shoplifting", 8.0)


def clock(day: date, hour: int = 12) -> datetime:
    """Return an hour of the day in London."""
    return instant(day, time(hour))


# The limit of recording


def test_a_report_of_31_march_2015_has_three_days_and_one_of_1_april_a_day() -> None:
    """The limit fell from 72 hours to 24 on 1 April 2015; the day of the first report picks it."""
    before, after = clock(date(2015, 3, 31), 23), clock(date(2015, 4, 1), 0)
    assert rules.record_by(before)[0] == before + timedelta(hours=72)
    assert rules.record_by(after)[0] == after + timedelta(hours=24)


def test_the_limit_counts_elapsed_hours_over_a_change_of_the_clocks() -> None:
    """24 hours from noon on the day before the clocks go forward end at 13:00."""
    reported = clock(date(2019, 3, 30), 12)
    assert rules.record_by(reported)[0] == clock(date(2019, 3, 31), 13)


def recording(**kwargs: Any) -> Recording:
    """Return what stands when a crime is recorded in time."""
    made = Recording(NOW - timedelta(hours=2), NOW, offence_known=True, what="Struck", victims=1, victimless=False)
    return replace(made, **kwargs)


def fields(reasons: tuple[Any, ...]) -> set[str]:
    """Return the fields that reasons belong to."""
    return {reason.field for reason in reasons}


def test_a_late_crime_is_recorded_with_its_reason() -> None:
    """Being late is a breach to be explained, never a reason not to record."""
    on_time = recording(reported=NOW - timedelta(hours=24))
    assert rules.why_not_record(on_time) == ()
    late = recording(reported=NOW - timedelta(hours=24, seconds=1))
    assert fields(rules.why_not_record(late)) == {"late_reason"}
    assert rules.why_not_record(replace(late, late_reason="Victim not found until today")) == ()


def test_all_reasons_against_recording_come_at_once() -> None:
    """Nothing is asked for one at a time."""
    bare = recording(offence_known=False, what=" ", victims=0, strange_flags=(Flag.ALCOHOL,))
    assert fields(rules.why_not_record(bare)) == {"offence", "what", "victim", "flags"}
    assert fields(rules.why_not_record(recording(victims=1, victimless=True))) == {"victim"}
    assert rules.why_not_record(recording(victims=0, victimless=True)) == ()


def test_no_crime_takes_evidence_and_a_sexual_report_says_whether_it_is_rape() -> None:
    """A report of rape that is not recorded is kept as N100, so it must be known which it is."""
    on = date(2019, 7, 1)
    empty = Leaving(None, "", may_be_rape=True, rape=None, recorded=False, on=on)
    assert fields(rules.why_not_leave(empty)) == {"why", "words", "rape"}
    whole = Leaving(
        NotRecorded.CONTRARY, "Camera shows nobody came near", may_be_rape=True, rape=True, recorded=False, on=on
    )
    assert rules.why_not_leave(whole) == ()
    assert rules.why_not_leave(replace(whole, recorded=True))


def test_a_report_of_rape_stands_without_a_crime_for_three_reasons_alone() -> None:
    """N100/1, 2 and 3 from 1 April 2015; part of a recorded crime is none of them; "no crime in law" is no reason."""
    day, before = date(2015, 4, 1), date(2015, 3, 31)
    kept = {why: rules.n100_of(why, on=day) for why in NotRecorded}
    assert kept == {
        NotRecorded.UNCONFIRMED: N100.UNCONFIRMED, NotRecorded.CONTRARY: N100.CONTRARY,
        NotRecorded.ELSEWHERE: N100.ELSEWHERE, NotRecorded.ALREADY: None, NotRecorded.NO_CRIME: None,
    }  # fmt: skip
    for why in NotRecorded:
        said = Leaving(why, "As the camera at the door shows", may_be_rape=True, rape=True, recorded=False, on=day)
        codes = [reason.code for reason in rules.why_not_leave(said)]
        assert codes == (["n100"] if why is NotRecorded.NO_CRIME else []), why
        assert rules.why_not_leave(replace(said, rape=False)) == ()
    assert rules.n100_of(NotRecorded.CONTRARY, on=before) is None
    earlier = Leaving(
        NotRecorded.NO_CRIME, "As the camera at the door shows", may_be_rape=True, rape=True, recorded=False, on=before
    )
    assert rules.why_not_leave(earlier) == ()


def test_an_n100_is_checked_within_the_time_for_recording_until_the_force_sets_another() -> None:
    """The force's own time is unset, so that the 24 hours in which a crime must be recorded hold."""
    decided = datetime(2019, 7, 1, 9, 0, tzinfo=UTC)
    assert not rules.N100_CHECK.is_set_on(date(2019, 7, 1))
    by, cite, since = rules.check_n100_by(decided)
    assert (by, since) == (decided + timedelta(hours=24), date(2015, 4, 1))
    assert "N100" in cite


# Cancelling


def cancelling(**kwargs: Any) -> Cancelling:
    """Return a cancellation that stands."""
    made = Cancelling(
        Stage.ALLOCATED, Cancel.C2, "He found the bicycle in his own shed", rape=False, registrar=False, offence="44",
        recorded=date(2019, 6, 1), took_part=False,
    )  # fmt: skip
    return replace(made, **kwargs)


def test_whoever_recorded_or_investigated_does_not_cancel() -> None:
    """The decision is taken by somebody independent of the investigation."""
    assert rules.why_not_cancel(cancelling()) == ()
    assert [r.code for r in rules.why_not_cancel(cancelling(took_part=True))] == ["not-independent"]


def test_only_the_registrar_cancels_a_rape_and_not_one_of_their_own() -> None:
    """A recorded rape is cancelled by the force crime registrar alone."""
    assert [r.code for r in rules.why_not_cancel(cancelling(rape=True))] == ["rape"]
    assert rules.why_not_cancel(cancelling(rape=True, registrar=True)) == ()
    assert rules.why_not_cancel(cancelling(rape=True, registrar=True, took_part=True))


@pytest.mark.parametrize("code", list(Cancel))
def test_each_letter_asks_for_its_own_evidence(code: Cancel) -> None:
    """C1 names the force, C3 the other crime, C5 is for listed assaults; all take words."""
    asked = fields(rules.why_not_cancel(cancelling(code=code, words="")))
    own = {Cancel.C1: {"force"}, Cancel.C3: {"other"}, Cancel.C5: {"code"}}.get(code, set())
    assert asked == {"words"} | own
    full = cancelling(code=code, other=True, force="Cheshire", offence="8N")
    assert rules.why_not_cancel(full) == ()


def test_saying_that_a_rape_was_another_crime_is_the_registrars() -> None:
    """Otherwise a rape could be cancelled by another name."""
    facts = Reclassifying(Stage.ALLOCATED, same=False, known=True, words="As the video shows", leaves_rape=True,
                          registrar=False)  # fmt: skip
    assert [r.code for r in rules.why_not_reclassify(facts)] == ["rape"]
    assert rules.why_not_reclassify(replace(facts, registrar=True)) == ()
    assert fields(rules.why_not_reclassify(replace(facts, leaves_rape=False, words="", same=True))) == {
        "offence", "words",
    }  # fmt: skip


# Allocation


def test_the_policy_looks_at_harm_type_skill_series_and_local_impact() -> None:
    """The five factors of the force's policy, each with its words."""
    advice = rules.advise(
        Facts(ASSAULT, frozenset({Flag.DOMESTIC_ABUSE}), series=True, local=True), on=date(2019, 7, 1)
    )
    assert [factor.factor for factor in advice.factors] == [
        "Harm", "Crime type", "Crime type", "Series", "Local impact", "Skill",
    ]  # fmt: skip
    assert advice.score == 20 + 10 + 20 + 15 + 15
    assert (advice.function, advice.skill) == (Function.PUBLIC_PROTECTION, "pip-2")


def test_the_policy_of_the_day_decides_on_both_sides_of_2_july_2018() -> None:
    """Before the new policing model there was no resolution centre to send a crime without a suspect to."""
    facts = Facts(SHOPLIFTING)
    assert rules.advise(facts, on=date(2018, 7, 1)).function is Function.INVESTIGATION
    assert rules.advise(facts, on=date(2018, 7, 2)).function is Function.RESOLUTION
    assert rules.advise(replace(facts, suspect=True), on=date(2018, 7, 2)).function is Function.INVESTIGATION


def test_a_sexual_offence_goes_to_those_trained_for_it() -> None:
    """To public protection; against a child, to the child protection and exploitation team."""
    on = date(2019, 7, 1)
    assert rules.advise(Facts(RAPE), on=on).function is Function.PUBLIC_PROTECTION
    assert rules.advise(Facts(RAPE, child=True), on=on).skill == "scaidp"
    flagged = rules.advise(Facts(ASSAULT, frozenset({Flag.CHILD_SEXUAL_EXPLOITATION})), on=on)
    assert flagged.function is Function.CHILD_PROTECTION


@given(st.booleans(), st.booleans(), st.booleans(), st.floats(0, 8000), st.floats(0, 8000))
def test_more_of_anything_never_gives_a_lower_score(
    suspect: bool, series: bool, local: bool, one: float, other: float
) -> None:
    """A worse crime, one of a series or one that frightens a street never scores less for it."""
    light, heavy = sorted((one, other))
    on = date(2019, 7, 1)
    plain = rules.advise(Facts(replace(SHOPLIFTING, weight=light), suspect=suspect), on=on)
    worse = Facts(replace(SHOPLIFTING, weight=heavy), suspect=suspect, series=series, local=local)
    assert rules.advise(worse, on=on).score >= plain.score


def test_a_higher_level_of_accreditation_holds_the_lower() -> None:
    """PIP 2 is enough for PIP 1, and nothing else is enough for child abuse."""
    assert rules.holds("pip-1", {"pip-2"})
    assert not rules.holds("pip-2", {"pip-1"})
    assert not rules.holds("scaidp", {"pip-2"})


def test_another_team_or_a_missing_skill_takes_a_reason() -> None:
    """An override is allowed and explained; both reasons come at once."""
    facts = rules.Allocating(Stage.RECORDED, advised=4, team=5, officer=uuid4(), in_team=True, skilled=False,
                             skill="pip-2", reason="")  # fmt: skip
    assert [r.code for r in rules.why_not_allocate(facts, cite="policy")] == ["other-team", "skill"]
    assert rules.why_not_allocate(replace(facts, reason="Knows the family well"), cite="policy") == ()


# Outcomes


def ending(code: str, **kwargs: Any) -> Ending:
    """Return a file that bears out any outcome with a suspect."""
    said = {demand: "Said and kept on the file" for demand in Demand if demand.asks}
    made = Ending(
        Stage.ALLOCATED, code, in_force=frozenset(one.code.value for one in outcomes_in_force(date(2019, 7, 1))),
        today=date(2019, 7, 1), decided=date(2019, 6, 28), reported=clock(date(2019, 6, 1)),
        suspects=("Craig Hollins",), suspect="Craig Hollins", suspect_age=30, said=said, limit=date(2019, 6, 1),
    )  # fmt: skip
    return replace(made, **kwargs)


def test_every_outcome_of_the_framework_has_its_demands() -> None:
    """A new outcome fails here until somebody has said what it demands."""
    assert set(rules.DEMANDS) == {outcome.value for outcome in Outcome}
    assert OutcomeGroup.NOT_YET  # what has none yet is counted too


@pytest.mark.parametrize("code", [code for code, asked in rules.DEMANDS.items() if Demand.SUSPECT in asked])
def test_an_outcome_with_a_suspect_needs_them_named(code: str) -> None:
    """Fifteen, sixteen and all that accuse somebody name them."""
    nobody = ending(code, suspects=(), suspect="")
    assert "suspect" in fields(rules.why_not_end(nobody))


@pytest.mark.parametrize("code", ["14", "18"])
def test_outcomes_14_and_18_forbid_a_named_suspect(code: str) -> None:
    """Where somebody is suspected, the crime did not end without a suspect."""
    assert fields(rules.why_not_end(ending(code))) == {"code"}
    assert rules.why_not_end(ending(code, suspects=(), suspect="")) == ()


@pytest.mark.parametrize(("code", "age", "fits"), [
    ("11", 9, True), ("11", 10, False), ("2", 17, True), ("2", 18, False), ("3", 17, False), ("3", 18, True),
])  # fmt: skip
def test_ages_are_those_of_the_day_of_the_offence(code: str, age: int, fits: bool) -> None:
    """Nobody under ten can be guilty; a youth caution ends at eighteen."""
    assert (rules.why_not_end(ending(code, suspect_age=age)) == ()) is fits


def test_an_age_that_nobody_knows_is_asked_for() -> None:
    """Outcome 11 is never given on a guess."""
    assert fields(rules.why_not_end(ending("11", suspect_age=None))) == {"suspect"}


@pytest.mark.parametrize("code", list(rules.DEMANDS))
def test_all_that_an_outcome_lacks_is_said_at_once(code: str) -> None:
    """An empty form is answered with every field that this outcome asks for, and no other."""
    empty = ending(code, suspects=(), suspect="", said={}, limit=None, decided=None)
    asked = {demand.value for demand in rules.DEMANDS[code] if demand.asks}
    asked |= {"suspect"} if Demand.SUSPECT in rules.DEMANDS[code] else set()
    asked |= {"code"} if Demand.FRAUD in rules.DEMANDS[code] else set()
    assert fields(rules.why_not_end(empty)) == asked | {"decided_on"}


def test_outcome_17_needs_a_time_that_has_run_out() -> None:
    """On the last day a prosecution can still begin."""
    assert rules.why_not_end(ending("17", limit=date(2019, 6, 27))) == ()
    assert fields(rules.why_not_end(ending("17", limit=date(2019, 6, 28)))) == {"limit"}


def test_an_assault_in_abuse_of_28_june_2022_runs_from_the_statement() -> None:
    """CJA 1988 s.39A: six months from the statement; the day before, six months from the assault."""
    new = rules.last_day_to_charge(offence=date(2022, 6, 28), statement=date(2022, 12, 20), assault_in_abuse=True)
    old = rules.last_day_to_charge(offence=date(2022, 6, 27), statement=date(2022, 12, 20), assault_in_abuse=True)
    assert new[0] == date(2023, 6, 20)
    assert old[0] == date(2022, 12, 27)
    plain = rules.last_day_to_charge(offence=date(2022, 6, 28), statement=date(2022, 12, 20), assault_in_abuse=False)
    assert plain[0] == date(2022, 12, 28)


def test_outcome_22_came_on_1_april_2019() -> None:
    """On 31 March 2019 no crime could end in a diversion."""
    assert "22" not in {one.code.value for one in outcomes_in_force(date(2019, 3, 31))}
    assert "22" in {one.code.value for one in outcomes_in_force(date(2019, 4, 1))}


def test_a_supervisor_agrees_14_and_16_always_and_more_by_policy() -> None:
    """Charges are no supervisor's to agree; the force asks for more than the counting rules since April 2017."""
    for day in (date(2016, 1, 1), date(2019, 7, 1)):
        assert rules.is_supervised("14", on=day)
        assert rules.is_supervised("16", on=day)
        assert not rules.is_supervised("1", on=day)
    assert not rules.is_supervised("18", on=date(2017, 3, 31))
    assert rules.is_supervised("18", on=date(2017, 4, 1))


def test_the_day_of_an_outcome_lies_between_the_report_and_today() -> None:
    """Both bases of counting stand on it."""
    assert fields(rules.why_not_end(ending("1", decided=date(2019, 7, 2)))) == {"decided_on"}
    assert fields(rules.why_not_end(ending("1", decided=date(2019, 5, 31)))) == {"decided_on"}
    assert rules.why_not_end(ending("1", decided=local_day(clock(date(2019, 6, 1))))) == ()
