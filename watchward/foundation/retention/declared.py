"""Which records can be disposed of, what starts their clock and what restarts it: declared by the rooms that know.

A room declares its own records with ``Kept``. A higher room says with ``Bears`` what of its own bears on them: a crime
on the people who had a part in it. Each gives events; the last of them starts the clear period, the gravest of them
gives the group, and one that is not finished keeps the record from going.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from watchward.foundation.acting import Acting
from watchward.foundation.records import Record
from watchward.foundation.retention.vocabulary import Group


@dataclass(frozen=True)
class Event:
    """Something that bears on how long a record is kept.

    Args:
        record: id of the record that is kept.
        of: id of the record that it is an event of: the same, or a crime that somebody had a part in.
        on: the day on which it happened, or was last dealt with.
        group: the review group that it asks for.
        says: what it is, in a few words without names.
        open: why it is not finished; empty where it is.
        child: whether somebody it is about was under ten then.
        born: day of birth of whoever the record that is kept is about, where it is known.
    """

    record: UUID
    of: UUID
    on: date
    group: Group
    says: str
    open: str = ""
    child: bool = False
    born: date | None = None


Events = Callable[[Acting, Collection[UUID]], Iterable[Event]]


def _alone(_acting: Acting, _ids: Collection[UUID]) -> dict[UUID, set[UUID]]:
    return {}


@dataclass(frozen=True)
class Kept:
    """A table whose records are reviewed and may be disposed of.

    Args:
        table: of the records; it says what becomes of its rows, and so do those that belong to it.
        called: one of them, as people say it: "Crime".
        before: the records whose own event lies on or before a day: the only ones that can be due.
        events: what their own rows say.
        along: ids of other records of the table that are the same, as two that were decided to be one person.
        url: name of the page of one.
    """

    table: type[Record]
    called: str
    before: Callable[[Acting, date], QuerySet[Any]]
    events: Events
    along: Callable[[Acting, Collection[UUID]], dict[UUID, set[UUID]]] = _alone
    url: str = ""

    def __post_init__(self) -> None:
        if not self.table.ends:
            raise ValueError(f"{self.table._meta.label} does not say what is left of it")
        kept[self.table._meta.db_table] = self


@dataclass(frozen=True)
class Bears:
    """What of a room bears on records of a lower one.

    Args:
        on: the table of the records that are kept.
        events: given their ids.
    """

    on: type[Record]
    events: Events

    def __post_init__(self) -> None:
        bearing[self.on._meta.db_table].append(self)


kept: dict[str, Kept] = {}
"""What can be disposed of, by table."""

bearing: defaultdict[str, list[Bears]] = defaultdict(list)
"""What bears on it, by table."""
