"""What the database does for a disposal: it seeks by indexes alone, and the least time is that of the dated table."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import connection

from watchward.foundation.access.context import within
from watchward.foundation.access.queries import machinery
from watchward.foundation.acting import now
from watchward.foundation.records import Record, guarded_tables
from watchward.foundation.retention.laying import kept_until, naming_any, owned_by
from watchward.foundation.retention.rules import LEAST, years_after

pytestmark = pytest.mark.django_db


def test_every_row_of_a_record_is_sought_by_an_index() -> None:
    """A column without one would have each disposal read a whole table of millions of rows."""
    sought = {
        (model._meta.db_table, column)
        for record in guarded_tables()
        if issubclass(record, Record) and record.ends
        for model, columns in (*owned_by(record), *naming_any())
        for column in columns
    }
    with connection.cursor() as cursor:
        cursor.execute(
            "select c.relname, a.attname from pg_index i join pg_class c on c.oid = i.indrelid"
            " join pg_attribute a on a.attrelid = c.oid and a.attnum = i.indkey[0] where i.indpred is null"
        )
        leading = set(cursor.fetchall())
    assert ("chronicle_line", "opens") in sought
    assert sorted(sought - leading) == []


def test_the_least_time_is_that_of_the_dated_table() -> None:
    """On every day of four years, leap days too, and on both sides of each commencement; before the first, none."""
    first, second = (version.in_force for version in LEAST.versions)
    days = [date(2008, 1, 1) + timedelta(days=n) for n in range(4 * 366)]
    with within(machinery(now(), "looking")), connection.cursor() as cursor:
        for on in (first, second - timedelta(days=1), second):
            cursor.execute(
                f"select {kept_until('d', '%(on)s::date')} from unnest(%(days)s::date[]) d", {"on": on, "days": days}
            )
            assert [row[0] for row in cursor] == [years_after(day, LEAST.value_on(on)) for day in days]
        cursor.execute(f"select {kept_until('%(d)s::date', '%(on)s::date')}", {
            "d": days[0], "on": first - timedelta(days=1),
        })  # fmt: skip
        assert cursor.fetchone() == (None,)
