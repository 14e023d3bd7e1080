"""What a backup says of itself: its files with their digests, and what a restore of it must find."""

from __future__ import annotations

import json
import os
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, Self

from watchward.foundation.backups.box import Keys, Spoilt, digest_of

FORMAT = 1
NAME = "manifest.json"
DATABASE, HOME = "database.sealed", "home.sealed"


@dataclass(frozen=True)
class Kept:
    """One file of a backup.

    Args:
        bytes: its size.
        sha256: its digest as it lies there, hexadecimal.
    """

    bytes: int
    sha256: str


@dataclass(frozen=True)
class Manifest:
    """What a backup says of itself.

    Args:
        made_at: true time, ISO 8601 in UTC.
        salt: of its keys, hexadecimal.
        database: the database's name.
        cluster: which database it was: its server's own identifier and its number there.
        server: version of the server, as PostgreSQL numbers it.
        migrations: those that had been applied, as `app.name`.
        tables: rows of each table.
        shape: a digest of each table's, function's and type's definition, rights, policies and triggers.
        head: number and hash of the audit's last head, and entries under it; None where nothing was sealed.
        key: the audit's public key, hexadecimal; empty where there is none.
        files: by name.
        format: of this file.
    """

    made_at: str
    salt: str
    database: str
    cluster: str
    server: int
    migrations: tuple[str, ...]
    tables: dict[str, int]
    shape: dict[str, str]
    head: dict[str, Any] | None
    key: str
    files: dict[str, Kept] = field(default_factory=dict)
    format: int = FORMAT

    @property
    def text(self) -> bytes:
        """What is sealed: its fields as JSON, sorted, without spaces."""
        return json.dumps(asdict(self), sort_keys=True, separators=(",", ":")).encode()

    @property
    def rows(self) -> int:
        """How many rows it holds."""
        return sum(self.tables.values())

    @property
    def bytes(self) -> int:
        """How large its files are."""
        return sum(each.bytes for each in self.files.values())

    def write(self, folder: Path, keys: Keys) -> None:
        """Write it into a folder, and wait until it is on the disk."""
        said = {**asdict(self), "seal": keys.seal_of(self.text)}
        descriptor = os.open(folder / NAME, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            json.dump(said, file, indent=1, sort_keys=True)
            file.write("\n")
            file.flush()
            os.fsync(file.fileno())

    @classmethod
    def read(cls, folder: Path, passphrase: str) -> tuple[Self, Keys]:
        """Return what a backup says of itself, and its keys.

        Raises:
            Spoilt: it is no backup, its manifest was altered, or the passphrase is another's.
        """
        try:
            said = json.loads((folder / NAME).read_text("utf-8"))
            seal = str(said.pop("seal"))
            if said["format"] != FORMAT:
                raise Spoilt(f"{folder.name} is a backup of format {said['format']}, and this version reads {FORMAT}.")
            files = {str(name): Kept(**kept) for name, kept in said.pop("files").items()}
            made = cls(**{**said, "migrations": tuple(said["migrations"]), "files": files})
            keys = Keys(passphrase, bytes.fromhex(made.salt))
        except FileNotFoundError:
            raise Spoilt(f"{folder} is no backup: it has no {NAME}.") from None
        except (ValueError, TypeError, KeyError, AttributeError):
            raise Spoilt(f"{NAME} was altered or cut: it is not what a backup writes.") from None
        if keys.seal_of(made.text) != seal:
            raise Spoilt(f"The passphrase is not that of this backup, or {NAME} was altered.")
        if set(made.files) != {DATABASE, HOME}:
            raise Spoilt(f"{NAME} names other files than a backup has.")
        return made, keys

    def check_files(self, folder: Path) -> None:
        """Hold each file against its digest.

        Raises:
            Spoilt: with every file that is absent, cut, or not the one that was written.
        """
        wrong = []
        for name, kept in sorted(self.files.items()):
            try:
                size, digest = digest_of(folder / name)
            except FileNotFoundError:
                wrong.append(f"{name} is not there.")
                continue
            if size < kept.bytes:
                wrong.append(f"{name} was cut: it has {size:,} bytes of {kept.bytes:,}.")
            elif digest != kept.sha256:
                wrong.append(f"{name} was altered, or is of another backup.")
        if wrong:
            raise Spoilt(*wrong)
