"""What is owed: stored rows, each with its owner, its due time, the rule it comes from and how it ended."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.indexes import BrinIndex
from django.db import models
from django.db.models import F, Q

from watchward.foundation.access.policy import BETWEEN, OWN, Policy, handled_by
from watchward.foundation.duties.vocabulary import MOST_WORDS, Stage
from watchward.foundation.records import Guarded, Handling, Keeping, Privacy


class State(models.TextChoices):
    """Where a duty stands; only the first still asks for something."""

    OPEN = "open"
    DISCHARGED = "discharged"
    RELEASED = "released"


class Duty(Guarded):
    """One thing owed about one record."""

    policy: ClassVar[Policy] = handled_by("about")
    privacy = Privacy.of(Keeping.WITH_RECORD, personal="what subjects closed_words given_why")

    kind = models.SlugField(max_length=80)
    about = models.UUIDField(db_index=True)
    reference = models.CharField(max_length=24, blank=True)
    what = models.CharField(max_length=300)
    subjects = models.JSONField(default=list)
    harm = models.SmallIntegerField(default=0)
    owed_by_team = models.ForeignKey(
        "access.Team", to_field="number", null=True, on_delete=models.PROTECT, related_name="+"
    )
    owed_by = models.ForeignKey("access.Account", null=True, on_delete=models.PROTECT, related_name="+")
    given = models.BooleanField(default=False)
    given_why = models.CharField(max_length=300, blank=True)
    # Whose it would be, had they not been away when it came: it stays with whoever stood in until it is given on.
    stands_in_for = models.ForeignKey(
        "access.Account", null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    came_at = models.DateTimeField(null=True)
    came_by = models.ForeignKey("access.Account", null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    arose_at = models.DateTimeField()
    due_at = models.DateTimeField()
    rule = models.CharField(max_length=300)
    rule_since = models.DateField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.OPEN)
    closed_at = models.DateTimeField(null=True)
    closed_by = models.ForeignKey("access.Account", null=True, on_delete=models.PROTECT, related_name="+")
    closed_command = models.UUIDField(null=True)
    closed_words = models.TextField(blank=True)
    escalated = models.PositiveSmallIntegerField(default=0)
    asked = models.PositiveSmallIntegerField(default=0)
    handling = models.SmallIntegerField(default=Handling.OPEN)
    team = models.ForeignKey("access.Team", to_field="number", null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["kind", "about"], name="owed_once_about_a_record"),
            models.CheckConstraint(
                condition=Q(state=State.OPEN, closed_command__isnull=True, closed_at__isnull=True)
                | (~Q(state=State.OPEN) & Q(closed_command__isnull=False, closed_at__isnull=False)),
                name="what_is_closed_has_its_proof",
            ),
            models.CheckConstraint(
                condition=~Q(state=State.RELEASED) | ~Q(closed_words=""), name="released_with_a_reason"
            ),
            models.CheckConstraint(condition=Q(due_at__gte=F("arose_at")), name="due_after_it_arose"),
        ]
        indexes = [
            models.Index(fields=["due_at"], condition=Q(state=State.OPEN), name="duties_open_by_due"),
            models.Index(fields=["owed_by_team", "state", "due_at"]),
            models.Index(fields=["owed_by", "state", "due_at"]),
            # What arose lately, for the sums of one's work: duties arise in about the order in which they are written.
            BrinIndex(fields=["arose_at"], pages_per_range=32, autosummarize=True, name="duties_by_arising"),
        ]


class Escalation(Guarded):
    """A late duty that went up to somebody, and when they saw it."""

    policy: ClassVar[Policy] = handled_by("about")
    privacy = Privacy.of(Keeping.WITH_RECORD)

    duty = models.ForeignKey(Duty, on_delete=models.CASCADE, related_name="escalations")
    about = models.UUIDField(db_index=True)
    step = models.PositiveSmallIntegerField()
    at = models.DateTimeField()
    to_team = models.ForeignKey("access.Team", to_field="number", null=True, on_delete=models.PROTECT, related_name="+")
    to = models.ForeignKey("access.Account", null=True, on_delete=models.PROTECT, related_name="+")
    seen_at = models.DateTimeField(null=True)
    handling = models.SmallIntegerField(default=Handling.OPEN)
    team = models.ForeignKey("access.Team", to_field="number", null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["duty", "step"], name="goes_up_once_a_step")]


class Ask(Guarded):
    """A question about a duty: put to somebody or to a team, owed an answer by a time, answered once."""

    policy: ClassVar[Policy] = handled_by("about")
    privacy = Privacy.of(Keeping.WITH_RECORD, personal="words answer")

    duty = models.ForeignKey(Duty, on_delete=models.CASCADE, related_name="asks")
    about = models.UUIDField(db_index=True)
    reference = models.CharField(max_length=24, blank=True)
    words = models.CharField(max_length=600)
    at = models.DateTimeField()
    by = models.ForeignKey("access.Account", on_delete=models.PROTECT, related_name="+")
    to = models.ForeignKey("access.Account", null=True, on_delete=models.PROTECT, related_name="+")
    to_team = models.ForeignKey("access.Team", to_field="number", null=True, on_delete=models.PROTECT, related_name="+")
    answer_by = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)
    answered_by = models.ForeignKey("access.Account", null=True, on_delete=models.PROTECT, related_name="+")
    answer = models.CharField(max_length=600, blank=True)
    withdrawn_at = models.DateTimeField(null=True)
    handling = models.SmallIntegerField(default=Handling.OPEN)
    team = models.ForeignKey("access.Team", to_field="number", null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["by", "-at"])]
        constraints = [
            models.CheckConstraint(condition=Q(to__isnull=False) | Q(to_team__isnull=False), name="asked_of_somebody"),
            models.CheckConstraint(
                condition=Q(answered_at__isnull=True, answered_by__isnull=True, answer="")
                | (Q(answered_at__isnull=False, answered_by__isnull=False) & ~Q(answer="")),
                name="answered_in_words_by_somebody",
            ),
            models.CheckConstraint(condition=Q(answer_by__gt=F("at")), name="answered_after_it_is_asked"),
            models.CheckConstraint(
                condition=Q(answered_at__isnull=True) | Q(withdrawn_at__isnull=True), name="answered_or_withdrawn"
            ),
        ]


class HandOver(Guarded):
    """What somebody gives to the next person or team, to be accepted or refused; until then all of it stays theirs."""

    policy: ClassVar[Policy] = BETWEEN
    privacy = Privacy.of(Keeping.WITH_RECORD, personal="words answer")

    by = models.ForeignKey("access.Account", on_delete=models.PROTECT, related_name="+")
    team = models.ForeignKey("access.Team", to_field="number", null=True, on_delete=models.PROTECT, related_name="+")
    to = models.ForeignKey("access.Account", null=True, on_delete=models.PROTECT, related_name="+")
    to_team = models.ForeignKey("access.Team", to_field="number", null=True, on_delete=models.PROTECT, related_name="+")
    words = models.CharField(max_length=MOST_WORDS, blank=True)
    count = models.PositiveSmallIntegerField()
    at = models.DateTimeField()
    accept_by = models.DateTimeField()
    stage = models.CharField(max_length=10, choices=[(each.value, each.value) for each in Stage], default=Stage.WAITING)
    answered_at = models.DateTimeField(null=True)
    answered_by = models.ForeignKey("access.Account", null=True, on_delete=models.PROTECT, related_name="+")
    answer = models.CharField(max_length=MOST_WORDS, blank=True)

    class Meta:
        indexes = [models.Index(fields=["by", "-at"])]
        constraints = [
            models.CheckConstraint(condition=Q(to__isnull=False) | Q(to_team__isnull=False), name="handed_to_somebody"),
            models.CheckConstraint(condition=Q(accept_by__gt=F("at")), name="accepted_after_it_is_handed_over"),
            models.CheckConstraint(
                condition=Q(stage=Stage.WAITING, answered_at__isnull=True, answered_by__isnull=True)
                | (~Q(stage=Stage.WAITING) & Q(answered_at__isnull=False, answered_by__isnull=False)),
                name="handed_over_until_answered",
            ),
            models.CheckConstraint(
                condition=~Q(stage=Stage.REFUSED) | ~Q(answer=""), name="refused_hand_over_says_why"
            ),
        ]


class Handed(Guarded):
    """One duty of a hand-over, with the note for it, who held it, and whether it was taken over."""

    policy: ClassVar[Policy] = handled_by("about")
    privacy = Privacy.of(Keeping.WITH_RECORD, personal="note")

    hand_over = models.ForeignKey(HandOver, on_delete=models.CASCADE, related_name="handed")
    duty = models.ForeignKey(Duty, on_delete=models.CASCADE, related_name="handed")
    about = models.UUIDField(db_index=True)
    held_by = models.ForeignKey("access.Account", null=True, on_delete=models.PROTECT, related_name="+")
    note = models.CharField(max_length=MOST_WORDS, blank=True)
    taken = models.BooleanField(default=False)
    handling = models.SmallIntegerField(default=Handling.OPEN)
    team = models.ForeignKey("access.Team", to_field="number", null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["hand_over", "duty"], name="handed_over_once")]


class Attention(Guarded):
    """When somebody last looked at what is new for them, and of which kinds they are told at once."""

    policy: ClassVar[Policy] = OWN
    privacy = Privacy.of(Keeping.GROUP_4)

    account = models.OneToOneField("access.Account", on_delete=models.CASCADE, related_name="+")
    looked_at = models.DateTimeField()
    at_once = models.JSONField(default=list)


class LedgersCounted(Guarded):
    """Every ledger as it was last counted in whole: one row, made anew at any time, and never read as if counted now.

    Args:
        took: seconds that counting took.
        asked_at: when somebody last asked for it to be counted again.
        shelves: of each ledger, by its key, handling, team and counts of the records that are kept alike.
    """

    privacy = Privacy.of(Keeping.WITH_RECORD)
    history: ClassVar[bool] = False

    only = models.BooleanField(default=True, unique=True)
    at = models.DateTimeField()
    took = models.FloatField()
    asked_at = models.DateTimeField(null=True)
    shelves = models.JSONField(default=dict)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(only=True), name="ledgers_are_counted_in_one_row")]
