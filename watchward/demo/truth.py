"""Who is truly the same person: worked out from the seed, and nowhere in the database."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from hashlib import blake2b
from itertools import combinations
from uuid import UUID

from watchward.demo.crowd.population import SEED, crowd


def record_id(key: str, seed: str = SEED) -> UUID:
    """Return the id under which a record of the crowd is loaded (RFC 9562, version 8: of the seed and its key).

    Nothing in it tells whose record it is: two records of one person have ids as unlike as any two.
    """
    secret = blake2b(seed.encode(), digest_size=32).digest()
    digest = bytearray(blake2b(key.encode(), key=secret, digest_size=16).digest())
    digest[6] = (digest[6] & 0x0F) | 0x80
    digest[8] = (digest[8] & 0x3F) | 0x80
    return UUID(bytes=bytes(digest))


def same_person(scale: float = 1.0, seed: str = SEED) -> dict[UUID, str]:
    """Return who each record of the crowd truly is: the person by the record's id."""
    return {record_id(key, seed): person for key, person in crowd(scale, seed).truth().items()}


def pairs(scale: float = 1.0, seed: str = SEED) -> Iterator[tuple[UUID, UUID]]:
    """Yield every pair of records that are one human being."""
    together: dict[str, list[UUID]] = defaultdict(list)
    for record, person in same_person(scale, seed).items():
        together[person].append(record)
    for records in together.values():
        yield from combinations(sorted(records), 2)
