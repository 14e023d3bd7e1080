"""The offence list and its harm weights, each row from a day until a day."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from watchward.domains.offences.vocabulary import Category, OffenceGroup
from watchward.foundation.records import Guarded, Keeping, Privacy

_ENDS_LATER = Q(until__isnull=True) | Q(until__gt=F("since"))


class ListedOffence(Guarded):
    """What a code of the Home Office means, from a day until a day."""

    privacy = Privacy.of(Keeping.WITH_RECORD)

    code = models.CharField(max_length=20)
    words = models.CharField(max_length=200)
    group = models.CharField(max_length=60, choices=[(one.value, one.value) for one in OffenceGroup])
    subgroup = models.CharField(max_length=80)
    category = models.CharField(max_length=40, choices=[(one.value, one.value) for one in Category])
    recordable = models.BooleanField(default=True)
    order = models.PositiveIntegerField(default=0)
    source = models.CharField(max_length=200)
    since = models.DateField()
    until = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["code", "since"], name="one_offence_from_a_day"),
            models.UniqueConstraint(fields=["code"], condition=Q(until__isnull=True), name="one_offence_a_code"),
            models.CheckConstraint(condition=_ENDS_LATER, name="offence_ends_later"),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.words}"


class HarmWeight(Guarded):
    """The weight of a code in the Crime Severity Score, from a day until a day."""

    privacy = Privacy.of(Keeping.WITH_RECORD)

    code = models.CharField(max_length=20)
    weight = models.DecimalField(max_digits=12, decimal_places=6)
    source = models.CharField(max_length=200)
    since = models.DateField()
    until = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["code", "since"], name="one_weight_from_a_day"),
            models.UniqueConstraint(fields=["code"], condition=Q(until__isnull=True), name="one_weight_a_code"),
            models.CheckConstraint(condition=_ENDS_LATER, name="weight_ends_later"),
            models.CheckConstraint(condition=Q(weight__gt=0), name="weight_is_positive"),
        ]
