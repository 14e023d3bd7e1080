"""Counting: one statement over all rows, whoever asks."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection
from django.db.models import Q
from django.test.utils import CaptureQueriesContext

from tests.domains.incidents import scenes
from watchward.domains.incidents.models import Incident
from watchward.foundation.access.context import within
from watchward.foundation.measures.counting import Asked, counting
from watchward.foundation.measures.declared import Share, measure, measures
from watchward.foundation.measures.spans import Span

pytestmark = pytest.mark.django_db

YEAR = Span(date(2018, 7, 2), date(2019, 7, 1))


def test_several_figures_are_one_statement() -> None:
    """A dashboard of any size asks twice: what is kept, and all else at once."""
    who = scenes.manager()
    scenes.incident(who)
    reported, emergencies = measure("incidents.reported"), measure("incidents.emergencies-in-time")
    with within(who), counting(who) as counter:
        with CaptureQueriesContext(connection) as captured:
            found = counter.several(
                [Asked(reported, YEAR), Asked(reported, YEAR, months=True), Asked(emergencies, YEAR)]
            )
        assert len(captured.captured_queries) == 2
    assert [figure.rows for figure in (found[0][()], found[1][("2019-07-01",)], found[2][()])] == [1, 1, 0]


def test_each_group_of_a_breakdown_counts_what_it_opens_to() -> None:
    """What stands in a table is what is counted when its line is chosen, with rows that have no such thing too."""
    who = scenes.manager()
    scenes.incident(who)
    scenes.incident(who, signs=())
    reported = measure("incidents.reported")
    with within(who), counting(who) as counter:
        for dimension in reported.breakdowns:
            groups = counter.count(Asked(reported, YEAR, by=(dimension,)))
            assert groups
            for (group,), figure in groups.items():
                assert counter.whole(reported, YEAR, {dimension.key: group}) == figure


def test_a_condition_that_would_count_a_row_twice_is_refused() -> None:
    """A share cannot exceed its whole: a join to several rows of another table is no condition on these."""
    who = scenes.manager()
    try:
        twice = Share(
            key="tests.twice", title="Twice", asks="Is it counted twice?", source="This test", theme="Contact",
            rows=Incident.visible_to, date="rang_at", basis="incidents", noun=("incident", "incidents"),
            counted=Q(log__automatic=True),
        )  # fmt: skip
        with within(who), counting(who) as counter, pytest.raises(ValueError, match="Exists"):
            counter.whole(twice, YEAR)
    finally:
        measures.pop("tests.twice", None)
