"""Digests and comparisons of hostile values: what the database works out is what anybody works out without it."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256
from typing import Any
from uuid import UUID, uuid4

import psycopg
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from psycopg.types.json import Jsonb

from tests.settings import TEST_HOME
from watchward.foundation.audit.sealer import connected
from watchward.foundation.audit.verifying.rows import ONE_WRITING, OTHERWISE
from watchward.foundation.database import Where
from watchward.foundation.records import guarded_tables

pytestmark = pytest.mark.django_db

WORDS = st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), max_size=20)
NUMBERS = st.floats(allow_nan=False, allow_infinity=False) | st.integers(-(2**70), 2**70)
ANY_JSON = st.recursive(
    st.none() | st.booleans() | NUMBERS | WORDS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(WORDS, inner, max_size=3),
    max_leaves=8,
)
MOMENTS = st.integers(-(2**40), 2**40).map(lambda n: datetime(2000, 1, 1, tzinfo=UTC) + timedelta(milliseconds=n))
COLUMNS: dict[str, tuple[str, st.SearchStrategy[Any]]] = {
    "words": ("text", WORDS),
    "short": ("varchar(40)", WORDS),
    "whole": ("bigint", st.integers(-(2**63), 2**63 - 1)),
    "float": ("double precision", st.floats(allow_nan=True, allow_infinity=True)),
    "exact": ("numeric", st.decimals(allow_nan=False, allow_infinity=False, places=6, max_value=10**12)),
    "moment": ("timestamptz", MOMENTS),
    "day": ("date", st.dates(date(1, 1, 1), date(9999, 12, 31))),
    "length": ("interval", st.timedeltas(timedelta(days=-9999), timedelta(days=9999))),
    "bytes": ("bytea", st.binary(max_size=20)),
    "several": ("text[]", st.lists(WORDS | st.none(), max_size=4)),
    "any": ("jsonb", ANY_JSON.map(Jsonb)),
    "one": ("uuid", st.uuids()),
}


@pytest.fixture
def session() -> Any:
    """A session with the settings of a verification, in a role that may make temporary tables."""
    with connected(Where.of_process(TEST_HOME), "worker") as connection:
        yield connection


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(row=ANY_JSON, salt=st.uuids())
def test_a_digest_is_the_same_without_the_database(session: psycopg.Connection[Any], row: Any, salt: UUID) -> None:
    """Salt and words, whatever the words hold: the database's digest is that of the standard library."""
    told = session.execute(
        "select j::text, sha256(uuid_send(%(salt)s) || convert_to(j::text, 'UTF8')) from (select %(row)s::jsonb) r (j)",
        {"salt": salt, "row": Jsonb(row)},
    ).fetchone()
    assert told is not None
    assert bytes(told[1]) == sha256(salt.bytes + told[0].encode()).digest()
    json.loads(told[0])


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_a_row_is_what_its_change_says_and_no_other_value_is(
    session: psycopg.Connection[Any], data: st.DataObject
) -> None:
    """A row of every type, written in one session, is the same in another's words; with one value changed it is not."""
    values = {name: data.draw(strategy, label=name) for name, (_type, strategy) in COLUMNS.items()}
    which = data.draw(st.sampled_from(list(COLUMNS)))
    kind, strategy = COLUMNS[which]
    other = data.draw(st.none() | strategy, label="other")
    columns = ", ".join(f'"{name}" {type_}' for name, (type_, _strategy) in COLUMNS.items())
    with session.transaction(force_rollback=True):
        session.execute(f"create temporary table hostile (id uuid, {columns}) on commit drop")
        session.execute(f"insert into hostile values (%s{', %s' * len(values)})", [uuid4(), *values.values()])
        (said,) = session.execute("select to_jsonb(t)::text from hostile t").fetchone() or ("",)
        same = "select to_jsonb(t){0} is not distinct from %s::jsonb{0} from hostile t"
        assert session.execute(same.format("::text"), [said]).fetchone() == (True,)
        assert session.execute(same.format(""), [said]).fetchone() == (True,)
        before = session.execute(f'select "{which}"::text from hostile').fetchone()
        session.execute(f'update hostile set "{which}" = %s', [other])
        after = session.execute(f'select "{which}"::text from hostile').fetchone()
        if kind == "jsonb" and {before, after} == {(None,), ("null",)}:
            return  # written alike: see the test that no record can have both
        assert session.execute(same.format("::text"), [said]).fetchone() == (before == after,)
        names = session.execute("select typname from pg_type where oid = %s::regtype", [kind]).fetchone()
        if names and names[0] in ONE_WRITING:
            assert session.execute(same.format(""), [said]).fetchone() == (before == after,)


def test_no_record_can_have_json_of_nothing_and_no_json(session: psycopg.Connection[Any]) -> None:
    """JSON's null and a column without a value are written alike: so every column of JSON always has a value."""
    tables = [model._meta.db_table for model in guarded_tables() if model.history]
    columns = session.execute(
        "select attrelid::regclass::text, attname, attnotnull from pg_attribute "
        "where attrelid = any(%s::regclass[]) and atttypid in ('json'::regtype, 'jsonb'::regtype) and not attisdropped",
        [tables],
    ).fetchall()
    assert len(columns) > 10
    assert [(table, column) for table, column, always in columns if not always] == []


def test_where_equal_is_not_the_same_tables_are_compared_word_for_word(session: psycopg.Connection[Any]) -> None:
    """5 and 5.000 are one number and two writings: tables with such numbers, or with JSON, are compared as written."""
    by_words = {table for (table,) in session.execute(OTHERWISE, [list(ONE_WRITING)])}
    assert {"offences_harmweight", "contact_call", "places_place"} <= by_words
    assert "people_person" not in by_words
    same = "select to_jsonb(5::numeric){0} = to_jsonb(5.000::numeric){0}"
    assert session.execute(same.format("")).fetchone() == (True,)
    assert session.execute(same.format("::text")).fetchone() == (False,)
