"""Clients of other systems, their secrets, and how often each has called in this minute."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from watchward.foundation.access.policy import OWN, Policy
from watchward.foundation.machines.vocabulary import A_MINUTE, MOST_A_MINUTE
from watchward.foundation.records import Guarded, Keeping, Privacy


class Client(Guarded):
    """A system that calls ours: the account that it acts as, whoever answers for it, and the scopes lent to it."""

    privacy = Privacy.of(Keeping.GROUP_4)

    account = models.OneToOneField("access.Account", on_delete=models.PROTECT, related_name="+")
    owner = models.ForeignKey("access.Account", on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=80, unique=True)
    purpose = models.CharField(max_length=200)
    scopes = ArrayField(models.CharField(max_length=80))
    a_minute = models.PositiveIntegerField(default=A_MINUTE)
    made_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(scopes=[]), name="a_client_has_a_scope"),
            models.CheckConstraint(condition=~Q(owner=F("account")), name="nobody_is_lent_by_themselves"),
            models.CheckConstraint(condition=Q(a_minute__range=(1, MOST_A_MINUTE)), name="calls_a_minute"),
        ]

    def __str__(self) -> str:
        return self.name


class Secret(Guarded):
    """A secret by which a client is known, from a moment until a moment; its digest alone is kept."""

    policy: ClassVar[Policy] = OWN
    privacy = Privacy.of(Keeping.LOG, personal="digest")

    account = models.ForeignKey("access.Account", on_delete=models.PROTECT, related_name="+")
    digest = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    ends_at = models.DateTimeField()

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(ends_at__gte=F("made_at")), name="a_secret_ends_later")]


class Window(models.Model):
    """How often a client has called in the minute that it last called in: one row, unlogged, counted by every call."""

    account_id = models.UUIDField(primary_key=True)
    minute = models.BigIntegerField()
    count = models.IntegerField()
