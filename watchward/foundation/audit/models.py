"""What was done, what changed and who looked: written by the database's own functions, never altered."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models.functions import Cast

from watchward.foundation.access.policy import AUDITORS, LOOKS, Policy, handled_by
from watchward.foundation.acting import fresh_id
from watchward.foundation.records import Guarded, Keeping, Privacy


def this_transaction() -> Cast:
    """Return the number of the transaction that writes a row, as the database gives it: what sealing goes by."""
    number = models.Func(function="pg_current_xact_id", output_field=models.TextField())
    return Cast(Cast(number, models.TextField()), models.BigIntegerField())


class Log(models.Model):
    """A table of the audit: rows are added and never changed; who may read it is a policy."""

    policy: ClassVar[Policy] = LOOKS

    class Meta:
        abstract = True


class Written(models.JSONField):
    """JSON that stands as it was written, word for word: what is digested is not composed again to be read."""

    def db_type(self, connection: BaseDatabaseWrapper) -> str:
        """Return PostgreSQL's type."""
        return "json"

    def from_db_value(self, value: Any, expression: Any, connection: BaseDatabaseWrapper) -> Any:
        """Return what was read: the driver has taken it apart already."""
        return value


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
        indexes = [models.Index(fields=["name", "at"]), models.Index(fields=["transaction"])]


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
    row = Written(null=True)
    digest = models.BinaryField()
    transaction = models.BigIntegerField(db_default=this_transaction())

    class Meta:
        indexes = [
            models.Index(fields=["command"]),
            models.Index(fields=["transaction"]),
            models.Index(fields=["table"]),
            # What was removed earlier is found by what it had belonged to, once that is disposed of.
            models.Index(fields=["table"], condition=models.Q(operation="D"), name="changes_that_removed"),
        ]


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
    transaction = models.BigIntegerField(db_default=this_transaction())

    class Meta:
        indexes = [
            models.Index(fields=["about", "at"]),
            models.Index(fields=["account_id", "at"]),
            models.Index(fields=["transaction"]),
        ]


class Seal(Log):
    """One entry of the log in its place: its digest, and the hash that ties it to all before it.

    The salt of a change stands with the change, so that both are forgotten together; the others' stand here.
    """

    policy: ClassVar[Policy] = AUDITORS

    seq = models.BigIntegerField(primary_key=True)
    source = models.SmallIntegerField()
    change = models.BigIntegerField(null=True)
    log = models.UUIDField(null=True)
    salt = models.UUIDField(null=True)
    digest = models.BinaryField()
    hash = models.BinaryField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["change"], condition=models.Q(change__isnull=False), name="a_change_is_sealed_once"
            ),
            models.UniqueConstraint(fields=["log"], condition=models.Q(log__isnull=False), name="a_log_is_sealed_once"),
        ]


class Head(Log):
    """How far the log reached, signed; its fields as they were signed, and the edge of the tree to go on from."""

    policy: ClassVar[Policy] = AUDITORS

    number = models.IntegerField(primary_key=True)
    entries = models.BigIntegerField()
    at = models.CharField(max_length=40)
    batch = models.CharField(max_length=64)
    root = models.CharField(max_length=64)
    chain = models.CharField(max_length=64)
    previous = models.CharField(max_length=64, blank=True)
    snapshot = models.TextField()
    cluster = models.CharField(max_length=60)
    version = models.IntegerField()
    key = models.CharField(max_length=64)
    signature = models.CharField(max_length=128)
    edge = models.BinaryField()


class Erasure(Guarded):
    """What a record's changes held was forgotten, up to one of them: by whom, why, and by what policy.

    The reason and the policy are kept, so they must not repeat what was erased.
    """

    policy: ClassVar[Policy] = AUDITORS
    privacy: ClassVar[Privacy] = Privacy(Keeping.LOG)
    append_only: ClassVar[bool] = True

    table = models.CharField(max_length=80)
    record = models.UUIDField()
    through = models.BigIntegerField()
    changes = models.IntegerField()
    reason = models.TextField()
    cite = models.CharField(max_length=200)
    account_id = models.UUIDField()
    account_name = models.CharField(max_length=120)
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["record"])]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(reason="") & ~models.Q(cite=""), name="an_erasure_says_why_and_by_what_policy"
            )
        ]


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
