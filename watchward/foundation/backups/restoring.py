"""Restoring a backup into an empty home: all of it with its proof, or a home that says that it is not restored."""

from __future__ import annotations

import contextlib
import io
import subprocess
import tarfile
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from watchward.foundation.audit.keys import key_file
from watchward.foundation.audit.sealing import cluster_of
from watchward.foundation.audit.second_place import SecondPlace, heads_folder
from watchward.foundation.backups.box import Keys, Spoilt, opened
from watchward.foundation.backups.manifest import DATABASE, HOME, Manifest
from watchward.foundation.backups.standing import (
    head_of,
    looking,
    migrations_of,
    passes_by,
    rows_of,
    shape_of,
    started,
)
from watchward.foundation.backups.taking import AUDIT_KEY, CLOCK, HEADS
from watchward.foundation.database import Where
from watchward.foundation.database.home import RESTORING, kept_text
from watchward.foundation.database.roles import OWNER
from watchward.kernel.refusals import Refused

PACKAGE = Path(__file__).resolve().parents[2]


@dataclass
class Proof:
    """What was found in a restored database, held against what its backup says.

    Args:
        tables: how many have as many rows as they had.
        rows: in all of them.
        shapes: how many tables and functions have the definition, rights, policies and triggers that they had.
        head: number of the audit's last head.
        faults: what does not hold, in words.
        notes: what somebody should know.
    """

    tables: int = 0
    rows: int = 0
    shapes: int = 0
    head: int = 0
    faults: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def check(folder: Path, passphrase: str) -> Manifest:
    """Return what a backup says of itself once every byte of it has been read and believed.

    Raises:
        Spoilt: naming each file that was cut, altered or swapped.
    """
    manifest, keys = Manifest.read(folder, passphrase)
    manifest.check_files(folder)
    for name in manifest.files:
        for _piece in opened(folder / name, keys.of(name)):
            pass
    return manifest


def restore(where: Where, folder: Path, *, passphrase: str) -> tuple[Manifest, Proof]:
    """Restore a backup into an empty home, and prove what can be proved without the application.

    Until `finish` the home is marked as being restored, and every other command refuses it; a restore that was cut
    short is begun again from there.

    Args:
        where: the database, of an empty home.
        folder: the backup.
        passphrase: of the backup.

    Raises:
        Refused: the backup is not as it was written, or the home holds something already.
    """
    manifest, keys = Manifest.read(folder, passphrase)
    manifest.check_files(folder)
    home = _opened_home(folder, keys)
    _refuse_newer(manifest)
    begun = (where.home / RESTORING).exists()
    _refuse_filled(where, home)
    where.home.mkdir(parents=True, exist_ok=True)
    kept_text(where.home / RESTORING, f"{manifest.made_at}\n")
    where.ensure_ready(restoring=True)
    try:
        _empty(where, begun=begun)
    except Refused:
        (where.home / RESTORING).unlink()
        raise
    _fill(where, folder, keys)
    where.ensure_ready(restoring=True)  # the rights on what is made later
    _lay_home(where, manifest, home)
    return manifest, _prove(where, manifest)


def finish(home: Path) -> None:
    """Let the other commands into a home whose restore is proved."""
    (home / RESTORING).unlink(missing_ok=True)


def _opened_home(folder: Path, keys: Keys) -> dict[str, bytes]:
    whole = io.BytesIO(b"".join(opened(folder / HOME, keys.of(HOME))))
    try:
        with tarfile.open(fileobj=whole) as archive:
            files = {entry.name: archive.extractfile(entry) for entry in archive.getmembers() if entry.isreg()}
            return {name: file.read() for name, file in files.items() if file is not None}
    except tarfile.TarError:
        raise Spoilt(f"{HOME} holds no archive.") from None


def _refuse_newer(manifest: Manifest) -> None:
    """Refuse a backup of a later version of Watchward: its tables mean what this one does not know."""
    known = {f"{file.parents[1].name}.{file.stem}" for file in PACKAGE.glob("*/*/migrations/[0-9]*.py")}
    ours = {name.partition(".")[0] for name in known}
    unknown = [name for name in manifest.migrations if name.partition(".")[0] in ours and name not in known]
    if unknown:
        named = ", ".join(unknown[:3])
        raise Refused(f"This backup was made by a later version of Watchward ({named}). Restore it with that one.")


def _refuse_filled(where: Where, home: dict[str, bytes]) -> None:
    """Refuse a home that has a force of its own; a key that outlived its home is the same as in the backup.

    Raises:
        Refused: naming what is there.
    """
    theirs = {key_file(where.home): home.get(AUDIT_KEY), where.home / CLOCK: home.get(CLOCK)}
    there = [str(path) for path, content in theirs.items() if path.exists() and path.read_bytes() != content]
    if there:
        named = ", ".join(there)
        raise Refused(
            f"{where.home} is not empty: {named} is another force's. Restore into a WATCHWARD_HOME of its own."
        )


def _empty(where: Where, *, begun: bool) -> None:
    """Make sure that the database has nothing in it; only what a restore of this home began is taken away.

    What will be granted on later tables goes as well: the backup says it, after the tables have their own rights.
    """
    with looking(where, writes=True) as connection:
        tables = sum(rows_of(connection).values())
        if rows_of(connection) and not begun:
            raise Refused(
                f"The database {where.name} is not empty ({tables:,} rows). Restore into one of its own: "
                "another WATCHWARD_HOME, or another name in WATCHWARD_DATABASE_URL."
            )
        connection.execute(f"set role {OWNER}")
        with connection.transaction():
            for kind in ("tables", "sequences", "functions", "types"):
                for role in ("ww_app", "ww_worker", "ww_auditor", "ww_sealer"):
                    connection.execute(
                        f"alter default privileges for role {OWNER} in schema public revoke all on {kind} from {role}"
                    )
            connection.execute("drop schema public cascade")
            connection.execute("create schema public")


def _fill(where: Where, folder: Path, keys: Keys) -> None:
    """Write the database in one transaction: a kill leaves none of it.

    Raises:
        Refused: with PostgreSQL's words, when something of it could not be made.
    """
    with tempfile.TemporaryFile() as words:
        filling = started(
            where, "pg_restore", "--single-transaction", "--exit-on-error", "--no-owner", f"--role={OWNER}",
            stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=words,
        )  # fmt: skip
        assert filling.stdin is not None  # noqa: S101 - asked for above
        try:
            _pour(opened(folder / DATABASE, keys.of(DATABASE)), filling)
            if filling.wait() != 0:
                words.seek(0)
                said = words.read().decode(errors="replace").strip()
                raise Refused(f"The database could not be written: {said[:600]}")
        finally:
            filling.kill()
            with contextlib.suppress(OSError):  # what it did not read any more
                filling.stdin.close()
            filling.wait()


def _pour(content: Iterator[bytes], filling: subprocess.Popen[bytes]) -> None:
    assert filling.stdin is not None  # noqa: S101 - asked for by whoever started it
    try:
        for piece in content:
            filling.stdin.write(piece)
        filling.stdin.close()
    except BrokenPipeError:
        pass  # it has ended, and its status says why


def _lay_home(where: Where, manifest: Manifest, home: dict[str, bytes]) -> None:
    """Put the audit's key, its heads and a set clock in their places.

    A second place that outlived the old home has the later heads: then they are taken from there.
    """
    if AUDIT_KEY in home:
        path = key_file(where.home)
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        kept_text(path, home[AUDIT_KEY].decode())
    if CLOCK in home:
        kept_text(where.home / CLOCK, home[CLOCK].decode())
    with looking(where) as connection:
        cluster = cluster_of(connection)
    place = heads_folder(where.home, where.name, cluster)
    outlived = heads_folder(where.home, manifest.database, manifest.cluster)
    heads = {Path(name).name: text for name, text in home.items() if name.startswith(f"{HEADS}/")}
    if outlived != place and outlived.is_dir():
        for file in outlived.glob("*.jsonl"):
            heads[file.name] = max(heads.get(file.name, b""), file.read_bytes(), key=len)
    if heads:
        place.mkdir(parents=True, exist_ok=True, mode=0o700)
    for name, text in sorted(heads.items()):
        kept_text(place / name, text.decode())


def _prove(where: Where, manifest: Manifest) -> Proof:
    """Hold the restored database against what the backup says of the one that it was taken of."""
    proof = Proof()
    with looking(where) as connection:
        rows, shape = rows_of(connection), shape_of(connection)
        if migrations_of(connection) != manifest.migrations:
            proof.faults.append("Other migrations have been applied than the backup says")
        head = head_of(connection)
        if head != manifest.head:
            proof.faults.append(f"The audit's last head is {head and head['number']}, not the one that the backup says")
        proof.head = head["number"] if head else 0
        alike = connection.info.server_version // 10_000 == manifest.server // 10_000
        whole = passes_by(connection)
    for name in sorted({*rows, *manifest.tables}):
        if rows.get(name) == manifest.tables.get(name):
            proof.tables += 1
            proof.rows += rows[name]
        else:
            proof.faults.append(f"{name} has {rows.get(name, 'no')} rows, and had {manifest.tables.get(name, 'none')}")
    if not alike:
        proof.notes.append("Another version of PostgreSQL writes definitions otherwise: they were not compared")
    for name in sorted({*shape, *manifest.shape}) if alike else ():
        if shape.get(name) == manifest.shape.get(name):
            proof.shapes += 1
        else:
            proof.faults.append(f"{name} is not defined, or guarded, as it was")
    if not whole:
        proof.notes.append("Rows were counted as their owner sees them")
    return proof


def lost_since(where: Where) -> int:
    """Return how many heads the second place knows that the restored database has not: what was done since is lost."""
    with looking(where) as connection:
        place = SecondPlace(heads_folder(where.home, where.name, cluster_of(connection)))
        head = head_of(connection)
    return max(0, place.read().last - (head["number"] if head else 0))
