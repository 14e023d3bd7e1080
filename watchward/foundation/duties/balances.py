"""The ledger of each kind of duty: whoever must owe it has it open, discharged with proof or released with a reason."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any

from watchward.foundation.acting import Acting
from watchward.foundation.duties.kinds import DutyKind, kinds
from watchward.foundation.ledgers import Balance, Ledger, ledgers

# One pass over the records that must owe it beside one over the rows of the kind, of which a record has one at most.
_COUNTS = """
select array[
    count(owing.id), count(owing.id) filter (where duty.id is null),
    count(duty.id) filter (where owing.id is null),
    count(duty.id) filter (where owing.id is null and duty.state = 'open'),
    count(duty.id) filter (where duty.state = 'discharged'),
    count(duty.id) filter (where duty.state = 'open'),
    count(duty.id) filter (where duty.state = 'released')
]
from ({population}) owing(id)
full join (select id, about, state from duties_duty where kind = %s) duty on duty.about = owing.id
"""


def ledger_of(kind: DutyKind) -> Ledger:
    """Return the ledger of one kind."""
    return Ledger(f"duties.{kind.key}", partial(_asks, kind), partial(_balance, kind))


def _asks(kind: DutyKind, acting: Acting) -> tuple[str, Sequence[Any]]:
    population, given = kind.population(acting).order_by().values("pk").query.sql_with_params()
    return _COUNTS.format(population=population), [*given, kind.key]


def _balance(kind: DutyKind, _acting: Acting, counts: Sequence[int]) -> Balance:
    owing, missing, beyond, left, discharged, still_open, released = counts
    faults = []
    if missing:
        faults.append(f"{missing} missing")
    if left:
        faults.append(f"{left} open about records that do not owe it")
    return Balance(
        f"duties.{kind.key}", kind.asks, population=owing + beyond, discharged=discharged, open=still_open,
        released=released, faults=tuple(faults),
    )  # fmt: skip


def hang_ledgers() -> None:
    """Put the ledger of every kind among the ledgers; called once all rooms are loaded."""
    ledgers.update({f"duties.{kind.key}": ledger_of(kind) for kind in kinds.values()})
