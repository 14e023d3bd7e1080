"""Kinds of duty: declared once by the domain, they give the inbox, the escalation, the ledger and the docs."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import Any

from django.db.models import QuerySet

from watchward.foundation.access.owners import Owner
from watchward.foundation.acting import Acting
from watchward.foundation.chronicle.kinds import About, Follows, tables_of
from watchward.foundation.records import Guarded
from watchward.foundation.statements import Among
from watchward.kernel.dated import Dated


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
            time, see ``Among``; so is what is met.
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

    def __post_init__(self) -> None:
        if self.key in kinds:
            raise ValueError(f"two kinds of duty are called {self.key}")
        kinds[self.key] = self

    @cached_property
    def tables(self) -> frozenset[str]:
        """The tables whose changes concern its records."""
        return tables_of(self.about, self.follows)

    @cached_property
    def owing(self) -> Among:
        """Those of some records that must owe it."""
        return Among(self.population)

    @cached_property
    def done(self) -> Among | None:
        """Those of some records, as lists of their id alone, for which it is done."""
        met = self.met
        return Among(lambda acting: met(acting).values_list("pk")) if met is not None else None


kinds: dict[str, DutyKind] = {}
