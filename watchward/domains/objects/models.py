"""Telephone numbers, each once, and the markers on them."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from watchward.domains.objects.vocabulary import MarkerKind, NumberKind
from watchward.foundation.access.policy import Policy, handled_by
from watchward.foundation.markers.models import Look, Marked
from watchward.foundation.records import Guarded, Handling, Keeping, Privacy, Record


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


class NumberMarker(Marked, Record):
    """What whoever answers a call from a number must know, with its grounds, until it is reviewed or ended."""

    privacy = Privacy.of(Keeping.GROUP_3, personal="source", special="kind words grounds")

    number = models.ForeignKey(TelephoneNumber, on_delete=models.PROTECT, related_name="markers")
    kind = models.CharField(max_length=24, choices=[(kind.value, kind.says) for kind in MarkerKind])


class MarkerReview(Look, Guarded):
    """One look that a marker on a number owes by a day."""

    policy: ClassVar[Policy] = handled_by("marker_id")
    privacy = Privacy.of(Keeping.GROUP_3, personal="words")

    marker = models.ForeignKey(NumberMarker, on_delete=models.PROTECT, related_name="reviews")
    handling = models.SmallIntegerField(default=Handling.OPEN)
    team = models.ForeignKey("access.Team", to_field="number", null=True, on_delete=models.PROTECT, related_name="+")

    @property
    def reference(self) -> str:
        """The reference of the marker that it is about."""
        return self.marker.reference
