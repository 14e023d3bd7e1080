"""Incidents, how each was assessed and graded, who went, what was logged, and what waiting owed."""

from __future__ import annotations

from enum import StrEnum
from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from watchward.domains.incidents.models.units import Unit
from watchward.domains.incidents.vocabulary import Grade, Kind, Level, Part, Reached, Stage
from watchward.foundation.access.policy import Policy, handled_by
from watchward.foundation.records import Disposed, Guarded, Handling, Keeping, Privacy, Record


def _choices(enum: type[StrEnum]) -> list[tuple[str, str]]:
    return [(member.value, member.value) for member in enum]


def _grades() -> list[tuple[int, str]]:
    return [(grade.value, grade.words) for grade in Grade]


class Incident(Record):
    """Something that the force was told of and answers for until it is closed."""

    privacy = Privacy.of(
        Keeping.GROUP_3, personal="what place_words outcome why_nobody_went", special="qualifiers signs"
    )
    ends: ClassVar[bool] = True
    says_disposed: ClassVar[str] = "what"
    disposed: ClassVar[Disposed] = Disposed.of(stays="qualifiers signs", also="place")

    kind = models.CharField(max_length=24, choices=_choices(Kind))
    what = models.CharField(max_length=300)
    place = models.ForeignKey(
        "places.Place", null=True, on_delete=models.PROTECT, related_name="incidents", db_index=False
    )
    place_words = models.CharField(max_length=200, blank=True)
    area = models.ForeignKey("organisation.Area", null=True, on_delete=models.PROTECT, related_name="+")
    urban = models.BooleanField(null=True)
    source = models.UUIDField(null=True, db_index=True)

    rang_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)
    graded_at = models.DateTimeField()
    first_sent_at = models.DateTimeField(null=True)
    first_en_route_at = models.DateTimeField(null=True)
    at_scene_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)

    grade = models.SmallIntegerField(choices=_grades())
    first_grade = models.SmallIntegerField(choices=_grades())
    clock_from = models.DateTimeField()
    target_at = models.DateTimeField(null=True)
    target_words = models.CharField(max_length=120)
    agreed_at = models.DateTimeField(null=True)
    stage = models.CharField(max_length=10, choices=_choices(Stage), default=Stage.OPEN)
    harm = models.CharField(max_length=6, choices=_choices(Level))
    signs = ArrayField(models.CharField(max_length=24), default=list)
    qualifiers = ArrayField(models.CharField(max_length=24), default=list)
    thrive_at = models.DateTimeField(null=True)
    thrive_finished_at = models.DateTimeField(null=True)
    answers_to = models.ForeignKey(
        "access.Team", to_field="number", null=True, on_delete=models.PROTECT, related_name="+"
    )

    closed_as = models.CharField(max_length=24, choices=_choices(Kind), blank=True)
    outcome = models.TextField(blank=True)
    why_nobody_went = models.TextField(blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["target_at"], condition=~Q(stage=Stage.CLOSED), name="incidents_open_by_target"),
            models.Index(fields=["rang_at"]),
            models.Index(fields=["place", "-rang_at"]),
            models.Index(fields=["at_scene_at"]),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(target_at__isnull=True, grade=Grade.RESOLVED)
                | Q(target_at__isnull=False, grade__lt=Grade.RESOLVED),
                name="who_is_sent_has_a_target",
            ),
            models.CheckConstraint(
                condition=Q(target_at__isnull=True) | Q(target_at__gte=F("clock_from")), name="target_after_clock"
            ),
            models.CheckConstraint(
                condition=Q(stage=Stage.CLOSED, closed_at__isnull=False)
                | (~Q(stage=Stage.CLOSED) & Q(closed_at__isnull=True)),
                name="closed_at_a_time",
            ),
            models.CheckConstraint(
                condition=~Q(stage__in=[Stage.AT_SCENE, Stage.ATTENDED]) | Q(at_scene_at__isnull=False),
                name="at_scene_at_a_time",
            ),
        ]

    def __str__(self) -> str:
        return self.reference


class OfIncident(Guarded):
    """A row that belongs to an incident and is kept as it is; a table of it names the incident."""

    policy: ClassVar[Policy] = handled_by("incident_id")

    handling = models.SmallIntegerField(default=Handling.OPEN)
    team = models.ForeignKey("access.Team", to_field="number", null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        abstract = True


class Signed(OfIncident):
    """A row of an incident that somebody wrote at a moment, and that never changes."""

    append_only: ClassVar[bool] = True

    at = models.DateTimeField()
    by = models.UUIDField()
    by_name = models.CharField(max_length=120)

    class Meta:
        abstract = True


class Involvement(OfIncident):
    """The part that somebody had in an incident."""

    privacy = Privacy.of(Keeping.GROUP_3, personal="person part words")
    disposed: ClassVar[Disposed] = Disposed.of(removed=True)

    incident = models.ForeignKey(Incident, on_delete=models.CASCADE, related_name="involved")
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    part = models.CharField(max_length=16, choices=_choices(Part))
    words = models.CharField(max_length=200, blank=True)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["incident", "person", "part"], name="one_part_once")]


class Assessment(Signed):
    """One THRIVE of an incident; assessing again makes another, and the first is never overwritten."""

    privacy = Privacy.of(Keeping.GROUP_3, special="signs")
    disposed: ClassVar[Disposed] = Disposed.of(stays="signs")

    incident = models.ForeignKey(Incident, on_delete=models.CASCADE, related_name="assessments")
    answers = models.ForeignKey("questions.Answers", on_delete=models.PROTECT, related_name="+")
    number = models.PositiveSmallIntegerField()
    again = models.BooleanField(default=False)
    signs = ArrayField(models.CharField(max_length=24), default=list)
    harm = models.CharField(max_length=6, choices=_choices(Level))
    finished = models.BooleanField()
    words = models.TextField(blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["incident", "number"], name="assessed_once_a_number")]


class Grading(Signed):
    """A grade given: what the policy suggested, what was given instead and why, and the target it set."""

    privacy = Privacy.of(Keeping.GROUP_3, personal="reason reasons", special="")

    incident = models.ForeignKey(Incident, on_delete=models.CASCADE, related_name="gradings")
    assessment = models.ForeignKey(Assessment, null=True, on_delete=models.CASCADE, related_name="gradings")
    suggested = models.SmallIntegerField(choices=_grades())
    grade = models.SmallIntegerField(choices=_grades())
    before = models.SmallIntegerField(choices=_grades(), null=True)
    reasons = models.JSONField(default=list)
    policy_cite = models.CharField(max_length=300)
    policy_since = models.DateField()
    reason = models.TextField(blank=True)
    target_at = models.DateTimeField(null=True)
    target_words = models.CharField(max_length=120)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(grade=F("suggested")) | ~Q(reason=""), name="another_grade_has_its_reason"
            )
        ]


class Deployment(OfIncident):
    """A unit sent to an incident."""

    privacy = Privacy.of(Keeping.GROUP_3, personal="cleared_words")

    incident = models.ForeignKey(Incident, on_delete=models.CASCADE, related_name="deployments")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="deployments")
    sent_at = models.DateTimeField()
    sent_by_name = models.CharField(max_length=120)
    distance = models.PositiveIntegerField(null=True)
    en_route_at = models.DateTimeField(null=True)
    at_scene_at = models.DateTimeField(null=True)
    cleared_at = models.DateTimeField(null=True)
    cleared_words = models.CharField(max_length=300, blank=True)

    class Meta:
        indexes = [models.Index(fields=["sent_at"])]
        constraints = [
            models.UniqueConstraint(
                fields=["unit"], condition=Q(cleared_at__isnull=True), name="a_unit_goes_to_one_at_a_time"
            ),
            models.CheckConstraint(
                condition=Q(at_scene_at__isnull=True) | Q(at_scene_at__gte=F("sent_at")), name="there_after_sent"
            ),
            models.CheckConstraint(
                condition=Q(cleared_at__isnull=True) | Q(cleared_at__gte=F("sent_at")), name="cleared_after_sent"
            ),
        ]


class LogLine(OfIncident):
    """A line of an incident's log: never changed, only added to."""

    privacy = Privacy.of(Keeping.GROUP_3, personal="words")
    append_only: ClassVar[bool] = True

    incident = models.ForeignKey(Incident, on_delete=models.CASCADE, related_name="log")
    at = models.DateTimeField()
    words = models.TextField()
    automatic = models.BooleanField(default=False)
    by = models.UUIDField()
    by_name = models.CharField(max_length=120)

    class Meta:
        indexes = [models.Index(fields=["incident", "at"])]
        constraints = [models.CheckConstraint(condition=~Q(words=""), name="a_line_says_something")]


class Delay(OfIncident):
    """One time that an incident stood past its target with nobody there: it asks to be assessed again and rung back.

    The first begins when the target passed. Each re-assessment of an incident that still waits begins the next.
    """

    privacy = Privacy.of(Keeping.GROUP_3, special="")

    incident = models.ForeignKey(Incident, on_delete=models.CASCADE, related_name="delays")
    number = models.PositiveSmallIntegerField()
    since = models.DateTimeField()
    noticed_at = models.DateTimeField()
    harm = models.CharField(max_length=6, choices=_choices(Level))
    reassess_by = models.DateTimeField()
    reassessed_at = models.DateTimeField(null=True)
    assessment = models.ForeignKey(Assessment, null=True, on_delete=models.PROTECT, related_name="+")
    recontact_by = models.DateTimeField(null=True)
    recontacted_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["reassess_by"], condition=Q(ended_at__isnull=True), name="delays_that_last")]
        constraints = [
            models.UniqueConstraint(fields=["incident", "number"], name="delays_are_counted"),
            models.UniqueConstraint(
                fields=["incident"], condition=Q(ended_at__isnull=True), name="one_delay_lasts_at_a_time"
            ),
        ]


class Recontact(OfIncident):
    """An attempt to ring whoever waits."""

    privacy = Privacy.of(Keeping.GROUP_3, personal="words")
    append_only: ClassVar[bool] = True

    incident = models.ForeignKey(Incident, on_delete=models.CASCADE, related_name="recontacts")
    at = models.DateTimeField()
    reached = models.CharField(max_length=16, choices=_choices(Reached))
    words = models.TextField()
    by = models.UUIDField()
    by_name = models.CharField(max_length=120)


class BriefingRead(OfIncident):
    """That somebody read the briefing before they arrived, and which version of the incident it told."""

    privacy = Privacy.of(Keeping.GROUP_3)
    append_only: ClassVar[bool] = True

    incident = models.ForeignKey(Incident, on_delete=models.CASCADE, related_name="briefings_read")
    at = models.DateTimeField()
    told = models.PositiveIntegerField()
    by = models.UUIDField()
    by_name = models.CharField(max_length=120)


class Appointment(Signed):
    """A time agreed with whoever waits for a Scheduled visit; agreeing another makes another row."""

    privacy = Privacy.of(Keeping.GROUP_3, personal="words")

    incident = models.ForeignKey(Incident, on_delete=models.CASCADE, related_name="appointments")
    agreed_for = models.DateTimeField()
    words = models.CharField(max_length=300)


class Reopening(Signed):
    """That a closed incident was opened again, why, and how it had been closed."""

    privacy = Privacy.of(Keeping.GROUP_3, personal="reason outcome why_nobody_went")

    incident = models.ForeignKey(Incident, on_delete=models.CASCADE, related_name="reopenings")
    reason = models.TextField()
    closed_at = models.DateTimeField()
    closed_as = models.CharField(max_length=24, choices=_choices(Kind), blank=True)
    outcome = models.TextField(blank=True)
    why_nobody_went = models.TextField(blank=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(reason=""), name="reopened_with_a_reason")]


class PersonRisk(Signed):
    """The risk to one person of a household or of an incident, as somebody judged it; judging again adds a row."""

    privacy = Privacy.of(Keeping.GROUP_3, special="person level words")
    disposed: ClassVar[Disposed] = Disposed.of(removed=True)

    incident = models.ForeignKey(Incident, on_delete=models.CASCADE, related_name="risks")
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    level = models.CharField(max_length=6, choices=_choices(Level))
    words = models.CharField(max_length=300)


class NurseAdvice(Signed):
    """What a mental health practitioner was asked by telephone from an incident, and what they said."""

    privacy = Privacy.of(Keeping.GROUP_3, personal="nurse", special="asked answer")

    incident = models.ForeignKey(Incident, on_delete=models.CASCADE, related_name="advice")
    nurse = models.CharField(max_length=120)
    asked = models.TextField()
    answer = models.TextField()
    car_out = models.BooleanField()
