"""Lists of offences and of harm weights from files: `watchward import offences`."""

from __future__ import annotations

import hashlib
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl

from watchward.domains.offences import rules
from watchward.domains.offences.commands import load_rows
from watchward.domains.offences.vocabulary import Category, OffenceGroup
from watchward.foundation.intake.files import Table, content_of, read_csv
from watchward.foundation.intake.files import read as read_table
from watchward.foundation.intake.vocabulary import Field, FileRefused, Kind, Row

FIELDS = (
    Field("code", "Code of the offence", ("offence_code", "code_original"), 20),
    Field("words", "What it is called; ends with (outcome only) where no crime is recorded as it",
          ("offence_description",), 220),
    Field("group", "Group of recorded crime", ("offence_group",), 60),
    Field("subgroup", "Part of that group", ("offence_subgroup",), 80),
    Field("category", "Street-level category", ("police.uk_cat", "police_uk_cat", "policeuk_cat"), 40),
    Field("weight", "Harm weight, in days", (), 40),
    Field("since", "First day on which it means this", (), day=True),
    Field("until", "First day on which it does no more", (), day=True),
    Field("edition", "Who keeps the list, with its edition", (), 200),
)  # fmt: skip

_CARRIED = {rules.OFFENCES: rules.SOURCE, rules.WEIGHTS: rules.WEIGHTS_SOURCE}


def read_list(path: Path) -> Table:
    """Return what a list holds; of the carried ones it is known from which day they stand, and who keeps them.

    Raises:
        FileRefused: it cannot be read.
    """
    if path.suffix.lower() in (".parquet", ".pq"):
        return read_table(path)
    content, digest = content_of(path)
    # The first column of the Home Office's table has no name: it counts the rows.
    table = read_csv(b"number" + content if content.startswith(b",") else content, digest)
    edition = {hashlib.sha256(file.read_bytes()).hexdigest(): said for file, said in _CARRIED.items()}.get(digest)
    if edition is not None:
        since = pl.lit(rules.SINCE.isoformat()).alias("since")
        table.frame = table.frame.with_columns(since, pl.lit(edition).alias("edition"))
        table.columns = [*table.columns, "since", "edition"]
    return table


def why_not_rows(rows: pl.DataFrame, options: dict[str, Any]) -> list[Row]:
    """Return why single rows belong to no list.

    Raises:
        FileRefused: the mapping's first day is no day.
    """
    try:
        date.fromisoformat(str(options["since"]) or "2020-04-01")
    except ValueError:
        raise FileRefused("The word since of the mapping is no day written as 2020-04-01.") from None
    neither = (pl.col("words") == "") & (pl.col("weight") == "")
    offence = pl.col("words") != ""
    groups = [*(group.value for group in OffenceGroup), *rules.GROUPS]
    categories = [category.value.lower() for category in Category]
    weight = pl.col("weight").cast(pl.Float64, strict=False)
    checks = [
        (pl.col("code") == "", "It has no code", "code"),
        (neither, "It has neither words nor a weight", "words"),
        (offence & ~pl.col("group").is_in(groups), "Its group is none of recorded crime", "group"),
        (offence & ~pl.col("category").str.to_lowercase().is_in(categories), "Its category is none", "category"),
        ((pl.col("weight") != "") & ~(weight > 0).fill_null(False), "Its weight is no number above 0", "weight"),
    ]
    if not options["since"]:
        words = "It is not said from which day: give a column since, or since in the mapping"
        checks.append((pl.col("since").is_null(), words, "since"))
    return [Row(line, words, column) for bad, words, column in checks for line in rows.filter(bad)["@line"]]


OFFENCES = Kind(
    key="offences",
    title="a list of offences or of harm weights, from a day",
    fields=FIELDS,
    load=load_rows,
    check=why_not_rows,
    options={"since": ""},
    at_once=1_000_000,
    read=read_list,
    reconciles=True,
    carried=(rules.OFFENCES, rules.WEIGHTS),
)
