"""The ledger of each kind of line: every live source has its lines, and no line is without a live source."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from functools import partial
from typing import Any

from django.db.models import BooleanField, ExpressionWrapper, Q, Value
from django.db.models.expressions import Combinable

from watchward.foundation.access.policy import has_handling
from watchward.foundation.acting import Acting
from watchward.foundation.chronicle.kinds import ChronicleKind, kinds
from watchward.foundation.chronicle.models import Line
from watchward.foundation.ledgers import Balance, Ledger, Shelf, ledgers

# The last count is of those that are quiet, which a statement cannot tell: see _settled.
_COUNTS = """
select coalesce(json_agg(shelf), '[]')::text from (
    select json_build_array(
        coalesce(live.handling, told.handling), case when live.id is null then told.team_id else live.team end,
        count(live.id), count(told.source),
        count(told.source) filter (where live.id is null),
        count(live.id) filter (where told.source is null and live.mute),
        count(live.id) filter (where told.source is null and not live.mute),
        0
    ) shelf
    from ({live}) live(id, mute, handling, team)
    full join (
        select source, min(handling) handling, min(team_id) team_id from chronicle_line where kind = %s group by source
    ) told on told.source = live.id
    group by coalesce(live.handling, told.handling), case when live.id is null then told.team_id else live.team end
) shelves
"""
_SILENT, _QUIET = 4, 5


def ledger_of(kind: ChronicleKind) -> Ledger:
    """Return the ledger of one kind."""
    return Ledger(f"chronicle.{kind.key}", partial(_asks, kind), partial(_balance, kind), 6, partial(_settled, kind))


def _is_mute(kind: ChronicleKind) -> Combinable:
    return Value(False) if kind.mute is None else ExpressionWrapper(kind.mute, BooleanField())


def _asks(kind: ChronicleKind, acting: Acting) -> tuple[str, Sequence[Any]]:
    handled = has_handling(kind.source)
    columns = ("pk", "_mute", "handling", "team_id") if handled else ("pk", "_mute")
    rows = kind.live(acting).order_by().annotate(_mute=_is_mute(kind)).values_list(*columns)
    live, given = rows.query.sql_with_params()
    if not handled:
        live = f"select each.id, each.mute, 0, null::integer from ({live}) each(id, mute)"  # noqa: S608 - our own compiled statement
    return _COUNTS.format(live=live), [*given, kind.key]


def _balance(kind: ChronicleKind, counts: Sequence[int]) -> Balance:
    live, told, left, mute, silent, quiet = counts
    faults = []
    if silent - quiet:
        faults.append(f"{silent - quiet} live without a line")
    if left:
        faults.append(f"{left} lines without a live source")
    return Balance(
        f"chronicle.{kind.key}", kind.title, population=live, discharged=told - left, open=0, released=mute + quiet,
        faults=tuple(faults),
    )  # fmt: skip


def _settled(kind: ChronicleKind, acting: Acting, shelves: Sequence[Shelf]) -> Sequence[Shelf]:
    """Return the counts with those that are quiet: a live source that concerns nobody known says nothing of anybody."""
    if not any(shelf.counts[_SILENT] for shelf in shelves):
        return shelves
    quiet = _say_nothing(kind, acting)
    return [
        Shelf(shelf.handling, shelf.team, (*shelf.counts[:_QUIET], quiet[shelf.handling, shelf.team]))
        for shelf in shelves
    ]


def _say_nothing(kind: ChronicleKind, acting: Acting) -> Counter[tuple[int, int | None]]:
    """Return how many live sources without a line, of those not known to be mute, are asked and name nobody."""
    told = Line.objects.filter(kind=kind.key).values("source")
    unsaid = kind.live(acting).annotate(_mute=_is_mute(kind)).filter(~Q(pk__in=told), _mute=False)
    rows = {row.pk: row for row in unsaid}
    naming = {says.source for says in kind.says(acting, list(rows.values())) if says.about}
    return Counter(
        (getattr(row, "handling", 0), getattr(row, "team_id", None)) for pk, row in rows.items() if pk not in naming
    )


def hang_ledgers() -> None:
    """Put the ledger of every kind among the ledgers; called once all rooms are loaded."""
    ledgers.update({f"chronicle.{kind.key}": ledger_of(kind) for kind in kinds.values()})
