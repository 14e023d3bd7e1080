"""A measure asked for a period before its law or its data begin says so: page, file, API and command line."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from datetime import date
from typing import Any
from unittest.mock import patch

import pytest
from django.test import Client

from tests import factories
from tests.domains.signed_in import signed_in
from tests.measures.town import found_areas, happens, month_of
from watchward.config.cli import parser
from watchward.config.docs import measures as docs
from watchward.config.static import BUILT
from watchward.foundation.access.context import within
from watchward.foundation.acting import Acting
from watchward.foundation.measures.beginning import Beginning, beginning
from watchward.foundation.measures.counting import counting
from watchward.foundation.measures.declared import measure, measures
from watchward.foundation.measures.spans import Span

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(not BUILT.is_dir(), reason="the pages' styles and scripts have not been built"),
]

KEY = "incidents.emergencies-in-time"
PAGE = f"/oversight/performance/measures/{KEY}"
LAW = "What it is held against begins on 1 April 2017 (Force response policy, 1 April 2017)."
DATA = "Its data begin in March 2018, so there is nothing to count in this period."
PARTLY = "Its data begin in March 2018, and no earlier."


@pytest.fixture(autouse=True)
def monday() -> Iterator[None]:
    """It is 07:45 on Monday 1 July 2019 for whoever asks."""
    with (
        patch("watchward.foundation.access.middleware.now", return_value=factories.NOW),
        patch("watchward.foundation.acting.now", return_value=factories.NOW),
    ):
        yield


@pytest.fixture
def manager(settings: Any) -> tuple[Client, Acting]:
    """A manager of a force whose incidents begin in March 2018."""
    client, who = signed_in(settings, "force-incident-manager", team=factories.team())
    with within(who):
        found_areas(who, names=("north",))
        happens(who, rows=[*month_of(date(2018, 3, 1), rows=9, in_time=7, area="north"),
                           *month_of(date(2019, 6, 1), rows=9, in_time=7, area="north")])  # fmt: skip
    return client, who


@pytest.mark.parametrize(
    ("first", "last", "says"),
    [
        ("2016-01-01", "2016-12-31", (f"{LAW} All of this period is before that.", DATA)),
        ("2017-01-01", "2017-12-31", (f"{LAW} The days of this period up to then are before that.", DATA)),
        ("2017-04-01", "2017-12-31", (DATA,)),
        ("2017-04-01", "2018-12-31", (PARTLY,)),
        ("2018-03-01", "2019-06-30", ()),
    ],
)
def test_every_way_of_asking_says_it(
    manager: tuple[Client, Acting], capsys: pytest.CaptureFixture[str], first: str, last: str, says: tuple[str, ...]
) -> None:
    """On the day before the law, on its first day, before the data and after: the same words everywhere."""
    client, _who = manager
    page = client.get(f"{PAGE}?from={first}&to={last}").content.decode()
    told = client.get(f"{PAGE}/json?from={first}&to={last}&by=month").json()["begins"]
    lines = list(csv.DictReader(io.StringIO(client.get(f"{PAGE}/csv?from={first}&to={last}").content.decode())))
    asked = parser().parse_args(["measure", KEY, "--from", first, "--to", last])
    assert asked.run(asked) == 0
    printed = capsys.readouterr().out
    for words in says:
        assert words in page
        assert words in printed
    assert "begins on" not in page or says
    assert (told["law"], told["data"], tuple(told["says"])) == ("2017-04-01", "2018-03", says)
    assert [line["Note"] for line in lines] == [" ".join(says)]


def test_each_line_of_a_file_says_its_own(manager: tuple[Client, Acting]) -> None:
    """By month: February 2018 is before the data, March is not."""
    client, _who = manager
    text = client.get(f"{PAGE}/csv?from=2018-02-01&to=2018-03-31&by=month").content.decode()
    february, march, whole = csv.DictReader(io.StringIO(text))
    assert february["Note"] == DATA
    assert march["Note"] == ""
    assert whole["Note"] == PARTLY


def test_where_nothing_is_recorded_at_all() -> None:
    """A force that has just begun is told that there is nothing, and not that it is nought."""
    who = factories.officer("auditor")
    span = Span(date(2018, 7, 1), date(2019, 6, 30))
    with within(who), counting(who) as counter:
        found = beginning(counter, measure("incidents.reported"))
    assert found == Beginning(None, "", None)
    assert found.says(span) == ("Nothing has been recorded that it could count.",)


def test_machines_are_told_where_small_numbers_are_hidden_too(
    manager: tuple[Client, Acting], capsys: pytest.CaptureFixture[str]
) -> None:
    """What leaves the force says from when it counts as well."""
    client, _who = manager
    told = client.get(f"{PAGE}/json?from=2016-01-01&to=2016-12-31&leaving=yes").json()
    assert told["begins"]["says"][1] == DATA
    asked = parser().parse_args(["measure", KEY, "--from", "2016-01-01", "--to", "2016-12-31", "--leaving", "--json"])
    assert asked.run(asked) == 0
    assert json.loads(capsys.readouterr().out)["begins"]["says"][1] == DATA


def test_the_page_of_measures_says_from_when_each_counts() -> None:
    """Response from the policy of 1 April 2017; charges, which no law of a day is about, from the first of them."""
    ((_path, page),) = list(docs.pages())
    said = {
        part.partition("`")[2].partition("`")[0]: next(
            line.removeprefix("| Counts from | ") for line in part.splitlines() if line.startswith("| Counts from |")
        )
        for part in page.split("\n## ")[1:]
    }
    assert set(said) == set(measures)
    assert said[KEY] == (
        "1 April 2017 (Force response policy, 1 April 2017),"
        " anew from 1 April 2019 (Force response policy, 1 April 2019);"
        " from its first row where that is later |"
    )
    assert said["contact.identified"].startswith("1 April 2017 (")
    assert said["crimes.charged"] == (
        "its first row; no law or policy begins on a day for it"
        " (Home Office, crime outcomes, by crimes recorded in the period; report line 30) |"
    )
    for key, words in said.items():
        law = measures[key].law
        assert all(version.cite in words for version in (law.versions if law is not None else ()) if version.is_set)
