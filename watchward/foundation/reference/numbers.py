"""Reference numbers that people say: a prefix, the day, and a count that leaves no gap."""

from __future__ import annotations

from datetime import date

from django.db import connection

from watchward.foundation.acting import Acting, fresh_id
from watchward.kernel.periods import local_day

_NEXT = """
insert into reference_counter (id, prefix, day, last) values (%s, %s, %s, %s)
on conflict (prefix, day) do update set last = reference_counter.last + excluded.last returning last
"""


def next_reference(acting: Acting, prefix: str) -> str:
    """Return the next reference of the day, such as I-190701-0042; unique, and given back if the command fails.

    Args:
        acting: whose moment's day in Europe/London is written.
        prefix: a letter or two for the kind of record.
    """
    return _written(prefix, local_day(acting.at), _take(acting, prefix, 1))


def next_references(acting: Acting, prefix: str, count: int) -> tuple[str, int, int]:
    """Take a run of references at once, for bulk work.

    Returns:
        What stands before the number, the first number and the last.
    """
    last = _take(acting, prefix, count)
    return f"{prefix}-{local_day(acting.at):%y%m%d}-", last - count + 1, last


def _take(acting: Acting, prefix: str, count: int) -> int:
    with connection.cursor() as cursor:
        cursor.execute(_NEXT, [fresh_id(), prefix, local_day(acting.at), count])
        row = cursor.fetchone()
    assert row is not None  # noqa: S101 - returning always gives the row
    return int(row[0])


def _written(prefix: str, day: date, number: int) -> str:
    return f"{prefix}-{day:%y%m%d}-{number:04d}"
