"""Counters of reference numbers."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

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
