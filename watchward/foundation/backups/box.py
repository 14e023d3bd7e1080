"""What a backup's files are kept in: encrypted and authenticated piece by piece, so that a cut or a swap is noticed.

AES-256 in Galois/Counter Mode (NIST SP 800-38D). Each file has a key of its own, derived from the passphrase, a salt of
the backup and the file's name; each piece is numbered, and the last one says that it is the last.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

from watchward.kernel.refusals import Refused

PIECE = 1 << 20
"""Bytes of one piece before it is encrypted."""

TAG = 16
SCRYPT = {"n": 1 << 16, "r": 8, "p": 1}
"""Cost of trying one passphrase: 64 MB and some 0.2 s (RFC 7914)."""

SHORTEST = 16
"""Characters of a passphrase."""


class Spoilt(Refused):
    """A file of a backup that is not as it was written."""


class Keys:
    """The keys of one backup."""

    def __init__(self, passphrase: str, salt: bytes) -> None:
        """Derive them.

        Args:
            passphrase: what its keepers know.
            salt: of this backup alone, 16 bytes.
        """
        self._whole = Scrypt(salt=salt, length=32, **SCRYPT).derive(passphrase.encode())

    def of(self, name: str) -> bytes:
        """Return the key of one of its files."""
        return HKDF(SHA256(), 32, salt=None, info=f"watchward backup {name}".encode()).derive(self._whole)

    def seal_of(self, text: bytes) -> str:
        """Return what proves that whoever wrote a text knew the passphrase, hexadecimal."""
        return hmac.new(self.of("manifest"), text, "sha256").hexdigest()


def _nonce(number: int, last: bool) -> bytes:
    return number.to_bytes(11, "big") + bytes((last,))


class Writer:
    """Writes one file of a backup, and knows its size and digest afterwards."""

    def __init__(self, path: Path, key: bytes) -> None:
        self._file = path.open("xb")
        path.chmod(0o600)
        self._box, self._held, self._number = AESGCM(key), bytearray(), 0
        self._digest, self.bytes = hashlib.sha256(), 0

    def write(self, data: bytes) -> None:
        """Take some more."""
        self._held += data
        while len(self._held) > PIECE:
            self._put(bytes(self._held[:PIECE]), last=False)
            del self._held[:PIECE]

    def _put(self, piece: bytes, *, last: bool) -> None:
        closed = self._box.encrypt(_nonce(self._number, last), piece, None)
        self._number += 1
        self._file.write(closed)
        self._digest.update(closed)
        self.bytes += len(closed)

    def close(self) -> str:
        """Write what is left, wait until all of it is on the disk, and return the digest, SHA-256 in hexadecimal."""
        import os

        self._put(bytes(self._held), last=True)
        self._file.flush()
        os.fsync(self._file.fileno())
        self._file.close()
        return self._digest.hexdigest()


def opened(path: Path, key: bytes) -> Iterator[bytes]:
    """Yield what a file holds, piece by piece.

    Raises:
        Spoilt: it was cut, altered, or is another's.
    """
    box = AESGCM(key)
    with path.open("rb") as file:
        for number, (piece, last) in enumerate(_pieces(file)):
            try:
                yield box.decrypt(_nonce(number, last), piece, None)
            except InvalidTag:
                raise Spoilt(f"{path.name} was altered or cut, or is of another backup.") from None


def _pieces(file: BinaryIO) -> Iterator[tuple[bytes, bool]]:
    piece = file.read(PIECE + TAG)
    while True:
        after = file.read(PIECE + TAG)
        yield piece, not after
        if not after:
            return
        piece = after


def digest_of(path: Path) -> tuple[int, str]:
    """Return a file's size in bytes and its SHA-256, hexadecimal."""
    whole, size = hashlib.sha256(), 0
    with path.open("rb") as file:
        while piece := file.read(PIECE):
            whole.update(piece)
            size += len(piece)
    return size, whole.hexdigest()
