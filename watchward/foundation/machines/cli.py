"""`watchward clients`: the systems that call, made, given secrets and disabled by whoever runs the home."""

from __future__ import annotations

import argparse
import json
from contextlib import contextmanager
from datetime import timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from watchward.foundation.acting import Acting


def register(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the subcommands of this room."""
    clients = commands.add_parser("clients", help="other systems that call this one")
    which = clients.add_subparsers(title="commands", metavar="COMMAND", required=True)
    listed = which.add_parser("list", help="each with its owner, scopes and secrets")
    listed.add_argument("--json", action="store_true", help="one object on standard output")
    listed.set_defaults(run=_list)
    make = which.add_parser("make", help="make one, with scopes that its owner holds, and print its token once")
    make.add_argument("name")
    make.add_argument("--owner", required=True, metavar="USERNAME", help="who answers for it")
    make.add_argument("--purpose", required=True, help="why it calls: stands on each of its traces")
    make.add_argument("--scope", required=True, action="append", metavar="PERMISSION")
    make.add_argument("--a-minute", type=int, default=600, metavar="N", help="calls a minute (600)")
    make.set_defaults(run=_make)
    rotate = which.add_parser("rotate", help="give one a new secret, and print its token once")
    rotate.add_argument("name")
    rotate.add_argument("--known", action="store_true", help="the present one has become known: it ends now")
    rotate.set_defaults(run=_rotate)
    for verb, words in (("disable", "stop one at once"), ("enable", "let one call again, once it has a new secret")):
        switch = which.add_parser(verb, help=words)
        switch.add_argument("name")
        switch.add_argument("--reason", required=True)
        switch.set_defaults(run=_switch, verb=verb)


@contextmanager
def _machinery(purpose: str) -> Iterator[Acting]:
    from watchward.foundation.access.context import within
    from watchward.foundation.access.queries import machinery
    from watchward.foundation.acting import now
    from watchward.foundation.records import NotHere
    from watchward.kernel.refusals import Refused

    refused = None
    with within(machinery(now(), f"{purpose}, by whoever runs this home", channel="cli")) as acting:
        try:
            yield acting
        except Refused as problem:  # noted in the log, so it must not leave the transaction
            refused = problem
        except NotHere as absent:
            refused = Refused(f"There is {absent}.")
    if refused is not None:
        raise refused


def _list(asked: argparse.Namespace) -> int:
    from watchward.foundation.acting import real_now
    from watchward.foundation.machines import queries

    with _machinery("listing clients") as acting:
        rows = list(queries.clients(acting))
        ends = queries.secrets_of(acting, accounts=[row.account_id for row in rows], real=real_now())
    found = [
        {
            "name": row.name, "owner": row.owner.username, "scopes": row.scopes, "a_minute": row.a_minute,
            "disabled": not row.account.is_active, "secrets": [at.isoformat() for at in ends.get(row.account_id, [])],
        }
        for row in rows
    ]  # fmt: skip
    if asked.json:
        print(json.dumps({"clients": found}))
        return 0
    for one in found:
        state = "disabled" if one["disabled"] else f"{len(one['secrets'])} secrets"  # type: ignore[arg-type]
        print(f"{one['name']:32} {one['owner']:20} {state:10} {', '.join(one['scopes'])}")  # type: ignore[arg-type]
    print(f"{len(found)} clients")
    return 0


def _make(asked: argparse.Namespace) -> int:
    from watchward.foundation.access.queries import accounts
    from watchward.foundation.machines import commands
    from watchward.kernel.refusals import Refused

    with _machinery("making a client") as acting:
        owner = accounts(acting).filter(username=asked.owner).first()
        if owner is None:
            raise Refused(f"Nobody who may sign in is called {asked.owner}.")
        made = commands.make_client(
            acting, name=asked.name, purpose=asked.purpose, scopes=asked.scope, owner=owner.pk, a_minute=asked.a_minute
        )
        token = _fresh(acting, made.name, timedelta(0))
    print(token)
    return 0


def _fresh(acting: Acting, name: str, overlap: timedelta) -> str:
    from watchward.foundation.acting import real_now
    from watchward.foundation.machines import commands, queries
    from watchward.foundation.machines.secrets import fresh_token

    row = queries.named(acting, name=name)
    token, digest = fresh_token(row.account_id)
    commands.rotate_secret(acting, client=row.pk, digest=digest, at=real_now(), overlap=overlap)
    return token


def _rotate(asked: argparse.Namespace) -> int:
    from watchward.foundation.machines.vocabulary import OVERLAP

    with _machinery("rotating a secret") as acting:
        token = _fresh(acting, asked.name, timedelta(0) if asked.known else OVERLAP)
    print(token)
    return 0


def _switch(asked: argparse.Namespace) -> int:
    from watchward.foundation.acting import real_now
    from watchward.foundation.machines import commands, queries

    with _machinery(f"to {asked.verb} a client") as acting:
        row = queries.named(acting, name=asked.name)
        if asked.verb == "disable":
            commands.disable_client(acting, client=row.pk, reason=asked.reason, at=real_now())
        else:
            commands.enable_client(acting, client=row.pk, reason=asked.reason)
    print(f"{row.name} is {'disabled' if asked.verb == 'disable' else 'not disabled any more'}")
    return 0
