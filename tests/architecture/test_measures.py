"""What must be true of every measure."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.urls import reverse

from tests import factories
from watchward.demo.force import TEAMS
from watchward.foundation.access.models import Team
from watchward.foundation.access.roles import every_permission
from watchward.foundation.measures.counting import Asked, Counter
from watchward.foundation.measures.declared import Measure, measures
from watchward.foundation.measures.spans import last_months

TESTS = Path(__file__).resolve().parents[1]
EACH = [pytest.param(each, id=each.key) for each in measures.values()]


def known_answers() -> Iterator[str]:
    """Yield the keys of the measures that a test under tests/measures answers."""
    for path in sorted((TESTS / "measures").rglob("test_*.py")):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.FunctionDef):
                for mark in node.decorator_list:
                    if isinstance(mark, ast.Call) and ast.unparse(mark.func) == "pytest.mark.measure":
                        yield str(ast.literal_eval(mark.args[0]))


def test_every_measure_has_a_known_answer() -> None:
    """A figure that nobody has worked out by hand is a guess; and a test of a measure that is gone tests nothing."""
    assert set(known_answers()) == set(measures)


@pytest.mark.parametrize("measure", EACH)
def test_every_measure_says_what_it_answers_and_who_asks(measure: Measure) -> None:
    """A question, a source, what it counts, and rows that lead somewhere."""
    assert measure.asks.endswith("?")
    assert measure.source.strip()
    assert measure.counts
    assert measure.columns
    assert measure.needs is None or measure.needs in every_permission()
    assert measure.beside == "" or measures[measure.beside].beside == measure.key


@pytest.mark.parametrize("measure", EACH)
def test_every_measure_is_one_statement_that_counts_no_row_twice(measure: Measure) -> None:
    """Whole, by month and by each breakdown; what would multiply its rows is refused when it is written."""
    acting = factories.machinery()
    counter, span = Counter(acting, acting), last_months(factories.NOW.date())
    for by in [(), *((each,) for each in measure.breakdowns)]:
        for months in (False, True):
            sql, _given = counter.rows_of(Asked(measure, span, by=by, months=months)).query.sql_with_params()
            assert sql.startswith("SELECT")


@pytest.mark.parametrize("measure", EACH)
def test_whoever_must_explain_it_is_a_team_of_the_force(measure: Measure) -> None:
    """An owner that there is not would be asked in vain."""
    assert measure.owner in {"", *(team.key for team in TEAMS)}


@pytest.mark.parametrize("measure", EACH)
def test_every_row_leads_to_its_record(measure: Measure) -> None:
    """The page that a row names exists and takes the record's id."""
    if measure.url:
        assert reverse(measure.url, args=[Team().pk])
