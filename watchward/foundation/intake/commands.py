"""Loading a file: all of it or nothing, each row once, and a sum that adds up."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path
from typing import Any
from uuid import UUID

import polars as pl
from django.db import connection

from watchward.foundation.access.context import as_engine
from watchward.foundation.acting import Acting
from watchward.foundation.commands import command, current
from watchward.foundation.intake import files, mapping
from watchward.foundation.intake.bulk import ids, stage
from watchward.foundation.intake.models import File
from watchward.foundation.intake.vocabulary import FileRefused, Kind, Outcome, Row, Taken
from watchward.kernel.refusals import Refusal, Refused


@dataclass
class Prepared:
    """A file read and mapped: what a load begins with.

    Args:
        table: as read.
        mapping: how its columns became fields.
        frame: rows in fields, with `@line`, `identity` and `digest`.
        outcome: what is refused so far.
    """

    table: files.Table
    mapping: mapping.Mapping
    frame: pl.DataFrame
    outcome: Outcome


def prepare(path: Path, kind: Kind, mapping_file: Path | None) -> Prepared:
    """Read and map a file, without the database.

    Raises:
        FileRefused: as a whole.
    """
    table = (kind.read or files.read)(path)
    how = mapping.from_file(mapping_file, kind) if mapping_file else mapping.by_names(table, kind)
    frame, refused, said = mapping.apply(table, how, kind)
    outcome = Outcome(path, read=table.read, rows=[*table.refused, *refused], said=[*table.said, *said])
    frame = _with_digests(frame, table, how, kind)
    frame = _each_once(frame, outcome)
    return Prepared(table, how, frame, outcome)


def _digest(text: str) -> str:
    found = blake2b(text.encode(), digest_size=16).hexdigest()
    return f"{found[:8]}-{found[8:12]}-{found[12:16]}-{found[16:20]}-{found[20:]}"


def _with_digests(frame: pl.DataFrame, table: files.Table, how: mapping.Mapping, kind: Kind) -> pl.DataFrame:
    """Add the digest of each row, and its identity: its number in its source, or the row itself where it has none."""
    cells = table.frame.select("@line", pl.concat_str(table.columns, separator="\x1f").alias("cells"))
    frame = frame.join(cells, on="@line", how="left", maintain_order="left")
    head = f"{kind.key}\x1f{how.source}\x1f"
    columns = "\x1f".join(table.columns)
    texts = frame["cells"].to_list()
    if kind.alike_without:
        texts = _counted(texts, frame[kind.alike_without].to_list())
    digests = [_digest(f"{head}{columns}\x1e{cell}") for cell in texts]
    known = [
        _digest(f"{head}\x1d{outside}") if outside else digest
        for outside, digest in zip(frame["outside_id"], digests, strict=True)
    ]
    return frame.drop("cells").with_columns(
        pl.Series("identity", known, dtype=pl.String), pl.Series("digest", digests, dtype=pl.String)
    )


def _counted(texts: list[str], numbers: list[str]) -> list[str]:
    """Return rows without a number with how many of their like stand before them: the second alike is another fact."""
    before: Counter[str] = Counter()
    found = []
    for text, number in zip(texts, numbers, strict=True):
        found.append(f"{text}\x1d{before[text]}" if not number and before[text] else text)
        before[text] += 1
    return found


def _each_once(frame: pl.DataFrame, outcome: Outcome) -> pl.DataFrame:
    """Count rows that stand twice as already there, and refuse those whose number came before with other values."""
    first = frame.group_by("identity", maintain_order=True).first().select(
        "identity", pl.col("@line").alias("first_line"), pl.col("digest").alias("first_digest")
    )  # fmt: skip
    joined = frame.join(first, on="identity", how="left", maintain_order="left")
    again = joined.filter(pl.col("@line") != pl.col("first_line"))
    if not again.height:
        return frame
    other = again.filter(pl.col("digest") != pl.col("first_digest"))
    outcome.rows += [Row(line, "Its number stands on an earlier line with other values") for line in other["@line"]]
    outcome.already += again.height - other.height
    return joined.filter(pl.col("@line") == pl.col("first_line")).drop("first_line", "first_digest")


@command(needs=None)
def load_file(acting: Acting, *, kind: Kind, prepared: Prepared, accept_refusals: bool = False) -> Outcome:
    """Load a file: all of its rows or none; rows loaded before are known again.

    Args:
        acting: who loads; the kind's own command asks for the permission.
        kind: of rows.
        prepared: the file, read and mapped.
        accept_refusals: load the good rows even though others are refused.

    Raises:
        Refused: rows were refused and that was not accepted; nothing is loaded.
        Denied: loading these is not for them.
    """
    outcome = prepared.outcome
    frame = prepared.frame
    if not kind.reconciles:
        with as_engine(acting, command=str(current().id)):
            frame = _fresh(frame, outcome)
    if kind.against is not None:
        outcome.rows += kind.against(acting, frame)
        frame = frame.filter(~pl.col("@line").is_in(sorted(outcome.lines)))
    if outcome.rows and not accept_refusals:
        outcome.refused = outcome.read - outcome.already
        raise Refused(Refusal(_in_short(outcome), code="rows-refused"))
    frame = frame.with_columns(pl.Series("record", ids(frame.height, acting.at), dtype=pl.String))
    known = 0
    for part in [frame] if kind.reconciles else frame.iter_slices(kind.at_once):
        taken = kind.load(acting, rows=part, source=prepared.mapping.source, options=prepared.mapping.options)
        if isinstance(taken, Taken):
            known += taken.already
            outcome.said += taken.said
    outcome.already += known
    outcome.loaded = frame.height - known
    outcome.refused = len(outcome.lines)
    with as_engine(acting, command=str(current().id)):
        outcome.file = _note(acting, kind, prepared, frame)
    return outcome


def _in_short(outcome: Outcome) -> str:
    reasons = "; ".join(f"{words} ({count:,})" for words, count in outcome.reasons.items())
    return f"{len(outcome.lines):,} of {outcome.read:,} rows were refused, so nothing was loaded: {reasons}."


_KNOWN = """
select s.identity::text, l.digest = s.digest from intake_staged s join intake_loaded l on l.id = s.identity
"""


def _fresh(frame: pl.DataFrame, outcome: Outcome) -> pl.DataFrame:
    stage("intake_staged", frame.select("identity", "digest"), types={"identity": "uuid", "digest": "uuid"})
    with connection.cursor() as cursor:
        cursor.execute("analyze pg_temp.intake_staged")
        cursor.execute(_KNOWN)
        same: dict[str, bool] = dict(cursor.fetchall())
    if not same:
        return frame
    known = frame.filter(pl.col("identity").is_in(list(same)))
    changed = [line for line, one in zip(known["@line"], known["identity"], strict=True) if not same[one]]
    words = "Its number is on record with other values: correct the record, or give this source its own name"
    outcome.rows += [Row(line, words) for line in changed]
    outcome.already += known.height - len(changed)
    return frame.filter(~pl.col("identity").is_in(list(same)))


_NOTE = """
insert into intake_loaded (id, digest, file_id, line, record)
select identity, digest, %s, "@line", record from pg_temp.intake_rows
"""


def _note(acting: Acting, kind: Kind, prepared: Prepared, frame: pl.DataFrame) -> UUID:
    outcome = prepared.outcome
    file = File.objects.create(
        kind=kind.key,
        name=outcome.path.name[:255],
        source=prepared.mapping.source[:120],
        digest=prepared.table.digest,
        read=outcome.read,
        loaded=outcome.loaded,
        already=outcome.already,
        refused=outcome.refused,
        at=acting.at,
        by=acting.name[:120],
    )
    if frame.height and not kind.reconciles:
        types = {"identity": "uuid", "digest": "uuid", "record": "uuid"}
        stage("intake_rows", frame.select("identity", "digest", "@line", "record"), types=types)
        with connection.cursor() as cursor:
            cursor.execute(_NOTE, [file.pk])
    return file.pk


def refused_whole(path: Path, problem: FileRefused) -> Outcome:
    """Return the outcome of a file that could not be read."""
    return Outcome(path, whole=[str(problem)])


def shape(outcomes: list[Outcome]) -> dict[str, Any]:
    """Return what became of files, in the settled shape for machines."""
    return {
        "files": [
            {
                "path": str(one.path),
                "read": one.read,
                "loaded": one.loaded,
                "already": one.already,
                "refused": one.refused,
                "reasons": one.reasons,
            }
            for one in outcomes
        ]
    }
