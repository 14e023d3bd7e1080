"""Street-level crime from files: every row loaded, already there, or refused with its line and reason."""

from __future__ import annotations

import gzip
import json
from collections import Counter
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.domains.people.test_imports import run
from tests.factories import machinery, officer
from tests.oversight.open_data import files
from tests.oversight.open_data.files import UNABLE, anti_social, load, row, street_file
from watchward.domains.offences.vocabulary import Category
from watchward.foundation.access.context import within
from watchward.foundation.acting import Acting
from watchward.foundation.commands import Denied
from watchward.foundation.intake import commands as intake
from watchward.foundation.intake.vocabulary import FileRefused, Outcome
from watchward.oversight.open_data import imports, queries
from watchward.oversight.open_data.models import StreetCrime
from watchward.oversight.open_data.rules.editions import Compared, why_not_edition

pytestmark = pytest.mark.django_db

OCTOBER, DECEMBER = date(2018, 10, 1), date(2018, 12, 1)


def sums(outcome: Outcome) -> tuple[int, int, int, int]:
    """Return read, loaded, already there and refused, which must add up."""
    assert outcome.reconciles
    return outcome.read, outcome.loaded, outcome.already, outcome.refused


def test_three_published_months_reconcile_to_the_row() -> None:
    """29,326 rows: 25,989 in the county's 687 areas, 3,285 without an area, 52 outside; one Crime ID stands twice."""
    acting = machinery()
    files.areas(acting, files.LSOAS)
    found = [sums(load(acting, path)) for path in files.MONTHS]
    assert found == [(10_938, 10_938, 0, 0), (9_959, 9_959, 0, 0), (8_429, 8_429, 0, 0)]
    with within(acting):
        names = queries.area_names(acting)
        cells = queries.cells(acting, since=OCTOBER, until=DECEMBER)
        assert len(names) == 687
        assert sum(cell.crimes for cell in cells) == 29_326
        assert sum(cell.crimes for cell in cells if cell.lsoa in names) == 25_989
        assert sum(cell.crimes for cell in cells if not cell.lsoa) == 3_285
        assert sum(cell.crimes for cell in cells if cell.lsoa and cell.lsoa not in names) == 52
        assert sum(cell.with_outcome for cell in cells) == 29_326 - 8_299
        assert sum(cell.unable for cell in cells) == 9_310
        assert queries.repeats(acting, since=OCTOBER, until=DECEMBER) == 1
        assert queries.repeats(acting, since=DECEMBER, until=DECEMBER) == 0
        assert [(one.month, one.rows) for one in queries.months(acting)] == [
            (OCTOBER, 10_938), (date(2018, 11, 1), 9_959), (DECEMBER, 8_429),
        ]  # fmt: skip
        violence = queries.cells(acting, since=OCTOBER, until=DECEMBER, category=Category.VIOLENCE)
        assert sum(cell.crimes for cell in violence) == 8_693
    assert sums(load(acting, files.MONTHS[1])) == (9_959, 0, 9_959, 0)


def test_alike_without_a_number_are_two_and_with_one_are_one(tmp_path: Path) -> None:
    """Three alike rows of anti-social behaviour are three incidents; a crime on two alike rows is one crime."""
    acting = machinery()
    path = street_file(tmp_path, [anti_social(), anti_social(), row(7), anti_social(), row(7)])
    assert sums(load(acting, path)) == (5, 4, 1, 0)
    assert sums(load(acting, path)) == (5, 0, 5, 0)


def test_a_crime_id_on_two_rows_is_counted_as_published(tmp_path: Path) -> None:
    """The same Crime ID with another place, or in another month, is another row; the map says how many there are."""
    acting = machinery()
    load(acting, street_file(tmp_path, [row(7), row(7, street="East Way")]))
    load(acting, street_file(tmp_path, [row(7, month="2018-11")], "2018-11.csv"))
    with within(acting):
        assert queries.repeats(acting, since=DECEMBER, until=DECEMBER) == 1
        assert queries.repeats(acting, since=OCTOBER, until=DECEMBER) == 2


def test_rows_without_an_area_or_outside_are_loaded_and_told_apart(tmp_path: Path) -> None:
    """No place, another county's area, one of ours: each is counted, none is spread."""
    acting = machinery()
    files.areas(acting, files.area_file(tmp_path, [files.area("E01029368")]))
    load(acting, street_file(tmp_path, [row(1), row(2, lsoa="", lon="", lat=""), row(3, lsoa="E01009433")]))
    with within(acting):
        names = queries.area_names(acting)
        by = {cell.lsoa: cell.crimes for cell in queries.cells(acting, since=DECEMBER, until=DECEMBER)}
    assert by == {"": 1, "E01009433": 1, "E01029368": 1}
    assert set(names) == {"E01029368"}


@pytest.mark.parametrize(
    ("bad", "words"),
    [
        (row(2, force="West Midlands Police"), "It is not of Staffordshire Police"),
        (row(2, month="2018-13"), "The month is not written as 2018-12, or nothing was published of it"),
        (row(2, month="1999-12"), "The month is not written as 2018-12, or nothing was published of it"),
        (row(2, category="Witchcraft"), "The category is none that is published"),
        (row(2, lat="152.7"), "The position is no place in the United Kingdom"),
        (row(2, lon=""), "The position is no place in the United Kingdom"),
        (row(2, lat="NaN"), "The position is no place in the United Kingdom"),
        (row(2, lsoa="<script>"), "The code of the area is none"),
        (row(2).replace(f"{2:064x}", "=1+1"), "The Crime ID is not 64 figures and letters"),
        (row(None, category="Anti-social behaviour"), "Anti-social behaviour has no outcome"),
        (row(2, street="x" * 500), "On or near is longer than 120 characters"),
        (row(2).rsplit(",", 3)[0], "It has 9 cells, and the header 12"),
        (row(2, street="\0"), "A cell holds a character that no text has (NUL)"),
        (row(2, street='"cut o'), "A quotation mark is never closed: the file may be cut off"),
    ],
)  # fmt: skip
def test_a_bad_row_refuses_the_file_by_line_and_reason(bad: str, words: str, tmp_path: Path) -> None:
    """Nothing of the file is loaded; the good rows are, where that is asked for."""
    acting = machinery()
    bad = bad.replace('On or near "cut', '"On or near cut')
    path = street_file(tmp_path, [row(1), bad])
    outcome = load(acting, path)
    assert sums(outcome) == (2, 0, 0, 2)
    assert [(one.line, one.words) for one in outcome.rows] == [(3, words)]
    with within(acting):
        assert not StreetCrime.visible_to(acting).exists()
    assert sums(load(acting, path, accept=True)) == (2, 1, 0, 1)


def counted(acting: Acting, month: date = DECEMBER) -> list[tuple[str, int]]:
    """Return the outcomes of a month as the map counts them."""
    with within(acting):
        rows = StreetCrime.visible_to(acting).filter(month=month, ended__isnull=True).values_list("outcome")
        assert sum(cell.crimes for cell in queries.cells(acting, since=month, until=month)) == len(rows)
        return sorted(Counter(outcome for (outcome,) in rows).items())


def test_a_later_edition_takes_the_place_of_the_one_before_and_both_are_accounted_for(tmp_path: Path) -> None:
    """Rows the same, changed, added and gone add up to both editions; the earlier one is kept and counted no more."""
    acting = machinery()
    first = [row(1), row(2, outcome="Under investigation"), row(3), anti_social(), anti_social(), anti_social()]
    load(acting, street_file(tmp_path, first))
    later = street_file(
        tmp_path, [row(1), row(2), row(4), row(9, month="2018-11"), anti_social(), anti_social()], "later.csv"
    )
    outcome = load(acting, later)
    assert sums(outcome) == (6, 3, 3, 0)
    assert outcome.said[-1] == (
        "December 2018 is a later edition: 3 rows the same, 1 changed, 1 added, 2 gone. The earlier edition is kept "
        "and counted no more"
    )
    assert counted(acting) == [("", 2), (UNABLE, 3)]
    with within(acting):
        one, two = queries.editions(acting, month=DECEMBER)
        assert (one.number, one.rows, one.added, one.gone) == (1, 6, 6, 0)
        assert (two.number, two.rows, two.same, two.changed, two.added, two.gone) == (2, 5, 3, 1, 1, 2)
        assert one.rows == two.same + two.changed + two.gone
        ended = StreetCrime.visible_to(acting).filter(ended=2)
        assert sorted((each.crime_id[-1:], each.outcome) for each in ended) == [
            ("", ""), ("2", "Under investigation"), ("3", UNABLE),
        ]  # fmt: skip
        assert [one.rows for one in queries.months(acting)] == [1, 5]
    assert sums(load(acting, later)) == (6, 0, 6, 0)
    with within(acting):
        assert len(queries.editions(acting, month=DECEMBER)) == 2


def test_an_edition_that_goes_back_is_an_edition_of_its_own(tmp_path: Path) -> None:
    """What was gone and comes back stands again; that it was gone is not forgotten."""
    acting = machinery()
    before = street_file(tmp_path, [row(1), row(2)], "before.csv")
    after = street_file(tmp_path, [row(1), row(2, outcome="Under investigation")], "after.csv")
    for path, loaded in ((before, 2), (after, 1), (before, 1)):
        assert load(acting, path).loaded == loaded
    assert counted(acting) == [(UNABLE, 2)]
    with within(acting):
        assert [(each.number, each.changed) for each in queries.editions(acting, month=DECEMBER)] == [
            (1, 0), (2, 1), (3, 1),
        ]  # fmt: skip
        assert StreetCrime.visible_to(acting).filter(month=DECEMBER).count() == 4


def test_a_file_that_was_cut_off_is_no_later_edition(tmp_path: Path) -> None:
    """With fewer than half of the rows that stand it is refused whole, and what stands stands."""
    acting = machinery()
    load(acting, street_file(tmp_path, [row(number) for number in range(1, 6)]))
    outcome = load(acting, street_file(tmp_path, [row(1), row(2)], "cut.csv"))
    assert sums(outcome) == (2, 0, 0, 2)
    assert outcome.whole == [
        "December 2018 has 2 rows in this file, and 5 are loaded: it looks cut off. Load the whole month."
    ]
    assert counted(acting) == [(UNABLE, 5)]


@given(st.lists(st.integers(0, 30), min_size=5, max_size=5))
def test_the_sums_of_two_editions_always_add_up(parts: list[int]) -> None:
    """Whatever the parts: the rows of the file and the rows that stood are each fully said."""
    same, changed, added, gone, _rest = parts
    one = Compared(DECEMBER, same=same, fresh=changed + added, gone=changed + gone, changed=changed)
    assert one.rows == one.same + one.changed + one.added
    assert one.stood == one.same + one.changed + one.left
    assert bool(why_not_edition([one])) == (one.stood > 0 and one.rows * 2 < one.stood)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (gzip.compress(files.MONTHS[0].read_bytes(), mtime=0)[:5_000],
         "This compressed file cannot be unpacked: it may be cut off."),
        (files.HEADER.encode() + b"\n\xff\xfe\n", "Line 2 is not UTF-8 (byte 0xff). Save the file as CSV UTF-8."),
        ("﻿".encode("utf-16") + files.HEADER.encode("utf-16"), "This file is UTF-16. Save it as CSV UTF-8."),
        (b"<html><body>Not found</body></html>\n", "None of its columns is known. Give a mapping; its columns are "
                                                   "<html><body>Not found</body></html>."),
        (gzip.compress(b"", mtime=0), "This file is empty."),
        (b"\x1f\x8b\x08\x00 and then nothing", "This compressed file cannot be unpacked: it may be cut off."),
    ],
)  # fmt: skip
def test_a_file_that_is_none_is_refused_whole(content: bytes, words: str, tmp_path: Path) -> None:
    """Cut off, of another encoding, an error page saved by its name: said in words."""
    path = tmp_path / "street.csv"
    path.write_bytes(content)
    with pytest.raises(FileRefused) as found:
        intake.prepare(path, imports.POLICE_UK, None)
    assert str(found.value) == words


def test_a_small_file_that_claims_to_be_huge_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A few kilobytes that unpack to more than may be read are not unpacked."""
    from watchward.foundation.intake import files as reading

    monkeypatch.setattr(reading, "MOST_UNPACKED", 1_000_000)
    path = tmp_path / "bomb.csv.gz"
    path.write_bytes(gzip.compress(b"a" * 5_000_000))
    with pytest.raises(FileRefused, match="unpacks to more than 1 MB"):
        intake.prepare(path, imports.POLICE_UK, None)


def test_who_may_load(tmp_path: Path) -> None:
    """An administrator loads published files; a sergeant does not, and nothing is written."""
    path = street_file(tmp_path, [row(1)])
    sergeant = officer("sergeant")
    with within(sergeant), pytest.raises(Denied):
        intake.load_file(sergeant, kind=imports.POLICE_UK, prepared=intake.prepare(path, imports.POLICE_UK, None))
    assert sums(load(officer("administrator"), path)) == (1, 1, 0, 0)


def test_the_command_line_says_the_settled_shape(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """One object on standard output, the reasons on standard error, status 2 where a file was refused."""
    good = street_file(tmp_path, [row(1), anti_social()])
    assert run("police-uk", str(good), "--json") == 0
    assert json.loads(capsys.readouterr().out) == {
        "files": [{"path": str(good), "read": 2, "loaded": 2, "already": 0, "refused": 0, "reasons": {}}]
    }
    bad = street_file(tmp_path, [row(3), row(4, force="Another Force")], "bad.csv")
    report = tmp_path / "refused.csv"
    assert run("police-uk", str(bad), "--json", "--report", str(report)) == 2
    said = capsys.readouterr()
    assert json.loads(said.out)["files"][0]["reasons"] == {"It is not of Staffordshire Police": 1}
    assert "first on line 3" in said.err
    assert "bad.csv,3,Falls within,It is not of Staffordshire Police" in report.read_text()
