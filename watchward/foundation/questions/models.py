"""Published questionnaires and what was answered to them; neither ever changes."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from watchward.foundation.access.policy import Policy, handled_by
from watchward.foundation.records import Guarded, Handling, Keeping, Privacy


class Questionnaire(Guarded):
    """One published version of a questionnaire."""

    privacy = Privacy.of(Keeping.WITH_RECORD)
    append_only: ClassVar[bool] = True

    key = models.CharField(max_length=80)
    number = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=200)
    in_force = models.DateField()
    cite = models.CharField(max_length=300, blank=True)
    questions = models.JSONField()
    digest = models.CharField(max_length=64)
    published_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["key", "number"], name="published_once_a_version"),
            models.CheckConstraint(condition=Q(number__gte=1), name="versions_count_from_one"),
        ]

    def __str__(self) -> str:
        return f"{self.title}, version {self.number}"


class Answers(Guarded):
    """What was answered about one record at one time; answering again makes another row."""

    policy: ClassVar[Policy] = handled_by("about")
    privacy = Privacy.of(Keeping.WITH_RECORD, special="values")
    append_only: ClassVar[bool] = True

    questionnaire = models.ForeignKey(Questionnaire, on_delete=models.PROTECT, related_name="answers")
    about = models.UUIDField()
    time = models.PositiveSmallIntegerField()
    values = models.JSONField()
    at = models.DateTimeField()
    by = models.UUIDField()
    by_name = models.CharField(max_length=120)
    handling = models.SmallIntegerField(default=Handling.OPEN)
    team = models.ForeignKey("access.Team", to_field="number", null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["about", "-at"])]
        constraints = [models.UniqueConstraint(fields=["questionnaire", "about", "time"], name="answered_once_a_time")]
