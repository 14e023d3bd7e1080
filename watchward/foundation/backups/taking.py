"""Taking a backup while the force works: one snapshot of the database, and what the audit needs beside it."""

from __future__ import annotations

import io
import os
import secrets
import shutil
import subprocess
import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from watchward.foundation.audit.heads import public_text
from watchward.foundation.audit.keys import key_file, private_key
from watchward.foundation.audit.sealing import cluster_of
from watchward.foundation.audit.second_place import heads_folder
from watchward.foundation.backups.box import PIECE, SHORTEST, Keys, Writer
from watchward.foundation.backups.manifest import DATABASE, HOME, Kept, Manifest
from watchward.foundation.backups.standing import (
    NOT_KEPT,
    Connection,
    head_of,
    looking,
    migrations_of,
    passes_by,
    rows_of,
    shape_of,
    started,
)
from watchward.foundation.database import Where
from watchward.foundation.database.roles import OWNER
from watchward.kernel.refusals import Refused

AUDIT_KEY, CLOCK, HEADS = "audit-key", "clock.json", "heads"


def take(where: Where, path: Path, *, passphrase: str, at: datetime) -> Manifest:
    """Write a backup into a new folder: complete, or not there at all.

    The heads are read before the database, which therefore has every one of them.

    Args:
        where: the database, whose server runs.
        path: the folder.
        passphrase: without which nobody reads it, its taker neither.
        at: true time.

    Raises:
        Refused: the folder is there already, the passphrase is short, or the database could not be read.
    """
    if len(passphrase) < SHORTEST:
        raise Refused(f"A backup's passphrase has at least {SHORTEST} characters.")
    if path.exists():
        raise Refused(f"{path} is there already. Name a new folder for each backup.")
    salt = secrets.token_bytes(16)
    keys = Keys(passphrase, salt)
    with looking(where) as connection:
        cluster = cluster_of(connection)
    with _unfinished(path) as folder:
        home = _written(folder, HOME, keys, _home(where, heads_folder(where.home, where.name, cluster)))
        manifest = _database(where, folder, keys, salt=salt, cluster=cluster, home=home, at=at)
        manifest.write(folder, keys)
        _settle(folder)
        folder.rename(path)
        _settle(path.parent)
    return manifest


def _database(
    where: Where, folder: Path, keys: Keys, *, salt: bytes, cluster: str, home: Kept, at: datetime
) -> Manifest:
    """Write the database, and return what it held: both of one snapshot."""
    with looking(where) as connection:
        snapshot = str((connection.execute("select pg_export_snapshot()").fetchone() or ("",))[0])
        return Manifest(
            made_at=at.isoformat(timespec="seconds"),
            salt=salt.hex(),
            database=where.name,
            cluster=cluster,
            server=connection.info.server_version,
            migrations=migrations_of(connection),
            tables={name: 0 if name in NOT_KEPT else rows for name, rows in rows_of(connection).items()},
            shape=shape_of(connection),
            head=head_of(connection),
            key=public_text(private_key(where.home)) if key_file(where.home).exists() else "",
            files={HOME: home, DATABASE: _written(folder, DATABASE, keys, _dump(where, connection, snapshot))},
        )


@contextmanager
def _unfinished(path: Path) -> Iterator[Path]:
    """Make the folder in which a backup grows, beside its place; what a kill left there before is removed."""
    if not path.parent.is_dir():
        raise Refused(f"There is no folder {path.parent} to put the backup in.")
    begins = f".{path.name}.unfinished-"
    for left in path.parent.glob(f"{begins}*"):
        owner = left.name.removeprefix(begins).partition("-")[0]
        if owner.isdecimal() and not Path(f"/proc/{owner}").exists():
            shutil.rmtree(left, ignore_errors=True)
    try:
        folder = Path(tempfile.mkdtemp(prefix=f"{begins}{os.getpid()}-", dir=path.parent))
    except OSError as failed:
        raise Refused(f"{path.parent} cannot be written to ({failed.strerror}).") from None
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)  # renamed by now, where all went well


def _written(folder: Path, name: str, keys: Keys, content: Iterator[bytes]) -> Kept:
    writer = Writer(folder / name, keys.of(name))
    for piece in content:
        writer.write(piece)
    digest = writer.close()
    return Kept(writer.bytes, digest)


def _home(where: Where, heads: Path) -> Iterator[bytes]:
    """Yield what a home needs beside its database, as one archive: the key of the audit, its heads, a set clock.

    The other secrets are made anew: they guard sessions, which end with a restore, and passwords of another server.
    """
    whole = io.BytesIO()
    with tarfile.open(fileobj=whole, mode="w") as archive:
        for name, file in (
            *(((AUDIT_KEY, key_file(where.home)),) if key_file(where.home).exists() else ()),
            *(((CLOCK, where.home / CLOCK),) if (where.home / CLOCK).exists() else ()),
            *((f"{HEADS}/{file.name}", file) for file in sorted(heads.glob("*.jsonl"))),
        ):
            content = file.read_bytes()
            entry = tarfile.TarInfo(name)
            entry.size, entry.mode = len(content), 0o600
            archive.addfile(entry, io.BytesIO(content))
    yield whole.getvalue()


def _dump(where: Where, connection: Connection, snapshot: str) -> Iterator[bytes]:
    """Yield the database as it is in a snapshot, in the custom format of pg_dump.

    Raises:
        Refused: it could not be read to its end.
    """
    as_whom = [] if passes_by(connection) else [f"--role={OWNER}", "--enable-row-security"]
    with tempfile.TemporaryFile() as words:
        dumping = started(
            where, "pg_dump", "--format=custom", "--compress=gzip:4", f"--snapshot={snapshot}",
            "--exclude-extension=*", "--no-publications", "--no-subscriptions",
            *(f"--exclude-table-data=public.{name}" for name in NOT_KEPT), *as_whom,
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=words,
        )  # fmt: skip
        assert dumping.stdout is not None  # noqa: S101 - asked for above
        try:
            while piece := dumping.stdout.read(PIECE):
                yield piece
            if dumping.wait() != 0:
                words.seek(0)
                raise Refused(f"The database could not be read: {words.read().decode(errors='replace').strip()[:600]}")
        finally:
            dumping.kill()
            dumping.stdout.close()
            dumping.wait()


def _settle(folder: Path) -> None:
    """Wait until the names in a folder are on the disk."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
