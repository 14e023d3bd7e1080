"""Reading the audit: what a command touched, what was done, who looked."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from uuid import UUID

from django.db.models import Q, QuerySet

from watchward.foundation.access.context import BECOMES_ENGINE, as_engine
from watchward.foundation.access.policy import AUDIT_PERMISSION
from watchward.foundation.acting import Acting
from watchward.foundation.audit.models import Change, CommandLog, Trace
from watchward.foundation.statements import send
from watchward.kernel.periods import day_ends, day_starts
from watchward.kernel.refusals import Refusal, Refused


def touched(command: UUID, *, among: frozenset[str]) -> dict[str, set[UUID]]:
    """Return the records that a command of this transaction changed, by table; nested commands answer for their own.

    Where there are any, the scope of whoever acts is lifted from here on, in the same statement: what follows from the
    command comes next.

    Args:
        command: its id.
        among: the tables that matter; a loading changes many rows of tables from which nothing follows.
    """
    found: dict[str, set[UUID]] = defaultdict(set)
    for table, record, _audits, _engine in send(_TOUCHED, [command, _written(among)]):
        found[table].add(record)
    return dict(found)


@lru_cache(maxsize=100)
def _written(tables: frozenset[str]) -> str:
    return "{" + ",".join(sorted(tables)) + "}"


_TOUCHED = f'select "table", record, {BECOMES_ENGINE} from ww_touched(%s, %s)'  # noqa: S608 - no value in it


def looks(acting: Acting) -> QuerySet[Trace]:
    """Return who looked at what, as far as this person may know, latest first."""
    return Trace.objects.filter(Trace.policy.visible_to(acting)).order_by("-at", "-id")


def looks_at(acting: Acting, *, record: UUID) -> QuerySet[Trace]:
    """Return who opened a record, or was shown a list about it."""
    return looks(acting).filter(about=record)


def looks_found(
    acting: Acting,
    *,
    record: UUID | None = None,
    accounts: Collection[UUID] = (),
    day: date | None = None,
) -> QuerySet[Trace]:
    """Return who looked, narrowed down.

    Args:
        acting: an auditor, or somebody who sees the looks of their own team.
        record: opened, or among those that a list or a search showed.
        accounts: by any of these people.
        day: on this day in Europe/London.
    """
    found = looks(acting)
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


def history(acting: Acting, *, record: UUID) -> QuerySet[Change]:
    """Return how a record changed, first to last, as far as this person may see it."""
    return Change.objects.filter(Change.policy.visible_to(acting), record=record).order_by("id")


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
    acting: Acting, *, accounts: Collection[UUID] = (), day: date | None = None, outcome: str = ""
) -> QuerySet[CommandLog]:
    """Return what was done and what was not, narrowed down to people, a day in Europe/London, or how it ended.

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
    return found
