"""What is counted when published rows are loaded is what the rows say, in every area, month and category."""

from __future__ import annotations

import importlib
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.domains.signed_in import signed_in
from tests.factories import machinery
from tests.oversight.open_data import files
from tests.oversight.open_data.files import areas, load, row, street_file
from watchward.domains.offences.vocabulary import Category
from watchward.foundation.access.context import within
from watchward.oversight.open_data import queries
from watchward.oversight.open_data.models import StreetCount, StreetCrime
from watchward.oversight.open_data.vocabulary import OPEN, UNABLE

pytestmark = pytest.mark.django_db

MAP = "/oversight/crime-map/"


@pytest.fixture(autouse=True)
def published() -> None:
    """The county's real areas and three real months."""
    acting = machinery()
    areas(acting, files.LSOAS)
    for path in files.MONTHS:
        load(acting, path)


def from_rows() -> dict[tuple[Any, ...], list[int]]:
    """Return what the rows say, counted one by one here: rows, unable, open, with an outcome."""
    found: dict[tuple[Any, ...], list[int]] = {}
    standing = StreetCrime.objects.filter(ended__isnull=True)
    for month, lsoa, category, outcome in standing.values_list("month", "lsoa", "category", "outcome"):
        numbers = found.setdefault((month, lsoa, category), [0, 0, 0, 0])
        can = category != Category.ANTI_SOCIAL.value
        for place, counts in enumerate((True, outcome == UNABLE, can and (outcome in OPEN or not outcome), can)):
            numbers[place] += counts
    return found


def from_counts() -> dict[tuple[Any, ...], list[int]]:
    """Return what was counted at the loading."""
    names = ("month", "lsoa", "category", "crimes", "unable", "open", "with_outcome")
    return {(month, lsoa, category): rest for month, lsoa, category, *rest in StreetCount.objects.values_list(*names)}


def test_every_count_is_that_of_its_rows() -> None:
    """All 29,326 rows of three months, one by one; and the map's cells and months add up to them."""
    with within(machinery()) as acting:
        rows = from_rows()
        assert from_counts() == rows
        assert sum(each[0] for each in rows.values()) == 29_326
        months = queries.months(acting)
        assert sum(each.rows for each in months) == 29_326
        cells = queries.cells(acting, since=months[0].month, until=months[-1].month)
    by_area: Counter[tuple[Any, ...]] = Counter()
    for (month, lsoa, _category), (crimes, *_rest) in rows.items():
        by_area[month, lsoa] += crimes
    assert {(each.month, each.lsoa): each.crimes for each in cells} == by_area


def test_a_later_edition_is_counted_in_the_place_of_the_one_before(tmp_path: Path) -> None:
    """An outcome that is known now, a row that is gone and one that is new: counts and map say what stands."""
    first = [row(n, month="2019-01", outcome="Under investigation") for n in range(1, 6)]
    second = [row(1, month="2019-01"), *first[1:4], row(9, month="2019-01", lsoa="E01029369")]
    for n, rows in enumerate((first, second)):
        (tmp_path / f"{n}").mkdir()
        load(machinery(), street_file(tmp_path / f"{n}", rows, "2019-01-staffordshire-street.csv"))
        with within(machinery()) as acting:
            assert from_counts() == from_rows()
            january = queries.months(acting)[-1]
            assert (january.month, january.rows, january.open) == (date(2019, 1, 1), 5, (5, 3)[n])


def test_rows_that_were_there_before_are_counted_by_the_migration() -> None:
    """A force that loaded months before there were counts has the same."""
    counts = importlib.import_module("watchward.oversight.open_data.migrations.0003_streetcount").COUNTED
    with within(machinery()):
        rows = from_rows()
    with connection.cursor() as cursor:
        cursor.execute("create temporary table kept (like open_data_streetcount) on commit drop")
        cursor.execute(counts.replace("into open_data_streetcount", "into pg_temp.kept"))
        cursor.execute("select month, lsoa, category, crimes, unable, open, with_outcome from pg_temp.kept")
        assert {tuple(row[:3]): list(row[3:]) for row in cursor.fetchall()} == rows


def test_a_map_that_was_drawn_is_not_counted_again_until_a_file_is_loaded(settings: Any) -> None:
    """The second look asks for neither counts nor outlines, and shows the same; weights follow their list."""
    client, _who = signed_in(settings, "call-handler")
    for address in (MAP, f"{MAP}?by=harm", f"{MAP}?all=yes"):
        first = drawn(client, address)
        with CaptureQueriesContext(connection) as sent:
            assert drawn(client, address) == first
        said = " ".join(each["sql"] for each in sent.captured_queries)
        assert "sum(" not in said.lower()
        assert '"far"' not in said


def drawn(client: Client, address: str) -> str:
    """Return a page's map and table, without what is made for each answer."""
    text = client.get(address).content.decode()
    return text[text.index("<svg class") : text.index("</table>")]
