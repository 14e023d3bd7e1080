"""Sealing: what has been committed since the last time is put in order, chained, and closed with a signed head.

Outside the business transaction and in a role of its own, which reads the log and adds seals and heads. It needs no
Django, and no content: the database computes the digests.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import Any
from uuid import UUID

import psycopg
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from psycopg.rows import dict_row

from watchward.foundation.audit.entries import CLUSTER, SEALED
from watchward.foundation.audit.heads import START, Head, Signed, leaf_data, link
from watchward.foundation.audit.merkle import Range, leaf
from watchward.foundation.audit.second_place import SecondPlace
from watchward.kernel.refusals import Refused

LARGEST = 65_536
"""Entries of one head."""

AT_ONCE = 8_192
"""Seals written in one statement."""

Connection = psycopg.Connection[Any]
Row = tuple[int, int | None, UUID | None, UUID | None, bytes]


class Disagrees(Refused):
    """The second place has heads that this database has not, or others than it has."""


@dataclass(frozen=True)
class Standing:
    """Where the log stands: the last head, and what is needed to go on from it."""

    signed: Signed | None
    edge: bytes

    @property
    def head(self) -> Head | None:
        return self.signed.head if self.signed else None


def standing(connection: Connection) -> Standing:
    """Return where the log of a database stands."""
    with connection.cursor(row_factory=dict_row) as cursor:
        row = cursor.execute("select * from audit_head order by number desc limit 1").fetchone()
    return Standing(None, b"") if row is None else Standing(signed_of(row), bytes(row["edge"]))


def signed_of(row: dict[str, Any]) -> Signed:
    """Return the signed head of a row of `audit_head`."""
    head = Head(**{name: row[name] for name in Head.__dataclass_fields__})
    return Signed(head, row["key"], row["signature"])


def head_of(connection: Connection, number: int) -> Signed | None:
    """Return a head of the database, None where it has none of that number."""
    with connection.cursor(row_factory=dict_row) as cursor:
        row = cursor.execute("select * from audit_head where number = %s", [number]).fetchone()
    return signed_of(row) if row else None


def cluster_of(connection: Connection) -> str:
    """Return which database this is."""
    found: str = connection.execute(CLUSTER).fetchone()[0]  # type: ignore[index]
    return found


class Sealing:
    """Seals one database and keeps its second place; by one process at a time, which holds the lock.

    Args:
        connection: autocommitting, as the sealer's role, with the options of `entries`.
        private: the key.
        place: the second place.
    """

    def __init__(self, connection: Connection, private: Ed25519PrivateKey, place: SecondPlace) -> None:
        self._connection = connection
        self._private = private
        self._place = place
        self._cluster = cluster_of(connection)

    def agree(self) -> int:
        """Bring the second place up to what the database has; return how many heads it lacked.

        A kill between the commit and the file leaves the file behind: that is mended. A file that is ahead of the
        database, or says otherwise, is not: then nothing more is sealed until somebody has looked.

        Raises:
            Disagrees: the second place knows heads that the database does not.
        """
        ours = standing(self._connection).signed
        theirs = self._place.last()
        if theirs == ours:
            return 0
        behind = theirs.head.number if theirs else 0
        if theirs is not None and head_of(self._connection, behind) != theirs:
            stands = f"at head {ours.head.number}" if ours else "without any head"
            raise Disagrees(
                f"The second place of the audit's heads has head {behind}, and the database stands {stands}. "
                "Entries have been cut or changed, or an older copy was restored: run `watchward audit verify`; "
                "`watchward audit resume` states why the log goes on."
            )
        lacking = self._heads_after(behind)
        self._place.append(lacking, lacking[-1].head.at[:10])
        return len(lacking)

    def _heads_after(self, number: int) -> list[Signed]:
        with self._connection.cursor(row_factory=dict_row) as cursor:
            rows = cursor.execute("select * from audit_head where number > %s order by number", [number])
            return [signed_of(row) for row in rows]

    def seal(self, at: datetime) -> int:
        """Seal what has been committed since the last time; return how many entries that were.

        Args:
            at: true time.

        Raises:
            Disagrees: as for `agree`.
        """
        self.agree()
        with self._connection.transaction():
            self._connection.execute("set transaction isolation level repeatable read")
            sealed = self._seal(at)
        if sealed:
            self.agree()
        return sealed

    def _seal(self, at: datetime) -> int:
        before = standing(self._connection)
        snapshot = str(self._connection.execute("select pg_current_snapshot()::text").fetchone()[0])  # type: ignore[index]
        last = before.head
        tree = Range(last.entries if last else 0, before.edge)
        chain = bytes.fromhex(last.chain) if last else START
        first = tree.size
        with self._connection.cursor("candidates") as candidates:
            candidates.itersize = AT_ONCE
            candidates.execute(*_candidates(last, snapshot, self._cluster))
            rows: Iterator[Row] = iter(candidates)
            while batch := list(islice(rows, LARGEST)):
                chain = self._add(batch, tree, chain)
                roots = Range()
                for source, _change, _log, _salt, digest in batch:
                    roots.add(leaf(leaf_data(source, digest)))
                last = Head(
                    number=last.number + 1 if last else 1,
                    entries=tree.size,
                    at=at.isoformat(timespec="microseconds"),
                    batch=roots.root.hex(),
                    root=tree.root.hex(),
                    chain=chain.hex(),
                    previous=last.hash if last else "",
                    snapshot=snapshot,
                    cluster=self._cluster,
                )
                self._close(Signed.by(self._private, last), tree.edge)
        return tree.size - first

    def _add(self, batch: list[Row], tree: Range, chain: bytes) -> bytes:
        """Write the seals of a batch; return the hash of the last."""
        for start in range(0, len(batch), AT_ONCE):
            part, seqs, hashes = batch[start : start + AT_ONCE], list[int](), list[bytes]()
            for source, _change, _log, _salt, digest in part:
                leaf_hash = leaf(leaf_data(source, digest))
                tree.add(leaf_hash)
                chain = link(tree.size, chain, leaf_hash)
                seqs.append(tree.size)
                hashes.append(chain)
            sources, changes, logs, salts, digests = zip(*part, strict=True)
            self._connection.execute(
                "insert into audit_seal (seq, source, change, log, salt, digest, hash) select * from "
                "unnest(%b::bigint[], %b::smallint[], %b::bigint[], %b::uuid[], %b::uuid[], %b::bytea[], %b::bytea[])",
                [seqs, list(sources), list(changes), list(logs), list(salts), list(digests), hashes],
            )
        return chain

    def _close(self, signed: Signed, edge: bytes) -> None:
        row = {**signed.head.__dict__, "key": signed.key, "signature": signed.signature, "edge": edge}
        self._connection.execute(
            "insert into audit_head (number, entries, at, batch, root, chain, previous, snapshot, cluster, version, "
            "key, signature, edge) values (%(number)s, %(entries)s, %(at)s, %(batch)s, %(root)s, %(chain)s, "
            "%(previous)s, %(snapshot)s, %(cluster)s, %(version)s, %(key)s, %(signature)s, %(edge)s)",
            row,
        )


def _candidates(last: Head | None, snapshot: str, cluster: str) -> tuple[str, dict[str, object]]:
    """Return the statement that gives what is not yet sealed, in the order in which it will be.

    A transaction is seen for the first time by exactly one of two snapshots that follow each other: so none is missed,
    however long it ran, and none is sealed twice. In another database than that of the last head, transactions are
    numbered anew: there, what has no seal is looked for in the whole log, once.
    """
    known = last is not None and last.cluster == cluster
    fresh = (
        "e.transaction >= pg_snapshot_xmin(%(before)s::pg_snapshot)::text::bigint "
        "and e.transaction < pg_snapshot_xmax(%(now)s::pg_snapshot)::text::bigint "
        "and not pg_visible_in_snapshot(e.transaction::text::xid8, %(before)s::pg_snapshot) "
        "and pg_visible_in_snapshot(e.transaction::text::xid8, %(now)s::pg_snapshot)"
    )
    each = " union all ".join(
        f"select e.transaction, {one.source.value}::smallint as source, "  # noqa: S608
        f"{'e.id, null::uuid, null::uuid' if one.column == 'change' else 'null::bigint, e.id, s.salt'}, {one.digest} "
        f"from {one.table} e"
        + ("" if one.column == "change" else " cross join lateral (select gen_random_uuid() as salt, e.id) s")
        + f" where {fresh if known else 'true'} "
        f"and not exists (select from audit_seal a where a.{one.column} = e.id)"
        for one in SEALED
    )
    query = (
        "select source, change, log, salt, digest from ("  # noqa: S608
        f"{each}) as found (transaction, source, change, log, salt, digest) "
        "order by transaction, source, change, log"
    )
    return query, {"before": last.snapshot if last else "", "now": snapshot}
