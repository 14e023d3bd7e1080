"""What a backup's files are kept in: any cut, swap or change of a piece is noticed, at every border."""

from __future__ import annotations

import secrets
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from watchward.foundation.backups import box
from watchward.foundation.backups.box import TAG, Spoilt, Writer, digest_of, opened

KEY = secrets.token_bytes(32)
SMALL = 64


@pytest.fixture(autouse=True, scope="module")
def _small_pieces() -> object:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(box, "PIECE", SMALL)
        yield


def written(path: Path, content: bytes) -> str:
    """Write a file afresh, and return its digest."""
    path.unlink(missing_ok=True)
    writer = Writer(path, KEY)
    for at in range(0, len(content), 37):
        writer.write(content[at : at + 37])
    return writer.close()


@given(size=st.integers(0, 5 * SMALL))
def test_what_goes_in_comes_out(tmp_path_factory: pytest.TempPathFactory, size: int) -> None:
    """Whatever its size, and whether or not it ends with a whole piece."""
    path = tmp_path_factory.getbasetemp() / "whole"
    content = secrets.token_bytes(size)
    digest = written(path, content)
    assert b"".join(opened(path, KEY)) == content
    assert digest_of(path) == (path.stat().st_size, digest)


@given(size=st.integers(1, 5 * SMALL), left=st.integers(0, 5 * (SMALL + TAG)))
def test_a_cut_is_noticed_wherever_it_falls(tmp_path_factory: pytest.TempPathFactory, size: int, left: int) -> None:
    """At a border between pieces too: the last piece says that it is the last."""
    path = tmp_path_factory.getbasetemp() / "cut"
    written(path, secrets.token_bytes(size))
    whole = path.read_bytes()
    path.write_bytes(whole[: left % len(whole)])
    with pytest.raises(Spoilt, match="cut was altered or cut"):
        b"".join(opened(path, KEY))


def test_pieces_cannot_change_places(tmp_path: Path) -> None:
    """Each is numbered, so that two of the same file do not fit each other's place."""
    path = tmp_path / "swapped"
    written(path, bytes(3 * SMALL))
    whole, piece = path.read_bytes(), SMALL + TAG
    path.write_bytes(whole[piece : 2 * piece] + whole[:piece] + whole[2 * piece :])
    with pytest.raises(Spoilt):
        b"".join(opened(path, KEY))


def test_another_files_key_opens_nothing() -> None:
    """The files of one backup have keys of their own."""
    keys = box.Keys("seven grey herons on the weir", bytes(16))
    assert keys.of("database.sealed") != keys.of("home.sealed")
    assert keys.seal_of(b"x") != box.Keys("seven grey herons on the weir", bytes(15) + b"1").seal_of(b"x")
