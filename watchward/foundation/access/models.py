"""People who sign in, the teams that they work in, the roles that they hold, and locked records that they opened."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import F, Q

from watchward.foundation.access.policy import AWAY, LOOKS, OWN, Handling, Policy
from watchward.foundation.records import Guarded, Keeping, Privacy


class Team(Guarded):
    """A team of the force: records belong to teams, and people supervise them.

    Records refer to its number, a small one, because row-level security compares it on every row.
    """

    privacy = Privacy.of(Keeping.WITH_RECORD)

    number = models.PositiveIntegerField(unique=True)
    key = models.SlugField(unique=True)
    name = models.CharField(max_length=120)
    parent = models.ForeignKey("self", to_field="number", null=True, on_delete=models.PROTECT, related_name="children")
    since = models.DateField()
    until = models.DateField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(until__isnull=True) | Q(until__gt=F("since")), name="team_ends_later")
        ]

    def __str__(self) -> str:
        return self.name


class Account(AbstractBaseUser, Guarded):
    """Somebody who signs in; a persona is an invented one, whom anybody may be in a demonstration.

    A machine is another system: it never signs in, and stands in no list of people.
    """

    privacy = Privacy.of(Keeping.GROUP_4, personal="username display_name password")

    last_login = None  # sign-ins are traced by the audit; no write outside a command
    username = models.CharField(max_length=80, unique=True)
    display_name = models.CharField(max_length=120)
    is_active = models.BooleanField(default=True)
    shortcuts = models.BooleanField(default=True)
    persona = models.BooleanField(default=False)
    machine = models.BooleanField(default=False)
    sign_ins_ended = models.PositiveIntegerField(default=0)
    made_at = models.DateTimeField()

    USERNAME_FIELD = "username"
    objects = BaseUserManager["Account"]()

    def __str__(self) -> str:
        return self.display_name


class Holding(Guarded):
    """A role that somebody holds from a day until a day."""

    privacy = Privacy.of(Keeping.GROUP_4)

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="holdings")
    role = models.SlugField()
    since = models.DateField()
    until = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["account", "role"], condition=Q(until__isnull=True), name="role_held_once_at_a_time"
            )
        ]


class Membership(Guarded):
    """Somebody's place in a team from a day until a day, and whether they supervise it."""

    privacy = Privacy.of(Keeping.GROUP_4)

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="memberships")
    team = models.ForeignKey(Team, to_field="number", on_delete=models.PROTECT, related_name="memberships")
    supervises = models.BooleanField(default=False)
    since = models.DateField()
    until = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["account", "team"], condition=Q(until__isnull=True), name="in_a_team_once_at_a_time"
            )
        ]


class Absence(Guarded):
    """A time in which somebody is away, in one word why, and who stands in for them; nothing of their health."""

    policy: ClassVar[Policy] = AWAY
    privacy = Privacy.of(Keeping.GROUP_4, personal="since_at until_at", special="kind")

    class Kind(models.TextChoices):
        LEAVE = "leave", "Leave"
        UNWELL = "unwell", "Not well"
        COURSE = "course", "Training"
        COURT = "court", "Court"
        ELSEWHERE = "elsewhere", "Other duty"

    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="absences")
    team = models.ForeignKey(Team, to_field="number", null=True, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=10, choices=Kind)
    since_at = models.DateTimeField()
    until_at = models.DateTimeField()
    cover = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["account", "until_at"])]
        constraints = [
            models.CheckConstraint(condition=Q(until_at__gt=F("since_at")), name="away_until_later"),
            models.CheckConstraint(
                condition=Q(cover__isnull=True) | ~Q(cover=F("account")), name="somebody_else_stands_in"
            ),
        ]


class Suspension(Guarded):
    """A time in which somebody may not sign in, with who said so and why; another than themselves lifts it."""

    privacy = Privacy.of(Keeping.GROUP_4, personal="reason lift_reason")

    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="suspensions")
    reason = models.CharField(max_length=400)
    at = models.DateTimeField()
    by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    lifted_at = models.DateTimeField(null=True)
    lifted_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    lift_reason = models.CharField(max_length=400, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["account"], condition=Q(lifted_at__isnull=True), name="suspended_once_at_a_time"
            ),
            models.CheckConstraint(
                condition=Q(lifted_by__isnull=True) | ~Q(lifted_by=F("account")), name="lifted_by_another"
            ),
            models.CheckConstraint(
                condition=Q(lifted_at__isnull=True, lifted_by__isnull=True)
                | Q(lifted_at__isnull=False, lifted_by__isnull=False),
                name="lifted_by_somebody",
            ),
        ]


class SignInCode(Guarded):
    """A code that signs somebody in once; its digest alone is kept."""

    policy: ClassVar[Policy] = OWN
    privacy = Privacy.of(Keeping.LOG, personal="digest")

    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    digest = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(ends_at__gt=F("made_at")), name="sign_in_code_ends_later")]


class WayIn(Guarded):
    """Something by which somebody proves that it is they: a passkey, an app that counts codes, or a recovery code."""

    policy: ClassVar[Policy] = OWN
    privacy = Privacy.of(Keeping.GROUP_4, personal="name handle public secret")

    class Kind(models.TextChoices):
        PASSKEY = "passkey", "passkey"
        APP = "app", "authenticator app"
        RECOVERY = "recovery", "recovery code"

    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=10, choices=Kind)
    name = models.CharField(max_length=60)
    handle = models.CharField(max_length=1400, blank=True)
    public = models.JSONField(default=dict)
    secret = models.TextField(blank=True)
    count = models.BigIntegerField(default=0)
    made_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["handle"], condition=~Q(handle=""), name="passkey_of_one_person"),
            models.UniqueConstraint(
                fields=["account"], condition=Q(kind="app", ended_at__isnull=True), name="one_app_at_a_time"
            ),
            models.CheckConstraint(condition=Q(kind="passkey") ^ Q(handle=""), name="passkeys_have_a_handle"),
        ]


class KnownDevice(Guarded):
    """A browser in which somebody has signed in; the digest of what it carries is kept, and nothing of the browser."""

    policy: ClassVar[Policy] = OWN
    privacy = Privacy.of(Keeping.LOG, personal="digest")

    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    digest = models.CharField(max_length=64)
    made_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["account", "digest"], name="device_known_once")]


class WrongTry(Guarded):
    """A try at signing in that was wrong; addresses and browsers are kept as keyed digests."""

    policy: ClassVar[Policy] = OWN
    privacy = Privacy.of(Keeping.LOG, personal="source device")

    account = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    way = models.CharField(max_length=10)
    source = models.CharField(max_length=64, db_index=True)
    device = models.CharField(max_length=64, blank=True)
    at = models.DateTimeField()


class OutsideIdentity(Guarded):
    """Who somebody is to the force's own identity provider: bound when they first come in by it."""

    policy: ClassVar[Policy] = OWN
    privacy = Privacy.of(Keeping.GROUP_4, personal="subject")

    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    issuer = models.CharField(max_length=255)
    subject = models.CharField(max_length=255)
    made_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["issuer", "subject"], name="identity_of_one_account"),
            models.UniqueConstraint(fields=["issuer", "account"], name="one_identity_of_an_account"),
        ]


class Opening(Guarded):
    """A locked record that somebody opened, giving a reason; its team reviews the opening the next day."""

    policy: ClassVar[Policy] = LOOKS
    privacy = Privacy.of(Keeping.LOG, personal="reason words")

    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="openings")
    team = models.ForeignKey(Team, to_field="number", null=True, on_delete=models.PROTECT, related_name="+")
    table = models.CharField(max_length=80)
    record = models.UUIDField(db_index=True)
    words = models.CharField(max_length=200)
    reason = models.TextField()
    at = models.DateTimeField()
    until = models.DateTimeField()
    reviewed_at = models.DateTimeField(null=True)
    reviewed_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    finding = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(reviewed_by__isnull=True) | ~Q(reviewed_by=F("account")), name="reviewed_by_another"
            )
        ]

    @property
    def handling(self) -> Handling:
        """How what is owed about an opening is kept: for the team whose record was opened, where there is one."""
        return Handling.LOCKED if self.team_id is not None else Handling.OPEN
