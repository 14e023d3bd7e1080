"""An outcome is given only with what it demands, agreed where a supervisor must, and checked by the registrar."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from tests.domains.crimes.scenes import NOW, allocated, crime, days, ended, registrar, suspected
from tests.domains.crimes.test_recording import duty, faults
from watchward.domains.crimes import commands, queries
from watchward.domains.crimes.models import Outcome
from watchward.domains.crimes.vocabulary import Cancel, OutcomeState, Stage, Verdict
from watchward.foundation.access.context import within
from watchward.foundation.duties.models import State
from watchward.kernel.refusals import Refused

pytestmark = pytest.mark.django_db


def test_a_charge_ends_a_crime_at_once_and_both_days_are_kept() -> None:
    """Charged on 30 June, entered on 1 July: the day of the outcome and the day it was recorded are two facts."""
    made, _boss, one = allocated()
    party = suspected(made, one)
    later = days(one, 3)
    ended(made, later, "1", suspect=party, decided_on=date(2019, 7, 2))
    with within(one):
        made.refresh_from_db()
    assert (made.stage, made.outcome, made.outcome_on) == (Stage.FINISHED, "1", date(2019, 7, 2))
    assert made.outcome_recorded_at == NOW + timedelta(days=3)


def test_sixteen_without_a_suspect_is_refused_with_all_reasons() -> None:
    """No suspect, no words, no day: three reasons at once."""
    made, _boss, one = allocated()
    with within(one), pytest.raises(Refused) as refused:
        commands.give_outcome(one, crime=made.pk, code="15", decided_on=None)
    assert [reason.field for reason in refused.value.reasons] == ["decided_on", "suspect", "rationale"]


def test_an_outcome_that_a_supervisor_agrees_waits_for_one() -> None:
    """Proposed by the investigator, agreed by the sergeant: a duty between the two, and neither does both."""
    made, boss, one = allocated()
    party = suspected(made, one)
    row = ended(made, one, "15", suspect=party)
    assert row.state == OutcomeState.PROPOSED
    owed = duty("crimes.agree-outcome", row)
    assert (owed.state, owed.owed_by_id, owed.due_at) == (State.OPEN, boss.account, NOW + timedelta(hours=72))
    with within(one), pytest.raises(Refused, match="None of your roles"):
        commands.agree_outcome(one, outcome=row.pk)
    with within(boss):
        commands.agree_outcome(boss, outcome=row.pk)
        made.refresh_from_db()
        with pytest.raises(Refused, match="given already"):
            commands.agree_outcome(boss, outcome=row.pk)
    assert (made.stage, made.outcome) == (Stage.FINISHED, "15")
    assert duty("crimes.agree-outcome", row).state == State.DISCHARGED
    assert faults() == []


def test_a_supervisor_does_not_agree_their_own_proposal() -> None:
    """Four eyes, even where one person holds both permissions."""
    made, boss, one = allocated()
    row = ended(made, boss, "15", suspect=suspected(made, one))
    with within(boss), pytest.raises(Refused, match="Somebody else agrees"):
        commands.agree_outcome(boss, outcome=row.pk)


def test_what_is_sent_back_says_what_to_do_and_may_be_proposed_again() -> None:
    """The crime goes on, the first proposal stays on the file."""
    made, boss, one = allocated()
    row = ended(made, one, "18")
    with within(boss):
        with pytest.raises(Refused, match="what is to be done"):
            commands.send_back(boss, outcome=row.pk, words="")
        commands.send_back(boss, outcome=row.pk, words="Ask the shop for its camera first")
        made.refresh_from_db()
    assert made.stage == Stage.ALLOCATED
    assert duty("crimes.agree-outcome", row).state == State.DISCHARGED
    again = ended(made, one, "18")
    assert again.pk != row.pk
    assert faults() == []


def test_a_finished_crime_is_reopened_with_its_reason() -> None:
    """What was its outcome stays on the file, and no longer counts."""
    made, boss, one = allocated()
    row = ended(made, one, "1", suspect=suspected(made, one))
    with within(boss):
        commands.reopen(boss, crime=made.pk, words="The charge was withdrawn by the prosecutor")
        made.refresh_from_db()
        row = Outcome.visible_to(boss).get(pk=row.pk)
    assert (made.stage, made.outcome, made.outcome_on) == (Stage.ALLOCATED, "", None)
    assert (row.state, row.ended_words) == (OutcomeState.ENDED, "The charge was withdrawn by the prosecutor")


def test_a_crime_that_nobody_has_gets_no_outcome() -> None:
    """It is allocated first, so that somebody answers for it."""
    made, _boss, one = allocated()
    fresh = crime()
    with within(one), pytest.raises(Refused, match="to allocate"):
        commands.give_outcome(one, crime=fresh.pk, code="18", decided_on=date(2019, 7, 1))
    assert made.stage == Stage.ALLOCATED


def test_the_suspect_of_an_outcome_stays_named() -> None:
    """Who was charged cannot be taken off the file behind the outcome's back."""
    made, _boss, one = allocated()
    party = suspected(made, one)
    ended(made, one, "1", suspect=party)
    with within(one), pytest.raises(Refused, match="reopen the crime first"):
        commands.end_part(one, party=party, words="It was another man")


def test_cancelling_ends_what_was_proposed() -> None:
    """Nobody is asked to agree the outcome of a crime that is none."""
    made, _boss, one = allocated()
    row = ended(made, one, "18")
    head = registrar()
    with within(head):
        commands.cancel(head, crime=made.pk, code=Cancel.C4, words="Recorded twice by mistake")
    assert duty("crimes.agree-outcome", row).state == State.RELEASED
    assert faults() == []


@pytest.mark.report("OUT-05", by="crimes.commands.draw_sample")
@pytest.mark.report("OUT-05", by="crimes.commands.check_outcome")
def test_the_registrar_draws_the_same_sample_from_the_same_seed() -> None:
    """The draw can be repeated by anybody, and each crime drawn is owed a verdict."""
    head = registrar()
    for _ in range(6):
        made, _boss, one = allocated()
        ended(made, one, "1", suspect=suspected(made, one))
    given: dict[str, Any] = {"code": "1", "since": date(2019, 7, 1), "until": date(2019, 7, 1), "size": 3}
    with within(head):
        first, again, other = (
            commands.draw_sample(head, seed=seed, **given) for seed in ("plum", "plum", "pear")
        )  # fmt: skip
        drawn = [[row.crime_id for row in queries.checks(head, sample=each.pk)] for each in (first, again, other)]
        assert drawn[0] == drawn[1]
        assert drawn[0] != drawn[2] or sorted(drawn[0]) == sorted(drawn[2])
        assert (first.size, first.among) == (3, 6)
        first_check, second_check, _third = queries.checks(head, sample=first.pk)
        with pytest.raises(Refused) as refused:
            commands.check_outcome(head, check=first_check.pk, verdict=Verdict.DISAGREE, words="No")
        assert [reason.field for reason in refused.value.reasons] == ["words"]
        commands.check_outcome(
            head, check=first_check.pk, verdict=Verdict.DISAGREE, words="The file bears out outcome 15"
        )
        commands.check_outcome(head, check=second_check.pk, verdict=Verdict.AGREE)
        with pytest.raises(Refused, match="checked already"):
            commands.check_outcome(head, check=second_check.pk, verdict=Verdict.AGREE)
    assert duty("crimes.check-outcome", first_check).state == State.DISCHARGED
    assert faults() == []


def test_a_sample_says_what_it_lacks() -> None:
    """No seed, wrong days, too many: all at once; and nothing is drawn from nothing."""
    head = registrar()
    with within(head):
        with pytest.raises(Refused) as refused:
            commands.draw_sample(head, seed=" ", since=date(2019, 7, 1), until=date(2019, 6, 1), size=0)
        assert [reason.field for reason in refused.value.reasons] == ["seed", "until", "size"]
        with pytest.raises(Refused, match="No outcome was given"):
            commands.draw_sample(head, seed="plum", since=date(2019, 6, 1), until=date(2019, 6, 1), size=5)
