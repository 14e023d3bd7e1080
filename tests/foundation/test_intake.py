"""Outside files: every row is loaded, already there, or refused with its line; nothing is loaded by half."""

from __future__ import annotations

import codecs
from collections.abc import Iterator
from pathlib import Path

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from watchward.foundation.intake import files
from watchward.foundation.intake.cells import csv_text, safe_cell, write_for_owner
from watchward.foundation.intake.commands import prepare
from watchward.foundation.intake.vocabulary import Field, FileRefused, Kind, kinds

HEADER = "unique_id,first_name,surname,dob\n"


@pytest.fixture
def kind() -> Iterator[Kind]:
    """A kind of rows that no domain has."""
    made = Kind(
        "things",
        "things",
        (
            Field("forenames", "First names", ("first_name",), 20),
            Field("surname", "Surname"),
            Field("born", "Born", ("dob",), day=True),
        ),
        load=lambda *_args, **_more: None,
        check=lambda _rows, _options: [],
    )
    yield made
    del kinds["things"]


def written(tmp_path: Path, content: bytes | str, name: str = "rows.csv") -> Path:
    """Write a file to read."""
    path = tmp_path / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def refusal(path: Path) -> str:
    """Return why a whole file is refused."""
    with pytest.raises(FileRefused) as found:
        files.read(path)
    return str(found.value)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "This file is empty."),
        (b"\n\n", "The first line is empty: it must name the columns."),
        (codecs.BOM_UTF16_LE + "a,b\n1,2\n".encode("utf-16-le"), "This file is UTF-16. Save it as CSV UTF-8."),
        (b"a,b\n1,2\n3,Ren\xe9\n", "Line 3 is not UTF-8 (byte 0xe9). Save the file as CSV UTF-8."),
        (b"a,a\n1,2\n", "Two columns are called a."),
        (b"a,,c\n1,2,3\n", "Column 2 has no name."),
        (b'"a,b\n1,2\n', "The line of column names cannot be read: A quotation mark is never closed"
                         ": the file may be cut off"),
        (b"PAR1 and then nothing", "This is no whole Parquet file: it may be cut off."),
    ],
)  # fmt: skip
def test_a_file_that_is_no_table_is_refused_whole(content: bytes, words: str, tmp_path: Path) -> None:
    """Empty, of another encoding, cut off or without its columns: said in words, with the line where there is one."""
    assert refusal(written(tmp_path, content)) == words


def test_a_folder_and_a_file_that_is_not_there_are_refused(tmp_path: Path) -> None:
    """Nothing is a crash."""
    assert refusal(tmp_path) == "This is a folder."
    assert refusal(tmp_path / "none.csv") == "This file cannot be read: No such file or directory."


def test_a_byte_order_mark_is_no_part_of_the_first_column(tmp_path: Path) -> None:
    """UTF-8 with a mark, as spreadsheets save it, is read as without."""
    table = files.read(written(tmp_path, codecs.BOM_UTF8 + "unique_id,name\n1,Zoë\n".encode()))
    assert table.columns == ["unique_id", "name"]
    assert table.frame["name"].to_list() == ["Zoë"]


def test_semicolons_and_tabs_part_columns_too(tmp_path: Path) -> None:
    """As exported in much of Europe, and said."""
    table = files.read(written(tmp_path, "a;b\n1,5;2\n"))
    assert table.frame.row(0) == ("1,5", "2", 2)
    assert table.said == ["Columns are parted by ;."]


def test_each_bad_row_is_refused_with_its_line(tmp_path: Path) -> None:
    """Ragged rows, a NUL, a cell of ten million characters, quotation marks that do not pair: the others are read."""
    content = "a,b\n1,2\n3\n4,5,6\n7,\0\n" + '"two\nlines",8\n' + f"9,{'x' * 10_000_000}\n" + '"1"2,3\n' + "10,11\n"
    table = files.read(written(tmp_path, content))
    assert table.frame.select("@line", "a").rows() == [(2, "1"), (6, "two\nlines"), (10, "10")]
    assert [(row.line, row.words, row.column) for row in table.refused] == [
        (3, "It has 1 cells, and the header 2", ""),
        (4, "It has 3 cells, and the header 2", ""),
        (5, "A cell holds a character that no text has (NUL)", "b"),
        (8, "A cell is longer than 100,000 characters, or a quotation mark is never closed", ""),
        (9, "The quotation marks do not pair up", ""),
    ]
    assert table.read == 8


def test_a_file_cut_off_within_a_quotation_is_refused_at_that_line(tmp_path: Path) -> None:
    """What was cut off is not loaded as if it were whole."""
    table = files.read(written(tmp_path, 'a,b\n1,2\n3,"cut o'))
    assert [(row.line, row.words) for row in table.refused] == [
        (3, "A quotation mark is never closed: the file may be cut off")
    ]


def test_parquet_is_read_as_the_same_table(tmp_path: Path) -> None:
    """Numbers, dates and nothing become text and the empty text."""
    path = tmp_path / "rows.parquet"
    pl.DataFrame({"a": [1, None], "d": [pl.date(1971, 6, 24), None]}, strict=False).select(
        "a", pl.Series("d", ["1971-06-24", None]).str.to_date()
    ).write_parquet(path)
    table = files.read(path)
    assert table.frame.rows() == [("1", "1971-06-24", 1), ("", "", 2)]
    path.write_bytes(path.read_bytes()[:-20])
    assert refusal(path) == "This is no whole Parquet file: it may be cut off."


def test_common_names_of_columns_are_recognised_and_said(kind: Kind, tmp_path: Path) -> None:
    """Without a mapping file, what was understood and what was left out is said."""
    found = prepare(written(tmp_path, "ID,First Name,Surname,DOB,Shoe\n1,Ann,Lee,24/06/1971,5\n"), kind, None)
    assert found.frame.select("outside_id", "forenames", "surname").row(0) == ("1", "Ann", "Lee")
    assert found.frame["born"].to_list()[0].isoformat() == "1971-06-24"
    assert found.outcome.said == [
        "Read as outside_id: ID", "Read as forenames: First Name", "Read as surname: Surname", "Read as born: DOB",
        "Left out: Shoe", "Days in DOB are read as %d/%m/%Y",
    ]  # fmt: skip


def test_a_file_without_any_known_column_is_refused(kind: Kind, tmp_path: Path) -> None:
    """A header that is missing makes the first row the header, and nothing fits."""
    with pytest.raises(FileRefused, match="None of its columns is known"):
        prepare(written(tmp_path, "1,Ann,Lee\n2,Bob,May\n"), kind, None)


def test_a_mapping_names_every_column_or_is_refused(kind: Kind, tmp_path: Path) -> None:
    """Columns that are missing and columns that nobody thought of are both said."""
    mapping = written(
        tmp_path, 'bad_dates = "refuse"\n[columns]\nfirst_name = "forenames"\nlast = "surname"\n', "m.toml"
    )
    with pytest.raises(FileRefused) as found:
        prepare(written(tmp_path, HEADER + "1,Ann,Lee,1971-06-24\n"), kind, mapping)
    assert str(found.value) == ("The file has no column last. Neither mapped nor skipped: unique_id, surname, dob.")
    for words, fault in (
        ("[columns", "is no TOML"), ('[columns]\na = "nothing"\n', "things have no field nothing"),
        ('colour = 1\n[columns]\na = "surname"\n', "it has no word colour"), ("", "it maps no column"),
        ('kind = "people"\n[columns]\na = "surname"\n', "it is for people, not things"),
    ):  # fmt: skip
        with pytest.raises(FileRefused, match=fault):
            prepare(written(tmp_path, HEADER), kind, written(tmp_path, words, "m.toml"))


def test_a_date_that_is_none_is_refused_with_its_line_or_left_out(kind: Kind, tmp_path: Path) -> None:
    """The mapping says which."""
    content = HEADER + "1,Ann,Lee,1971-06-24\n2,Bob,May,1971-13-45\n"
    found = prepare(written(tmp_path, content), kind, None)
    assert [(row.line, row.column) for row in found.outcome.rows] == [(3, "dob")]
    assert found.frame.height == 1
    words = (
        'bad_dates = "leave out"\nskip = ["unique_id", "first_name"]\n[columns]\nsurname = "surname"\ndob = "born"\n'
    )
    kept = prepare(written(tmp_path, content), kind, written(tmp_path, words, "m.toml"))
    assert kept.outcome.rows == []
    assert kept.frame["born"].null_count() == 1


def test_a_number_that_comes_twice_is_already_there_or_refused(kind: Kind, tmp_path: Path) -> None:
    """The same row twice is one row; the same number with other values is refused with its line."""
    content = HEADER + "1,Ann,Lee,1971-06-24\n1,Ann,Lee,1971-06-24\n1,Anne,Lee,1971-06-24\n2,Bob,May,\n"
    found = prepare(written(tmp_path, content), kind, None)
    assert found.frame.height == 2
    assert found.outcome.already == 1
    assert [(row.line, row.words) for row in found.outcome.rows] == [
        (4, "Its number stands on an earlier line with other values")
    ]


def test_a_value_too_long_is_refused_and_a_formula_stays_text(kind: Kind, tmp_path: Path) -> None:
    """What looks like a formula is kept as it was written: it is data, and made safe where it leaves."""
    content = HEADER + f"1,{'a' * 21},Lee,\n" + '2,"=HYPERLINK(""x"")",Lee,\n'
    found = prepare(written(tmp_path, content), kind, None)
    assert [(row.line, row.words) for row in found.outcome.rows] == [(2, "First names is longer than 20 characters")]
    assert found.frame["forenames"].to_list() == ['=HYPERLINK("x")']


@given(st.text())
def test_no_cell_that_leaves_is_a_formula(text: str) -> None:
    """ASVS 5.0.0 1.2.10: whatever was typed, a spreadsheet shows it and never runs it."""
    safe = safe_cell(text)
    assert not safe.lstrip().startswith(("=", "+", "-", "@"))
    assert not safe.startswith(("\t", "\r", "\n", "\0"))
    assert safe.removeprefix("'") == text.replace("\0", "") or safe == text.replace("\0", "")


@given(st.lists(st.lists(st.text(), min_size=2, max_size=2), max_size=5))
def test_a_file_that_leaves_can_be_read_again(rows: list[list[str]]) -> None:
    """RFC 4180: quotation marks, commas and line ends within a cell stay within it."""
    import csv
    import io

    text = csv_text(("a", "b"), rows)
    again = list(csv.reader(io.StringIO(text, newline="")))
    assert again == [["a", "b"], *[[safe_cell(cell) for cell in row] for row in rows]]


def test_numbers_stay_numbers_in_a_file_that_leaves() -> None:
    """A negative number given as a number is one."""
    assert [safe_cell(value) for value in (-1, 2.5, None, True, "-1")] == ["-1", "2.5", "", "True", "'-1"]


def test_a_report_is_for_its_owner_alone(tmp_path: Path) -> None:
    """Also where an older file of the name was open to all."""
    path = tmp_path / "out.csv"
    path.write_text("old")
    path.chmod(0o644)
    write_for_owner(path, "new")
    assert path.read_text() == "new"
    assert path.stat().st_mode & 0o777 == 0o600
    assert [one.name for one in tmp_path.iterdir()] == ["out.csv"]
