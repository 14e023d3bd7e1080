"""`watchward retention`: what is due, what is held, what was disposed of, and disposing again after a restore."""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from watchward.foundation.acting import Acting


def register(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the subcommands of this room."""
    retention = commands.add_parser("retention", help="reviews, holds and disposals")
    each = retention.add_subparsers(title="commands", metavar="COMMAND", required=True)
    for name, does, run in (
        ("due", "what is due for review, by group", _due),
        ("holds", "what is held, and for which matter", _holds),
        ("disposed", "what is left of what was disposed of", _disposed),
        ("again", "dispose again of what a restored backup brought back (a restore does this itself)", _again),
    ):
        made = each.add_parser(name, help=does)
        made.add_argument("--json", action="store_true", help="one object on standard output")
        made.set_defaults(run=run, role="worker")
    call = each.add_parser("call-up", help="call up what has come due (the worker does this every hour)")
    call.set_defaults(run=_call_up, role="worker")


@contextmanager
def _looking(purpose: str) -> Iterator[Acting]:
    from watchward.foundation.access.context import within
    from watchward.foundation.access.queries import machinery
    from watchward.foundation.acting import now

    with within(replace(machinery(now(), purpose, channel="cli"), sees_all=True)) as acting:
        yield acting


def _due(asked: argparse.Namespace) -> int:
    from watchward.foundation import reading
    from watchward.foundation.retention import queries

    with _looking("listing what is due for review on the command line") as acting:
        rows = list(queries.reviews(acting))
        reading.listed(acting, "retention.due", [row.of for row in rows])
        holds = queries.standing_on(acting, records=[row.of for row in rows])
    found: list[dict[str, Any]] = [
        {
            "id": str(row.pk), "reference": row.reference, "group": row.group, "since": row.since.isoformat(),
            "due": row.due_on.isoformat(), "state": row.state, "holds": holds.get(row.of, 0),
        }
        for row in rows
    ]  # fmt: skip
    if asked.json:
        print(json.dumps({"at": acting.at.isoformat(), "due": found}))
        return 0
    for one in found:
        held = f"  {one['holds']} held" if one["holds"] else ""
        print(f"{one['reference']:<16} group {one['group']}  due {one['due']}  {one['state']}{held}")
    print(f"{len(found):,} due for review")
    return 0


def _holds(asked: argparse.Namespace) -> int:
    from watchward.foundation.retention import queries

    with _looking("listing what is held on the command line") as acting:
        rows = list(queries.holds(acting))
    found: list[dict[str, Any]] = [
        {
            "id": str(row.pk), "source": row.source, "matter": row.matter, "since": row.since.isoformat(),
            "review_on": row.review_on.isoformat(), "records": getattr(row, "held", None) or 0,
        }
        for row in rows
    ]  # fmt: skip
    if asked.json:
        print(json.dumps({"at": acting.at.isoformat(), "holds": found}))
        return 0
    for one in found:
        print(f"{one['matter']:<30} {one['source']:<12} {one['records']:>5} records  look again by {one['review_on']}")
    print(f"{len(found):,} standing")
    return 0


def _disposed(asked: argparse.Namespace) -> int:
    from watchward.foundation import reading
    from watchward.foundation.retention import queries

    with _looking("listing what was disposed of on the command line") as acting:
        rows = list(queries.disposals(acting))
        reading.listed(acting, "retention.disposed", [row.of for row in rows])
    found: list[dict[str, Any]] = [
        {
            "reference": row.reference, "called": row.called, "group": row.group, "since": row.since.isoformat(),
            "on": row.on.isoformat(), "proposed": row.proposed_name, "agreed": row.agreed_name, "reason": row.reason,
            "cite": row.cite, "digest": row.digest, "again": row.again,
        }
        for row in rows
    ]  # fmt: skip
    if asked.json:
        print(json.dumps({"at": acting.at.isoformat(), "disposed": found}))
        return 0
    for one in found:
        print(f"{one['reference']:<16} {one['called']:<10} group {one['group']}  {one['on']}  {one['digest'][:12]}")
    print(f"{len(found):,} disposed of")
    return 0


def _again(asked: argparse.Namespace) -> int:
    from watchward.foundation.retention import commands, listed, queries

    with _looking("disposing again of what a restored backup brought back") as acting:
        entries = listed.entries(listed.place())
        done = {row.of for row in queries.disposals(acting)}
        said = [commands.dispose_again(acting, entry=entry) for entry in entries if entry.of not in done]
        again = queries.disposals(acting).exclude(of__in=done).count()
    left = [each for each in said if each]
    if asked.json:
        print(json.dumps({"listed": len(entries), "again": again, "left": left}))
    else:
        for each in left:
            print(each)
        print(f"{len(entries):,} listed, {again:,} disposed of again, {len(left):,} could not be disposed of again")
    return 1 if left else 0


def _call_up(_asked: argparse.Namespace) -> int:
    from watchward.foundation.retention import commands

    with _looking("calling up what is due for review on the command line") as acting:
        print(f"{commands.call_up(acting):,} called up")
    return 0
