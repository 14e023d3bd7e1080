"""Seeded randomness in named streams: adding a neighbour does not reshuffle the others."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from hashlib import blake2b
from itertools import accumulate
from math import isfinite, log
from struct import Struct
from typing import Final, Generic, TypeVar

T = TypeVar("T")

_BITS: Final = 64
_EIGHT: Final = Struct("<8Q")
"""The eight numbers in one block of the digest."""
_SPREAD: Final = 1.7155277699214135
"""The width 4 exp(-1/2) / sqrt(2) of Kinderman and Monahan's ratio of uniforms."""


class Stream:
    """A stream of random numbers found by its path from a seed, never by what was drawn before or beside it.

    ``Stream(seed).of("people").of("names", 17)`` is the same stream whatever else is drawn from any other, on every
    machine and version: keys and numbers come from BLAKE2b (RFC 7693) of the path and a counter. Drawing moves this
    stream on; ``of`` does not depend on how far it has moved. It is for invented data, never for secrets.

    Args:
        seed: a number or a name.
    """

    __slots__ = ("_drawn", "_key", "_waiting")

    def __init__(self, seed: int | str) -> None:
        self._start(_digest(b"seed", _part(seed)))

    def _start(self, key: bytes) -> None:
        self._key = key
        self._drawn = 0
        self._waiting: list[int] = []

    def of(self, *path: int | str) -> Stream:
        """Return the stream at a path below this one; ``of("a", 1)`` is ``of("a").of(1)``, and 1 is not "1"."""
        key = self._key
        for part in path:
            key = _digest(key, _part(part))
        child = Stream.__new__(Stream)
        child._start(key)
        return child

    def bits(self) -> int:
        """Return a whole number from 0 to 2^64 - 1, each as likely."""
        if not self._waiting:
            block = blake2b(self._drawn.to_bytes(16, "little"), key=self._key, digest_size=64).digest()
            self._waiting = [*_EIGHT.unpack(block)][::-1]
            self._drawn += 1
        return self._waiting.pop()

    def random(self) -> float:
        """Return a number from 0 up to but not including 1, a multiple of 2^-53."""
        return (self.bits() >> 11) * 2.0**-53

    def chance(self, likelihood: float) -> bool:
        """Return true with a likelihood from 0 (never) to 1 (always)."""
        if not 0 <= likelihood <= 1:
            raise ValueError(f"A likelihood lies between 0 and 1, not {likelihood}.")
        return self.random() < likelihood

    def integer(self, least: int, most: int) -> int:
        """Return a whole number from ``least`` to ``most``, both included, each as likely."""
        if most < least:
            raise ValueError(f"There is no whole number from {least} to {most}.")
        size = most - least + 1
        if size > 1 << _BITS:
            raise ValueError("The range is wider than 2^64.")
        fair = (1 << _BITS) - (1 << _BITS) % size
        while (drawn := self.bits()) >= fair:
            pass
        return least + drawn % size

    def choice(self, items: Sequence[T]) -> T:
        """Return one of the items, each as likely."""
        if not items:
            raise ValueError("There is nothing to choose from.")
        return items[self.integer(0, len(items) - 1)]

    def weighted(self, items: Sequence[T], weights: Sequence[float]) -> T:
        """Return one of the items, as likely as its weight; draw many times from one ``Lottery`` instead."""
        return Lottery(items, weights).draw(self)

    def shuffle(self, items: Sequence[T]) -> list[T]:
        """Return the items in a new order, each order as likely; the sequence given is not changed."""
        return self.sample(items, len(items))

    def sample(self, items: Sequence[T], size: int) -> list[T]:
        """Return some of the items, each at most once, in random order."""
        if not 0 <= size <= len(items):
            raise ValueError(f"{size} cannot be taken from {len(items)}.")
        left = list(items)
        for at in range(size):
            other = self.integer(at, len(left) - 1)
            left[at], left[other] = left[other], left[at]
        return left[:size]

    def normal(self, mean: float = 0.0, deviation: float = 1.0) -> float:
        """Return a number from the normal distribution.

        Kinderman and Monahan's ratio of uniforms (ACM TOMS 3, 1977): the logarithm only decides what to reject, so
        that a library that rounds it otherwise gives the same numbers.
        """
        if deviation < 0:
            raise ValueError("A standard deviation cannot be negative.")
        while True:
            across, up = self.random(), 1.0 - self.random()
            score = _SPREAD * (across - 0.5) / up
            if score * score / 4.0 <= -log(up):
                return mean + score * deviation

    def __iter__(self) -> Iterator[float]:
        """Yield numbers as ``random`` does, without end."""
        while True:
            yield self.random()

    def __repr__(self) -> str:
        return f"<Stream {self._key.hex()[:12]} after {self._drawn} blocks>"


class Lottery(Generic[T]):
    """Items with weights, added up once, to draw from many times.

    Args:
        items: what can be drawn.
        weights: how likely each is against the others; one without weight is never drawn.

    Raises:
        ValueError: when the two differ in length, a weight is negative or endless, or none has weight.
    """

    __slots__ = ("_items", "_sums")

    def __init__(self, items: Sequence[T], weights: Sequence[float]) -> None:
        if len(items) != len(weights):
            raise ValueError(f"{len(items)} items cannot have {len(weights)} weights.")
        if any(weight < 0 or not isfinite(weight) for weight in weights):
            raise ValueError("A weight cannot be negative or endless.")
        weighty = [(item, weight) for item, weight in zip(items, weights, strict=True) if weight > 0]
        if not weighty:
            raise ValueError("At least one item must have weight.")
        self._items = tuple(item for item, _ in weighty)
        self._sums = tuple(accumulate(weight for _, weight in weighty))

    def draw(self, stream: Stream) -> T:
        """Return one of the items, as likely as its weight, moving a stream on by one number."""
        at = bisect_right(self._sums, stream.random() * self._sums[-1])
        return self._items[min(at, len(self._items) - 1)]  # rounding can reach the very end


def _part(part: int | str) -> bytes:
    if isinstance(part, bool) or not isinstance(part, int | str):
        raise TypeError(f"A path is made of names and whole numbers, not {part!r}.")
    return (b"n" + str(part).encode()) if isinstance(part, int) else (b"s" + part.encode())


def _digest(key: bytes, part: bytes) -> bytes:
    return blake2b(part, key=key, digest_size=32).digest()
