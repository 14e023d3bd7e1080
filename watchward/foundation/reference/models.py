"""Counters of reference numbers, and lists of codes with start and end dates."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from watchward.foundation.records import Guarded, Keeping, Privacy


class Counter(Guarded):
    """The last number given on one day under one prefix."""

    privacy = Privacy.of(Keeping.WITH_RECORD)
    history: ClassVar[bool] = False

    prefix = models.CharField(max_length=4)
    day = models.DateField()
    last = models.PositiveIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["prefix", "day"], name="one_counter_a_day")]


class CodeList(Guarded):
    """A list of coded values that somebody keeps: ours, the Home Office's, a partner's."""

    privacy = Privacy.of(Keeping.WITH_RECORD)

    key = models.SlugField(max_length=60, unique=True)
    title = models.CharField(max_length=160)
    source = models.CharField(max_length=200)

    def __str__(self) -> str:
        return self.title


class Code(Guarded):
    """One value of a list, from a day until a day; what a record says stays readable after its code has ended."""

    privacy = Privacy.of(Keeping.WITH_RECORD)

    list = models.ForeignKey(CodeList, on_delete=models.PROTECT, related_name="codes")
    code = models.CharField(max_length=40)
    words = models.CharField(max_length=200)
    order = models.PositiveIntegerField(default=0)
    since = models.DateField()
    until = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["list", "code", "since"], name="one_meaning_from_a_day"),
            models.UniqueConstraint(
                fields=["list", "code"], condition=Q(until__isnull=True), name="one_meaning_stands"
            ),
            models.CheckConstraint(condition=Q(until__isnull=True) | Q(until__gt=F("since")), name="code_ends_later"),
        ]

    def __str__(self) -> str:
        return self.words
