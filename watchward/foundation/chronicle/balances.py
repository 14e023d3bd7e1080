"""The ledger of each kind of line: every live source has its lines, and no line is without a live source."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any

from django.db.models import BooleanField, ExpressionWrapper, Q, Value
from django.db.models.expressions import Combinable

from watchward.foundation.acting import Acting
from watchward.foundation.chronicle.kinds import ChronicleKind, kinds
from watchward.foundation.chronicle.models import Line
from watchward.foundation.ledgers import Balance, Ledger, ledgers

_COUNTS = """
select array[
    count(live.id), count(told.source),
    count(told.source) filter (where live.id is null),
    count(live.id) filter (where told.source is null and live.mute),
    count(live.id) filter (where told.source is null and not live.mute)
]
from ({live}) live(id, mute)
full join (select distinct source from chronicle_line where kind = %s) told on told.source = live.id
"""


def ledger_of(kind: ChronicleKind) -> Ledger:
    """Return the ledger of one kind."""
    return Ledger(f"chronicle.{kind.key}", partial(_asks, kind), partial(_balance, kind))


def _is_mute(kind: ChronicleKind) -> Combinable:
    return Value(False) if kind.mute is None else ExpressionWrapper(kind.mute, BooleanField())


def _asks(kind: ChronicleKind, acting: Acting) -> tuple[str, Sequence[Any]]:
    rows = kind.live(acting).order_by().annotate(_mute=_is_mute(kind)).values_list("pk", "_mute")
    live, given = rows.query.sql_with_params()
    return _COUNTS.format(live=live), [*given, kind.key]


def _balance(kind: ChronicleKind, acting: Acting, counts: Sequence[int]) -> Balance:
    live, told, left, mute, silent = counts
    # A live source that concerns nobody known has no line, and is no fault: it says nothing of anybody.
    quiet = _say_nothing(kind, acting) if silent else 0
    faults = []
    if silent - quiet:
        faults.append(f"{silent - quiet} live without a line")
    if left:
        faults.append(f"{left} lines without a live source")
    return Balance(
        f"chronicle.{kind.key}", kind.title, population=live, discharged=told - left, open=0, released=mute + quiet,
        faults=tuple(faults),
    )  # fmt: skip


def _say_nothing(kind: ChronicleKind, acting: Acting) -> int:
    """Return how many live sources without a line, of those not known to be mute, are asked and name nobody."""
    told = Line.objects.filter(kind=kind.key).values("source")
    unsaid = kind.live(acting).annotate(_mute=_is_mute(kind)).filter(~Q(pk__in=told), _mute=False)
    rows = list(unsaid)
    naming = {says.source for says in kind.says(acting, rows) if says.about}
    return len({row.pk for row in rows} - naming)


def hang_ledgers() -> None:
    """Put the ledger of every kind among the ledgers; called once all rooms are loaded."""
    ledgers.update({f"chronicle.{kind.key}": ledger_of(kind) for kind in kinds.values()})
