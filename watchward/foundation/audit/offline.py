"""Verify an exported log with no database and nothing of Watchward but the three files beside this one.

    python -m watchward.foundation.audit.offline verify LOG.jsonl --key PUBLIC [--heads HEADS.jsonl]
    python -m watchward.foundation.audit.offline prove LOG.jsonl SEQ          > proof.json
    python -m watchward.foundation.audit.offline grown LOG.jsonl HEAD LATER   > proof.json
    python -m watchward.foundation.audit.offline check proof.json --key PUBLIC

Python's standard library and `cryptography` are all that it takes. Exit status: 0 holds, 1 does not, 2 cannot be read.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Any
from uuid import UUID

from watchward.foundation.audit.heads import START, Signed, leaf_data, link
from watchward.foundation.audit.merkle import Range, consistency, consistent, included, inclusion, leaf

FORMAT = "watchward audit log 1"
SOURCES = {"command": 1, "change": 2, "look": 3}


def digest(entry: dict[str, Any]) -> bytes:
    """Return the digest of an exported entry, as the seal has it.

    Raises:
        ValueError: when it is no entry.
    """
    try:
        if entry["source"] == "change":
            return sha256(
                int(entry["id"]).to_bytes(8, "big", signed=True)
                + int(entry["transaction"]).to_bytes(8, "big", signed=True)
                + UUID(entry["command"]).bytes
                + UUID(entry["record"]).bytes
                + f"{entry['operation']}{entry['table']}".encode()
                + bytes.fromhex(entry["digest"])
            ).digest()
        return sha256(UUID(entry["salt"]).bytes + entry["payload"].encode()).digest()
    except (KeyError, TypeError, AttributeError, OverflowError) as wrong:
        raise ValueError("this is no entry of a log") from wrong


def leaf_of(entry: dict[str, Any]) -> bytes:
    """Return the hash of an exported entry's leaf."""
    return leaf(leaf_data(SOURCES[entry["source"]], digest(entry)))


@dataclass
class Checked:
    """What an exported log turned out to be.

    Args:
        entries: how many entries it has.
        heads: its signed heads, in their order.
        forgotten: how many changes have been erased, with an erasure that says so.
        faults: what does not hold, in words.
        leaves: the hashes of its leaves.
    """

    entries: int = 0
    heads: list[Signed] = field(default_factory=list)
    forgotten: int = 0
    faults: list[str] = field(default_factory=list)
    leaves: list[bytes] = field(default_factory=list)


def lines(path: Path) -> Iterator[dict[str, Any]]:
    """Yield the objects of a log's lines, after its title.

    Raises:
        ValueError: when it is no exported log.
    """
    with path.open(encoding="utf-8") as file:
        if json.loads(next(file, "null")) != {"format": FORMAT}:
            raise ValueError("this is no exported log")
        for line in file:
            said = json.loads(line)
            if not isinstance(said, dict):
                raise ValueError("a line is no object")
            yield said


def check(path: Path, keys: Sequence[str], copies: Sequence[Path] = ()) -> Checked:
    """Return whether an exported log holds.

    Args:
        path: the log.
        keys: the public keys that are known, hexadecimal.
        copies: files of heads that were kept elsewhere.

    Raises:
        ValueError: when it is no exported log.
    """
    found, tree, batch, chain = Checked(), Range(), Range(), START
    emptied: list[tuple[int, str, str]] = []
    erased: dict[tuple[str, str], int] = {}
    for said in lines(path):
        if "head" in said:
            signed = Signed.read(json.dumps(said))
            _judge(found, signed, tree, batch, chain, keys)
            found.heads.append(signed)
            batch = Range()
            continue
        found.entries += 1
        if said.get("seq") != found.entries:
            found.faults.append(f"entry {said.get('seq')} stands where {found.entries} belongs")
        hash_ = leaf_of(said)
        tree.add(hash_)
        batch.add(hash_)
        found.leaves.append(hash_)
        chain = link(found.entries, chain, hash_)
        if said.get("hash") != chain.hex():
            found.faults.append(f"entry {found.entries} is not what was sealed, or stands elsewhere")
            chain = bytes.fromhex(str(said.get("hash", ""))) if len(str(said.get("hash", ""))) == 64 else chain
        if said["source"] == "change":
            _payload(found, said, emptied, erased)
    for number, table, record in emptied:
        if number > erased.get((table, record), 0):
            found.faults.append(f"change {number} of {table} {record} is empty, and no erasure says so")
        else:
            found.forgotten += 1
    if found.heads and found.heads[-1].head.entries != found.entries:
        found.faults.append(f"{found.entries} entries, and the last head has {found.heads[-1].head.entries}")
    elif found.entries and not found.heads:
        found.faults.append("there is no head")
    for copy in copies:
        _hold_against(found, copy, keys)
    return found


def _payload(
    found: Checked, said: dict[str, Any], emptied: list[tuple[int, str, str]], erased: dict[tuple[str, str], int]
) -> None:
    """Hold a change's row against its digest, and note what was erased."""
    row = said.get("row")
    if row is None and said.get("salt") is None:
        emptied.append((int(said["id"]), said["table"], said["record"]))
        return
    if row is None or sha256(UUID(str(said.get("salt"))).bytes + str(row).encode()).hexdigest() != said["digest"]:
        found.faults.append(f"change {said['id']} of {said['table']} {said['record']} does not say what was sealed")
    elif said["table"] == "audit_erasure":
        what = json.loads(row)
        key = (what["table"], what["record"])
        erased[key] = max(erased.get(key, 0), int(what["through"]))


def _judge(found: Checked, signed: Signed, tree: Range, batch: Range, chain: bytes, keys: Sequence[str]) -> None:
    """Hold a head against what stands before it."""
    head, before = signed.head, found.heads[-1] if found.heads else None
    if not signed.holds(keys):
        found.faults.append(f"head {head.number} is not signed with a key that is known")
    if head.previous != (before.head.hash if before else "") or head.number != len(found.heads) + 1:
        found.faults.append(f"head {head.number} does not follow the one before it")
    if head.entries != tree.size:
        found.faults.append(f"head {head.number} has {head.entries} entries, and {tree.size} stand before it")
    elif (head.batch, head.root, head.chain) != (batch.root.hex(), tree.root.hex(), chain.hex()):
        found.faults.append(f"head {head.number} signs other entries than these")


def _hold_against(found: Checked, copy: Path, keys: Sequence[str]) -> None:
    """Hold a log against heads that were kept elsewhere: it must have them all, and be at least as long."""
    by_number = {signed.head.number: signed for signed in found.heads}
    for line in copy.read_text(encoding="utf-8").splitlines():
        try:
            kept = Signed.read(line)
        except ValueError:
            continue  # cut short by a kill, or a statement
        if not kept.holds(keys):
            found.faults.append(f"{copy.name}: head {kept.head.number} is not signed with a key that is known")
        elif kept.head.number not in by_number:
            found.faults.append(f"{copy.name}: the log ends before head {kept.head.number} of {kept.head.at}")
        elif by_number[kept.head.number] != kept:
            found.faults.append(f"{copy.name}: head {kept.head.number} of {kept.head.at} is another one in the log")


def prove(path: Path, seq: int) -> dict[str, Any]:
    """Return the proof that one entry is in the log: it holds without the log.

    Raises:
        ValueError: there is no such entry under a head.
    """
    found = check(path, [])
    if not found.heads or not 0 < seq <= found.heads[-1].head.entries:
        raise ValueError("there is no such entry")
    last = found.heads[-1]
    entry = next(said for said in lines(path) if said.get("seq") == seq)
    proof = inclusion(found.leaves[: last.head.entries], seq - 1)
    return {"entry": entry, "head": json.loads(last.line), "proof": [each.hex() for each in proof]}


def grown(path: Path, number: int, later: int) -> dict[str, Any]:
    """Return the proof that the log under a later head begins with all of that under an earlier one.

    Raises:
        ValueError: there are no such heads.
    """
    found = check(path, [])
    if not 0 < number <= later <= len(found.heads):
        raise ValueError("there are no such heads")
    before, after = found.heads[number - 1], found.heads[later - 1]
    proof = consistency(found.leaves[: after.head.entries], before.head.entries)
    both = {"head": json.loads(before.line), "later": json.loads(after.line)}
    return {**both, "proof": [each.hex() for each in proof]}


def proved(said: dict[str, Any], keys: Sequence[str]) -> bool:
    """Return whether a proof holds, of an entry or of a log that grew.

    Raises:
        ValueError: when it is no proof.
    """
    head, steps = Signed.read(json.dumps(said["head"])), [bytes.fromhex(each) for each in said["proof"]]
    root = bytes.fromhex(head.head.root)
    if "entry" in said:
        index = int(said["entry"]["seq"]) - 1
        return head.holds(keys) and included(leaf_of(said["entry"]), index, head.head.entries, steps, root)
    later = Signed.read(json.dumps(said["later"]))
    whole = bytes.fromhex(later.head.root)
    return all(each.holds(keys) for each in (head, later)) and consistent(
        head.head.entries, root, later.head.entries, whole, steps
    )


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit status."""
    parser = argparse.ArgumentParser(prog="offline", description="Verify an exported log without a database.")
    which = parser.add_subparsers(dest="command", metavar="COMMAND", required=True)
    for name, words in (("verify", "a log"), ("check", "a proof")):
        one = which.add_parser(name, help=words)
        one.add_argument("path", type=Path)
        one.add_argument("--key", action="append", required=True, help="public key, hexadecimal, noted before")
        one.add_argument("--heads", action="append", type=Path, default=[], help="heads that you kept elsewhere")
        one.add_argument("--json", action="store_true")
    for name, words, numbers in (("prove", "that an entry is in a log", 1), ("grown", "that a log grew", 2)):
        one = which.add_parser(name, help=words)
        one.add_argument("path", type=Path)
        one.add_argument("numbers", type=int, nargs=numbers)
    asked = parser.parse_args(arguments)
    try:
        return _run(asked)
    except (ValueError, KeyError, OSError) as wrong:
        print(f"{asked.path}: {wrong}", file=sys.stderr)
        return 2


def _run(asked: argparse.Namespace) -> int:
    if asked.command in ("prove", "grown"):
        print(
            json.dumps(
                prove(asked.path, *asked.numbers) if asked.command == "prove" else grown(asked.path, *asked.numbers)
            )
        )
        return 0
    keys = [key.strip().lower() for key in asked.key]
    if asked.command == "check":
        holds = proved(json.loads(asked.path.read_text(encoding="utf-8")), keys)
        print("It holds" if holds else "It does NOT hold")
        return 0 if holds else 1
    found = check(asked.path, keys, asked.heads)
    if asked.json:
        said = {"entries": found.entries, "heads": len(found.heads), "forgotten": found.forgotten}
        print(json.dumps({**said, "intact": not found.faults, "faults": found.faults}))
    else:
        print("\n".join([*found.faults, f"{found.entries:,} entries under {len(found.heads):,} signed heads"]))
        if found.heads:
            print(json.dumps(asdict(found.heads[-1].head)))
        print(f"{found.forgotten:,} erased with a reason. " + ("It does NOT hold" if found.faults else "It holds"))
    return 1 if found.faults else 0


if __name__ == "__main__":
    sys.exit(main())
