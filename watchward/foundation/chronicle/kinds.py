"""Kinds of line: declared by the domain that owns the source, written by the engine at the end of its commands."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any
from uuid import UUID

from django.db.models import Model, Q, QuerySet
from django.db.models.expressions import Combinable

from watchward.foundation.acting import Acting
from watchward.foundation.audit.models import Change
from watchward.foundation.records import Guarded, Handling
from watchward.foundation.statements import Among


@dataclass(frozen=True)
class About:
    """Whom or what a line is about.

    Args:
        kind: person, place, number or vehicle.
        id: its id.
        role: the part that it had in this: caller, victim, where it happened.
    """

    kind: str
    id: UUID
    role: str = ""


@dataclass(frozen=True)
class Says:
    """What one source has to say, about each of its subjects.

    Args:
        source: id of the record that it comes from.
        about: its subjects.
        since: when it happened, or since when it stands.
        headline: the fact, as in a log.
        detail: what more must be known, in a line.
        until: until when it stands; empty for what happened and for what stands until further notice.
        stands: a fact that stands, and not an event.
        due: by when something is owed, where the line says what is owed.
        state: its state in a word or two.
        harm: 0 none, 1 some, 2 serious: harm still unanswered.
        flags: words for counting (`repeat`, `domestic-abuse`, `mental-ill-health`, `warning`, `child`).
        reference: the source's reference.
        handling: of the source.
        team: number of the team that the source belongs to.
        opens: id of the record that somebody opens to read a locked line, where that is not the source itself: the
            person for a marker, the incident for what is owed about it.
    """

    source: UUID
    about: Sequence[About]
    since: datetime
    headline: str
    detail: str = ""
    until: datetime | None = None
    stands: bool = False
    due: datetime | None = None
    state: str = ""
    harm: int = 0
    flags: Sequence[str] = ()
    reference: str = ""
    handling: int = Handling.OPEN
    team: int | None = None
    opens: UUID | None = None


@dataclass(frozen=True)
class Follows:
    """A table whose change also concerns the source: its rows name the source in a column.

    Args:
        table: the other table.
        column: the attribute that holds the source's id.
    """

    table: type[Model]
    column: str

    @cached_property
    def naming(self) -> Among:
        """Its rows, each as its own id with that of the source that it names."""
        return Among(lambda _acting: self.table._default_manager.values_list("pk", self.column))


@dataclass(frozen=True)
class ChronicleKind:
    """A kind of line.

    Args:
        key: stable name, `domain.what`.
        title: what such a line tells, in words.
        source: the table of the records that it comes from.
        live: those records that have something to say; given who acts. Kept from the first time, see ``Among``.
        says: what they say; given those records.
        follows: other tables whose change concerns these records.
        mute: those live records of which it is known that they concern nobody: they have no line, and that is no fault.
        url: the page of a source, given its id; None where there is none.
    """

    key: str
    title: str
    source: type[Guarded]
    live: Callable[[Acting], QuerySet[Any]]
    says: Callable[[Acting, Sequence[Any]], Iterable[Says]]
    follows: tuple[Follows, ...] = ()
    mute: Combinable | Q | None = None
    url: str | None = None

    def __post_init__(self) -> None:
        if self.key in kinds:
            raise ValueError(f"two kinds of chronicle are called {self.key}")
        kinds[self.key] = self

    @cached_property
    def tables(self) -> frozenset[str]:
        """The tables whose changes concern its sources."""
        return tables_of(self.source, self.follows)

    @cached_property
    def living(self) -> Among:
        """Those of some records that have something to say."""
        return Among(self.live)


kinds: dict[str, ChronicleKind] = {}


def tables_of(source: type[Guarded], follows: tuple[Follows, ...]) -> frozenset[str]:
    """Return the tables whose changes concern such sources."""
    return frozenset(table._meta.db_table for table in (source, *(other.table for other in follows)))


class Touched:
    """What one command touched: the records by table, and the sources that those changes concern.

    Args:
        engine: who sees all: a row that has just gone out of the actor's sight, or is gone, concerns as well.
        rows: the ids of the changed rows, by table.
    """

    def __init__(self, engine: Acting, rows: dict[str, set[UUID]]) -> None:
        self._engine = engine
        self._rows = rows
        self._named: dict[Follows, set[UUID]] = {}

    def add(self, table: type[Model], ids: set[UUID]) -> None:
        """Say that these rows of a table were changed as well."""
        if ids:
            self._rows.setdefault(table._meta.db_table, set()).update(ids)

    def concerned(self, source: type[Guarded], follows: tuple[Follows, ...]) -> set[UUID]:
        """Return the ids of the sources that these changes concern, directly or through a table that names them."""
        ids = set(self._rows.get(source._meta.db_table, ()))
        for other in follows:
            if other.table._meta.db_table in self._rows:
                ids |= self._named_by(other)
        return ids

    def _named_by(self, other: Follows) -> set[UUID]:
        # Several kinds follow the same table: what its rows name is read once.
        if other not in self._named:
            changed = self._rows[other.table._meta.db_table]
            # Pairs, not a dictionary: one row may name several sources, as an incident does its delays.
            named = other.naming.of(self._engine, changed)
            ids = {id_ for _row, id_ in named if id_ is not None}
            if gone := changed - {row for row, _id in named}:
                ids |= _named_by_removed(other, gone)
            self._named[other] = ids
        return self._named[other]


def _named_by_removed(other: Follows, gone: set[UUID]) -> set[UUID]:
    """Return the sources that removed rows had named, from the history of their removal."""
    rows = Change.objects.filter(table=other.table._meta.db_table, record__in=gone, operation="D")
    found = (row.get(other.column) for row in rows.values_list("row", flat=True) if row)
    return {UUID(id_) for id_ in found if id_}
