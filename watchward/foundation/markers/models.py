"""The shape of every marker, and of the looks that it owes: abstract, for a room's own tables."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q


class Marked(models.Model):
    """What must be known, with its grounds; it stands until somebody has looked at it and ended it.

    A room's own table adds what is marked, and ``kind`` with its own choices.
    """

    words = models.CharField(max_length=300)
    grounds = models.TextField()
    source = models.CharField(max_length=120, blank=True)
    author = models.ForeignKey("access.Account", on_delete=models.PROTECT, related_name="+")
    approver = models.ForeignKey("access.Account", null=True, on_delete=models.PROTECT, related_name="+")
    approved_at = models.DateTimeField(null=True)
    since = models.DateTimeField()
    review_on = models.DateField()
    until = models.DateField(null=True)
    ended_at = models.DateTimeField(null=True)
    ended_words = models.TextField(blank=True)

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(approver__isnull=True) | ~Q(approver=F("author")),
                name="%(app_label)s_%(class)s_approved_by_another",
            ),
            models.CheckConstraint(condition=~Q(grounds=""), name="%(app_label)s_%(class)s_has_its_grounds"),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True) | ~Q(ended_words=""),
                name="%(app_label)s_%(class)s_ends_with_a_reason",
            ),
        ]


class Look(models.Model):
    """One look that a marker owes by a day: due, done, and what came of it. The next one is another row.

    A room's own table adds ``marker``.
    """

    arose_at = models.DateTimeField()
    due_on = models.DateField()
    done_at = models.DateTimeField(null=True)
    done_by = models.ForeignKey("access.Account", null=True, on_delete=models.PROTECT, related_name="+")
    kept = models.BooleanField(null=True)
    words = models.TextField(blank=True)

    class Meta:
        abstract = True
        constraints = [
            models.UniqueConstraint(
                fields=["marker"], condition=Q(done_at__isnull=True), name="%(app_label)s_one_look_open_a_marker"
            ),
            models.CheckConstraint(
                condition=Q(done_at__isnull=True, kept__isnull=True)
                | (Q(done_at__isnull=False, kept__isnull=False) & ~Q(words="")),
                name="%(app_label)s_a_look_says_what_came_of_it",
            ),
        ]
