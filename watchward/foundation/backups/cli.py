"""`watchward backup` and `watchward restore`."""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from watchward.foundation.backups.manifest import Manifest
    from watchward.foundation.backups.restoring import Proof


def register(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the subcommands of this room."""
    backup = commands.add_parser("backup", help="write a backup into a new folder, while the force works")
    backup.add_argument("path", type=Path, metavar="PATH", help="a folder that is not there yet")
    backup.add_argument("--check", action="store_true", help="read a backup to its end, and believe it or say why not")
    _passphrase(backup)
    backup.add_argument("--json", action="store_true", help="one object on standard output")
    backup.set_defaults(run=_backup, django=False)
    restore = commands.add_parser("restore", help="restore a backup into an empty home, and prove it")
    restore.add_argument("path", type=Path, metavar="PATH", help="the folder of the backup")
    restore.add_argument(
        "--key",
        metavar="PUBLIC",
        help="the audit's public key that you noted; otherwise, what the backup says",
    )
    _passphrase(restore)
    restore.add_argument("--json", action="store_true", help="one object on standard output")
    restore.set_defaults(run=_restore, django=False)


def _passphrase(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--passphrase-file", type=Path, metavar="FILE",
        help="holds the passphrase, for its owner alone (also WATCHWARD_BACKUP_PASSPHRASE_FILE); asked for otherwise",
    )  # fmt: skip


def _said(asked: argparse.Namespace, *, twice: bool) -> str:
    """Return the passphrase: of a file, or as typed.

    Raises:
        Refused: others may read the file, there is none, or the two typings differ.
    """
    from watchward.kernel.refusals import Refused

    given = asked.passphrase_file or os.environ.get("WATCHWARD_BACKUP_PASSPHRASE_FILE", "")
    if given:
        path = Path(given)
        try:
            if path.stat().st_mode & 0o077:
                raise Refused(f"Others than its owner may read {path}, which holds the passphrase: chmod 600 it.")
            return path.read_text("utf-8").strip()
        except OSError as failed:
            raise Refused(f"The passphrase cannot be read from {path} ({failed.strerror}).") from None
    if not sys.stdin.isatty():
        raise Refused("A backup needs a passphrase: --passphrase-file names a file that holds it.")
    from getpass import getpass

    typed = getpass("Passphrase of the backup: ")
    if twice and getpass("Again: ") != typed:
        raise Refused("The two are not the same.")
    return typed


def _backup(asked: argparse.Namespace) -> int:
    from watchward.foundation.acting import real_now
    from watchward.foundation.audit.cli import server
    from watchward.foundation.backups.restoring import check
    from watchward.foundation.backups.taking import take

    begun = time.monotonic()
    path: Path = asked.path.absolute()
    if asked.check:
        manifest = check(path, _said(asked, twice=False))
    else:
        passphrase = _said(asked, twice=True)
        with server() as where:
            _leave_trace("backups.taken", f"backing up into {path.name}")
            manifest = take(where, path, passphrase=passphrase, at=real_now())
    told = {**_told(path, manifest), "seconds": round(time.monotonic() - begun, 1)}
    if asked.json:
        print(json.dumps(told))
        return 0
    print(f"{'Every byte of' if asked.check else 'Written to'} {path}{' is as it was written' if asked.check else ''}")
    _say_what(manifest)
    print(f"{manifest.bytes / 1e6:,.1f} MB, {told['seconds']} s")
    if not manifest.head:
        print("Nothing had been sealed: start the force once, so that a restore can be proved against a head")
    return 0


def _leave_trace(what: str, purpose: str) -> None:
    """Note in the log that all records were read into a backup, or came out of one (DPA 2018 s.62).

    Raises:
        Refused: it cannot be written; then no backup is taken.
    """
    import django
    from django.db import DatabaseError, connections

    from watchward.kernel.refusals import Refused

    django.setup()
    from watchward.foundation import reading
    from watchward.foundation.access.context import within
    from watchward.foundation.access.queries import machinery
    from watchward.foundation.acting import now

    try:
        with within(machinery(now(), f"{purpose}, by whoever runs this home", channel="cli")) as acting:
            reading.searched(acting, what, [])
    except DatabaseError as failed:
        words = "use the version of Watchward that the database is of"
        raise Refused(f"The log cannot be written ({type(failed).__name__}): {words}.") from None
    finally:
        connections.close_all()


def _told(path: Path, manifest: Manifest) -> dict[str, Any]:
    return {
        "path": str(path),
        "made_at": manifest.made_at,
        "bytes": manifest.bytes,
        "tables": len(manifest.tables),
        "rows": manifest.rows,
        "head": manifest.head["number"] if manifest.head else None,
        "entries": manifest.head["entries"] if manifest.head else 0,
    }


def _say_what(manifest: Manifest) -> None:
    head = f"head {manifest.head['number']} over {manifest.head['entries']:,} entries" if manifest.head else "no head"
    print(f"Of {manifest.made_at}: {manifest.rows:,} rows in {len(manifest.tables)} tables, {head}")


def _restore(asked: argparse.Namespace) -> int:
    from watchward.foundation.audit.cli import server
    from watchward.foundation.audit.keys import pinned
    from watchward.foundation.backups import restoring
    from watchward.foundation.database import Where, home_directory

    begun = time.monotonic()
    key = pinned(asked.key) if asked.key else None
    where = Where.of_process(home_directory())
    passphrase = _said(asked, twice=False)
    embedded = where.embedded()
    os.environ["WATCHWARD_RESTORING"] = "1"  # for the processes that prove it
    try:
        manifest, proof = restoring.restore(where, asked.path.absolute(), passphrase=passphrase)
        with server():
            _resume(restoring.lost_since(where), manifest, proof)
            _prove(manifest, proof, key or manifest.key)
            left = [] if proof.faults else _dispose_again(proof)
            if not proof.faults:
                _leave_trace("backups.restored", f"restoring the backup of {manifest.made_at}")
    finally:
        if embedded is not None:
            embedded.stop_if_unused()
    if not proof.faults:
        restoring.finish(where.home)
    seconds = round(time.monotonic() - begun, 1)
    if asked.json:
        print(
            json.dumps(
                {**_told(asked.path, manifest), "faults": proof.faults, "notes": proof.notes, "seconds": seconds}
            )
        )
    else:
        _say(manifest, proof, where.home, seconds)
    return 1 if proof.faults or left else 0


def _dispose_again(proof: Proof) -> list[str]:
    """Let what was disposed of after the backup go again, by the list that outlived it; return what could not.

    What is held in the backup stays, and is said: whoever restores must see to it, with the force open again.
    """
    status, said = _of_watchward("retention", "again", "--json")
    if status not in (0, 1) or "left" not in said:
        proof.faults.append("`watchward retention again` did not succeed")
        return []
    if said["again"]:
        proof.notes.append(f"disposed of after the backup, and now again: {said['again']:,}")
    if not said["listed"]:
        proof.notes.append("no list of disposals outlived the home: what went after the backup was taken is back")
    left: list[str] = said["left"]
    proof.notes += [f"NOT DISPOSED OF AGAIN: {each}" for each in left]
    return left


def _prove(manifest: Manifest, proof: Proof, key: str) -> None:
    """Let the application's own commands prove the rest, each in its own database role."""
    if _of_watchward("migrate")[0] != 0:
        proof.faults.append("`watchward migrate` did not succeed")
        return
    if manifest.head:
        status, said = _of_watchward("audit", "verify", "--json", "--key", key)
        if status not in (0, 1):
            proof.faults.append("`watchward audit verify` did not succeed")
        else:
            proof.faults += [f"audit: {fault['table']} {fault['record']}: {fault['kind']}" for fault in said["faults"]]
            proof.notes += said["notes"]
            proof.notes.append(f"audit verify: {said['entries']:,} sealed entries and {said['records']:,} records hold")
    status, said = _of_watchward("ledgers", "--json")
    unbalanced = [each["key"] for each in said.get("ledgers", []) if not each["balances"]]
    if status not in (0, 1) or unbalanced:
        proof.faults.append(f"ledgers do not balance: {', '.join(unbalanced) or 'they could not be counted'}")
    else:
        proof.notes.append(f"ledgers: all {len(said['ledgers'])} balance")


def _resume(lost: int, manifest: Manifest, proof: Proof) -> None:
    """State, signed and for every later verification, that what was sealed after the backup is gone."""
    if not lost:
        return
    heads = "1 head was" if lost == 1 else f"{lost:,} heads were"
    proof.notes.append(f"{heads} sealed after the backup: what was done then is not in it")
    status, _ = _of_watchward("audit", "resume", "--because", f"Restored from the backup of {manifest.made_at}")
    if status != 0:
        proof.faults.append("`watchward audit resume` did not succeed")


def _of_watchward(*command: str) -> tuple[int, dict[str, Any]]:
    done = subprocess.run(
        [sys.executable, "-m", "watchward.config.cli", *command], capture_output=True, text=True, check=False
    )
    if done.returncode not in (0, 1):
        print(done.stderr, file=sys.stderr, end="")
    try:
        return done.returncode, json.loads(done.stdout) if done.stdout.startswith("{") else {}
    except ValueError:
        return done.returncode, {}


def _say(manifest: Manifest, proof: Proof, home: Path, seconds: float) -> None:
    _say_what(manifest)
    print(f"Found again: {proof.rows:,} rows, {proof.tables} tables with as many rows, {proof.shapes} definitions and")
    print(f"guards as they were, head {proof.head or 'none'}")
    for note in proof.notes:
        print(note)
    for fault in proof.faults:
        print(f"watchward: {fault}", file=sys.stderr)
    if proof.faults:
        print(f"NOT RESTORED: {len(proof.faults)} FAULTS. {home} stays closed to every command but restore")
    else:
        print(f"Restored into {home} in {seconds} s. Everybody signs in anew")
