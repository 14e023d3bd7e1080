"""The seals against each other and against the heads: every link, every tree, and nothing more than was signed."""

from __future__ import annotations

import struct
from collections.abc import Iterator, Sequence
from hashlib import sha256
from typing import Any

import psycopg

from watchward.foundation.audit.heads import START, Signed
from watchward.foundation.audit.merkle import NOTHING, Range, level
from watchward.foundation.audit.verifying.trusted import Trusted
from watchward.foundation.audit.vocabulary import Fault, Findings, Kind

_COPY = """
copy (select seq, source, case when octet_length(digest) = 32 then digest else sha256('') end,
             case when octet_length(hash) = 32 then hash else sha256('') end
      from audit_seal order by seq) to stdout (format binary)
"""
_RECORD = struct.Struct(">hiqihi32si32s")
_LEAVES = tuple(b"\x00" + bytes((source,)) for source in range(256))
_TIED = struct.Struct(">Bq").pack
_BEFORE = 19
"""Bytes of the format's own head, which has neither flags nor an extension."""


def seals(connection: psycopg.Connection[Any]) -> Iterator[tuple[int, int, bytes, bytes]]:
    """Yield every seal in its order: its place, its source, its digest and its hash."""
    with connection.cursor() as cursor, cursor.copy(_COPY) as copy:
        rest, begun = b"", False
        for piece in _pieces(copy):
            rest += piece
            if not begun:
                if len(rest) < _BEFORE:
                    continue
                rest, begun = rest[_BEFORE:], True
            whole = len(rest) - len(rest) % _RECORD.size
            for _n, _a, seq, _b, source, _c, digest, _d, hash_ in _RECORD.iter_unpack(rest[:whole]):
                yield seq, source, digest, hash_
            rest = rest[whole:]


def _pieces(copy: Any) -> Iterator[bytes]:
    """Yield what was copied in pieces large enough that joining them costs nothing."""
    held: list[bytes] = []
    size = 0
    while piece := copy.read():
        held.append(bytes(piece))
        size += len(piece)
        if size > 1 << 18:
            yield b"".join(held)
            held, size = [], 0
    yield b"".join(held)


def check(connection: psycopg.Connection[Any], trusted: Trusted) -> Findings:
    """Return what does not hold in the chain of seals."""
    found = Findings()
    heads = iter(trusted.heads.values())
    head = next(heads, None)
    tree, first = Range(), 1
    batch: list[bytes] = []
    before = recomputed = START
    expected, rebuilt, sound = 1, False, True
    for seq, source, digest, hash_ in seals(connection):
        if seq != expected:
            found.faults.append(Fault("audit_seal", _span(expected, seq - 1), Kind.REMOVED))
            sound = False
        leaf_hash = sha256(_LEAVES[source & 0xFF] + digest).digest()
        tied = _TIED(2, seq)
        mine = sha256(tied + before + leaf_hash).digest()
        if mine != hash_ and sha256(tied + recomputed + leaf_hash).digest() != hash_ and seq == expected:
            found.faults.append(Fault("audit_seal", str(seq), Kind.ALTERED, head.head.at if head else ""))
            sound = False
        before, recomputed, expected = hash_, mine, seq + 1
        batch.append(leaf_hash)
        while head is not None and seq >= head.head.entries:
            tree.extend(batch)
            if seq == head.head.entries:
                rebuilt |= _judge(found, head, first, tree, batch, hash_, believed=sound and not rebuilt)
            batch, first = [], seq + 1
            sound = True
            head = next(heads, None)
        found.entries += 1
    signed = trusted.last.head.entries if trusted.last else 0
    if expected - 1 > signed:
        found.faults.append(Fault("audit_seal", _span(signed + 1, expected - 1), Kind.INSERTED))
    elif expected - 1 < signed:
        at = head.head.at if head else ""
        found.faults.append(Fault("audit_seal", _span(expected, signed), Kind.CUT, at))
    return found


def _judge(
    found: Findings, head: Signed, first: int, tree: Range, batch: Sequence[bytes], hash_: bytes, *, believed: bool
) -> bool:
    """Hold a head against what was sealed with it; return whether the tree is known not to be as it was signed.

    Where the tree over all entries and the last link are as signed, so is every entry; the tree of the batch is only
    worked out where they are not, to say whether it is this batch that was put in another's place.
    """
    said = head.head
    if tree.root.hex() == said.root and hash_.hex() == said.chain:
        return False
    if (level(batch) if batch else NOTHING).hex() != said.batch:
        if believed:
            found.faults.append(Fault("audit_seal", _span(first, said.entries), Kind.REBUILT, said.at))
        return True
    if believed and (tree.root.hex() != said.root or hash_.hex() != said.chain):
        found.faults.append(Fault("audit_seal", _span(first, said.entries), Kind.REBUILT, said.at))
        return True
    return tree.root.hex() != said.root


def _span(first: int, last: int) -> str:
    return str(first) if first >= last else f"{first}-{last}"
