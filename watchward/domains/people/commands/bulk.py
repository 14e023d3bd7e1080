"""Loading many people at once: staged by COPY, inserted in a few statements, found like anybody else."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from uuid import UUID

import polars as pl
from django.db import connection

from watchward.domains.objects import commands as objects
from watchward.domains.objects.vocabulary import Permission as Objects
from watchward.domains.objects.vocabulary import normal_number
from watchward.domains.people.vocabulary import Certainty, NameKind, Permission, name_of
from watchward.domains.places import queries as places
from watchward.foundation.acting import SYSTEM, Acting
from watchward.foundation.commands import command
from watchward.foundation.intake.bulk import stage
from watchward.foundation.linkage.keys import tokens_of
from watchward.foundation.linkage.vocabulary import Home, Known, KnownName, KnownNumber
from watchward.foundation.reference.numbers import next_references

SEXES = {
    "": "", "f": "F", "female": "F", "woman": "F", "m": "M", "male": "M", "man": "M", "x": "X", "indeterminate": "X",
    "u": "", "unknown": "", "not known": "",
}  # fmt: skip
"""Ways of writing sex as recorded, folded."""

_PEOPLE = """
insert into people_person (id, reference, version, handling, team_id, made_at, forenames, surname, sex, date_of_birth,
    birth_certainty, source)
select record, reference, 1, 0, %(team)s, %(at)s, forenames, surname, sex, date_of_birth, certainty, %(source)s
from pg_temp.people_rows
"""
_NAMES = """
insert into people_name (id, person_id, handling, team_id, kind, forenames, surname, source)
select uuidv7(), record, 0, %(team)s, %(kind)s, known_as, '', %(source)s from pg_temp.people_rows where known_as <> ''
"""
_NUMBERS = """
insert into people_contactnumber (id, person_id, handling, team_id, number_id, normal, source, safe, since,
    days_because)
select uuidv7(), record, 0, %(team)s, number_id, normal, %(source)s, '', null, '' from pg_temp.people_numbers
"""
_HOMES = """
insert into people_residence (id, person_id, handling, team_id, place_id, line, town, postcode, source, days_because,
    made_at)
select uuidv7(), record, 0, %(team)s, place, line, town, postcode, %(source)s, '', %(at)s from pg_temp.people_rows
where line <> '' or town <> '' or postcode <> ''
"""
_DETAILS = """
insert into people_contactdetail (id, person_id, handling, team_id, kind, value, source)
select uuidv7(), record, 0, %(team)s, 'email', email, %(source)s from pg_temp.people_rows where email <> ''
"""
_TOKENS = """
insert into people_persontoken (person_id, key, handling, team_id)
select record, key, 0, %(team)s from pg_temp.people_tokens
"""


def as_recorded(rows: pl.DataFrame) -> pl.DataFrame:
    """Return rows as they are recorded: whole names taken apart, sex in one letter, postcodes in capitals."""
    parted = {name: name_of(name) for name in rows["name"].unique()}
    bare = (pl.col("forenames") == "") & (pl.col("surname") == "")
    return rows.with_columns(
        _said("name", {name: one.forenames for name, one in parted.items()}).alias("said_forenames"),
        _said("name", {name: one.surname for name, one in parted.items()}).alias("said_surname"),
        pl.col("sex").str.to_lowercase().replace_strict(SEXES, default="", return_dtype=pl.String),
        pl.col("postcode").str.to_uppercase(),
    ).with_columns(
        pl.when(bare).then("said_forenames").otherwise("forenames").alias("forenames"),
        pl.when(bare).then("said_surname").otherwise("surname").alias("surname"),
        pl.when(pl.col("date_of_birth").is_null()).then(pl.lit("")).otherwise(pl.lit(str(Certainty.STATED))).alias(
            "certainty"
        ),
    )  # fmt: skip


def _said(column: str, words: dict[str, str]) -> pl.Expr:
    """Return what each value of a column stands for."""
    return pl.col(column).replace_strict(words, default="", return_dtype=pl.String)


def linked(acting: Acting, rows: pl.DataFrame) -> pl.DataFrame:
    """Return rows with `place`, and in its words, where their address is exactly one open place on record.

    Every other address stays as it was written.
    """
    written = list(rows.select("line", "town", "postcode").iter_rows())
    known = places.one_place_each(acting, addresses=written)
    if not known:
        return rows.with_columns(pl.lit(None, dtype=pl.String).alias("place"))
    homes = [known.get(address) for address in written]
    said = [
        (one.line, one.where, one.postcode) if one else address for one, address in zip(homes, written, strict=True)
    ]
    return rows.with_columns(
        pl.Series("place", [str(one.place) if one else None for one in homes], dtype=pl.String),
        *(
            pl.Series(name, [words[at] for words in said], dtype=pl.String)
            for at, name in enumerate(("line", "town", "postcode"))
        ),
    )


@command(needs=Permission.LOAD)
def load_people(acting: Acting, *, rows: pl.DataFrame, source: str = "", options: dict[str, Any] | None = None) -> int:
    """Load people from rows of an outside file, with their names, numbers, homes, details and tokens.

    Args:
        acting: who loads; the records belong to their team.
        rows: with `record`, the id that each is to have, and the fields of the kind `people`.
        source: where they come from.
        options: words of the mapping file; none bear on the writing.

    Returns:
        How many were loaded.
    """
    if not rows.height:
        return 0
    people = linked(acting, as_recorded(rows))
    head, first, last = next_references(acting, "P", people.height)
    counted = pl.int_range(first, last + 1).cast(pl.String).str.zfill(4)
    people = people.with_columns((pl.lit(head) + counted).alias("reference"))
    normals = [normal_number(typed) if typed else "" for typed in people["number"]]
    numbers = _record_numbers(acting, sorted(set(normals) - {""}))
    columns = ["record", "reference", "forenames", "surname", "sex", "date_of_birth", "certainty", "known_as", "line",
               "town", "postcode", "email", "place"]  # fmt: skip
    stage("people_rows", people.select(columns), types={"record": "uuid", "place": "uuid"})
    stage(
        "people_numbers",
        pl.DataFrame(
            [
                (record, normal, numbers[normal])
                for record, normal in zip(people["record"], normals, strict=True)
                if normal
            ],
            schema={"record": pl.String, "normal": pl.String, "number_id": pl.String},
            orient="row",
        ),
        types={"record": "uuid", "number_id": "uuid"},
    )
    stage("people_tokens", _tokens(people, normals), types={"record": "uuid"})
    said = {
        "team": acting.team, "at": acting.at, "kind": str(NameKind.KNOWN_AS),
        "source": (source or "an outside file")[:120],
    }  # fmt: skip
    with connection.cursor() as cursor:
        for statement in (_PEOPLE, _NAMES, _NUMBERS, _HOMES, _DETAILS, _TOKENS):
            cursor.execute(statement, said)
    return people.height


def _record_numbers(acting: Acting, normals: list[str]) -> dict[str, str]:
    """Record the telephone numbers: whoever may load people may record what they are reached on."""
    if not normals:
        return {}
    loads = replace(acting, permissions=acting.permissions | {Objects.RECORD})
    return {typed: str(id_) for typed, id_ in objects.record_numbers(loads, typed=normals).items()}


def _tokens(people: pl.DataFrame, normals: list[str]) -> pl.DataFrame:
    """Return the tokens of these people, by the very function that gives those of a single one."""
    owners: list[str] = []
    keys: list[int] = []
    fields = ("forenames", "surname", "known_as", "date_of_birth", "line", "town", "postcode", "place")
    for record, row, normal in zip(people["record"], people.select(fields).iter_rows(), normals, strict=True):
        found = tokens_of(_known(row, normal))
        owners.extend([record] * len(found))
        keys.extend(found)
    return pl.DataFrame({"record": owners, "key": keys}, schema={"record": pl.String, "key": pl.Int64})


def _known(row: tuple[Any, ...], normal: str) -> Known:
    forenames, surname, known_as, born, line, town, postcode, place = row
    names = (KnownName(forenames, surname), *((KnownName(known_as, "", NameKind.KNOWN_AS),) if known_as else ()))
    return Known(
        person=SYSTEM,
        names=names,
        date_of_birth=born,
        numbers=(KnownNumber(normal, normal),) if normal else (),
        homes=(Home(line, town, postcode, UUID(place) if place else None),) if line or town or postcode else (),
    )
