"""Reading the audit: what a command touched, what was done, who looked."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import Any
from uuid import UUID

from django.db.models import Count, Max, Q, QuerySet

from watchward.foundation.access.context import BECOMES_ENGINE, as_engine, first_as_engine
from watchward.foundation.access.policy import AUDIT_PERMISSION
from watchward.foundation.acting import SYSTEM, Acting
from watchward.foundation.audit.models import Change, CommandLog, Erasure, Trace
from watchward.foundation.commands import ENDS, Opened
from watchward.foundation.records import guarded_tables
from watchward.foundation.statements import send
from watchward.kernel.periods import day_ends, day_starts
from watchward.kernel.refusals import Refusal, Refused


def touched(opened: Opened, *, among: frozenset[str]) -> dict[str, set[UUID]]:
    """Return the records that an open command has changed, by table; nested commands answer for their own.

    Where there are any, the scope of whoever acts is lifted from here on, in the same statement: what follows from the
    command comes next. Where there are none nothing follows, and the same statement closes the command.

    Args:
        opened: the command.
        among: the tables that matter; a loading changes many rows of tables from which nothing follows.
    """
    said = send(_TOUCHED, [*opened.ending, opened.id, _written(among)])[0][0]
    if said is None:
        opened.ended = True
        return {}
    found: dict[str, set[UUID]] = defaultdict(set)
    for table, record in json.loads(said):
        found[table].add(UUID(record))
    return dict(found)


@lru_cache(maxsize=100)
def _written(tables: frozenset[str]) -> str:
    return "{" + ",".join(sorted(tables)) + "}"


_EITHER = (
    *(f"case when t.rows is null then {each} end" for each in ENDS),
    *(f"case when t.rows is not null then {each} end" for each in BECOMES_ENGINE),
)
_TOUCHED = f"""
select t.rows, {", ".join(_EITHER)}
from (select json_agg(json_build_array("table", record))::text as rows from ww_touched(%s, %s)) t
"""  # noqa: S608 - no value in it


def looks(acting: Acting) -> QuerySet[Trace]:
    """Return who looked at what, as far as this person may know, latest first."""
    return Trace.objects.filter(Trace.policy.visible_to(acting)).order_by("-at", "-id")


def looks_at(acting: Acting, *, record: UUID) -> QuerySet[Trace]:
    """Return who opened a record, or was shown a list about it."""
    return looks(acting).filter(about=record)


def opened_since(acting: Acting, *, record: UUID, since: datetime) -> int:
    """Return how often a record was opened since then, by anybody: a number, and no names."""

    def counted(engine: Acting) -> QuerySet[Trace, Any]:
        rows = Trace.objects.filter(Trace.policy.visible_to(engine), about=record, kind="opened", at__gte=since)
        return rows.order_by().values("kind").annotate(times=Count("pk")).values_list("times")

    found = first_as_engine(acting, counted)
    return found[0] if found else 0


def looks_found(
    acting: Acting,
    *,
    record: UUID | None = None,
    accounts: Collection[UUID] = (),
    day: date | None = None,
    copy: str = "",
) -> QuerySet[Trace]:
    """Return who looked, narrowed down.

    Args:
        acting: an auditor, or somebody who sees the looks of their own team.
        record: opened, or among those that a list or a search showed.
        accounts: by any of these people.
        day: on this day in Europe/London.
        copy: whoever took this copy out on paper, by the number on its sheets.
    """
    found = looks(acting)
    if copy:
        found = found.filter(kind="printed", what__startswith=f"{copy} ")
    if record is not None:
        found = found.filter(Q(about=record) | Q(records__contains=[str(record)]))
    if accounts:
        found = found.filter(account_id__in=list(accounts))
    if day is not None:
        found = found.filter(at__gte=day_starts(day), at__lt=day_ends(day))
    return found


def commands(acting: Acting) -> QuerySet[CommandLog]:
    """Return what was done and what was not, latest first.

    Raises:
        Refused: by anybody who is not an auditor.
    """
    if AUDIT_PERMISSION not in acting.permissions and not acting.sees_all:
        raise Refused(Refusal("Only an auditor reads the log of commands."))
    return CommandLog.objects.order_by("-real_at")


def done_by_oneself(acting: Acting, *, channel: str) -> QuerySet[CommandLog]:
    """Return what this person did through a channel, as far as they may see it, in no order."""
    rows = CommandLog.objects.filter(CommandLog.policy.visible_to(acting), outcome="done")
    return rows.filter(account_id=acting.account, channel=channel).order_by()


def history(acting: Acting, *, record: UUID) -> QuerySet[Change]:
    """Return how a record changed, first to last, as far as this person may see it."""
    return Change.objects.filter(Change.policy.visible_to(acting), record=record).order_by("id")


def latest(acting: Acting, *, tables: Collection[str]) -> int:
    """Return the number of the latest change of these tables that this person may see, 0 where there is none.

    As long as it is the same, so is what they hold. For tables that change seldom: their changes are counted as well,
    since the last alone would be sought from the end of the log, past everything that was written after it.
    """
    seen = Change.objects.filter(Change.policy.visible_to(acting), table__in=list(tables))
    return seen.aggregate(last=Max("id"), changes=Count("id"))["last"] or 0


def proof(acting: Acting, *, command: UUID) -> CommandLog | None:
    """Return the command that is the proof of something, if this person may know of it."""
    return CommandLog.objects.filter(CommandLog.policy.visible_to(acting), pk=command).first()


@dataclass(frozen=True)
class Entry:
    """One change of a record: who, when and by which command, and the row that it left, or removed."""

    change: Change
    command: str
    who: str
    at: datetime | None


def story(acting: Acting, *, record: UUID) -> list[Entry]:
    """Return how a record changed, with who changed it: whoever may see a record may know whose work it is."""
    changes = list(history(acting, record=record))
    with as_engine(acting):
        done = CommandLog.objects.in_bulk({change.command for change in changes})
    return [
        Entry(change, found.name, found.account_name, found.at)
        if (found := done.get(change.command))
        else Entry(change, "", "Set up", None)
        for change in changes
    ]


def commands_found(
    acting: Acting, *, accounts: Collection[UUID] = (), day: date | None = None, outcome: str = "",
    by_itself: bool = True,
) -> QuerySet[CommandLog]:  # fmt: skip
    """Return what was done and what was not, narrowed down.

    Args:
        acting: an auditor.
        accounts: by any of these people.
        day: on this day in Europe/London.
        outcome: that ended so.
        by_itself: with what the force's own machinery did; what it could not do is never left out.

    Raises:
        Refused: by anybody who is not an auditor.
    """
    found = commands(acting)
    if accounts:
        found = found.filter(account_id__in=list(accounts))
    if day is not None:
        found = found.filter(at__gte=day_starts(day), at__lt=day_ends(day))
    if outcome:
        found = found.filter(outcome=outcome)
    if not by_itself:
        found = found.exclude(account_id=SYSTEM, outcome="done")
    return found


@dataclass(frozen=True)
class Past:
    """What the history of one record in one table holds.

    Args:
        table: its name.
        changes: how many changes there are.
        held: how many of those that can be erased still hold a row.
        stands: whether the record is there; its last change is then kept.
    """

    table: str
    changes: int
    held: int
    stands: bool


def pasts(acting: Acting, *, record: UUID) -> list[Past]:
    """Return what the history of a record holds, by table, as far as this person may see it."""
    by_table: defaultdict[str, list[Change]] = defaultdict(list)
    for change in history(acting, record=record):
        by_table[change.table].append(change)
    kept = tables_with_history()
    found = []
    for table, changes in sorted(by_table.items()):
        stands = changes[-1].operation != "D"
        goes = changes[:-1] if stands else changes
        if table in kept:
            found.append(Past(table, len(changes), sum(change.row is not None for change in goes), stands))
    return found


def erasures(acting: Acting, *, record: UUID) -> QuerySet[Erasure]:
    """Return what was erased of a record's history, latest first, to auditors alone."""
    return Erasure.visible_to(acting).filter(record=record).order_by("-at", "-id")


def tables_with_history() -> list[str]:
    """Return the names of all tables whose history is kept: each row of theirs is held against its last change."""
    return [model._meta.db_table for model in guarded_tables() if model.history]
