"""Kinds of duty: declared once by the domain, they give the inbox, the escalation, the ledger and the docs."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import Any, TypeVar
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet

from watchward.foundation.access.owners import Owner
from watchward.foundation.acting import Acting
from watchward.foundation.chronicle.kinds import About, Follows, tables_of
from watchward.foundation.records import Guarded
from watchward.foundation.statements import Among
from watchward.kernel.dated import Dated
from watchward.kernel.periods import Period, local_day

P = TypeVar("P", bound=Period)


@dataclass(frozen=True)
class Due:
    """By when something is owed about one record, and under which version of which rule.

    Args:
        arose: the moment from which it is owed, aware UTC.
        by: the moment by which it must be done, aware UTC.
        cite: the law or policy.
        since: first day of the version of that rule that applies.
    """

    arose: datetime
    by: datetime
    cite: str
    since: date

    @classmethod
    def under(cls, table: Dated[P], arose: datetime) -> Due:
        """Return by when something is owed that arose at a moment, where that day's version says how long it may take.

        Args:
            table: lengths of time, chosen by the day on which it arose.
            arose: the moment, aware UTC.

        Raises:
            NotInForce: there was no rule on that day.
            Unset: there was one, and the force has not set its value.
        """
        version = table.on(local_day(arose))
        return cls(arose, version.value.deadline(arose), version.cite, version.in_force)


@dataclass(frozen=True)
class Step:
    """Where a late duty goes up to.

    Args:
        after: how long after its due time.
        to: to whom.
    """

    after: timedelta
    to: Owner


@dataclass(frozen=True)
class DutyKind:
    """A kind of duty.

    Args:
        key: stable name, `domain.what`.
        asks: the duty as its own question.
        about: the table of the records that owe it.
        population: the records that must owe it, those already done among them; given who acts. Kept from the first
            time, see ``Among``; so is what is met. Kinds that name the same function are asked for at once.
        met: those of them for which it is done; None where a person discharges it with words as its proof.
        due: by when, for one record.
        owed_by: who owes it.
        says: what it is about, in words.
        rules: the dated tables that ``due`` reads, for the pages of the law.
        subjects: whom it is owed about, for the chronicle.
        harm: 0 to 3: how bad it is if it is late; orders the inbox.
        follows: other tables whose change concerns these records.
        escalates: where it goes when late, step by step.
        released: why it is released when a record leaves the population undone.
        verb: the word on its button.
        url: name of the page where it is done, which takes the record's id.
        promised: whether somebody outside was promised it, so that whoever takes over keeps another's word.
        again: whether what was done is owed anew when it is done no more; otherwise it stays done, whatever follows.
    """

    key: str
    asks: str
    about: type[Guarded]
    population: Callable[[Acting], QuerySet[Any]]
    due: Callable[[Any], Due]
    owed_by: Owner
    says: Callable[[Any], str]
    met: Callable[[Acting], QuerySet[Any]] | None = None
    rules: tuple[Dated[Any], ...] = ()
    subjects: Callable[[Any], Sequence[About]] = lambda _record: ()
    harm: Callable[[Any], int] = lambda _record: 1
    follows: tuple[Follows, ...] = ()
    escalates: tuple[Step, ...] = ()
    released: str = "No longer owed: the record changed"
    verb: str = "Open"
    url: str = ""
    promised: bool = False
    again: bool = False

    def __post_init__(self) -> None:
        if self.key in kinds:
            raise ValueError(f"two kinds of duty are called {self.key}")
        kinds[self.key] = self

    @cached_property
    def tables(self) -> frozenset[str]:
        """The tables whose changes concern its records."""
        return tables_of(self.about, self.follows)


kinds: dict[str, DutyKind] = {}

_asked: dict[tuple[int, ...], Among] = {}
"""What was asked before, by the kinds asked for; it holds them, so that no other kind can come to have their ids."""


def owing(engine: Acting, asked: Sequence[tuple[DutyKind, Collection[UUID]]]) -> list[dict[UUID, tuple[Any, bool]]]:
    """Return which of some records must owe each of some kinds, and whether it is done: one statement a population.

    Args:
        engine: who sees all.
        asked: kinds, each with the ids of the records concerned.

    Returns:
        For each kind, in its order, the records that owe it by their id, each with whether it is done.
    """
    populations: dict[Callable[[Acting], QuerySet[Any]], list[int]] = {}
    for place, (kind, ids) in enumerate(asked):
        if ids:
            populations.setdefault(kind.population, []).append(place)
    found: list[dict[UUID, tuple[Any, bool]]] = [{} for _each in asked]
    for places in populations.values():
        kinds_ = tuple(asked[place][0] for place in places)
        ids = {id_ for place in places for id_ in asked[place][1]}
        for record in _among(kinds_).of(engine, ids):
            for at, place in enumerate(places):
                if record.pk in asked[place][1]:
                    found[place][record.pk] = record, bool(getattr(record, _done(at), False))
    return found


def _done(at: int) -> str:
    return f"_done_{at}"


def _among(kinds_: tuple[DutyKind, ...]) -> Among:
    """Return the records of one population, with for each of these kinds whether it is done."""
    key = tuple(map(id, kinds_))
    if key not in _asked:

        def rows(acting: Acting) -> QuerySet[Any]:
            met = {
                _done(at): Exists(kind.met(acting).filter(pk=OuterRef("pk")))
                for at, kind in enumerate(kinds_)
                if kind.met is not None
            }
            found: QuerySet[Any] = kinds_[0].population(acting).annotate(**met)
            return found

        _asked[key] = Among(rows)
    return _asked[key]
