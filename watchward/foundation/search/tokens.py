"""Tokens: short words hashed to whole numbers, which the database compares fast and safely under row-level security."""

from __future__ import annotations

from hashlib import blake2b


def token(kind: str, text: str) -> int:
    """Return the number that stands for this text among tokens of this kind.

    The same in every process and on every machine. Comparing whole numbers is leakproof to PostgreSQL, so that an
    index answers before the policy of the row is asked.

    Args:
        kind: what the text is, such as `people.surname`; equal texts of two kinds have two numbers.
        text: in its normal form already.

    Returns:
        A signed number of 64 bits, for a `bigint` column. Two texts of many millions may share one: what a token
        finds is compared again in full.
    """
    digest = blake2b(f"{kind}\0{text}".encode(), digest_size=8).digest()
    return int.from_bytes(digest, "big", signed=True)
