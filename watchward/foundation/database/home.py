"""The folder in which a force's installation keeps its files, and the secrets in it."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

from watchward.kernel.refusals import Refused

ROOT = Path(__file__).resolve().parents[3]

RESTORING = "restoring"
"""The file that stands in a home while a backup is restored into it: nobody else may begin there."""


class DatabaseRefused(Refused):
    """Why the database cannot be used, in words for the person who runs it."""


def home_directory() -> Path:
    """Return the home of this installation: WATCHWARD_HOME, or `var` in the clone."""
    given = os.environ.get("WATCHWARD_HOME", "")
    return Path(given).expanduser().absolute() if given else ROOT / "var"


def kept_text(path: Path, fresh_text: str) -> str:
    """Return the text of a file readable by its owner only, written with `fresh_text` by whoever gets there first."""
    try:
        return path.read_text()
    except FileNotFoundError:
        pass
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_name(f".{path.name}.{os.getpid()}.{secrets.token_hex(4)}")
    descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, "w") as file:
            file.write(fresh_text)
        os.link(fresh, path)  # unlike a rename, a link never replaces what another process has just written
    except FileExistsError:
        pass
    finally:
        fresh.unlink()
    return path.read_text()


def kept_secret(home: Path, name: str) -> str:
    """Return a secret of this home, made on first use and readable by its owner only."""
    (home / "secrets").mkdir(parents=True, exist_ok=True, mode=0o700)
    return kept_text(home / "secrets" / name, secrets.token_urlsafe(64))
