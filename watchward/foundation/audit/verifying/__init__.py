"""Proving that nothing was altered: the log against its seals, the seals against their heads, every row against both.

All of it is read in one snapshot, over connections that run beside each other, in a role that reads and writes nothing.
The statements come from here and not from functions of the database, which somebody might have replaced.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import psycopg
from psycopg.rows import dict_row

from watchward.foundation.audit.heads import Signed
from watchward.foundation.audit.sealer import connected, second_place
from watchward.foundation.audit.sealing import signed_of
from watchward.foundation.audit.second_place import Kept, read
from watchward.foundation.audit.verifying import chain, log, rows
from watchward.foundation.audit.verifying.trusted import Trusted, trust
from watchward.foundation.audit.vocabulary import Findings, Kind
from watchward.foundation.database import Where

Connection = psycopg.Connection[Any]
MEMORY = "192MB"
"""For each sort or hash of a verification: a million entries fit."""


def verify(where: Where, *, keys: Collection[str], tables: Sequence[str], copies: Sequence[Path] = ()) -> Findings:
    """Return what holds and what does not.

    Args:
        where: the database.
        keys: the public keys that are known, hexadecimal.
        tables: every table whose history is kept.
        copies: files of heads that somebody kept elsewhere, besides those of the second place.
    """
    with connected(where, "auditor") as first, first.transaction():
        first.execute("set transaction isolation level repeatable read, read only")
        first.execute("set local idle_in_transaction_session_timeout = 0")  # it stands still while the parts read
        snapshot = str(_one(first, "select pg_export_snapshot()"))
        kept = second_place(where, first).read()
        heads = _heads(first)
        trusted = trust(heads, [kept, *(read([copy]) for copy in copies)], keys)
        last = trusted.last.head if trusted.last else None
        parts: list[Callable[[Connection], Findings]] = [
            lambda c: chain.check(c, trusted),
            lambda c: log.check_changes(c, last),
            lambda c: rows.check(c, tables),
            lambda c: log.check_logs(c, last),
        ]
        with ThreadPoolExecutor(len(parts)) as pool:
            found = list(pool.map(lambda part: _beside(where, snapshot, part), parts))
        if altered := _altered_changes(found):
            found.append(_beside(where, snapshot, lambda c: rows.check_again(c, altered)))
    findings = Findings(heads=len(trusted.heads), faults=list(trusted.faults), notes=_notes(trusted, kept))
    findings.add(found)
    return findings


def _altered_changes(found: Sequence[Findings]) -> list[int]:
    faults = (fault for findings in found for fault in findings.faults)
    return [int(each.record) for each in faults if each.table == "audit_change" and each.kind is not Kind.REMOVED]


def _beside(where: Where, snapshot: str, part: Callable[[Connection], Findings]) -> Findings:
    """Do one part on a connection of its own that sees what the others see."""
    with connected(where, "auditor") as connection, connection.transaction():
        connection.execute("set transaction isolation level repeatable read, read only")
        connection.execute(f"set transaction snapshot '{snapshot}'")
        connection.execute(f"set local work_mem = '{MEMORY}'")
        connection.execute("set local max_parallel_workers_per_gather = 2")
        return part(connection)


def _one(connection: Connection, query: str) -> Any:
    row = connection.execute(query).fetchone()
    return row[0] if row else None


def _heads(connection: Connection) -> dict[int, Signed]:
    with connection.cursor(row_factory=dict_row) as cursor:
        return {row["number"]: signed_of(row) for row in cursor.execute("select * from audit_head order by number")}


def _notes(trusted: Trusted, kept: Kept) -> list[str]:
    notes = []
    if trusted.not_yet_there:
        notes.append(f"{trusted.not_yet_there} heads are not yet in the second place; the next seal brings them there")
    for resumed, _key in kept.resumed:
        notes.append(
            f"The log went on from head {resumed.head} instead of {resumed.after} at {resumed.at}: {resumed.because}"
        )
    return notes
