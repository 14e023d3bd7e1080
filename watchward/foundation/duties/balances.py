"""The ledger of each kind of duty: whoever must owe it has it open, discharged with proof or released with a reason."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any

from watchward.foundation.access.policy import has_handling
from watchward.foundation.acting import Acting
from watchward.foundation.duties.kinds import DutyKind, kinds
from watchward.foundation.ledgers import Balance, Ledger, ledgers

# One pass over the records that must owe it beside one over the rows of the kind, of which a record has one at most.
_COUNTS = """
select coalesce(json_agg(shelf), '[]')::text from (
    select json_build_array(
        coalesce(duty.handling, owing.handling), case when duty.id is null then owing.team else duty.team_id end,
        count(owing.id), count(owing.id) filter (where duty.id is null),
        count(duty.id) filter (where owing.id is null),
        count(duty.id) filter (where owing.id is null and duty.state = 'open'),
        count(duty.id) filter (where duty.state = 'discharged'),
        count(duty.id) filter (where duty.state = 'open'),
        count(duty.id) filter (where duty.state = 'released')
    ) shelf
    from ({population}) owing(id, handling, team)
    full join (select id, about, state, handling, team_id from duties_duty where kind = %s) duty
        on duty.about = owing.id
    group by coalesce(duty.handling, owing.handling), case when duty.id is null then owing.team else duty.team_id end
) shelves
"""


def ledger_of(kind: DutyKind) -> Ledger:
    """Return the ledger of one kind."""
    return Ledger(f"duties.{kind.key}", partial(_asks, kind), partial(_balance, kind), width=7)


def _asks(kind: DutyKind, acting: Acting) -> tuple[str, Sequence[Any]]:
    handled = has_handling(kind.about)
    columns = ("pk", "handling", "team_id") if handled else ("pk",)
    population, given = kind.population(acting).order_by().values_list(*columns).query.sql_with_params()
    if not handled:
        population = f"select each.id, 0, null::integer from ({population}) each(id)"  # noqa: S608 - our own compiled statement
    return _COUNTS.format(population=population), [*given, kind.key]


def _balance(kind: DutyKind, counts: Sequence[int]) -> Balance:
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
