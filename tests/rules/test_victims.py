"""By when a victim is told, who has enhanced rights, who may ask for a review, and what a withdrawal needs."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from watchward.domains.offences.vocabulary import OffenceGroup
from watchward.domains.victims import rules
from watchward.domains.victims.rules import About, Contacting, Deciding
from watchward.domains.victims.vocabulary import Category, Response, Result, Tells, Trigger, Withdraws
from watchward.kernel.dated import NotInForce, Unset
from watchward.kernel.periods import day_ends, instant, is_working_day, local_day

NOW = datetime(2019, 7, 1, 6, 45, tzinfo=UTC)


def at(day: date) -> datetime:
    """Return noon of a day in London."""
    return instant(day, time(12))


def fields(reasons: tuple[Any, ...]) -> set[str]:
    """Return the fields that reasons belong to."""
    return {reason.field for reason in reasons}


def test_five_working_days_over_easter_and_one_for_whoever_has_enhanced_rights() -> None:
    """Learned on Thursday 18 April 2019, before Good Friday and Easter Monday."""
    learned = at(date(2019, 4, 18))
    assert rules.tell_by(Trigger.CHARGED, learned, enhanced=False)[0] == day_ends(date(2019, 4, 29))
    assert rules.tell_by(Trigger.CHARGED, learned, enhanced=True)[0] == day_ends(date(2019, 4, 23))


def test_support_within_two_days_and_what_to_expect_within_five_for_everybody() -> None:
    """These two are the same with enhanced rights and without."""
    learned = at(date(2019, 7, 1))
    for enhanced in (False, True):
        assert rules.tell_by(Trigger.SUPPORT, learned, enhanced=enhanced)[0] == day_ends(date(2019, 7, 3))
        assert rules.tell_by(Trigger.EXPECT, learned, enhanced=enhanced)[0] == day_ends(date(2019, 7, 8))


def test_the_code_of_the_day_decides_on_both_sides_of_each_edition() -> None:
    """2006, 2013 (10 December), 2015 (16 November) and 2020 (in force 1 April 2021)."""
    said = {
        date(2013, 12, 9): "2006", date(2013, 12, 10): "2013", date(2015, 11, 15): "2013", date(2015, 11, 16): "2015",
        date(2021, 3, 31): "2015", date(2021, 4, 1): "2020",
    }  # fmt: skip
    assert {day: rules.EDITIONS.value_on(day) for day in said} == said
    with pytest.raises(NotInForce):
        rules.EDITIONS.value_on(date(2006, 4, 2))


def test_times_that_nobody_has_confirmed_are_asked_for_and_never_guessed() -> None:
    """The editions before 16 November 2015 stand without times."""
    with pytest.raises(Unset, match="2006 and 2013 editions"):
        rules.tell_by(Trigger.CHARGED, at(date(2015, 11, 15)), enhanced=False)
    assert rules.tell_by(Trigger.CHARGED, at(date(2015, 11, 16)), enhanced=False)


def test_a_decision_not_to_investigate_is_told_a_day_later_to_some_since_april_2021() -> None:
    """2015: five days for all. 2020: one with enhanced rights."""
    before, after = at(date(2021, 3, 31)), at(date(2021, 4, 1))
    assert rules.tell_by(Trigger.NOT_INVESTIGATED, before, enhanced=True)[0] == day_ends(date(2021, 4, 9))
    assert rules.tell_by(Trigger.NOT_INVESTIGATED, after, enhanced=True)[0] == day_ends(date(2021, 4, 6))


@given(st.dates(date(2015, 11, 16), date(2025, 12, 31)), st.sampled_from(list(Trigger)), st.booleans())
def test_nobody_is_owed_news_on_a_day_off_or_later_with_enhanced_rights(
    day: date, trigger: Trigger, enhanced: bool
) -> None:
    """The last day is a working day, comes after the event, and is never later for whoever has enhanced rights."""
    by, _version = rules.tell_by(trigger, at(day), enhanced=enhanced)
    standard = rules.tell_by(trigger, at(day), enhanced=False)[0]
    assert by <= standard
    assert by > at(day)
    last = local_day(by - timedelta(seconds=1))
    assert last > day
    assert is_working_day(last)


def test_enhanced_rights_follow_from_the_crime_itself() -> None:
    """Domestic abuse, hate, sexual offences, the gravest offences, and anybody under 18."""
    on = date(2019, 7, 1)
    plain = About("49", OffenceGroup.THEFT)
    assert rules.enhanced_by_itself(plain, on=on) == ()
    assert rules.enhanced_by_itself(replace(plain, age=17), on=on) == ((Category.VULNERABLE, "under 18"),)
    assert rules.enhanced_by_itself(replace(plain, age=18), on=on) == ()
    for flags in ({"Domestic abuse"}, {"Hate: race"}):
        found = rules.enhanced_by_itself(replace(plain, flags=frozenset(flags)), on=on)
        assert [category for category, _words in found] == [Category.MOST_SERIOUS]
    assert rules.enhanced_by_itself(replace(plain, group=OffenceGroup.SEXUAL), on=on)
    assert rules.enhanced_by_itself(replace(plain, offence="2"), on=on)


def test_modern_slavery_joined_the_list_with_the_code_of_2021() -> None:
    """The day before, it gave no enhanced rights of itself."""
    slavery = About("106", OffenceGroup.VIOLENCE)
    assert rules.enhanced_by_itself(slavery, on=date(2021, 3, 31)) == ()
    assert rules.enhanced_by_itself(slavery, on=date(2021, 4, 1))


def test_who_may_ask_for_a_review() -> None:
    """A suspect interviewed under caution and not prosecuted, by a decision from 1 April 2015; never a withdrawal."""
    on = date(2019, 7, 1)
    assert rules.may_review("15", decided=on, interviewed=True)
    assert not rules.may_review("15", decided=on, interviewed=False)
    assert not rules.may_review("15", decided=date(2015, 3, 31), interviewed=True)
    assert rules.may_review("15", decided=date(2015, 4, 1), interviewed=True)
    for code in ("1", "3", "8", "14", "16", "18"):
        assert not rules.may_review(code, decided=on, interviewed=True)


def contacting(**kwargs: Any) -> Contacting:
    """Return contact that stands."""
    return replace(Contacting(Result.SPOKE, "She is well", NOW, NOW), **kwargs)


@pytest.mark.parametrize("result", [Result.MESSAGE, Result.NO_ANSWER, Result.DECLINED])
def test_an_attempt_tells_nothing(result: Result) -> None:
    """It stands on the file, and keeps no promise."""
    assert rules.why_not_contact(contacting(result=result)) == ()
    assert fields(rules.why_not_contact(contacting(result=result, news=1))) == {"told"}
    assert fields(rules.why_not_contact(contacting(result=result, tells=(Tells.EXPECT,)))) == {"told"}


def test_contact_says_all_that_it_lacks() -> None:
    """No result, no words, a time to come, no consent and no word of the review: all at once."""
    bare = contacting(
        result=None, words="", when=NOW.replace(year=2020), tells=(Tells.SUPPORT,), asks_consent=True, review=True
    )
    assert fields(rules.why_not_contact(bare)) == {"result", "words", "when", "consents", "told_review"}


def test_a_withdrawal_needs_a_reason_their_own_words_the_day_and_support() -> None:
    """Whoever supports action is asked for none of it."""
    empty = Deciding(False, None, "", None, date(2019, 7, 1), support_told=False)
    assert fields(rules.why_not_decide(empty)) == {"reason", "own_words", "said_on", "support_told"}
    whole = Deciding(
        False, Withdraws.REPRISAL, "He will only come back worse", date(2019, 6, 30), date(2019, 7, 1), True
    )
    assert rules.why_not_decide(whole) == ()
    assert rules.why_not_decide(replace(empty, supports=True, said_on=date(2019, 7, 1))) == ()
    assert fields(rules.why_not_decide(replace(whole, said_on=date(2019, 7, 2)))) == {"said_on"}


def test_a_statement_declined_or_put_off_says_why() -> None:
    """Accepting needs no reason."""
    assert rules.why_not_offer(response=Response.ACCEPTED, words="") == ()
    assert fields(rules.why_not_offer(response=Response.LATER, words="")) == {"words"}
    assert fields(rules.why_not_offer(response=None, words="")) == {"response"}


def test_what_is_told_follows_the_outcome() -> None:
    """A charge, a disposal out of court, a decision not to charge and a closed file are four things."""
    assert rules.trigger_of("1A") is Trigger.CHARGED
    assert rules.trigger_of("3") is Trigger.OUT_OF_COURT
    assert rules.trigger_of("16") is Trigger.NOT_CHARGED
    assert rules.trigger_of("18") is Trigger.CLOSED
