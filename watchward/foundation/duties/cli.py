"""`watchward duties` and `watchward ledgers`: what is owed, and whether everything adds up."""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from watchward.foundation.acting import Acting


def register(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the subcommands of this room."""
    duties = commands.add_parser("duties", help="what is owed, soonest first")
    duties.add_argument("--overdue", action="store_true", help="only what is late, worst harm first")
    duties.add_argument("--json", action="store_true", help="one object on standard output")
    duties.set_defaults(run=_duties, role="worker")
    ledgers = commands.add_parser(
        "ledgers", help="every ledger, and whether it balances (exit status 1 if one does not)"
    )
    ledgers.add_argument("--json", action="store_true", help="one object on standard output")
    ledgers.set_defaults(run=_ledgers, role="worker")


@contextmanager
def _looking(purpose: str) -> Iterator[Acting]:
    from watchward.foundation.access.context import within
    from watchward.foundation.access.queries import machinery
    from watchward.foundation.acting import now

    with within(replace(machinery(now(), purpose, channel="cli"), sees_all=True)) as acting:
        yield acting


def _duties(asked: argparse.Namespace) -> int:
    from watchward.foundation import reading
    from watchward.foundation.duties import queries
    from watchward.foundation.duties.kinds import kinds
    from watchward.foundation.ui import words

    with _looking("listing what is owed on the command line") as acting:
        rows = list(queries.overdue(acting) if asked.overdue else queries.owed(acting))
        reading.listed(acting, "duties.cli", [duty.pk for duty in rows])
    if asked.json:
        found = [
            {
                "id": str(duty.pk),
                "kind": duty.kind,
                "asks": kinds[duty.kind].asks if duty.kind in kinds else duty.kind,
                "reference": duty.reference,
                "team": duty.owed_by_team.key if duty.owed_by_team else None,
                "owed_by": duty.owed_by.username if duty.owed_by else None,
                "arose": duty.arose_at.isoformat(),
                "due": duty.due_at.isoformat(),
                "late": duty.due_at < acting.at,
                "harm": duty.harm,
                "rule": duty.rule,
            }
            for duty in rows
        ]
        print(json.dumps({"at": acting.at.isoformat(), "duties": found}))
        return 0
    for duty in rows:
        who = duty.owed_by.display_name if duty.owed_by else duty.owed_by_team.name if duty.owed_by_team else "nobody"
        asks = kinds[duty.kind].asks if duty.kind in kinds else duty.kind
        print(f"{words.left(duty.due_at, acting.at):>14}  {duty.reference:<14}  {asks}  {who}")
    print(f"{len(rows):,} {'late' if asked.overdue else 'owed'} at {words.moment(acting.at)}")
    return 0


def _ledgers(asked: argparse.Namespace) -> int:
    from watchward.foundation.ledgers import counted

    with _looking("counting the ledgers on the command line") as acting:
        balances = counted(acting)
    if asked.json:
        found = [
            {
                "key": each.key,
                "population": each.population,
                "discharged": each.discharged,
                "open": each.open,
                "released": each.released,
                "balances": each.balances,
            }
            for each in balances
        ]
        print(json.dumps({"ledgers": found}))
    else:
        for each in balances:
            said = "adds up" if each.balances else "DOES NOT ADD UP: " + ("; ".join(each.faults) or "the sum differs")
            print(
                f"{each.key}: {each.population:,} = {each.discharged:,} done + {each.open:,} open "
                f"+ {each.released:,} released; {said}"
            )
    return 0 if all(each.balances for each in balances) else 1
