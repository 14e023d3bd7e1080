"""What changed since a place in the feed, for other systems: in order, each change once, late commits too.

A cursor holds a snapshot of the database: whatever transaction it did not see yet comes with the next page, however
long that transaction ran and whatever number it had.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db import connection
from ninja import Schema

from watchward.foundation.access.context import as_engine
from watchward.foundation.acting import Acting
from watchward.foundation.audit.entries import CLUSTER
from watchward.foundation.machines.answers import Mistyped
from watchward.foundation.machines.paging import no_cursor, read, written
from watchward.kernel.refusals import Refusal

Shows = Callable[[Acting, Collection[UUID]], dict[UUID, Schema]]


def _nobody(_row: Any) -> list[UUID]:
    return []


@dataclass(frozen=True)
class Told:
    """A kind of row that the feed tells.

    Args:
        kind: as the feed names it.
        table: in which the rows stand.
        needs: the scope that it takes; whoever does not hold it is not told of such rows.
        shows: the rows as the caller may see them now, by id; those out of their sight are absent.
        about: the records that a row is about, for the trace.
        known: whether a locked row is known to everybody, as it is where the existence alone is told.
    """

    kind: str
    table: str
    needs: str
    shows: Shows
    about: Callable[[Any], list[UUID]] = field(default=_nobody)
    known: bool = False


kinds: dict[str, Told] = {}


def told(one: Told) -> Told:
    """Add a kind to the feed."""
    kinds[one.table] = one
    return one


@dataclass(frozen=True)
class Event:
    """One row that changed.

    Args:
        kind: of row.
        id: of it.
        shows: as it stands now; None where it is gone, or out of the caller's sight since.
    """

    kind: str
    id: UUID
    shows: Schema | None


_SNAPSHOT = re.compile(r"\d{1,20}:\d{1,20}:(\d{1,20}(,\d{1,20})*)?", re.ASCII)

# A change of what is hidden now is told as its end, where the row was the caller's to see at their last page: what was
# sealed must not stand on in another system. The history of what is sealed is sealed too, so how it was kept then is
# read from the row that the change holds. Of what they never saw nothing is told, and it takes no place.
_CHANGED = """
select c.id, c."table", c.record from audit_change c
where c."table" = any(%(tables)s) and c.id > %(last)s {since}
    and pg_visible_in_snapshot(c.transaction::text::xid8, %(upto)s::pg_snapshot)
    and (
        c.handling <= {most} or c.team_id = any(%(teams)s)
        {gone}
    )
order by c.id limit %(limit)s
"""
_MOST = """case when c."table" = any(%(known)s) then 1 else 0 end"""
_GONE = """
        or exists (
            select from audit_change b where b.record = c.record and b."table" = c."table" and b.id < c.id
            and pg_visible_in_snapshot(b.transaction::text::xid8, %(since)s::pg_snapshot)
            and ((b.row->>'handling')::int <= {most} or (b.row->>'team_id')::int = any(%(teams)s))
        )
"""
_SINCE = """
    and c.transaction >= pg_snapshot_xmin(%(since)s::pg_snapshot)::text::bigint
    and not pg_visible_in_snapshot(c.transaction::text::xid8, %(since)s::pg_snapshot)
"""


def changed(acting: Acting, *, after: str, limit: int, now: bool = False) -> tuple[list[Event], str, bool]:
    """Return what changed since a place in the feed, the cursor of the next page, and whether more is there already.

    Args:
        acting: who asks, and may see what is told.
        after: the cursor; empty from the beginning of the log.
        limit: most changes; a row that changed several times among them is told once.
        now: begin here, with nothing told.

    Raises:
        Mistyped: the cursor is none of ours, or of another database, as after a restore.
    """
    which = [one for one in kinds.values() if acting.may(one.needs)]
    with connection.cursor() as cursor:
        cursor.execute(f"select pg_current_snapshot()::text, ({CLUSTER})")
        snapshot, cluster = cursor.fetchone()
    if now:
        return [], written([cluster, snapshot, "", "0"]), False
    since, upto, last = _place(after, cluster, snapshot)
    given: dict[str, Any] = {
        "tables": [one.table for one in which], "known": [one.table for one in which if one.known],
        "teams": sorted(acting.teams), "since": since, "upto": upto, "last": last, "limit": limit + 1,
    }  # fmt: skip
    with as_engine(acting), connection.cursor() as cursor:  # a change that hides a row must be seen to be told of
        cursor.execute(_sql(since), given)
        rows = cursor.fetchall()
    more = len(rows) > limit
    rows = rows[:limit]
    following = written([cluster, since, upto, str(rows[-1][0])] if more else [cluster, upto, "", "0"])
    return _events(acting, [(row[1], row[2]) for row in rows]), following, more


def _sql(since: str) -> str:
    """Return the statement of a page; the first one of all has no place from which it begins."""
    gone = _GONE.format(most=_MOST) if since else ""
    return _CHANGED.format(since=_SINCE if since else "", most=_MOST, gone=gone)


def _events(acting: Acting, rows: Sequence[tuple[str, UUID]]) -> list[Event]:
    shown = {
        table: one.shows(acting, {record for name, record in rows if name == table})
        for table, one in kinds.items()
        if any(name == table for name, _record in rows)
    }
    latest = {row: place for place, row in enumerate(rows)}
    return [
        Event(kinds[table].kind, record, shown[table].get(record))
        for place, (table, record) in enumerate(rows)
        if latest[table, record] == place
    ]


def _place(after: str, cluster: str, snapshot: str) -> tuple[str, str, int]:
    """Return from which snapshot a page begins, up to which it goes, and behind which change."""
    if not after:
        return "", snapshot, 0
    of, since, upto, last = read(after, 4)
    if of != cluster:
        words = "This cursor is of another database, as before a restore. Begin anew without one."
        raise Mistyped(Refusal(words, field="after", code="other-database"))
    if not all(not each or _SNAPSHOT.fullmatch(each) for each in (since, upto)) or not re.fullmatch(
        r"\d{1,18}", last, re.ASCII
    ):
        raise no_cursor()
    return since, upto or snapshot, int(last)
