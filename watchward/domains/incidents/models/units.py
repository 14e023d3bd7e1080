"""Units and who crews them, and surges of demand on them."""

from __future__ import annotations

from enum import StrEnum

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from watchward.domains.incidents.vocabulary import Skill, UnitState
from watchward.foundation.records import Guarded, Keeping, Privacy


def _choices(enum: type[StrEnum]) -> list[tuple[str, str]]:
    return [(member.value, member.value) for member in enum]


class Unit(Guarded):
    """A unit that can be sent."""

    privacy = Privacy.of(Keeping.GROUP_4)

    call_sign = models.CharField(max_length=12, unique=True)
    area = models.ForeignKey("organisation.Area", null=True, on_delete=models.PROTECT, related_name="+")
    base = models.ForeignKey("access.Team", to_field="number", null=True, on_delete=models.PROTECT, related_name="+")
    skills = ArrayField(models.CharField(max_length=20, choices=_choices(Skill)), default=list)
    state = models.CharField(max_length=12, choices=_choices(UnitState), default=UnitState.OFF_ROAD)
    state_since = models.DateTimeField()
    state_words = models.CharField(max_length=120, blank=True)
    easting = models.IntegerField(null=True)
    northing = models.IntegerField(null=True)
    placed_at = models.DateTimeField(null=True)
    on_duty = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(easting__isnull=True, northing__isnull=True)
                | Q(easting__isnull=False, northing__isnull=False, placed_at__isnull=False),
                name="a_unit_is_somewhere_at_a_time",
            )
        ]

    def __str__(self) -> str:
        return self.call_sign


class Crew(Guarded):
    """Somebody's place in a unit from a time until a time."""

    privacy = Privacy.of(Keeping.GROUP_4)

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="crews")
    account = models.ForeignKey("access.Account", on_delete=models.PROTECT, related_name="+")
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["account"], condition=Q(until__isnull=True), name="in_one_unit_at_a_time"),
            models.CheckConstraint(condition=Q(until__isnull=True) | Q(until__gte=F("since")), name="crew_ends_later"),
        ]


class Surge(Guarded):
    """A time in which more was asked of the units on duty than they could meet, and what was done about it."""

    privacy = Privacy.of(Keeping.GROUP_4)

    began_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    reasons = ArrayField(models.CharField(max_length=120))
    cite = models.CharField(max_length=300)
    since = models.DateField()
    answer_by = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)
    answered_by = models.ForeignKey("access.Account", null=True, on_delete=models.PROTECT, related_name="+")
    words = models.TextField(blank=True)

    class Meta:
        constraints = [
            # One row is true of all that last: the index is over a constant.
            models.UniqueConstraint(
                fields=["since"], condition=Q(ended_at__isnull=True), name="one_surge_of_a_policy_lasts"
            ),
            models.CheckConstraint(condition=Q(answered_at__isnull=True) | ~Q(words=""), name="surge_answer_says_what"),
        ]
