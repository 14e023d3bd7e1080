"""Months that are kept, over the whole demonstration: every measure by every breakdown, now and a year later."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from tests import factories
from watchward.demo.calendar import START, moment
from watchward.foundation.access.context import within
from watchward.foundation.measures import commands
from watchward.foundation.measures.counting import Asked, counting
from watchward.foundation.measures.declared import measures
from watchward.foundation.measures.models import KeptMonth
from watchward.foundation.measures.spans import Span

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("demonstration")]

TWO_YEARS = Span(date(2017, 7, 3), date(2019, 6, 28))


def test_every_measure_is_as_counted_from_its_rows() -> None:
    """What is kept of the demonstration's months is what its rows say, on the day itself and a year after.

    A year later shows that a month that is kept does not depend on the moment: what was then still open in it would
    have made it be counted again.
    """
    machinery = factories.machinery(moment(START))
    with within(machinery):
        _gone, kept = commands.keep(machinery)
        assert kept > 20 * len(measures)
        assert KeptMonth.objects.exclude(cells=[]).exists()
    for later in (0, 365):
        reader = replace(factories.machinery(moment(START) + timedelta(days=later)), sees_all=False)
        for each in measures.values():
            asked = [Asked(each, TWO_YEARS), Asked(each, TWO_YEARS, months=True),
                     *(Asked(each, TWO_YEARS, by=(one,), months=months) for one in each.breakdowns
                       for months in (False, True))]  # fmt: skip
            with within(reader), counting(reader) as counter:
                one, other = counter.several(asked), counter.count_now(asked)
            assert [dict(figures) for figures in one] == [dict(figures) for figures in other], (each.key, later)
