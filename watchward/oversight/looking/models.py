"""Findings of unusual looking, where staff live, and whose records attract looks."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from watchward.foundation.access.policy import AUDITORS, Policy
from watchward.foundation.records import Guarded, Handling, Keeping, Privacy
from watchward.oversight.looking.vocabulary import Outcome


class Dwelling(Guarded):
    """Where somebody who works for the force said that they live, for this purpose alone."""

    policy: ClassVar[Policy] = AUDITORS
    privacy = Privacy.of(Keeping.GROUP_4, personal="line postcode")

    account = models.ForeignKey("access.Account", on_delete=models.PROTECT, related_name="+")
    line = models.CharField(max_length=160)
    postcode = models.CharField(max_length=12)
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["account"], condition=Q(until__isnull=True), name="dwells_once_at_a_time")
        ]


class WellKnown(Guarded):
    """Somebody whose record attracts looks, and why: whoever looks at it with nothing in hand is asked, until it ends.

    What has ended is kept, with who ended it and why; a record that attracts looks again is named again.
    """

    policy: ClassVar[Policy] = AUDITORS
    privacy = Privacy.of(Keeping.WITH_RECORD, personal="words ended_words")

    person = models.UUIDField()
    words = models.CharField(max_length=200)
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)
    ended_by = models.ForeignKey("access.Account", null=True, on_delete=models.PROTECT, related_name="+")
    ended_words = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person"], condition=Q(until__isnull=True), name="named_once_at_a_time"),
            models.CheckConstraint(
                condition=Q(until__isnull=True, ended_by__isnull=True, ended_words="")
                | (Q(until__gte=F("since"), ended_by__isnull=False) & ~Q(ended_words="")),
                name="well_known_until_somebody_says_why_not",
            ),
        ]
        indexes = [models.Index(fields=["person", "-since"])]


class Finding(Guarded):
    """Looks of one person at one record, or at many, that somebody is asked about; reviewed with an outcome."""

    policy: ClassVar[Policy] = AUDITORS
    privacy = Privacy.of(Keeping.LOG, personal="grounds words")

    account = models.ForeignKey("access.Account", on_delete=models.PROTECT, related_name="+")
    person = models.UUIDField(null=True)
    first_at = models.DateTimeField()
    last_at = models.DateTimeField()
    looks = models.JSONField(default=list)
    grounds = models.JSONField(default=list)
    weight = models.SmallIntegerField()
    found_at = models.DateTimeField()
    team = models.ForeignKey("access.Team", to_field="number", null=True, on_delete=models.PROTECT, related_name="+")
    reviewed_at = models.DateTimeField(null=True)
    reviewed_by = models.ForeignKey("access.Account", null=True, on_delete=models.PROTECT, related_name="+")
    outcome = models.CharField(max_length=60, blank=True, choices=[(each.value, each.value) for each in Outcome])
    words = models.TextField(blank=True)

    class Meta:
        indexes = [models.Index(fields=["account", "person", "-last_at"])]
        constraints = [
            models.CheckConstraint(
                condition=Q(reviewed_by__isnull=True) | ~Q(reviewed_by=F("account")), name="looks_reviewed_by_another"
            ),
            models.CheckConstraint(
                condition=Q(reviewed_at__isnull=True, outcome="") | Q(reviewed_at__isnull=False) & ~Q(outcome=""),
                name="reviewed_with_an_outcome",
            ),
        ]

    @property
    def handling(self) -> Handling:
        """How what is owed about a finding is kept: nobody but the team that answers for it may know."""
        return Handling.SEALED
