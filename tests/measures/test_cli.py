"""`watchward measure` and `watchward figures`, run in this process."""

from __future__ import annotations

import argparse
import csv
import io
import json
from datetime import date
from typing import Any
from unittest.mock import patch

import pytest
from django.apps import apps

from tests import factories
from tests.measures.town import found_areas, happens, month_of
from watchward.config.cli import parser
from watchward.foundation.access.context import within
from watchward.foundation.measures.declared import measures
from watchward.kernel.refusals import Refused
from watchward.oversight.performance import rules

pytestmark = pytest.mark.django_db

KEY = "incidents.emergencies-in-time"


@pytest.fixture(autouse=True)
def a_june() -> None:
    """Two areas in June 2019: 10 of 20 in time in the north, 12 of 30 in the south."""
    who = factories.officer("force-incident-manager", team=factories.team())
    with within(who):
        found_areas(who, names=("north", "south"))
        june = date(2019, 6, 1)
        rows = [
            *month_of(june, rows=20, in_time=10, area="north"),
            *month_of(june, rows=30, in_time=12, area="south", also=("domestic-abuse",)),
        ]
        happens(who, rows=rows)


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    """Run a command at the tests' moment and return what it prints."""
    asked: argparse.Namespace = parser().parse_args(arguments)
    with patch("watchward.foundation.acting.now", return_value=factories.NOW):
        assert asked.run(asked) == 0
    return capsys.readouterr().out


def test_without_a_key_it_lists_them(capsys: pytest.CaptureFixture[str]) -> None:
    """Every measure with its title and what it is counted by."""
    assert f"{KEY} " in run(capsys, "measure")
    told = json.loads(run(capsys, "measure", "--json"))
    assert {"key", "title", "kind", "asks", "source", "unit", "by"} <= set(told["measures"][0])


@pytest.mark.report("OUT-11", by="foundation.measures.tables.table_of")
def test_one_measure_by_area(capsys: pytest.CaptureFixture[str]) -> None:
    """In words: the figure, its basis, its judgement, and a line for each area."""
    said = run(capsys, "measure", KEY, "--by", "area")
    assert "Emergencies attended in time: 44.0 %" in said
    assert "22 of 50 incidents graded Immediate, reported 1 July 2018 to 30 June 2019" in said
    assert "Too new to judge." in said
    assert "10 of 20" in said
    assert "12 of 30" in said


def test_one_object_for_machines(capsys: pytest.CaptureFixture[str]) -> None:
    """With its period, and two breakdowns at once."""
    told: dict[str, Any] = json.loads(
        run(
            capsys,
            "measure",
            KEY,
            "--from",
            "2019-06-01",
            "--to",
            "2019-06-30",
            "--by",
            "month",
            "--by",
            "area",
            "--json",
        )
    )
    assert (told["counted"], told["rows"], told["value"]) == (22, 50, 44.0)
    assert told["period"] == ["2019-06-01", "2019-06-30"]
    assert [(line["month"], line["area"], line["counted"]) for line in told["lines"]] == [
        ("2019-06-01", "north", 10), ("2019-06-01", "south", 12),
    ]  # fmt: skip


def test_as_a_file(capsys: pytest.CaptureFixture[str]) -> None:
    """The same lines as the page's file, with the total last."""
    lines = list(csv.DictReader(io.StringIO(run(capsys, "measure", KEY, "--by", "area", "--csv"))))
    assert [(line["Area"], line["Counted"]) for line in lines] == [("North", "10"), ("South", "12"), ("All", "22")]


@pytest.mark.parametrize(
    "arguments",
    [("no.such",), (KEY, "--by", "moon"), (KEY, "--from", "2019-07-02"), (KEY, "--by", "area,kind,urban")],
)
def test_what_cannot_be_counted_is_refused(capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...]) -> None:
    """In words, with exit status 2."""
    with pytest.raises(Refused):
        run(capsys, "measure", *arguments)


@pytest.mark.report("OUT-01", by="oversight.performance.rules.register")
def test_the_reports_figures_beside_the_live_ones(capsys: pytest.CaptureFixture[str]) -> None:
    """Each line of the register in its shape; what nothing counts yet is null, and nothing is made up."""
    told = json.loads(run(capsys, "figures", "--json"))["figures"]
    assert all(set(each) == {"key", "report_line", "report", "live", "basis", "period"} for each in told)
    by_key = {each["key"]: each for each in told}
    assert len(by_key) == len(told) == 45
    assert by_key["charged"]["report"] == "8.9 %"
    assert by_key["golden-hour"]["live"] is None
    assert by_key["domestic-attended-fast"]["period"] == ["2018-04-01", "2019-03-31"]
    assert by_key["domestic-attended-fast"]["live"] is None  # nothing of that year is recorded here
    assert by_key["charged-england-and-wales"]["live"] == 7.7
    assert by_key["charged-england-and-wales"]["basis"].startswith("England and Wales, entered from ")
    assert "counted live" in run(capsys, "figures")


def test_a_live_figure_is_counted_over_the_reports_own_period(capsys: pytest.CaptureFixture[str]) -> None:
    """Thirty more incidents of domestic abuse in March 2019, all attended as emergencies: 100 per cent of that year."""
    who = factories.officer("force-incident-manager", team=factories.team())
    with within(who):
        happens(who, rows=month_of(date(2019, 3, 1), rows=30, in_time=30, also=("domestic-abuse",)))
    told = {each["key"]: each for each in json.loads(run(capsys, "figures", "--json"))["figures"]}
    assert told["domestic-attended-fast"]["live"] == 100.0
    assert told["domestic-attended-fast"]["basis"] == "30 of 30 domestic abuse incidents reported"
    assert told["domestic-by-telephone"]["live"] == 0.0


def test_the_register_says_nothing_in_the_reports_words_but_its_values() -> None:
    """Every figure has its line and its value, and either a measure that counts it or a meaning in our own words."""
    assert all(each.line and each.says and each.meaning for each in rules.register())


def test_every_measure_that_the_register_names_is_declared() -> None:
    """A key that nothing declares would stand as "not yet" for ever: only rooms that are not built yet are named so."""
    built = {app.label for app in apps.get_app_configs()}
    named = {each.measure for each in rules.register() if each.measure.partition(".")[0] in built}
    assert named
    assert named <= set(measures)
