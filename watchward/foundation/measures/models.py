"""What people say of measures: what changed and when, what others' figures are, and figures as they were published."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from watchward.foundation.records import Guarded, Keeping, Privacy


class RecordedChange(Guarded):
    """Something that changed on a day and may have moved figures: a date, and not a cause."""

    privacy = Privacy.of(Keeping.WITH_RECORD)

    day = models.DateField()
    words = models.CharField(max_length=300)
    source = models.CharField(max_length=300)
    keys = ArrayField(models.CharField(max_length=80), default=list)
    at = models.DateTimeField()
    by = models.ForeignKey("access.Account", on_delete=models.PROTECT, related_name="+")
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_why = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True) | ~Q(withdrawn_why=""), name="withdrawn_with_a_reason"
            ),
            models.CheckConstraint(condition=~Q(words="") & ~Q(source=""), name="a_change_says_what_and_whence"),
        ]


class OthersFigure(Guarded):
    """A figure of somebody else's, to stand beside ours, with its source."""

    privacy = Privacy.of(Keeping.WITH_RECORD)

    measure = models.CharField(max_length=80, db_index=True)
    who = models.CharField(max_length=80)
    value = models.FloatField()
    first = models.DateField()
    last = models.DateField()
    source = models.CharField(max_length=300)
    at = models.DateTimeField()
    by = models.ForeignKey("access.Account", on_delete=models.PROTECT, related_name="+")
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_why = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(last__gte=F("first")), name="a_period_ends_later"),
            models.CheckConstraint(condition=~Q(source=""), name="a_figure_has_its_source"),
            models.UniqueConstraint(
                fields=["measure", "who", "first", "last"],
                condition=Q(withdrawn_at__isnull=True),
                name="one_figure_of_theirs_a_period",
            ),
        ]


class Published(Guarded):
    """A figure as it was published: with its basis, its period, when it was counted, and every month and part of it."""

    privacy = Privacy.of(Keeping.WITH_RECORD)
    append_only: ClassVar[bool] = True

    measure = models.CharField(max_length=80, db_index=True)
    title = models.CharField(max_length=160)
    basis = models.CharField(max_length=300)
    first = models.DateField()
    last = models.DateField()
    counted_at = models.DateTimeField()
    by = models.ForeignKey("access.Account", on_delete=models.PROTECT, related_name="+")
    unit = models.CharField(max_length=12)
    value = models.FloatField(null=True)
    ninetieth = models.FloatField(null=True)
    rows = models.PositiveIntegerField()
    counted = models.PositiveIntegerField()
    open = models.PositiveIntegerField()
    parts = models.JSONField(default=dict)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(counted__lte=F("rows")), name="counted_among_the_rows"),
            models.CheckConstraint(condition=Q(last__gte=F("first")), name="published_period_ends_later"),
        ]
        indexes = [models.Index(fields=["measure", "-counted_at"])]


class KeptMonth(Guarded):
    """What was counted of one measure in one month that is over, by its breakdowns: counted again once a row changes.

    Derived from the rows, and made anew at any time.
    """

    privacy = Privacy.of(Keeping.WITH_RECORD)
    history: ClassVar[bool] = False

    measure = models.CharField(max_length=80)
    by = models.CharField(max_length=120, blank=True)
    month = models.DateField()
    words = models.CharField(max_length=64)
    cells = models.JSONField(default=list)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["measure", "by", "month"], name="a_month_is_kept_once")]


class KeptUntil(Guarded):
    """Up to where changes have been held against the kept months: one row, the database's own view at that moment."""

    privacy = Privacy.of(Keeping.WITH_RECORD)
    history: ClassVar[bool] = False

    only = models.BooleanField(default=True, unique=True)
    snapshot = models.TextField()
    cluster = models.CharField(max_length=60)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(only=True), name="one_row_says_until_when")]
