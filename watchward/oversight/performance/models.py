"""Signals in the unwanted direction, and what was said of why."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from watchward.foundation.records import Guarded, Keeping, Privacy


class Signal(Guarded):
    """A measure that got worse by more than it does by itself: noticed once, and explained once, with its date."""

    privacy = Privacy.of(Keeping.WITH_RECORD, personal="explanation follows")

    measure = models.CharField(max_length=80, db_index=True)
    title = models.CharField(max_length=160)
    side = models.CharField(max_length=6)
    since = models.DateField()
    last = models.DateField()
    value = models.FloatField()
    average = models.FloatField()
    unit = models.CharField(max_length=12)
    noticed_at = models.DateTimeField()
    owner = models.CharField(max_length=80)
    explained_at = models.DateTimeField(null=True)
    explained_by = models.ForeignKey("access.Account", null=True, on_delete=models.PROTECT, related_name="+")
    explanation = models.TextField(blank=True)
    follows = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["measure", "side", "since"], name="noticed_once"),
            models.CheckConstraint(
                condition=Q(explained_at__isnull=True) | (~Q(explanation="") & Q(explained_by__isnull=False)),
                name="an_explanation_has_its_words_and_its_author",
            ),
            models.CheckConstraint(condition=Q(last__gte=F("since")), name="a_signal_lasts"),
        ]

    def __str__(self) -> str:
        return f"{self.title}: {self.side}"
