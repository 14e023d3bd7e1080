"""When the force's policies were last confirmed: a file in the home says so, and no process asks a database for it."""

from __future__ import annotations

import os
import secrets

from watchward.foundation.database import home_directory

FILE = "policies.confirmed"

Mark = tuple[int, int]
"""What tells one confirming from another: the file itself, and when it was written, in nanoseconds."""


def mark() -> None:
    """Say that policies were confirmed, once that is committed: processes take them up before what they do next."""
    home = home_directory()
    home.mkdir(parents=True, exist_ok=True)
    fresh = home / f".{FILE}.{secrets.token_hex(4)}"
    fresh.touch(mode=0o600)
    os.replace(fresh, home / FILE)  # a new file each time, so that the mark differs even within the clock's grain


def marked() -> Mark | None:
    """Return the mark of the last confirming; None where there was none in this home."""
    try:
        found = os.stat(home_directory() / FILE)
    except FileNotFoundError:
        return None
    return found.st_ino, found.st_mtime_ns
