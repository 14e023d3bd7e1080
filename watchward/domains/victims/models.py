"""Contact with victims, what they must be told, what they need, how they are reached and what they decide."""

from __future__ import annotations

from enum import StrEnum
from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from watchward.domains.victims.vocabulary import Category, Method, Response, Result, Tells, Trigger, Withdraws
from watchward.foundation.access.policy import Policy, handled_by
from watchward.foundation.records import Disposed, Guarded, Handling, Keeping, Privacy


def _choices(enum: type[StrEnum]) -> list[tuple[str, str]]:
    return [(member.value, member.value) for member in enum]


class OfVictim(Guarded):
    """What belongs to a victim of a crime, under the crime's handling, with who wrote it and when."""

    policy: ClassVar[Policy] = handled_by("crime_id")

    crime = models.ForeignKey("crimes.Crime", on_delete=models.CASCADE, related_name="+")
    party = models.ForeignKey("crimes.Party", on_delete=models.CASCADE, related_name="victim_%(class)s")
    at = models.DateTimeField()
    by = models.UUIDField()
    by_name = models.CharField(max_length=120)
    handling = models.SmallIntegerField(default=Handling.OPEN)
    team = models.ForeignKey("access.Team", to_field="number", null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        abstract = True


class Contact(OfVictim):
    """Contact with a victim, or an attempt at it; only those who were reached were told anything."""

    privacy = Privacy.of(Keeping.GROUP_2, personal="words")
    append_only: ClassVar[bool] = True

    when = models.DateTimeField()
    method = models.CharField(max_length=24, choices=_choices(Method))
    result = models.CharField(max_length=16, choices=_choices(Result))
    reached = models.BooleanField()
    tells = ArrayField(models.CharField(max_length=12, choices=_choices(Tells)), default=list)
    outcomes = ArrayField(models.UUIDField(), default=list)
    consents = models.BooleanField(null=True)
    told_review = models.BooleanField(default=False)
    words = models.TextField()

    class Meta:
        indexes = [models.Index(fields=["party", "-when"])]
        constraints = [
            models.CheckConstraint(
                condition=Q(reached=True) | Q(tells=[], outcomes=[]), name="an_attempt_tells_nothing"
            ),
            models.CheckConstraint(condition=Q(when__lte=F("at")), name="contact_before_it_is_recorded"),
        ]


class Update(OfVictim):
    """Something that happened in the case and that a victim must be told."""

    privacy = Privacy.of(Keeping.GROUP_2, personal="words")

    trigger = models.CharField(max_length=60, choices=_choices(Trigger))
    learned_at = models.DateTimeField()
    words = models.TextField(blank=True)
    told_at = models.DateTimeField(null=True)
    contact = models.ForeignKey(Contact, null=True, on_delete=models.PROTECT, related_name="updates")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(told_at__isnull=True, contact__isnull=True)
                | Q(told_at__isnull=False, contact__isnull=False),
                name="told_by_a_contact",
            )
        ]


class Needs(OfVictim):
    """What a victim said that they need; asked again on a change, and the first is never overwritten."""

    privacy = Privacy.of(Keeping.GROUP_2, personal="words", special="interpreter")
    append_only: ClassVar[bool] = True

    words = models.TextField()
    interpreter = models.CharField(max_length=80, blank=True)
    same_sex_officer = models.BooleanField(default=False)
    restorative_offered = models.BooleanField(default=False)
    compensation_told = models.BooleanField(default=False)


class Reach(OfVictim):
    """How a victim is reached safely: from whom it is known, when it was verified, and what must not be done."""

    privacy = Privacy.of(Keeping.GROUP_2, personal="to source safe")

    method = models.CharField(max_length=24, choices=_choices(Method))
    to = models.CharField(max_length=200)
    source = models.CharField(max_length=120)
    verified_on = models.DateField()
    safe = models.CharField(max_length=300, blank=True)
    wants_updates = models.BooleanField(default=True)
    replaced_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["party"], condition=Q(replaced_at__isnull=True), name="reached_one_way_at_a_time"
            ),
            models.CheckConstraint(condition=~Q(to="") & ~Q(source=""), name="reached_somewhere_known_from_somebody"),
        ]


class Entitlement(OfVictim):
    """Why a victim has enhanced rights beyond those that the crime itself gives, from a day until a day."""

    privacy = Privacy.of(Keeping.GROUP_2, personal="words ended_words", special="category")
    disposed: ClassVar[Disposed] = Disposed.of(stays="category")

    category = models.CharField(max_length=24, choices=_choices(Category))
    words = models.TextField()
    ended_at = models.DateTimeField(null=True)
    ended_words = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["party", "category"], condition=Q(ended_at__isnull=True), name="entitled_once_a_category"
            )
        ]


class Plan(OfVictim):
    """How often and how a victim wants to hear, as agreed with them."""

    privacy = Privacy.of(Keeping.GROUP_2, personal="words")

    every = models.PositiveSmallIntegerField()
    method = models.CharField(max_length=24, choices=_choices(Method))
    words = models.CharField(max_length=300, blank=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["party"], condition=Q(ended_at__isnull=True), name="one_plan_at_a_time"),
            models.CheckConstraint(condition=Q(every__gte=1, every__lte=365), name="heard_within_a_year"),
        ]


class Turn(OfVictim):
    """One time at which a victim hears by their plan."""

    privacy = Privacy.of(Keeping.GROUP_2, special="")

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="turns")
    number = models.PositiveSmallIntegerField()
    due_at = models.DateTimeField()
    contact = models.ForeignKey(Contact, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["plan", "number"], name="turns_are_counted")]


class Offer(OfVictim):
    """That a victim personal statement was offered, and what they answered."""

    privacy = Privacy.of(Keeping.GROUP_2, personal="words")
    append_only: ClassVar[bool] = True

    response = models.CharField(max_length=12, choices=_choices(Response))
    words = models.TextField(blank=True)


class Statement(OfVictim):
    """That a witness statement was taken from a victim: a personal statement is offered with it."""

    privacy = Privacy.of(Keeping.GROUP_2, special="")

    taken_at = models.DateTimeField()
    offer = models.ForeignKey(Offer, null=True, on_delete=models.PROTECT, related_name="+")


class Decision(OfVictim):
    """Whether a victim supports police action, why not, in their own words, and when they said so."""

    privacy = Privacy.of(Keeping.GROUP_2, personal="own_words", special="reason")
    disposed: ClassVar[Disposed] = Disposed.of(stays="reason")
    append_only: ClassVar[bool] = True

    supports = models.BooleanField()
    reason = models.CharField(max_length=48, choices=_choices(Withdraws), blank=True)
    own_words = models.TextField(blank=True)
    said_on = models.DateField()
    support_told = models.BooleanField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(supports=True) | (~Q(reason="") & ~Q(own_words="") & Q(support_told=True)),
                name="whoever_withdraws_says_why",
            )
        ]
