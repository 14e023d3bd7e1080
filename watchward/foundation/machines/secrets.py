"""A client's token as it is sent: whose it is, and the secret that proves it."""

from __future__ import annotations

import hashlib
import re
import secrets
from typing import NamedTuple
from uuid import UUID

_TOKEN = re.compile(r"ww1\.([0-9a-f]{32})\.([A-Za-z0-9_-]{43})", re.ASCII)


class Token(NamedTuple):
    """What a token says: the account of the client, and the digest of its secret."""

    account: UUID
    digest: str


def fresh_token(account: UUID) -> tuple[str, str]:
    """Return a new token of a client, which is shown once, and the digest of its secret, which alone is kept.

    The secret has 256 bits, so that nobody comes upon one by trying, and a plain digest keeps it.
    """
    secret = secrets.token_urlsafe(32)
    return f"ww1.{account.hex}.{secret}", hashlib.sha256(secret.encode()).hexdigest()


def read_token(header: str) -> Token | None:
    """Return what an Authorization header says, None where it is no token of ours."""
    scheme, _, token = header.partition(" ")
    found = _TOKEN.fullmatch(token.strip()) if scheme.lower() == "bearer" else None
    if found is None:
        return None
    return Token(UUID(hex=found[1]), hashlib.sha256(found[2].encode()).hexdigest())
