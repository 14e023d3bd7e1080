"""Files that were loaded, and which row became which record."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from watchward.foundation.access.policy import ACTOR, ENGINE, Policy
from watchward.foundation.records import Guarded, Keeping, Privacy

LOADS = Policy(
    "loads",
    "Nobody; a load alone, to know its own rows again",
    f"{ACTOR} is not null and {ENGINE}",
    lambda acting: Q() if acting.engine else Q(pk__in=[]),
)


class File(Guarded):
    """A file that was loaded, with its reconciliation."""

    policy: ClassVar[Policy] = LOADS
    privacy = Privacy.of(Keeping.LOG, personal="name")
    append_only: ClassVar[bool] = True

    kind = models.SlugField()
    name = models.CharField(max_length=255)
    source = models.CharField(max_length=120, blank=True)
    digest = models.CharField(max_length=64, db_index=True)
    read = models.PositiveIntegerField()
    loaded = models.PositiveIntegerField()
    already = models.PositiveIntegerField()
    refused = models.PositiveIntegerField()
    at = models.DateTimeField()
    by = models.CharField(max_length=120)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(read=F("loaded") + F("already") + F("refused")), name="every_row_is_accounted_for"
            )
        ]


class Loaded(Guarded):
    """A row of a file that is on record: its id is the digest of what makes it that row, its number in its source.

    Only ever added to, so that the table is its own history.
    """

    policy: ClassVar[Policy] = LOADS
    privacy = Privacy.of(Keeping.LOG)
    append_only: ClassVar[bool] = True
    history: ClassVar[bool] = False

    digest = models.UUIDField()
    file = models.ForeignKey(File, on_delete=models.PROTECT, related_name="+", db_index=False)
    line = models.PositiveIntegerField()
    record = models.UUIDField()
