"""Holds and what they hold, reviews and how they were decided, and what was disposed of."""

from __future__ import annotations

from enum import Enum
from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from watchward.foundation.access.policy import Policy, handled_by
from watchward.foundation.records import Disposed, Guarded, Handling, Keeping, Privacy
from watchward.foundation.retention.vocabulary import STANDING, Group, Source, State


def _choices(enum: type[Enum]) -> list[tuple[str, str]]:
    return [(member.value, str(member.value)) for member in enum]


class OfRecord(Guarded):
    """A row about a record of whatever table, under its handling; it outlives what the record said."""

    policy: ClassVar[Policy] = handled_by("of")
    disposed = Disposed(kept=True)

    table = models.CharField(max_length=80)
    of = models.UUIDField(db_index=True)
    reference = models.CharField(max_length=24)
    handling = models.SmallIntegerField(default=Handling.OPEN)
    team = models.ForeignKey("access.Team", to_field="number", null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        abstract = True


class Hold(Guarded):
    """That records must not go: why, for which matter, from when, and until somebody ends it with a reason."""

    privacy = Privacy.of(Keeping.LOG, personal="matter reason ended_words")
    disposed = Disposed(kept=True)

    source = models.CharField(max_length=12, choices=_choices(Source))
    matter = models.CharField(max_length=120)
    reason = models.TextField()
    since = models.DateField()
    review_on = models.DateField()
    laid_at = models.DateTimeField()
    laid_by = models.ForeignKey("access.Account", on_delete=models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey("access.Account", null=True, on_delete=models.PROTECT, related_name="+")
    ended_words = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(matter="") & ~Q(reason=""), name="held_for_a_matter_with_a_reason"),
            models.CheckConstraint(condition=Q(review_on__gt=F("since")), name="a_hold_is_looked_at_again"),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True, ended_by__isnull=True)
                | (Q(ended_at__isnull=False, ended_by__isnull=False) & ~Q(ended_words="")),
                name="a_hold_ends_with_a_reason",
            ),
        ]


class Held(OfRecord):
    """One record under a hold."""

    privacy = Privacy.of(Keeping.LOG)
    append_only: ClassVar[bool] = True

    hold = models.ForeignKey(Hold, on_delete=models.PROTECT, related_name="records")
    at = models.DateTimeField()
    by = models.UUIDField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["hold", "of"], name="held_once_by_a_hold")]


class Review(OfRecord):
    """One review of one record: due, decided by somebody, and where it is to go agreed by somebody else."""

    privacy = Privacy.of(Keeping.LOG, personal="reason child_reason")

    group = models.PositiveSmallIntegerField(choices=[(group.value, group.words) for group in Group])
    given = models.BooleanField(default=False)
    since = models.DateField()
    due_on = models.DateField()
    called_at = models.DateTimeField()
    state = models.CharField(max_length=20, choices=_choices(State), default=State.DUE)
    answers = models.ForeignKey("questions.Answers", null=True, on_delete=models.PROTECT, related_name="+")
    reason = models.TextField(blank=True)
    child_reason = models.TextField(blank=True)
    next_on = models.DateField(null=True)
    cite = models.CharField(max_length=200)
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey("access.Account", null=True, on_delete=models.PROTECT, related_name="+")
    agreed_at = models.DateTimeField(null=True)
    agreed_by = models.ForeignKey("access.Account", null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["state", "due_on"])]
        constraints = [
            models.UniqueConstraint(
                fields=["of"], condition=Q(state__in=STANDING), name="one_review_of_a_record_at_a_time"
            ),
            models.CheckConstraint(
                condition=Q(state=State.DUE) | (Q(decided_at__isnull=False, decided_by__isnull=False) & ~Q(reason="")),
                name="a_review_is_decided_with_a_reason",
            ),
            models.CheckConstraint(
                condition=~Q(state=State.RETAINED) | Q(next_on__isnull=False), name="retained_until_a_next_review"
            ),
            models.CheckConstraint(
                condition=~Q(state=State.DISPOSED)
                | (Q(agreed_at__isnull=False, agreed_by__isnull=False) & ~Q(agreed_by=F("decided_by"))),
                name="disposed_of_by_two_people",
            ),
        ]


class Disposal(OfRecord):
    """That a record was disposed of: all that is left to say of it, and nothing of anybody."""

    privacy = Privacy.of(Keeping.LOG)
    append_only: ClassVar[bool] = True

    called = models.CharField(max_length=40)
    group = models.PositiveSmallIntegerField(choices=[(group.value, group.words) for group in Group])
    since = models.DateField()
    on = models.DateField()
    reason = models.TextField()
    cite = models.CharField(max_length=200)
    proposed_by = models.UUIDField()
    proposed_name = models.CharField(max_length=120)
    proposed_at = models.DateTimeField()
    agreed_by = models.UUIDField()
    agreed_name = models.CharField(max_length=120)
    digest = models.CharField(max_length=64)
    at = models.DateTimeField()
    again = models.BooleanField(default=False)

    class Meta:
        indexes = [models.Index(fields=["-at"])]
        constraints = [
            models.UniqueConstraint(fields=["of"], name="disposed_of_once"),
            models.CheckConstraint(condition=~Q(proposed_by=F("agreed_by")), name="two_people_dispose"),
            models.CheckConstraint(condition=~Q(reason="") & ~Q(cite=""), name="disposed_of_by_a_rule_with_a_reason"),
            models.CheckConstraint(condition=Q(on__gt=F("since")), name="disposed_of_after_it_happened"),
        ]
