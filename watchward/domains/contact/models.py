"""Calls, the lines of their logs, what was identified, what the caller was told, who they may be."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q

from watchward.domains.contact.vocabulary import Answer, Decision, How, Line, Part, State, Which
from watchward.foundation.access.policy import Policy, handled_by
from watchward.foundation.records import DISPOSED_OF, Disposed, Guarded, Handling, Keeping, Privacy, Record


class Call(Record):
    """One call: who rang from where about what, as far as it is known; two boxes filled make a valid record."""

    privacy = Privacy.of(
        Keeping.GROUP_4,
        personal="number caller place_words others draft grade_reason",
        special="thrive",
    )
    ends: ClassVar[bool] = True
    says_disposed: ClassVar[str] = "caller"
    disposed: ClassVar[Disposed] = Disposed.of(also="telephone caller_person place", caller=DISPOSED_OF)
    offered: tuple[Any, ...] | None = None
    """The places that its words may mean, on one whose words were just looked up: they are not looked up twice."""

    line = models.CharField(max_length=8, choices=[(each.value, each.words) for each in Line])
    rang_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    abandoned = models.BooleanField(default=False)
    state = models.CharField(max_length=16, choices=[(each.value, each.value) for each in State], default=State.DRAFT)
    taken_by = models.ForeignKey("access.Account", null=True, on_delete=models.PROTECT, related_name="+")
    saved_at = models.DateTimeField()
    saved_by = models.ForeignKey("access.Account", null=True, on_delete=models.PROTECT, related_name="+")

    number = models.CharField(max_length=40, blank=True)
    telephone = models.ForeignKey("objects.TelephoneNumber", null=True, on_delete=models.PROTECT, related_name="+")
    caller = models.CharField(max_length=160, blank=True)
    caller_person = models.ForeignKey("people.Person", null=True, on_delete=models.PROTECT, related_name="+")
    part = models.CharField(max_length=16, blank=True, choices=[(each.value, each.words) for each in Part])
    place_words = models.CharField(max_length=240, blank=True)
    place = models.ForeignKey("places.Place", null=True, on_delete=models.PROTECT, related_name="+")
    place_chosen = models.BooleanField(default=False)
    others = models.CharField(max_length=240, blank=True)
    what = models.CharField(max_length=40, blank=True)
    signs = models.JSONField(default=list)
    draft = models.TextField(blank=True)
    thrive = models.JSONField(default=dict)
    grade = models.PositiveSmallIntegerField(null=True)
    grade_reason = models.TextField(blank=True)
    incident = models.ForeignKey("incidents.Incident", null=True, on_delete=models.PROTECT, related_name="+")
    missing = models.JSONField(default=list)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(answered_at__isnull=True) | Q(answered_at__gte=F("rang_at")), name="answered_after_it_rang"
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True) | Q(ended_at__gte=F("rang_at")), name="ended_after_it_rang"
            ),
            models.CheckConstraint(
                condition=Q(abandoned=True, answered_at__isnull=True, ended_at__isnull=False)
                | Q(abandoned=False, answered_at__isnull=False),
                name="abandoned_or_answered",
            ),
            models.CheckConstraint(
                condition=~Q(state=State.OPENED) | Q(incident__isnull=False), name="opened_has_its_incident"
            ),
        ]
        indexes = [
            models.Index(fields=["taken_by", "-rang_at"]),
            models.Index(fields=["-rang_at"]),
            models.Index(fields=["incident"]),
        ]


class OfCall(Guarded):
    """What belongs to a call, under its handling."""

    policy: ClassVar[Policy] = handled_by("call_id")

    call = models.ForeignKey(Call, on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField()
    by = models.ForeignKey("access.Account", null=True, on_delete=models.PROTECT, related_name="+")
    handling = models.SmallIntegerField(default=Handling.OPEN)
    team = models.ForeignKey("access.Team", to_field="number", null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        abstract = True


class CallLine(OfCall):
    """A line of the log: added, never changed. One form adds one line, however often it is sent."""

    privacy = Privacy.of(Keeping.WITH_RECORD, personal="words")
    append_only = True

    words = models.TextField()
    automatic = models.BooleanField(default=False)
    form_key = models.CharField(max_length=40, blank=True)

    class Meta:
        indexes = [models.Index(fields=["call", "-at"])]
        constraints = [
            models.CheckConstraint(condition=~Q(words=""), name="a_line_of_a_call_says_something"),
            models.UniqueConstraint(fields=["call", "form_key"], condition=~Q(form_key=""), name="one_line_a_form"),
        ]


class Identification(OfCall):
    """The answer to one of the three identifications; its changes are kept in the history."""

    privacy = Privacy.of(Keeping.WITH_RECORD, special="answer")
    disposed: ClassVar[Disposed] = Disposed.of(stays="answer", also="words")

    which = models.CharField(max_length=24, choices=[(each.value, each.words) for each in Which])
    answer = models.CharField(max_length=8, choices=[(each.value, each.value) for each in Answer])
    how = models.CharField(max_length=12, choices=[(each.value, each.value) for each in How])
    words = models.CharField(max_length=160, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["call", "which"], name="identified_once")]


class Advice(OfCall):
    """Safety advice that the caller was given, by its key in the policy of that day."""

    privacy = Privacy.of(Keeping.WITH_RECORD)

    key = models.SlugField()
    taken_back_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["call", "key"], name="advice_said_once")]


class NurseAdvice(OfCall):
    """What a community psychiatric nurse was asked by telephone, and what they answered."""

    privacy = Privacy.of(Keeping.WITH_RECORD, personal="nurse", special="asked answer")

    asked = models.TextField()
    answered_at = models.DateTimeField(null=True)
    nurse = models.CharField(max_length=120, blank=True)
    answer = models.TextField(blank=True)
    form_key = models.CharField(max_length=40, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(answered_at__isnull=True) | (~Q(answer="") & ~Q(nurse="")), name="an_answer_has_its_nurse"
            ),
            models.UniqueConstraint(fields=["call", "form_key"], condition=~Q(form_key=""), name="asked_once_a_form"),
        ]


class Recognised(OfCall):
    """What the call handler said of a suggested person, and the evidence that was before them; the latest holds."""

    privacy = Privacy.of(Keeping.WITH_RECORD, personal="evidence")
    disposed: ClassVar[Disposed] = Disposed.of(removed=True)
    append_only = True

    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    decision = models.CharField(max_length=8, choices=[(each.value, each.value) for each in Decision])
    evidence = models.JSONField(default=list)

    class Meta:
        indexes = [models.Index(fields=["call", "-at"])]


class Involved(OfCall):
    """Somebody else whom the call is about, and their part in it."""

    privacy = Privacy.of(Keeping.WITH_RECORD)
    disposed: ClassVar[Disposed] = Disposed.of(removed=True)

    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    part = models.CharField(max_length=24)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["call", "person"], name="involved_once")]
