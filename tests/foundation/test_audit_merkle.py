"""Trees and their proofs, against what RFC 6962 and its best known log say."""

from __future__ import annotations

import hashlib

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from watchward.foundation.audit import merkle
from watchward.foundation.audit.heads import Head, Signed

LEAVES = [
    bytes.fromhex(each)
    for each in ("", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f")
]
"""The leaves with which Certificate Transparency's own implementations are tested."""

ROOTS = (
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
)


def tree(count: int) -> list[bytes]:
    """Return so many leaf hashes, all different."""
    return [merkle.leaf(n.to_bytes(4, "big")) for n in range(count)]


@pytest.mark.parametrize("size", range(1, 9))
def test_roots_are_those_of_certificate_transparency(size: int) -> None:
    """The roots over one to eight leaves are those that every implementation must give."""
    assert merkle.root(merkle.leaf(data) for data in LEAVES[:size]).hex() == ROOTS[size - 1]


def test_the_root_of_nothing() -> None:
    """An empty tree has the hash of nothing as its root."""
    assert merkle.root([]) == hashlib.sha256(b"").digest()


@given(st.integers(1, 70), st.data())
def test_every_leaf_is_proved_and_no_other_in_its_place(size: int, data: st.DataObject) -> None:
    """The proof of a leaf holds at its place alone, for its own hash alone, and in its own tree alone."""
    leaves, index = tree(size), data.draw(st.integers(0, size - 1))
    whole, proof = merkle.root(leaves), merkle.inclusion(leaves, index)
    assert merkle.included(leaves[index], index, size, proof, whole)
    other = data.draw(st.integers(0, size))
    assert merkle.included(leaves[index], other, size, proof, whole) == (other == index)
    assert not merkle.included(merkle.leaf(b"other"), index, size, proof, whole)
    assert not merkle.included(leaves[index], index, size, [*proof, whole], whole)
    if proof:
        assert not merkle.included(leaves[index], index, size, proof[:-1], whole)


@given(st.integers(1, 70), st.data())
def test_a_log_that_grew_is_proved_and_one_that_was_changed_is_not(size: int, data: st.DataObject) -> None:
    """Whoever noted an earlier root learns whether the log still begins with it."""
    leaves, earlier = tree(size), data.draw(st.integers(1, size))
    before, after = merkle.root(leaves[:earlier]), merkle.root(leaves)
    assert merkle.consistent(earlier, before, size, after, merkle.consistency(leaves, earlier))
    changed = list(leaves)
    changed[data.draw(st.integers(0, earlier - 1))] = merkle.leaf(b"changed")
    proof = merkle.consistency(changed, earlier)
    assert not merkle.consistent(earlier, before, size, merkle.root(changed), proof)


@given(st.integers(0, 200), st.integers(0, 200))
def test_a_tree_goes_on_from_its_edge(first: int, more: int) -> None:
    """A process that was killed goes on from the edge that it wrote down."""
    leaves = tree(first + more)
    begun = merkle.Range()
    for each in leaves[:first]:
        begun.add(each)
    again = merkle.Range(begun.size, begun.edge)
    for each in leaves[first:]:
        again.add(each)
    assert again.root == merkle.root(leaves)


@given(st.lists(st.integers(0, 40), max_size=8))
def test_many_leaves_at_once_are_the_same_leaves(pieces: list[int]) -> None:
    """However many are appended at once, the tree is that of the leaves one by one."""
    leaves, grown, at = tree(sum(pieces)), merkle.Range(), 0
    for piece in pieces:
        grown.extend(leaves[at : at + piece])
        at += piece
    assert (grown.size, grown.root) == (len(leaves), merkle.root(leaves))
    if leaves:
        assert merkle.level(leaves) == merkle.root(leaves)


def test_an_edge_of_another_size_is_refused() -> None:
    """An edge has as many roots as its size has bits."""
    with pytest.raises(ValueError):
        merkle.Range(3, bytes(32))


def test_a_head_reads_back_and_any_change_of_it_breaks_its_signature() -> None:
    """What is signed is every field."""
    private = Ed25519PrivateKey.generate()
    head = Head(1, 5, "2026-11-23T09:00:00+00:00", "ab", "cd", "ef", "", "1:1:", "7-5")
    signed = Signed.by(private, head)
    assert Signed.read(signed.line) == signed
    assert signed.holds([signed.key])
    assert not signed.holds([Signed.by(Ed25519PrivateKey.generate(), head).key])
    for name, value in head.__dict__.items():
        other = Head(**{**head.__dict__, name: value + 1 if isinstance(value, int) else value + "0"})
        assert not Signed(other, signed.key, signed.signature).holds([signed.key]), name
    for line in ("{}", "[]", '{"head": 1, "key": "", "signature": ""}', signed.line.replace('"version":1', '"x":1')):
        with pytest.raises(ValueError):
            Signed.read(line)
