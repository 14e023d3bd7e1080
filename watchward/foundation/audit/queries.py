"""Reading the audit: what a command touched, what was done, who looked."""

from __future__ import annotations

from collections import defaultdict
from uuid import UUID

from django.db import connection
from django.db.models import QuerySet

from watchward.foundation.access.policy import AUDIT_PERMISSION
from watchward.foundation.acting import Acting
from watchward.foundation.audit.models import Change, CommandLog, Trace
from watchward.kernel.refusals import Refusal, Refused


def touched(command: UUID) -> dict[str, set[UUID]]:
    """Return the records that a command changed, by table; nested commands answer for their own."""
    with connection.cursor() as cursor:
        cursor.execute('select "table", record from audit_change where command = %s', [command])
        found: dict[str, set[UUID]] = defaultdict(set)
        for table, record in cursor.fetchall():
            found[table].add(record)
    return dict(found)


def looks(acting: Acting) -> QuerySet[Trace]:
    """Return who looked at what, as far as this person may know, latest first."""
    return Trace.objects.filter(Trace.policy.visible_to(acting)).order_by("-at", "-id")


def looks_at(acting: Acting, *, record: UUID) -> QuerySet[Trace]:
    """Return who opened a record, or was shown a list about it."""
    return looks(acting).filter(about=record)


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
