"""Guidance, its versions, who was asked to read them and who has, and when it was looked over."""

from __future__ import annotations

from uuid import UUID

from django.db import models
from django.db.models import F, Q

from watchward.foundation.guidance.vocabulary import Kind
from watchward.foundation.records import Guarded, Keeping, Privacy


class Item(Guarded):
    """A piece of guidance, with whoever answers for it; what it says stands in its versions."""

    privacy = Privacy.of(Keeping.GROUP_4)

    slug = models.SlugField(max_length=60, unique=True)
    kind = models.CharField(max_length=20, choices=[(kind.value, kind.words) for kind in Kind])
    owner = models.ForeignKey("access.Account", on_delete=models.PROTECT, related_name="+")
    team = models.ForeignKey("access.Team", to_field="number", null=True, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = models.ForeignKey("access.Account", null=True, on_delete=models.PROTECT, related_name="+")
    withdrawn_words = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True, withdrawn_by__isnull=True)
                | Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False),
                name="guidance_withdrawn_by_somebody",
            )
        ]

    def __str__(self) -> str:
        return self.slug


class Edition(Guarded):
    """One version of a piece of guidance: a draft until it is published, then as it was read from a moment until one.

    It stands from ``since`` until ``until``, which the next version or its withdrawal sets.
    """

    privacy = Privacy.of(Keeping.GROUP_4)

    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="editions")
    number = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=120)
    lead = models.CharField(max_length=90, blank=True)
    text = models.TextField()
    topics = models.JSONField(default=list)
    groups = models.JSONField(default=list)
    changed = models.CharField(max_length=300, blank=True)
    drafted_at = models.DateTimeField()
    drafted_by = models.ForeignKey("access.Account", on_delete=models.PROTECT, related_name="+")
    published_at = models.DateTimeField(null=True)
    published_by = models.ForeignKey("access.Account", null=True, on_delete=models.PROTECT, related_name="+")
    since = models.DateTimeField(null=True)
    until = models.DateTimeField(null=True)
    asks_teams = models.JSONField(default=list)
    asks_roles = models.JSONField(default=list)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["item", "number"], name="one_version_a_number"),
            models.UniqueConstraint(
                fields=["item"], condition=Q(published_at__isnull=True), name="one_draft_at_a_time"
            ),
            models.UniqueConstraint(
                fields=["item"],
                condition=Q(published_at__isnull=False, until__isnull=True),
                name="one_version_stands_last",
            ),
            models.CheckConstraint(
                condition=Q(published_at__isnull=True, published_by__isnull=True, since__isnull=True)
                | Q(published_at__isnull=False, published_by__isnull=False, since__gte=F("published_at")),
                name="version_published_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=F("since")), name="version_ends_later"
            ),
        ]

    def __str__(self) -> str:
        return self.title


class Receipt(Guarded):
    """That somebody was asked to read a version, or has read it, or both; at most one of somebody and a version."""

    privacy = Privacy.of(Keeping.GROUP_4)

    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="receipts")
    account = models.ForeignKey("access.Account", on_delete=models.PROTECT, related_name="+")
    team = models.ForeignKey("access.Team", to_field="number", null=True, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(null=True)
    read_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["edition", "account"], name="one_receipt_a_reader"),
            models.CheckConstraint(
                condition=Q(asked_at__isnull=False) | Q(read_at__isnull=False), name="receipt_says_something"
            ),
        ]


class Review(Guarded):
    """That guidance is looked over by a day, and what came of it."""

    privacy = Privacy.of(Keeping.GROUP_4)

    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="reviews")
    set_at = models.DateTimeField()
    due_on = models.DateField()
    done_at = models.DateTimeField(null=True)
    done_by = models.ForeignKey("access.Account", null=True, on_delete=models.PROTECT, related_name="+")
    words = models.CharField(max_length=300, blank=True)

    @property
    def owner_id(self) -> UUID:
        """The account of whoever answers for the guidance, and so looks it over."""
        return self.item.owner_id

    @property
    def team_id(self) -> int | None:
        """The number of their team."""
        return self.item.team_id

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["item"], condition=Q(done_at__isnull=True), name="one_review_waits"),
            models.CheckConstraint(
                condition=Q(done_at__isnull=True, done_by__isnull=True)
                | Q(done_at__isnull=False, done_by__isnull=False),
                name="guidance_reviewed_by_somebody",
            ),
        ]
