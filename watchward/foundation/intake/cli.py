"""`watchward import`: loading outside files."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from watchward.foundation.acting import Acting
    from watchward.foundation.intake.vocabulary import Kind, Outcome

EXAMPLES = """
Rows are all loaded or, if any is refused, none: see --accept-refusals. A second load finds its rows already there.
The kinds are those that the rooms of the house have registered; `watchward import --list` names them.
"""


def register(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the subcommand."""
    load = commands.add_parser("import", help="load an outside file", epilog=EXAMPLES)
    load.add_argument("kind", nargs="?", help="what it holds: people, ...")
    load.add_argument(
        "paths", nargs="*", type=Path, metavar="PATH", help="CSV (UTF-8) or Parquet; none for a list that is carried"
    )
    load.add_argument("--mapping", type=Path, metavar="MAP.toml", help="which column is which field")
    load.add_argument("--report", type=Path, metavar="OUT.csv", help="every refused line, for its owner alone")
    load.add_argument("--accept-refusals", action="store_true", help="load the good rows though others are refused")
    load.add_argument("--as", dest="username", metavar="USERNAME", help="load as this account")
    load.add_argument("--list", action="store_true", help="name the kinds and their fields")
    load.add_argument("--json", action="store_true", help="one object on standard output")
    load.set_defaults(run=_import)


def _import(asked: argparse.Namespace) -> int:
    from django.utils.module_loading import autodiscover_modules

    from watchward.foundation.intake import commands
    from watchward.foundation.intake.vocabulary import kinds
    from watchward.kernel.refusals import Refused

    autodiscover_modules("imports")
    if asked.list:
        for key, one in sorted(kinds.items()):
            print(f"{key}: {one.title}")
            for field in one.fields:
                print(f"    {field.name:16} {field.says}")
        return 0
    kind = kinds.get(asked.kind or "")
    if kind is None:
        raise Refused(f"Say what to load: {', '.join(sorted(kinds))}.")
    paths = asked.paths or list(kind.carried)
    if not paths:
        raise Refused("Name at least one file.")
    acting = _actor(asked.username, f"loading {kind.key} from a file")
    outcomes = [_one(acting, kind, path, asked.mapping, asked.accept_refusals) for path in _counted(paths)]
    if asked.report:
        _report(asked.report, outcomes)
    if asked.json:
        print(json.dumps(commands.shape(outcomes)))
    return _tell(outcomes, accepted=asked.accept_refusals, quiet=asked.json)


def _counted(paths: list[Path]) -> Iterable[Path]:
    """Return the files one by one, with a progress bar for whoever watches; nothing of it reaches standard output."""
    if not sys.stderr.isatty():
        return paths
    from rich.console import Console
    from rich.progress import track

    return track(paths, description="Loading", console=Console(file=sys.stderr), transient=True)


def _actor(username: str | None, purpose: str) -> Acting:
    """Return who loads: the account named, or the force's own machinery when its owner runs this."""
    from watchward.foundation.access.context import within
    from watchward.foundation.access.queries import accounts, acting_as, machinery
    from watchward.foundation.acting import now
    from watchward.kernel.refusals import Refused

    machine = machinery(now(), f"{purpose}, by whoever runs this home", channel="cli")
    if username is None:
        return machine
    with within(machine):
        account = accounts(machine).filter(username=username).first()
        if account is None:
            raise Refused(f"There is no account {username}.")
        return acting_as(account.pk, at=now(), day_of=now(), purpose=purpose, channel="cli")


def _one(acting: Acting, kind: Kind, path: Path, mapping: Path | None, accept: bool) -> Outcome:
    from watchward.foundation.access.context import within
    from watchward.foundation.commands import Denied
    from watchward.foundation.intake import commands
    from watchward.foundation.intake.vocabulary import FileRefused
    from watchward.kernel.refusals import Refused

    try:
        prepared = commands.prepare(path, kind, mapping)
    except FileRefused as problem:
        return commands.refused_whole(path, problem)
    # What is refused is noted in the log, so the refusal must not leave the transaction.
    with within(acting):
        try:
            return commands.load_file(acting, kind=kind, prepared=prepared, accept_refusals=accept)
        except Denied:
            raise
        except Refused as refused:
            if not prepared.outcome.rows:
                prepared.outcome.whole += [reason.words for reason in refused.reasons]
                prepared.outcome.refused = prepared.outcome.read - prepared.outcome.already
            return prepared.outcome


def _report(path: Path, outcomes: list[Outcome]) -> None:
    from watchward.foundation.intake.cells import csv_text, write_for_owner

    rows: list[tuple[object, ...]] = []
    for one in outcomes:
        rows += [(one.path.name, "", "", words) for words in one.whole]
        rows += [(one.path.name, row.line, row.column, row.words) for row in sorted(one.rows, key=lambda row: row.line)]
    write_for_owner(path, csv_text(("file", "line", "column", "reason"), rows))


def _tell(outcomes: list[Outcome], *, accepted: bool, quiet: bool) -> int:
    """Say what became of the files, and return the exit status: 2 if one was refused, 1 if some rows were left out."""
    status = 0
    for one in outcomes:
        failed = bool(one.whole) or (bool(one.rows) and not accepted)
        status = max(status, 2 if failed else 1 if one.rows else 0)
        if not quiet:
            for words in one.said:
                print(f"  {words}")
            print(
                f"{one.path}: read {one.read:,} = loaded {one.loaded:,} + already there {one.already:,}"
                f" + refused {one.refused:,}"
            )
        for words, count in one.reasons.items():
            first = next((row.line for row in one.rows if row.words == words), None)
            where = f" ({count:,}, first on line {first})" if first is not None else ""
            print(f"watchward: {one.path}: {words}{where}", file=sys.stderr)
        if failed and not one.whole:
            print(f"watchward: {one.path}: nothing was loaded; --accept-refusals loads the rest", file=sys.stderr)
    return status
