"""The ledgers: counted now where that is quick, else as they were last counted, with the moment."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, Q, QuerySet

from watchward.foundation.access.context import as_engine
from watchward.foundation.acting import Acting
from watchward.foundation.chronicle.models import Line
from watchward.foundation.duties.models import Duty, LedgersCounted, State
from watchward.foundation.ledgers import Balance, Shelf, Shelves, ledgers, shelves_of
from watchward.foundation.records import Handling

AT_ONCE = 0.05
"""Seconds of counting up to which whoever looks has the ledgers counted there and then."""

EVERY = timedelta(minutes=1)
REST = 20
"""How often they are counted in whole; and where counting is long, how many times as long the worker leaves it be."""


@dataclass(frozen=True)
class Known:
    """One ledger as a reader may know it.

    Args:
        balance: without what is sealed from them.
        hidden: records in it that they may not see.
    """

    balance: Balance
    hidden: int


@dataclass(frozen=True)
class Books:
    """Every ledger as a reader may know it.

    Args:
        known: those that do not add up first.
        at: when they were counted.
        took: seconds that it took; None where they were counted for this look.
        again: whether somebody asked for them to be counted again since.
    """

    known: tuple[Known, ...]
    at: datetime
    took: float | None
    again: bool


def books(acting: Acting) -> Books:
    """Return the ledgers as this reader may know them."""
    kept = LedgersCounted.objects.first()
    if kept is None or kept.took < AT_ONCE or set(kept.shelves) != set(ledgers):
        with as_engine(acting) as engine:
            return Books(_known(acting, shelves_of(engine)), acting.at, None, again=False)
    again = kept.asked_at is not None and kept.asked_at > kept.at
    return Books(_known(acting, read(kept)), kept.at, kept.took, again)


def rows_of(acting: Acting, *, kind: str, state: State) -> QuerySet[Duty]:
    """Return the duties of one kind in one state, as far as the reader may see: the open ones soonest first.

    The others stand in the order of an index, mostly the newest record first: the first of a hundred thousand come at
    once.
    """
    found = Duty.visible_to(acting).filter(kind=kind, state=state).select_related("owed_by", "owed_by_team")
    return found.order_by("due_at", "id") if state == State.OPEN else found.order_by("-about")


def read(kept: LedgersCounted) -> Shelves:
    """Return the ledgers as they were counted."""
    return {
        key: [Shelf(handling, team, tuple(counts)) for handling, team, counts in shelves]
        for key, shelves in kept.shelves.items()
    }


def to_count(acting: Acting) -> bool:
    """Return whether it is time to count the ledgers in whole, or somebody asked for it."""
    kept = LedgersCounted.objects.defer("shelves").first()
    if kept is None:
        return True
    if kept.asked_at is not None and kept.asked_at > kept.at:
        return True
    return not kept.at <= acting.at < kept.at + max(EVERY, timedelta(seconds=REST * kept.took))


def _known(acting: Acting, counted: Shelves) -> tuple[Known, ...]:
    opened = _opened(acting)
    found = []
    for key, shelves in counted.items():
        told = [shelf for shelf in shelves if not shelf.unknown_to(acting)]
        hidden = ledgers[key].of([shelf for shelf in told if shelf.hidden_from(acting)]).population
        found.append(Known(ledgers[key].of(told), max(0, hidden - opened.get(key, 0))))
    return tuple(sorted(found, key=lambda each: (each.balance.balances, each.balance.key)))


def _opened(acting: Acting) -> Mapping[str, int]:
    """Return how many records of each ledger this reader sees for having opened them with a reason."""
    if not acting.opened:
        return {}
    others = Q(handling=Handling.LOCKED) & ~Q(team_id__in=sorted(acting.teams))
    duties = Duty.visible_to(acting).filter(others, about__in=sorted(acting.opened))
    lines = Line.visible_to(acting).filter(others, opens__in=sorted(acting.opened))
    found: Counter[str] = Counter()
    for kind, number in duties.values_list("kind").annotate(n=Count("pk")).order_by():
        found[f"duties.{kind}"] = number
    for kind, number in lines.values_list("kind").annotate(n=Count("source", distinct=True)).order_by():
        found[f"chronicle.{kind}"] = number
    return found
