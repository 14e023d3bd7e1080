"""Merkle trees as RFC 6962 has them: roots, and proofs that an entry is in one or that one grew out of another.

Standard library alone: whoever verifies an exported log needs no more.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from hashlib import sha256

NOTHING = sha256(b"").digest()
"""The root of a tree without leaves (RFC 6962, 2.1)."""

WIDTH = 32


def leaf(data: bytes) -> bytes:
    """Return the hash of a leaf."""
    return sha256(b"\x00" + data).digest()


def node(left: bytes, right: bytes) -> bytes:
    """Return the hash of an inner node."""
    return sha256(b"\x01" + left + right).digest()


def level(hashes: Sequence[bytes]) -> bytes:
    """Return the root over some leaf hashes, level by level: one without a partner goes up as it is."""
    row = list(hashes)
    while len(row) > 1:
        odd = row[-1:] if len(row) & 1 else []
        pairs = zip(row[::2], row[1::2], strict=False)
        row = [sha256(b"\x01" + left + right).digest() for left, right in pairs] + odd
    return row[0]


class Range:
    """A tree that grows at its right edge, kept as the roots of its whole subtrees, largest first.

    Args:
        size: how many leaves it has.
        edge: the roots, one for each bit that is set in the size, end to end.
    """

    def __init__(self, size: int = 0, edge: bytes = b"") -> None:
        self.size = size
        self._roots = [edge[at : at + WIDTH] for at in range(0, len(edge), WIDTH)]
        if len(self._roots) != size.bit_count() or len(edge) % WIDTH:
            raise ValueError("the edge of a tree has one root for each bit of its size")

    def add(self, leaf_hash: bytes) -> None:
        """Append a leaf, given its hash."""
        roots, size = self._roots, self.size
        while size & 1:
            leaf_hash = sha256(b"\x01" + roots.pop() + leaf_hash).digest()
            size >>= 1
        roots.append(leaf_hash)
        self.size += 1

    def extend(self, leaves: Sequence[bytes]) -> None:
        """Append many leaves, given their hashes: level by level, which is quicker than one by one."""
        at = 0
        while at < len(leaves):
            most = len(leaves) - at
            width = 1 << (min(self.size & -self.size or most, most).bit_length() - 1)
            whole, roots, place = level(leaves[at : at + width]), self._roots, self.size // width
            while place & 1:
                whole, place = node(roots.pop(), whole), place >> 1
            roots.append(whole)
            self.size, at = self.size + width, at + width

    @property
    def edge(self) -> bytes:
        """The roots of its whole subtrees, end to end: enough to go on from here."""
        return b"".join(self._roots)

    @property
    def root(self) -> bytes:
        """The root of the whole."""
        if not self._roots:
            return NOTHING
        whole = self._roots[-1]
        for left in reversed(self._roots[:-1]):
            whole = node(left, whole)
        return whole


def root(leaves: Iterable[bytes]) -> bytes:
    """Return the root over these leaf hashes."""
    tree = Range()
    for each in leaves:
        tree.add(each)
    return tree.root


def _split(size: int) -> int:
    """Return the largest power of two smaller than a size of at least two."""
    return 1 << ((size - 1).bit_length() - 1)


def inclusion(leaves: Sequence[bytes], index: int) -> list[bytes]:
    """Return the proof that a leaf is in the tree over these leaf hashes (RFC 6962, 2.1.1).

    Raises:
        IndexError: there is no such leaf.
    """
    if not 0 <= index < len(leaves):
        raise IndexError("no such leaf")
    if len(leaves) == 1:
        return []
    at = _split(len(leaves))
    if index < at:
        return [*inclusion(leaves[:at], index), root(leaves[at:])]
    return [*inclusion(leaves[at:], index - at), root(leaves[:at])]


def included(leaf_hash: bytes, index: int, size: int, proof: Sequence[bytes], tree_root: bytes) -> bool:
    """Return whether a proof shows that a leaf stands at this place of a tree (RFC 9162, 2.1.3.2)."""
    if not 0 <= index < size:
        return False
    place, last, whole = index, size - 1, leaf_hash
    for each in proof:
        if last == 0:
            return False
        if place & 1 or place == last:
            whole = node(each, whole)
            while not place & 1 and place:
                place, last = place >> 1, last >> 1
        else:
            whole = node(whole, each)
        place, last = place >> 1, last >> 1
    return last == 0 and whole == tree_root


def consistency(leaves: Sequence[bytes], size: int) -> list[bytes]:
    """Return the proof that the tree over these leaf hashes grew out of that over its first ones (RFC 6962, 2.1.2).

    Raises:
        ValueError: when the first ones are none, or more than there are.
    """
    if not 0 < size <= len(leaves):
        raise ValueError("the earlier tree has some of the leaves, and no others")
    return _grown(leaves, size, whole=True)


def _grown(leaves: Sequence[bytes], size: int, *, whole: bool) -> list[bytes]:
    if size == len(leaves):
        return [] if whole else [root(leaves)]
    at = _split(len(leaves))
    if size <= at:
        return [*_grown(leaves[:at], size, whole=whole), root(leaves[at:])]
    return [*_grown(leaves[at:], size - at, whole=False), root(leaves[:at])]


def consistent(size: int, tree_root: bytes, later_size: int, later_root: bytes, proof: Sequence[bytes]) -> bool:
    """Return whether a proof shows that the later tree begins with all of the earlier one (RFC 9162, 2.1.4.2)."""
    if not 0 < size <= later_size:
        return False
    if size == later_size:
        return not proof and tree_root == later_root
    steps = list(proof) if size & (size - 1) else [tree_root, *proof]
    if not steps:
        return False
    place, last = size - 1, later_size - 1
    while place & 1:
        place, last = place >> 1, last >> 1
    before = after = steps[0]
    for each in steps[1:]:
        if last == 0:
            return False
        if place & 1 or place == last:
            before, after = node(each, before), node(each, after)
            while not place & 1 and place:
                place, last = place >> 1, last >> 1
        else:
            after = node(after, each)
        place, last = place >> 1, last >> 1
    return last == 0 and before == tree_root and after == later_root
