"""The words of a chart come from its own signals."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest

from tests.measures.test_judging import YEAR, months
from watchward.foundation.measures import spans
from watchward.foundation.measures.declared import Measure, Unit, Wanted, measure, measures
from watchward.foundation.measures.judging import judge
from watchward.foundation.measures.telling import Tone, change_words, figure, judgement, number


@pytest.fixture
def wanted_lower() -> Iterator[Measure]:
    """A measure that should fall."""
    made = replace(measure("incidents.emergencies-in-time"), key="tests.lower", wanted=Wanted.LOWER)
    yield made
    del measures["tests.lower"]


def test_ordinary_variation_with_months_still_open(wanted_lower: Measure) -> None:
    """What looks like a fall at the end is said to be unsettled, and not a fall."""
    said = judgement(wanted_lower, judge(months([*YEAR, 12.0, 3.0, 1.0], open_from=13)))
    assert said.tone is Tone.ORDINARY
    assert said.short == "Ordinary variation. Last 2 months not yet settled"
    assert said.rest.startswith("No settled month since July 2017 is outside what this measure does by itself.")
    assert "The last two months are not judged" in said.rest


def test_a_signal_is_higher_and_only_then_worse(wanted_lower: Measure) -> None:
    """The direction is the chart's; better and worse are the measure's."""
    chart = judge(months([*YEAR, *[25.0] * 9]))
    said = judgement(wanted_lower, chart)
    assert (said.tone, said.short, said.since) == (Tone.WORSE, "Signal: worse since July 2018", date(2018, 7, 1))
    assert said.lead == "Signal: higher."
    assert "Every settled month since July 2018 is above the upper limit set by July 2017 to June 2018." in said.rest
    assert "more than this measure moves by itself" in said.rest
    neither = replace(wanted_lower, wanted=Wanted.NEITHER) if measures.pop("tests.lower") else wanted_lower
    assert judgement(neither, chart).short == "Signal: higher since July 2018"
    assert judgement(neither, chart).tone is Tone.SIGNAL


def test_a_row_of_eight_says_how_many_lie_outside(wanted_lower: Measure) -> None:
    """Eight on one side within the limits are told as such."""
    said = judgement(wanted_lower, judge(months([*YEAR, 12.0, *[11.0] * 8])))
    assert said.tone is Tone.BETTER
    assert said.rest.startswith("8 settled months in a row, since August 2018, are below the average")
    assert "outside" not in said.rest


def test_a_signal_that_is_over_is_told_as_past(wanted_lower: Measure) -> None:
    """One month stood out; since then it is ordinary."""
    said = judgement(wanted_lower, judge(months([*YEAR, 25.0, 12.0])))
    assert said.tone is Tone.ORDINARY
    assert said.rest == "It was higher in July 2018; since then it is within what it does by itself."


def test_too_new(wanted_lower: Measure) -> None:
    """Four months are not twelve."""
    said = judgement(wanted_lower, judge(months(YEAR[:4])))
    assert (said.tone, said.short) == (Tone.TOO_NEW, "Too new to judge: 4 months of the 12 needed")


def test_a_recorded_change_is_a_date_and_not_a_cause(wanted_lower: Measure) -> None:
    """What the chart did at it, in words."""
    change = date(2018, 7, 1)
    kept = change_words(judge(months([*YEAR, *YEAR]), [change]), change)
    assert kept.endswith("so the limits were kept.")
    moved = change_words(judge(months([*YEAR, *[25.0] * 9]), [change]), change)
    assert moved == "The figure moved after it; the limits are kept until twelve settled months follow."
    anew = change_words(judge(months([*YEAR, *[25.0] * 12]), [change]), change)
    assert anew.endswith("the limits were set anew from July 2018.")


def test_figures_with_their_units() -> None:
    """As they are read."""
    assert figure(8.8996, Unit.PER_CENT) == "8.9 %"
    assert figure(229.5, Unit.A_DAY) == "230 a day"
    assert figure(12.44, Unit.MINUTES) == "12.4 min"
    assert number(None, Unit.PER_CENT) == "–"


def test_the_last_twelve_months_are_whole() -> None:
    """On 1 July 2019 they are July 2018 to June 2019; in mid-month the running one is not among them."""
    year = spans.Span(date(2018, 7, 1), date(2019, 6, 30))
    assert spans.last_months(date(2019, 7, 1)) == spans.last_months(date(2019, 7, 31)) == year
    assert year.days == 365
    assert len(list(year.months())) == 12
    with pytest.raises(ValueError, match="cannot end"):
        spans.Span(date(2019, 7, 2), date(2019, 7, 1))
