"""Reports, crimes and who had a part in them, how they were classified and allocated, and how they ended."""

from __future__ import annotations

from enum import StrEnum
from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from watchward.domains.crimes.vocabulary import (
    Cancel,
    NotRecorded,
    OutcomeState,
    Part,
    Route,
    Stage,
    Verdict,
)
from watchward.domains.offences.vocabulary import Flag
from watchward.foundation.access.policy import Policy, handled_by
from watchward.foundation.records import DISPOSED_OF, Disposed, Guarded, Handling, Keeping, Privacy, Record


def _choices(enum: type[StrEnum]) -> list[tuple[str, str]]:
    return [(member.value, member.value) for member in enum]


class Report(Record):
    """A report of a crime that came neither by a call that opened an incident nor from an officer's own incident."""

    privacy = Privacy.of(Keeping.GROUP_3, personal="what by_words place_words")
    ends: ClassVar[bool] = True
    says_disposed: ClassVar[str] = "what"
    disposed: ClassVar[Disposed] = Disposed.of(also="person place")

    route = models.CharField(max_length=40, choices=_choices(Route))
    reported_at = models.DateTimeField()
    what = models.TextField()
    by_words = models.CharField(max_length=200, blank=True)
    person = models.ForeignKey("people.Person", null=True, on_delete=models.PROTECT, related_name="+")
    place = models.ForeignKey("places.Place", null=True, on_delete=models.PROTECT, related_name="+")
    place_words = models.CharField(max_length=200, blank=True)
    source = models.UUIDField(null=True, db_index=True)
    sexual = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(reported_at__lte=F("made_at")), name="reported_before_written_down")
        ]

    def __str__(self) -> str:
        return self.reference


class Decision(Guarded):
    """What was decided of a report or an incident: that a crime is recorded, or that none is and why."""

    policy: ClassVar[Policy] = handled_by("of")
    privacy = Privacy.of(Keeping.GROUP_3, personal="words late_reason", special="rape")
    disposed: ClassVar[Disposed] = Disposed.of(stays="rape")
    append_only: ClassVar[bool] = True

    of = models.UUIDField()
    incident = models.ForeignKey(
        "incidents.Incident", null=True, on_delete=models.PROTECT, related_name="crime_decisions"
    )
    report = models.ForeignKey(Report, null=True, on_delete=models.PROTECT, related_name="decisions")
    recorded = models.BooleanField()
    why = models.CharField(max_length=16, choices=_choices(NotRecorded), blank=True)
    words = models.TextField(blank=True)
    rape = models.BooleanField(null=True)
    reported_at = models.DateTimeField()
    limit_at = models.DateTimeField()
    cite = models.CharField(max_length=200)
    late_reason = models.TextField(blank=True)
    at = models.DateTimeField()
    by = models.UUIDField()
    by_name = models.CharField(max_length=120)
    handling = models.SmallIntegerField(default=Handling.OPEN)
    team = models.ForeignKey("access.Team", to_field="number", null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["of"])]
        constraints = [
            models.CheckConstraint(
                condition=Q(incident__isnull=False, report__isnull=True, of=F("incident_id"))
                | Q(incident__isnull=True, report__isnull=False, of=F("report_id")),
                name="decided_of_one_thing",
            ),
            models.CheckConstraint(condition=Q(recorded=True) | ~Q(why="", words=""), name="not_recorded_says_why"),
        ]


class KeptCheck(Guarded):
    """Whether a report of rape rightly stands without a crime, as the registrar found."""

    policy: ClassVar[Policy] = handled_by("of")
    privacy = Privacy.of(Keeping.GROUP_3, personal="words")
    append_only: ClassVar[bool] = True

    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="checks")
    of = models.UUIDField(db_index=True)
    verdict = models.CharField(max_length=12, choices=_choices(Verdict))
    words = models.TextField(blank=True)
    at = models.DateTimeField()
    by = models.UUIDField()
    by_name = models.CharField(max_length=120)
    handling = models.SmallIntegerField(default=Handling.OPEN)
    team = models.ForeignKey("access.Team", to_field="number", null=True, on_delete=models.PROTECT, related_name="+")


class Crime(Record):
    """A recorded crime: one for each victim."""

    privacy = Privacy.of(Keeping.GROUP_2, personal="what place_words late_reason", special="flags")
    ends: ClassVar[bool] = True
    says_disposed: ClassVar[str] = "what"
    disposed: ClassVar[Disposed] = Disposed.of(stays="flags", also="place")
    made_from: ClassVar[tuple[str, ...]] = ("incident", "report")

    incident = models.ForeignKey("incidents.Incident", null=True, on_delete=models.PROTECT, related_name="+")
    report = models.ForeignKey(Report, null=True, on_delete=models.PROTECT, related_name="crimes")
    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="crimes")
    reported_at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    recorded_on = models.DateField()
    recorded_by = models.ForeignKey("access.Account", on_delete=models.PROTECT, related_name="+")
    limit_at = models.DateTimeField()
    late_reason = models.TextField(blank=True)

    offence = models.CharField(max_length=24)
    offence_words = models.CharField(max_length=200)
    offence_group = models.CharField(max_length=80)
    offence_subgroup = models.CharField(max_length=80, blank=True)
    weight = models.FloatField(null=True)
    first_offence = models.CharField(max_length=24)
    flags = ArrayField(models.CharField(max_length=40, choices=_choices(Flag)), default=list)
    what = models.TextField()
    committed_at = models.DateTimeField(null=True)
    committed_to = models.DateTimeField(null=True)
    place = models.ForeignKey("places.Place", null=True, on_delete=models.PROTECT, related_name="+")
    place_words = models.CharField(max_length=200, blank=True)
    area = models.ForeignKey("organisation.Area", null=True, on_delete=models.PROTECT, related_name="+")
    victimless = models.BooleanField(default=False)

    stage = models.CharField(max_length=24, choices=_choices(Stage), default=Stage.RECORDED)
    given_to = models.ForeignKey(
        "access.Team", to_field="number", null=True, on_delete=models.PROTECT, related_name="+"
    )
    officer = models.ForeignKey("access.Account", null=True, on_delete=models.PROTECT, related_name="+")
    allocated_at = models.DateTimeField(null=True)
    score = models.PositiveSmallIntegerField(null=True)

    outcome = models.CharField(max_length=4, blank=True)
    outcome_on = models.DateField(null=True)
    outcome_recorded_at = models.DateTimeField(null=True)
    cancelled_at = models.DateTimeField(null=True)
    cancelled_as = models.CharField(max_length=2, choices=_choices(Cancel), blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["recorded_on"]),
            models.Index(fields=["stage", "given_to"]),
            models.Index(fields=["officer", "stage"]),
            models.Index(fields=["outcome_on"]),
            models.Index(fields=["incident"]),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(incident__isnull=False) | Q(report__isnull=False), name="a_crime_was_reported"
            ),
            models.CheckConstraint(condition=Q(reported_at__lte=F("recorded_at")), name="recorded_after_reported"),
            models.CheckConstraint(
                condition=Q(recorded_at__lte=F("limit_at")) | ~Q(late_reason=""), name="recorded_late_says_why"
            ),
            models.CheckConstraint(
                condition=(Q(stage=Stage.FINISHED) & ~Q(outcome="") & Q(outcome_on__isnull=False))
                | (~Q(stage=Stage.FINISHED) & Q(outcome="", outcome_on__isnull=True)),
                name="finished_has_its_outcome",
            ),
            models.CheckConstraint(
                condition=Q(stage=Stage.CANCELLED, cancelled_at__isnull=False)
                | (~Q(stage=Stage.CANCELLED) & Q(cancelled_at__isnull=True, cancelled_as="")),
                name="cancelled_at_a_time",
            ),
            models.CheckConstraint(
                condition=~Q(stage__in=[Stage.ALLOCATED, Stage.PROPOSED]) | Q(given_to__isnull=False),
                name="investigated_by_a_team",
            ),
        ]

    def __str__(self) -> str:
        return self.reference


class OfCrime(Guarded):
    """What belongs to a crime, under its handling, with who wrote it and when."""

    policy: ClassVar[Policy] = handled_by("crime_id")

    crime = models.ForeignKey(Crime, on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField()
    by = models.UUIDField()
    by_name = models.CharField(max_length=120)
    handling = models.SmallIntegerField(default=Handling.OPEN)
    team = models.ForeignKey("access.Team", to_field="number", null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        abstract = True


class Party(OfCrime):
    """Somebody, or an organisation, who had a part in a crime; its one victim among them."""

    privacy = Privacy.of(Keeping.GROUP_2, personal="person organisation contact_name words part", special="")
    disposed: ClassVar[Disposed] = Disposed.of(stays="part", organisation=DISPOSED_OF)

    crime = models.ForeignKey(Crime, on_delete=models.CASCADE, related_name="parties")
    part = models.CharField(max_length=16, choices=_choices(Part))
    person = models.ForeignKey("people.Person", null=True, on_delete=models.PROTECT, related_name="+")
    organisation = models.CharField(max_length=160, blank=True)
    contact_name = models.CharField(max_length=160, blank=True)
    words = models.CharField(max_length=300, blank=True)
    interviewed_on = models.DateField(null=True)
    ended_at = models.DateTimeField(null=True)
    ended_words = models.CharField(max_length=300, blank=True)

    class Meta:
        indexes = [models.Index(fields=["person"])]
        constraints = [
            models.CheckConstraint(
                condition=Q(person__isnull=False, organisation="") | (Q(person__isnull=True) & ~Q(organisation="")),
                name="a_person_or_an_organisation",
            ),
            models.UniqueConstraint(
                fields=["crime"], condition=Q(part=Part.VICTIM, ended_at__isnull=True), name="one_crime_a_victim"
            ),
            models.UniqueConstraint(
                fields=["crime", "person", "part"],
                condition=Q(ended_at__isnull=True, person__isnull=False),
                name="one_part_in_a_crime_once",
            ),
            models.CheckConstraint(
                condition=~Q(part=Part.SUSPECT) | Q(organisation__in=["", DISPOSED_OF]), name="suspects_are_people"
            ),
        ]


class Classification(OfCrime):
    """What a crime was said to be, each time; the first is what it was recorded as."""

    privacy = Privacy.of(Keeping.GROUP_2, personal="words")
    append_only: ClassVar[bool] = True

    number = models.PositiveSmallIntegerField()
    offence = models.CharField(max_length=24)
    offence_words = models.CharField(max_length=200)
    words = models.TextField(blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["crime", "number"], name="classified_once_a_number")]


class Allocation(OfCrime):
    """To whom a crime was given: what the policy advised, what was done, and why where that differs."""

    privacy = Privacy.of(Keeping.GROUP_2, personal="reason")
    append_only: ClassVar[bool] = True

    score = models.PositiveSmallIntegerField()
    factors = models.JSONField(default=list)
    series = models.BooleanField(default=False)
    local = models.BooleanField(default=False)
    skill = models.CharField(max_length=24)
    skilled = models.BooleanField(null=True)
    advised_function = models.CharField(max_length=40)
    advised = models.ForeignKey("access.Team", to_field="number", null=True, on_delete=models.PROTECT, related_name="+")
    advised_officer = models.ForeignKey("access.Account", null=True, on_delete=models.PROTECT, related_name="+")
    given_to = models.ForeignKey("access.Team", to_field="number", on_delete=models.PROTECT, related_name="+")
    officer = models.ForeignKey("access.Account", null=True, on_delete=models.PROTECT, related_name="+")
    reason = models.TextField(blank=True)
    cite = models.CharField(max_length=200)
    policy_since = models.DateField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(advised__isnull=False, given_to=F("advised")) | ~Q(reason=""), name="another_team_says_why"
            ),
            models.CheckConstraint(
                condition=Q(skilled__isnull=True) | Q(skilled=True) | ~Q(reason=""), name="without_the_skill_says_why"
            ),
        ]


class Outcome(OfCrime):
    """An outcome of a crime: proposed where a supervisor agrees it, given, and ended if the crime is reopened."""

    privacy = Privacy.of(Keeping.GROUP_2, personal="said ended_words agreed_words", special="")

    crime = models.ForeignKey(Crime, on_delete=models.CASCADE, related_name="outcomes")
    code = models.CharField(max_length=4)
    words = models.CharField(max_length=200)
    decided_on = models.DateField()
    state = models.CharField(max_length=12, choices=_choices(OutcomeState))
    suspect = models.ForeignKey(Party, null=True, on_delete=models.PROTECT, related_name="+")
    said = models.JSONField(default=dict)
    limit_on = models.DateField(null=True)
    agree_by = models.DateTimeField(null=True)
    agreed_at = models.DateTimeField(null=True)
    agreed_by = models.ForeignKey("access.Account", null=True, on_delete=models.PROTECT, related_name="+")
    agreed_words = models.TextField(blank=True)
    given_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    ended_words = models.TextField(blank=True)

    class Meta:
        indexes = [models.Index(fields=["code", "decided_on"])]
        constraints = [
            models.UniqueConstraint(
                fields=["crime"],
                condition=Q(state__in=[OutcomeState.PROPOSED, OutcomeState.GIVEN]),
                name="one_outcome_stands",
            ),
            models.CheckConstraint(
                condition=~Q(state=OutcomeState.GIVEN) | Q(given_at__isnull=False), name="given_at_a_time"
            ),
        ]


class Cancellation(OfCrime):
    """That a crime was cancelled, under which letter and on what evidence; it may be reinstated."""

    privacy = Privacy.of(Keeping.GROUP_2, personal="words force")

    code = models.CharField(max_length=2, choices=_choices(Cancel))
    words = models.TextField()
    other = models.ForeignKey(Crime, null=True, on_delete=models.PROTECT, related_name="+")
    force = models.CharField(max_length=120, blank=True)
    reinstated_at = models.DateTimeField(null=True)
    reinstated_words = models.TextField(blank=True)


class Sample(Guarded):
    """A sample of outcomes that the registrar checks: the same seed draws the same crimes from the same rows."""

    privacy = Privacy.of(Keeping.GROUP_4)

    seed = models.CharField(max_length=40)
    code = models.CharField(max_length=4)
    since = models.DateField()
    until = models.DateField()
    size = models.PositiveSmallIntegerField()
    among = models.PositiveIntegerField()
    at = models.DateTimeField()
    by = models.UUIDField()
    by_name = models.CharField(max_length=120)


class Check(Guarded):
    """One outcome of a sample, and whether the file bears it out."""

    policy: ClassVar[Policy] = handled_by("crime_id")
    privacy = Privacy.of(Keeping.GROUP_4, personal="words")

    sample = models.ForeignKey(Sample, on_delete=models.CASCADE, related_name="checks")
    crime = models.ForeignKey(Crime, on_delete=models.CASCADE, related_name="+")
    outcome = models.ForeignKey(Outcome, on_delete=models.CASCADE, related_name="+")
    number = models.PositiveSmallIntegerField()
    due_at = models.DateTimeField()
    verdict = models.CharField(max_length=8, choices=_choices(Verdict), blank=True)
    words = models.TextField(blank=True)
    checked_at = models.DateTimeField(null=True)
    checked_by = models.ForeignKey("access.Account", null=True, on_delete=models.PROTECT, related_name="+")
    handling = models.SmallIntegerField(default=Handling.OPEN)
    team = models.ForeignKey("access.Team", to_field="number", null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["sample", "number"], name="checked_once_a_number"),
            models.CheckConstraint(
                condition=Q(verdict="", checked_at__isnull=True) | (~Q(verdict="") & Q(checked_at__isnull=False)),
                name="a_verdict_has_its_time",
            ),
            models.CheckConstraint(
                condition=~Q(verdict=Verdict.DISAGREE) | ~Q(words=""), name="to_disagree_is_to_say_why"
            ),
        ]
