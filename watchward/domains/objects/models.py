"""Telephone numbers, each once."""

from __future__ import annotations

from django.db import models

from watchward.domains.objects.vocabulary import NumberKind
from watchward.foundation.records import Guarded, Keeping, Privacy


class TelephoneNumber(Guarded):
    """A telephone number by its normal form.

    By itself it says nothing of anybody: whose it is, and what is known of it, are records of their own with their
    own handling, so that the number may be found by everybody.
    """

    privacy = Privacy.of(Keeping.WITH_RECORD, personal="normal")

    normal = models.CharField(max_length=24, unique=True)
    kind = models.CharField(max_length=12, choices=[(kind.value, kind.value) for kind in NumberKind])
    shared = models.BooleanField(default=False)
    shared_words = models.CharField(max_length=120, blank=True)
    made_at = models.DateTimeField()
