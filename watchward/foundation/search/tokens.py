"""Tokens: 64-bit hashes of a kind and a text, so that one index on numbers finds people under row-level security.

Only `=` on a bigint is leakproof enough to keep its index there; arrays and expressions on text lose it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache
from hashlib import blake2b
from itertools import pairwise
from struct import Struct

from watchward.foundation.search.folding import folded
from watchward.foundation.search.nicknames import given_names
from watchward.foundation.search.sounds import sound

_number = Struct(">q").unpack

MOST_PARTS = 6
"""Parts of a name that count; nobody is found by the seventh."""


def token(kind: str, text: str) -> int:
    """Return the signed 64-bit number of a kind and a text: BLAKE2b-64 (RFC 7693), the same on every machine and day.

    Args:
        kind: what the text is, such as ``phone``; the same text of two kinds gives two numbers.
        text: already folded; two spellings give two numbers.
    """
    return hashed(f"{kind}\0{text}")


def tokens(room: str, said: Iterable[tuple[str, str]]) -> list[int]:
    """Return the numbers of these kinds and texts of one room, in their order: `places`, `("word", "kilncr")`."""
    return [token(f"{room}.{kind}", text) for kind, text in said]


def hashed(text: str) -> int:
    """Return the signed 64-bit number of a text that has its kind and a NUL in front: for loops over millions."""
    return _number(blake2b(text.encode(), digest_size=8).digest())[0]  # type: ignore[no-any-return]


@lru_cache(maxsize=65_536)
def parts(name: str) -> tuple[str, ...]:
    """Return the folded parts of a name, at most six."""
    return tuple(folded(name).split()[:MOST_PARTS])


@lru_cache(maxsize=65_536)
def codes(name: str) -> tuple[str, ...]:
    """Return how the parts of a name sound, each as it is and as the given names it is short for.

    Neighbouring parts also count as one, so that "Mary Ann", "Maryann" and "Mary-Ann" share a code.
    """
    return tuple(dict.fromkeys((*parted(name), *(sound(joined) for joined in _joined(parts(name))))))


@lru_cache(maxsize=65_536)
def parted(name: str) -> tuple[str, ...]:
    """Return how the parts of a name sound, without those that count as one."""
    found = dict.fromkeys(sound(form) for part in parts(name) for form in (part, *given_names(part)))
    return tuple(code for code in found if code)


def _joined(found: tuple[str, ...]) -> Iterator[str]:
    yield from (one + other for one, other in pairwise(found))
    if len(found) > 2:
        yield "".join(found)
