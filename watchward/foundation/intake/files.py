"""Reading outside files strictly: every row is given with its line, or refused with its line; nothing is guessed at."""

from __future__ import annotations

import codecs
import csv
import gzip
import hashlib
import io
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import polars as pl

from watchward.foundation.intake.vocabulary import FileRefused, Row

MOST_BYTES = 4_000_000_000
MOST_UNPACKED = 1_000_000_000
"""Bytes that a compressed file may unpack to: a few kilobytes can claim to be more than any machine holds."""

MOST_IN_A_CELL = 100_000
"""Characters of one cell; more is no name, number or note."""

LINE = "@line"
"""The column that holds on which line of the file a row begins."""

_MARKS = (
    (codecs.BOM_UTF32_LE, "UTF-32"), (codecs.BOM_UTF32_BE, "UTF-32"), (codecs.BOM_UTF16_LE, "UTF-16"),
    (codecs.BOM_UTF16_BE, "UTF-16"),
)  # fmt: skip
_DELIMITERS = ",;\t|"


@dataclass
class Table:
    """A file as it was read: cells as text, empty where there are none.

    Args:
        columns: names as they stand in the file.
        frame: a text column for each, and `@line`.
        refused: rows that could not be read.
        digest: SHA-256 of the file, in hexadecimal.
        said: how it was read, where that was not plain.
    """

    columns: list[str]
    frame: pl.DataFrame
    digest: str
    refused: list[Row] = field(default_factory=list)
    said: list[str] = field(default_factory=list)

    @property
    def read(self) -> int:
        """Return how many rows the file has."""
        return self.frame.height + len(self.refused)


def content_of(path: Path) -> tuple[bytes, str]:
    """Return what a file holds, unpacked where it is compressed by gzip, and its SHA-256 as it lies there.

    Raises:
        FileRefused: it is empty, too large, cut off, or no such file.
    """
    try:
        if path.is_dir():
            raise FileRefused("This is a folder.")
        if path.stat().st_size > MOST_BYTES:
            raise FileRefused("This file is larger than 4 GB. Part it.")
        content = path.read_bytes()
    except OSError as problem:
        raise FileRefused(f"This file cannot be read: {problem.strerror}.") from None
    if not content:
        raise FileRefused("This file is empty.")
    return _unpacked(content), hashlib.sha256(content).hexdigest()


def read(path: Path) -> Table:
    """Return what a CSV or Parquet file holds.

    Raises:
        FileRefused: it is empty, truncated, of another encoding, without its header, or no such file.
    """
    content, digest = content_of(path)
    if content[:4] == b"PAR1" or path.suffix.lower() in (".parquet", ".pq"):
        return _parquet(content, digest)
    return read_csv(content, digest)


def _unpacked(content: bytes) -> bytes:
    """Return what stands in a file compressed by gzip (RFC 1952), and any other as it is."""
    if content[:2] != b"\x1f\x8b":
        return content
    try:
        with gzip.GzipFile(fileobj=io.BytesIO(content)) as packed:
            whole = packed.read(MOST_UNPACKED + 1)
    except (EOFError, OSError, zlib.error):
        raise FileRefused("This compressed file cannot be unpacked: it may be cut off.") from None
    if len(whole) > MOST_UNPACKED:
        raise FileRefused(f"This file unpacks to more than {MOST_UNPACKED // 1_000_000:,} MB. Part it.")
    if not whole:
        raise FileRefused("This file is empty.")
    return whole


def read_csv(content: bytes, digest: str) -> Table:
    """Return what a CSV file holds, given its content.

    Args:
        content: of the file, unpacked.
        digest: SHA-256 of the file as it lies there.

    Raises:
        FileRefused: it is truncated, of another encoding, or without its header.
    """
    said: list[str] = []
    for mark, name in _MARKS:
        if content.startswith(mark):
            raise FileRefused(f"This file is {name}. Save it as CSV UTF-8.")
    content = content.removeprefix(codecs.BOM_UTF8)
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as problem:
        line = content.count(b"\n", 0, problem.start) + 1
        raise FileRefused(
            f"Line {line} is not UTF-8 (byte {content[problem.start]:#04x}). Save the file as CSV UTF-8."
        ) from None
    first = text.split("\n", 1)[0].strip()
    if not first:
        raise FileRefused("The first line is empty: it must name the columns.")
    delimiter = max(_DELIMITERS, key=first.count) if any(first.count(one) for one in _DELIMITERS) else ","
    if delimiter != ",":
        said.append(f"Columns are parted by {'tabs' if delimiter == chr(9) else delimiter}.")
    rows = _rows(text, delimiter)
    try:
        header = next(rows)
    except StopIteration:
        raise FileRefused("This file is empty.") from None
    if isinstance(header, Row):
        raise FileRefused(f"The line of column names cannot be read: {header.words}")
    columns = [name.strip() for name in header[1]]
    _check_columns(columns)
    lines: list[int] = []
    good: list[list[str]] = []
    refused: list[Row] = []
    for row in rows:
        if isinstance(row, Row):
            refused.append(row)
            continue
        line, cells = row
        fault = _fault(cells, columns)
        if fault is not None:
            refused.append(Row(line, fault[0], fault[1]))
        else:
            lines.append(line)
            good.append(cells)
    cells_of = zip(*good, strict=True) if good else iter([()] * len(columns))
    series = [pl.Series(name, values, dtype=pl.String) for name, values in zip(columns, cells_of, strict=True)]
    frame = pl.DataFrame(series).with_columns(pl.Series("@line", lines, dtype=pl.Int64))
    return Table(columns, frame, digest, refused, said)


def _rows(text: str, delimiter: str) -> Iterator[tuple[int, list[str]] | Row]:
    """Return each row with the line on which it begins, or why it cannot be read; blank lines are no rows."""
    before = csv.field_size_limit(MOST_IN_A_CELL)
    try:
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
        while True:
            line = reader.line_num + 1
            try:
                cells = next(reader)
            except StopIteration:
                return
            except csv.Error as problem:
                yield Row(line, _in_words(str(problem)))
                continue
            if cells:
                yield line, cells
    finally:
        csv.field_size_limit(before)


def _in_words(problem: str) -> str:
    if "field larger" in problem:
        return f"A cell is longer than {MOST_IN_A_CELL:,} characters, or a quotation mark is never closed"
    if "unexpected end" in problem:
        return "A quotation mark is never closed: the file may be cut off"
    return "The quotation marks do not pair up"


def _fault(cells: list[str], columns: list[str]) -> tuple[str, str] | None:
    if len(cells) != len(columns):
        return f"It has {len(cells)} cells, and the header {len(columns)}", ""
    for name, cell in zip(columns, cells, strict=True):
        if "\x00" in cell:
            return "A cell holds a character that no text has (NUL)", name
    return None


def _check_columns(columns: list[str]) -> None:
    if not any(columns):
        raise FileRefused("The first line names no columns.")
    if "" in columns:
        raise FileRefused(f"Column {columns.index('') + 1} has no name.")
    twice = sorted({name for name in columns if columns.count(name) > 1})
    if twice:
        raise FileRefused(f"Two columns are called {', '.join(twice)}.")
    if LINE in columns:
        raise FileRefused(f"No column may be called {LINE}: that is where the line of each row is kept.")


def _parquet(content: bytes, digest: str) -> Table:
    try:
        frame = pl.read_parquet(io.BytesIO(content))
    except (pl.exceptions.PolarsError, OSError, ValueError):
        raise FileRefused("This is no whole Parquet file: it may be cut off.") from None
    columns = list(frame.columns)
    _check_columns(columns)
    frame.columns = columns
    nested = [name for name, kind in frame.schema.items() if kind.is_nested() or kind == pl.Binary]
    if nested:
        raise FileRefused(f"Only plain columns can be read; these hold lists or bytes: {', '.join(nested)}.")
    texts = frame.select(pl.all().cast(pl.String).fill_null("")).with_columns(
        pl.int_range(1, pl.len() + 1, dtype=pl.Int64).alias("@line")
    )
    refused: list[Row] = []
    bad = pl.lit(False)
    for name in columns:
        nul = pl.col(name).str.contains("\x00", literal=True)
        refused += [Row(line, "A cell holds a character that no text has (NUL)", name)
                    for line in texts.filter(nul & ~bad)["@line"]]  # fmt: skip
        bad = bad | nul
        long = pl.col(name).str.len_chars() > MOST_IN_A_CELL
        refused += [Row(line, _in_words("field larger"), name) for line in texts.filter(long & ~bad)["@line"]]
        bad = bad | long
    return Table(columns, texts.filter(~bad), digest, refused)
