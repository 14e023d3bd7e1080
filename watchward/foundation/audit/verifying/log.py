"""The log against its seals: each change with its payload, each command and each look."""

from __future__ import annotations

from typing import Any

import psycopg

from watchward.foundation.audit.entries import CHANGE_DIGEST, SEALED, Source
from watchward.foundation.audit.heads import Head
from watchward.foundation.audit.sealing import cluster_of
from watchward.foundation.audit.verifying.moments import MOST, of_changes
from watchward.foundation.audit.vocabulary import Fault, Findings, Kind

Connection = psycopg.Connection[Any]

_CHANGES = f"""
select coalesce(e.id, a.change), e.transaction, a.seq,
    case
        when e.id is null then 'removed'
        when a.seq is null then 'unsealed'
        when a.digest is distinct from {CHANGE_DIGEST} then 'altered'
        when e."row" is null and e.salt is null then 'forgotten'
        else 'altered'
    end
from audit_change e full join (select * from audit_seal where change is not null) a on a.change = e.id
where e.id is null or a.seq is null
   or a.digest is distinct from {CHANGE_DIGEST}
   or e.digest is distinct from sha256(uuid_send(e.salt) || convert_to(e."row"::text, 'UTF8'))
"""  # noqa: S608

_LOGS = """
select coalesce(e.id, s.log), e.transaction, s.seq,
    case when e.id is null then 'removed' when s.seq is null then 'unsealed' else 'altered' end
from {table} e full join (select * from audit_seal where source = {source}) s on s.log = e.id
where e.id is null or s.seq is null or s.digest is distinct from {digest}
"""

_ERASED = """
select c.id from audit_change c where c.id = any(%s) and not exists (
    select from audit_erasure e where e."table" = c."table" and e.record = c.record and c.id <= e.through)
"""

_RENUMBERED = """
select e.id, a.change from audit_change e join audit_seal a on a.change = any(%s)
   and a.digest = sha256(int8send(a.change) || int8send(e.transaction) || uuid_send(e.command) || uuid_send(e.record)
                         || convert_to(e.operation || e."table", 'UTF8') || e.digest)
where e.id = any(%s)
"""

_MISPLACED = f"""
select e.id, a.seq from audit_change e join audit_seal a on a.digest = {CHANGE_DIGEST} where e.id = any(%s)
"""  # noqa: S608


def check_changes(connection: Connection, last: Head | None) -> Findings:
    """Return what does not hold among the changes.

    Args:
        connection: reading, in the snapshot of the verification.
        last: the last head that is believed.
    """
    found = Findings()
    by_what = _sorted(connection, _CHANGES)
    inserted, found.waiting = _unsealed(connection, by_what.pop("unsealed", []), last)
    removed = {id_: seq for id_, _transaction, seq in by_what.pop("removed", [])}
    forgotten = [id_ for id_, _transaction, _seq in by_what.pop("forgotten", [])]
    emptied = {row[0] for row in connection.execute(_ERASED, [forgotten])} if forgotten else set()
    found.forgotten = len(forgotten) - len(emptied)
    if inserted:
        # A change that its seal does not name any more was not put in: its seal was altered.
        for id_, seq in connection.execute(_MISPLACED, [inserted[:MOST]]).fetchall():
            found.faults.append(Fault("audit_seal", str(seq), Kind.ALTERED))
            inserted.remove(id_)
        for id_, was in connection.execute(_RENUMBERED, [list(removed)[:MOST], inserted[:MOST]]).fetchall():
            found.faults.append(Fault("audit_change", str(was), Kind.RENUMBERED))
            inserted.remove(id_)
            del removed[was]
    altered = [id_ for id_, _transaction, _seq in by_what.pop("altered", [])]
    named = {
        **dict.fromkeys(altered, Kind.ALTERED),
        **dict.fromkeys(emptied, Kind.EMPTIED),
        **dict.fromkeys(inserted, Kind.INSERTED),
        **dict.fromkeys(removed, Kind.REMOVED),
    }
    at = of_changes(connection, list(named))
    found.faults += [Fault("audit_change", str(id_), kind, at.get(id_, "")) for id_, kind in named.items()]
    return found


def check_logs(connection: Connection, last: Head | None) -> Findings:
    """Return what does not hold among the commands and the looks."""
    found = Findings()
    for one in SEALED:
        if one.source is Source.CHANGE:
            continue
        query = _LOGS.format(table=one.table, source=one.source.value, digest=one.digest)
        by_what = _sorted(connection, query)
        inserted, waiting = _unsealed(connection, by_what.pop("unsealed", []), last)
        found.waiting += waiting
        named = [(id_, Kind(what)) for what, rows in by_what.items() for id_, _transaction, _seq in rows]
        named += [(id_, Kind.INSERTED) for id_ in inserted]
        found.faults += [Fault(one.table, str(id_), kind) for id_, kind in named]
    return found


def _sorted(connection: Connection, query: str) -> dict[str, list[tuple[Any, int, int]]]:
    by_what: dict[str, list[tuple[Any, int, int]]] = {}
    for id_, transaction, seq, what in connection.execute(query):
        by_what.setdefault(what, []).append((id_, transaction, seq))
    return by_what


def _unsealed(connection: Connection, rows: list[tuple[Any, int, int]], last: Head | None) -> tuple[list[Any], int]:
    """Return which entries without a seal were put in behind it, and how many only wait for theirs.

    Whatever the last seal could see has one; what says that it is of a transaction that has not been, lies.
    """
    if not rows or last is None or last.cluster != cluster_of(connection):
        return [], len(rows)
    query = (
        "select t.x from unnest(%s::bigint[]) as t (x) where pg_visible_in_snapshot(t.x::text::xid8, %s::pg_snapshot)"
        " or t.x >= pg_snapshot_xmax(pg_current_snapshot())::text::bigint"
    )
    transactions = list({transaction for _id, transaction, _seq in rows})
    seen = {row[0] for row in connection.execute(query, [transactions, last.snapshot])}
    inserted = [id_ for id_, transaction, _seq in rows if transaction in seen]
    return inserted, len(rows) - len(inserted)
