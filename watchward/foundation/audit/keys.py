"""The key that signs heads: private in a file outside the database, public to be printed and kept elsewhere."""

from __future__ import annotations

import os
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from watchward.foundation.audit.heads import public_text
from watchward.foundation.database.home import kept_text
from watchward.kernel.refusals import Refused


def key_file(home: Path) -> Path:
    """Return where the private key lies: WATCHWARD_AUDIT_KEY, or among the secrets of the home."""
    given = os.environ.get("WATCHWARD_AUDIT_KEY", "")
    return Path(given).expanduser().absolute() if given else home / "secrets" / "audit-key"


def private_key(home: Path) -> Ed25519PrivateKey:
    """Return the private key, made on first use and readable by its owner only.

    Raises:
        Refused: when others may read the file, or it holds no key.
    """
    path = key_file(home)
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    words = kept_text(path, Ed25519PrivateKey.generate().private_bytes_raw().hex() + "\n").strip()
    if path.stat().st_mode & 0o077:
        raise Refused(f"Others than its owner may read {path}, which holds the key of the audit: chmod 600 it.")
    try:
        return Ed25519PrivateKey.from_private_bytes(bytes.fromhex(words))
    except ValueError:
        raise Refused(f"{path} holds no key of the audit.") from None


def public_key(home: Path) -> str:
    """Return this home's public key, hexadecimal.

    Raises:
        Refused: when the home has no key.
    """
    if not key_file(home).exists():
        raise Refused("This home has no key of its own; name the public key with --key.")
    return public_text(private_key(home))


def pinned(given: str) -> str:
    """Return the public key that somebody gave: in hexadecimal, or the path of a file that holds it so.

    Raises:
        Refused: when it is neither.
    """
    words = given.strip()
    if len(words) != 64 and Path(given).is_file():
        words = Path(given).read_text().strip()
    try:
        if len(bytes.fromhex(words)) == 32:
            return words.lower()
    except ValueError:
        pass
    raise Refused("A public key is 64 hexadecimal digits, or a file that holds them.")
