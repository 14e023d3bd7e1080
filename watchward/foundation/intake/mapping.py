"""Which column of a file is which field: a mapping file, or the common names of columns."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import polars as pl

from watchward.foundation.intake.files import Table
from watchward.foundation.intake.vocabulary import OUTSIDE_ID, FileRefused, Kind, Row
from watchward.foundation.search.folding import folded

DATE_FORMATS = ("%Y-%m-%d", "%d/%m/%Y", "%Y%m%d", "%d.%m.%Y", "%d-%m-%Y", "%d %B %Y", "%d %b %Y")
"""Ways of writing a day that are understood without a mapping; never the month first."""


@dataclass(frozen=True)
class Mapping:
    """How the columns of a file become fields.

    Args:
        columns: field of each column; several columns of one field are joined by a space, in this order.
        constants: fields that are the same in every row.
        source: the name of the source, by which its rows are known again.
        date_format: as in Python's strptime; empty where it is found out.
        bad_dates: "refuse" a row whose date is none, or "leave out" the date.
        skip: columns that are not wanted.
        missing: texts that stand for nothing, besides the empty one.
        options: words for the kind.
        said: what was recognised, where no mapping file was given.
    """

    columns: dict[str, str]
    constants: dict[str, str] = field(default_factory=dict)
    source: str = ""
    date_format: str = ""
    bad_dates: str = "refuse"
    skip: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    options: dict[str, Any] = field(default_factory=dict)
    said: tuple[str, ...] = ()


def from_file(path: Path, kind: Kind) -> Mapping:
    """Return the mapping that a TOML file holds.

    Raises:
        FileRefused: it is no TOML, names unknown fields, or has words that mean nothing here.
    """
    try:
        words = tomllib.loads(path.read_text("utf-8"))
    except OSError as problem:
        raise FileRefused(f"The mapping {path.name} cannot be read: {problem.strerror}.") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as problem:
        raise FileRefused(f"The mapping {path.name} is no TOML: {problem}.") from None
    known = {"kind", "source", "date_format", "bad_dates", "skip", "missing", "columns", "constants", *kind.options}
    faults = [f"it has no word {name}" for name in words if name not in known]
    if words.get("kind", kind.key) != kind.key:
        faults.append(f"it is for {words['kind']}, not {kind.key}")
    columns, constants = words.get("columns", {}), words.get("constants", {})
    fields = [str(name) for name in (*columns.values(), *constants)]
    faults += [f"{kind.key} have no field {name}" for name in fields if kind.field(name) is None]
    if words.get("bad_dates", "refuse") not in ("refuse", "leave out"):
        faults.append('bad_dates is "refuse" or "leave out"')
    if not columns:
        faults.append("it maps no column")
    if faults:
        raise FileRefused(f"The mapping {path.name} cannot be used: {'; '.join(faults)}.")
    return Mapping(
        columns=dict(columns),
        constants={name: str(value) for name, value in constants.items()},
        source=str(words.get("source", "")),
        date_format=str(words.get("date_format", "")),
        bad_dates=str(words.get("bad_dates", "refuse")),
        skip=tuple(words.get("skip", ())),
        missing=tuple(words.get("missing", ())),
        options={**kind.options, **{name: words[name] for name in kind.options if name in words}},
    )


def by_names(table: Table, kind: Kind) -> Mapping:
    """Return the mapping that the names of the columns suggest, and say it."""
    found: dict[str, str] = {}
    for column in table.columns:
        name = folded(column).replace(" ", "_")
        fits = next((one for one in kind.fields if name == one.name or name in one.columns), None)
        if fits is None and name in ("id", "unique_id", "rec_id", "record_id", "person_id", "outside_id"):
            fits = OUTSIDE_ID
        if fits is not None and (fits.name not in found.values() or fits.name == "line"):
            found[column] = fits.name
    left = [column for column in table.columns if column not in found]
    said = [f"Read as {name}: {column}" for column, name in found.items()]
    if left:
        said.append(f"Left out: {', '.join(left)}")
    return Mapping(columns=found, skip=tuple(left), options=dict(kind.options), said=tuple(said))


def apply(table: Table, mapping: Mapping, kind: Kind) -> tuple[pl.DataFrame, list[Row], list[str]]:
    """Return the rows in fields, with their `@line`; the rows refused; and what else to say.

    Raises:
        FileRefused: columns that the mapping names are missing, or the file has others that it does not name.
    """
    absent = [column for column in mapping.columns if column not in table.columns]
    surplus = [one for one in table.columns if one not in mapping.columns and one not in mapping.skip]
    faults = []
    if not mapping.columns:
        faults.append("None of its columns is known. Give a mapping; its columns are " + ", ".join(table.columns))
    if absent:
        faults.append("The file has no column " + ", ".join(absent))
    if surplus and "*" not in mapping.skip:
        faults.append("Neither mapped nor skipped: " + ", ".join(surplus))
    if faults:
        raise FileRefused(". ".join(faults) + ".")
    said: list[str] = list(mapping.said)
    wanted: list[pl.Expr] = [pl.col("@line")]
    columns_of: dict[str, list[str]] = {}
    for column, name in mapping.columns.items():
        columns_of.setdefault(name, []).append(column)
    for one in (OUTSIDE_ID, *kind.fields):
        if one.name in columns_of:
            wanted.append(_joined(columns_of[one.name], mapping.missing).alias(one.name))
        else:
            wanted.append(pl.lit(mapping.constants.get(one.name, "")).alias(one.name))
    frame = table.frame.select(wanted)
    refused: list[Row] = []
    for one in (OUTSIDE_ID, *kind.fields):
        column = ", ".join(columns_of.get(one.name, ()))
        if one.day:
            frame, rows = _days(frame, one.name, column, mapping, said)
            refused += rows
        else:
            long = frame.filter(pl.col(one.name).str.len_chars() > one.longest)["@line"]
            refused += [Row(line, f"{one.says} is longer than {one.longest} characters", column) for line in long]
    refused += kind.check(frame, mapping.options)
    bad = {row.line for row in refused}
    return (frame.filter(~pl.col("@line").is_in(list(bad))) if bad else frame), refused, said


def _joined(columns: list[str], missing: tuple[str, ...]) -> pl.Expr:
    """Return cells trimmed, inner blanks as one, texts for nothing emptied, and several columns as one."""
    cells = []
    for column in columns:
        cell = pl.col(column).str.replace_all(r"\s+", " ").str.strip_chars()
        if missing:
            cell = pl.when(cell.is_in(list(missing))).then(pl.lit("")).otherwise(cell)
        cells.append(cell)
    if len(cells) == 1:
        return cells[0]
    return pl.concat_str(cells, separator=" ").str.replace_all(r"\s+", " ").str.strip_chars()


def _days(
    frame: pl.DataFrame, name: str, column: str, mapping: Mapping, said: list[str]
) -> tuple[pl.DataFrame, list[Row]]:
    text = frame[name]
    given = text != ""
    formats = (mapping.date_format,) if mapping.date_format else DATE_FORMATS
    parsed, chosen = None, formats[0]
    for one in formats:
        days = text.str.to_date(one, strict=False, exact=True)
        if parsed is None or days.is_not_null().sum() > parsed.is_not_null().sum():
            parsed, chosen = days, one
        if parsed.is_not_null().sum() == given.sum():
            break
    assert parsed is not None  # noqa: S101 - there is at least one format
    bad = given & parsed.is_null()
    frame = frame.with_columns(parsed.alias(name))
    if not mapping.date_format and given.any():
        said.append(f"Days in {column} are read as {chosen}")
    if not bad.any():
        return frame, []
    lines = frame.filter(bad)["@line"].to_list()
    if mapping.bad_dates == "leave out":
        said.append(f"{len(lines)} days in {column} are no days and were left out")
        return frame, []
    return frame, [Row(line, f"The date is no day written as {chosen}", column) for line in lines]
