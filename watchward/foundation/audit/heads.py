"""Heads: signed statements of how far the log reached at a moment, and what it was.

Standard library and `cryptography` alone: whoever verifies an exported log needs no more.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass, fields
from hashlib import sha256
from typing import Any, Self

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

VERSION = 1
START = sha256(b"watchward audit chain 1").digest()
"""What the first entry follows."""


def link(seq: int, before: bytes, leaf_hash: bytes) -> bytes:
    """Return the hash that ties an entry to all before it.

    Args:
        seq: its place, from 1.
        before: the hash of the entry before it, `START` for the first.
        leaf_hash: the hash of its leaf.
    """
    return sha256(b"\x02" + seq.to_bytes(8, "big") + before + leaf_hash).digest()


def leaf_data(source: int, digest: bytes) -> bytes:
    """Return what stands in the tree for an entry: its source and its digest."""
    return bytes((source,)) + digest


@dataclass(frozen=True)
class Head:
    """How far the log reached.

    Args:
        number: from 1, one more for each batch.
        entries: how many entries the log has with this batch.
        at: true time of the sealing, ISO 8601 in UTC.
        batch: root of the Merkle tree over the entries of this batch, hexadecimal.
        root: root of the Merkle tree over all entries.
        chain: the hash that ties the last entry to all before it.
        previous: the hash of the head before this one; empty for the first.
        snapshot: which transactions the database could see: all of these are sealed, and no others.
        cluster: which database: its server's own identifier and its number there.
        version: of this format.
    """

    number: int
    entries: int
    at: str
    batch: str
    root: str
    chain: str
    previous: str
    snapshot: str
    cluster: str
    version: int = VERSION

    @property
    def text(self) -> bytes:
        """What is signed: its fields as JSON, sorted, without spaces."""
        return json.dumps(asdict(self), sort_keys=True, separators=(",", ":")).encode()

    @property
    def hash(self) -> str:
        """The hash by which the next head names this one."""
        return sha256(self.text).hexdigest()

    @classmethod
    def read(cls, said: Any) -> Self:
        """Return a head from the object of its JSON.

        Raises:
            ValueError: when it is none.
        """
        known = {field.name: field.type for field in fields(cls)}
        if not isinstance(said, dict) or set(said) != set(known):
            raise ValueError("this is no head")
        if not all(isinstance(value, int if known[name] == "int" else str) for name, value in said.items()):
            raise ValueError("this is no head")
        return cls(**said)


@dataclass(frozen=True)
class Signed:
    """A head with its signature.

    Args:
        head: what is signed.
        key: the public key, hexadecimal.
        signature: Ed25519, hexadecimal.
    """

    head: Head
    key: str
    signature: str

    @classmethod
    def by(cls, private: Ed25519PrivateKey, head: Head) -> Self:
        """Return a head signed."""
        return cls(head, public_text(private), private.sign(head.text).hex())

    @classmethod
    def read(cls, line: str | bytes) -> Self:
        """Return a signed head from its line of JSON.

        Raises:
            ValueError: when it is none.
        """
        said = json.loads(line)
        if not isinstance(said, dict) or set(said) != {"head", "key", "signature"}:
            raise ValueError("this is no signed head")
        return cls(Head.read(said["head"]), str(said["key"]), str(said["signature"]))

    @property
    def line(self) -> str:
        """Its line in the second place, without the line's end."""
        said = {"head": asdict(self.head), "key": self.key, "signature": self.signature}
        return json.dumps(said, sort_keys=True, separators=(",", ":"))

    def holds(self, keys: Iterable[str]) -> bool:
        """Return whether it was signed by one of these public keys."""
        return self.key in set(keys) and signed_by(self.key, self.signature, self.head.text)


def signed_by(key: str, signature: str, text: bytes) -> bool:
    """Return whether a signature of a text is that of a public key, both hexadecimal."""
    try:
        Ed25519PublicKey.from_public_bytes(bytes.fromhex(key)).verify(bytes.fromhex(signature), text)
    except (InvalidSignature, ValueError):
        return False
    return True


def public_text(private: Ed25519PrivateKey) -> str:
    """Return the public key of a private one, hexadecimal: what is printed and pinned."""
    return private.public_key().public_bytes_raw().hex()
