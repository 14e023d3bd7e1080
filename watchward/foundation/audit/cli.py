"""`watchward audit`: sealing, and proving that nothing was altered."""

from __future__ import annotations

import argparse
import json
import os
import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from watchward.foundation.audit.vocabulary import Findings
    from watchward.foundation.database import Where


def register(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the subcommands of this room."""
    audit = commands.add_parser("audit", help="seal the log, and prove that nothing was altered or cut")
    which = audit.add_subparsers(title="commands", metavar="COMMAND", required=True)
    seal = which.add_parser("seal", help="seal each second what was done (`up` keeps this running)")
    seal.add_argument("--once", action="store_true", help="seal what waits now, and end")
    seal.set_defaults(run=_seal, django=False)
    resume = which.add_parser(
        "resume", help="state, signed, why the log goes on from an earlier head: after an older copy was restored"
    )
    resume.add_argument("--because", required=True, metavar="REASON", help="in words; every verification repeats them")
    resume.set_defaults(run=_resume, django=False)
    verify = which.add_parser(
        "verify", help="prove that nothing was altered, put in, taken away or cut (exit status 1 if something was)"
    )
    verify.add_argument(
        "--key", action="append", metavar="PUBLIC", default=[],
        help="the public key that you noted, or a file that holds it; without it, the one that this home has now",
    )  # fmt: skip
    verify.add_argument(
        "--heads", action="append", metavar="PATH", default=[],
        help="a file of heads that you keep elsewhere: what was sealed by then must be there still",
    )  # fmt: skip
    verify.add_argument("--json", action="store_true", help="one object on standard output")
    verify.set_defaults(run=_verify, role="auditor")
    export = which.add_parser("export", help="write the sealed log to a file that verifies with no database")
    export.add_argument("path", metavar="PATH", help="a new file, readable by you only")
    export.set_defaults(run=_export, role="worker")
    key = which.add_parser("key", help="print the public key, to be kept where nobody of this machine can change it")
    key.set_defaults(run=_key, django=False)


@contextmanager
def server() -> Iterator[Where]:
    """Reach the home's database, and leave its server as it was found."""
    from watchward.foundation.database import Where, home_directory

    where = Where.of_process(home_directory())
    embedded, found_running = where.embedded(), where.ready()
    where.ensure_ready()
    try:
        yield where
    finally:
        if embedded is not None and not found_running:
            embedded.stop_if_unused()


def _seal(asked: argparse.Namespace) -> int:
    from watchward.foundation.audit import sealer
    from watchward.foundation.database import Where, home_directory

    if asked.once:
        with server() as where:
            print(f"{sealer.seal_once(where):,} entries sealed")
        return 0
    where = Where.of_process(home_directory())
    enough = threading.Event()
    for each in (signal.SIGTERM, signal.SIGINT):
        signal.signal(each, lambda *_: _leave(enough))
    import psycopg

    try:
        sealer.go_on(where, enough)
    except psycopg.Error as failed:  # whoever keeps this process starts it again
        print(f"The database could not be sealed ({type(failed).__name__})", file=sys.stderr)
        return 1
    return 0


LEAVES_WITHIN = 1.5
"""Seconds after which the sealer ends in whatever it does: a kill at any moment mends itself."""


def _leave(enough: threading.Event) -> None:
    enough.set()
    last = threading.Timer(LEAVES_WITHIN, os._exit, [0])
    last.daemon = True
    last.start()


def _resume(asked: argparse.Namespace) -> int:
    from watchward.foundation.audit.sealer import resume

    with server() as where:
        after, head = resume(where, because=asked.because)
    print(f"The log goes on from head {head}; heads {head + 1} to {after} stay in the second place as given up")
    return 0


def _verify(asked: argparse.Namespace) -> int:
    from pathlib import Path

    from watchward.foundation.audit.keys import pinned, public_key
    from watchward.foundation.audit.queries import tables_with_history
    from watchward.foundation.audit.verifying import verify
    from watchward.foundation.database import Where, home_directory
    from watchward.kernel.refusals import Refused

    where = Where.of_process(home_directory())
    keys = [pinned(given) for given in asked.key] or [public_key(where.home)]
    copies = [Path(given) for given in asked.heads]
    if absent := [str(path) for path in copies if not path.is_file()]:
        raise Refused(f"There is no file {', '.join(absent)}.")
    found = verify(where, keys=keys, tables=tables_with_history(), copies=copies)
    if asked.json:
        print(json.dumps(told(found)))
        return 0 if found.intact else 1
    for fault in found.faults:
        print(fault.words)
    for note in found.notes:
        print(note)
    print(
        f"{found.entries:,} sealed entries under {found.heads:,} heads, {found.rows:,} records; "
        f"{found.forgotten:,} entries erased with a reason, {found.waiting:,} not yet sealed"
    )
    print(f"Against {'the key given' if asked.key else 'the key that this home has now; pin it with --key'}")
    print("Nothing was altered, put in, taken away or cut" if found.intact else f"{len(found.faults):,} FAULTS")
    return 0 if found.intact else 1


def told(found: Findings) -> dict[str, object]:
    """Return a verification as the object of `--json`."""
    faults = [
        {"kind": str(fault.kind), "table": fault.table, "record": fault.record, "at": fault.at or None}
        for fault in found.faults
    ]
    return {
        "entries": found.entries,
        "intact": found.intact,
        "faults": faults,
        "heads": found.heads,
        "records": found.rows,
        "forgotten": found.forgotten,
        "waiting": found.waiting,
        "notes": found.notes,
    }


def _export(asked: argparse.Namespace) -> int:
    from pathlib import Path

    from watchward.foundation import reading
    from watchward.foundation.access.context import within
    from watchward.foundation.access.queries import machinery
    from watchward.foundation.acting import now
    from watchward.foundation.audit.exporting import export
    from watchward.foundation.database import Where, home_directory

    path = Path(asked.path).absolute()
    with within(machinery(now(), f"exporting the whole log to {path.name}", channel="cli")) as acting:
        reading.searched(acting, "audit.export", [])
    entries, heads = export(Where.of_process(home_directory()), path)
    print(f"{entries:,} entries under {heads:,} heads written to {path}, with the records' history in full.")
    print(f"Verify: python -m watchward.foundation.audit.offline verify {path.name} --key PUBLIC")
    return 0


def _key(asked: argparse.Namespace) -> int:
    from watchward.foundation.audit.heads import public_text
    from watchward.foundation.audit.keys import private_key
    from watchward.foundation.database import home_directory

    print(public_text(private_key(home_directory())))
    return 0
