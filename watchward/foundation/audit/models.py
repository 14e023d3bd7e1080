"""What was done, what changed and who looked: written by the database's own functions, never altered."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from watchward.foundation.access.policy import LOOKS, Policy, handled_by
from watchward.foundation.acting import fresh_id


class Log(models.Model):
    """A table of the audit: rows are added and never changed; who may read it is a policy."""

    policy: ClassVar[Policy] = LOOKS

    class Meta:
        abstract = True


class CommandLog(Log):
    """One command that was opened: done, or refused, denied, not found or failed, with the reasons."""

    id = models.UUIDField(primary_key=True, default=fresh_id)
    transaction = models.BigIntegerField()
    parent = models.UUIDField(null=True)
    name = models.CharField(max_length=120)
    account_id = models.UUIDField(db_index=True)
    account_name = models.CharField(max_length=120)
    team_id = models.IntegerField(null=True)
    at = models.DateTimeField()
    real_at = models.DateTimeField()
    purpose = models.TextField(blank=True)
    task = models.TextField(blank=True)
    channel = models.CharField(max_length=12)
    outcome = models.CharField(max_length=12)
    reasons = models.JSONField(default=list)
    ended = models.BooleanField(default=False)

    class Meta:
        indexes = [models.Index(fields=["name", "at"])]


class Change(Log):
    """One change of one row: the salted digest is what is sealed; the row and its salt can be forgotten."""

    policy: ClassVar[Policy] = handled_by("record")

    id = models.BigAutoField(primary_key=True)
    command = models.UUIDField()
    table = models.CharField(max_length=80)
    record = models.UUIDField(db_index=True)
    operation = models.CharField(max_length=1)
    handling = models.SmallIntegerField(default=0)
    team_id = models.IntegerField(null=True)
    salt = models.UUIDField(null=True)
    row = models.JSONField(null=True)
    digest = models.BinaryField()

    class Meta:
        indexes = [models.Index(fields=["command"])]


class Trace(Log):
    """One look: a record opened, a list shown, a search made, with the purpose that was told or inferred."""

    id = models.UUIDField(primary_key=True, default=fresh_id)
    account_id = models.UUIDField()
    account_name = models.CharField(max_length=120)
    team_id = models.IntegerField(null=True)
    at = models.DateTimeField()
    kind = models.CharField(max_length=12)
    what = models.CharField(max_length=120)
    purpose = models.TextField()
    channel = models.CharField(max_length=12)
    records = models.JSONField(default=list)
    about = models.UUIDField(null=True)

    class Meta:
        indexes = [models.Index(fields=["about", "at"]), models.Index(fields=["account_id", "at"])]


class Repeat(models.Model):
    """A key that a machine gave to a command it may send twice, and what the first one made."""

    id = models.UUIDField(primary_key=True, default=fresh_id)
    account_id = models.UUIDField()
    key = models.CharField(max_length=120)
    name = models.CharField(max_length=120)
    digest = models.CharField(max_length=64)
    result = models.UUIDField(null=True)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["account_id", "key"], name="one_effect_per_key")]
