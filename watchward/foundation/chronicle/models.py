"""Lines about a person, place, number or vehicle: facts that stand and events that happened."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from watchward.foundation.access.policy import Policy, handled_by
from watchward.foundation.records import Disposed, Guarded, Handling, Keeping, Privacy


class Line(Guarded):
    """One line about one subject, owned by its source, under the handling of the record that is opened to read it."""

    policy: ClassVar[Policy] = handled_by("opens")
    privacy = Privacy.of(Keeping.WITH_RECORD, personal="headline detail reference", special="")
    disposed: ClassVar[Disposed] = Disposed.of(removed=True)  # what still has something to say says it again

    kind = models.SlugField()
    source = models.UUIDField(db_index=True)
    opens = models.UUIDField(db_index=True)
    reference = models.CharField(max_length=24, blank=True)
    about_kind = models.CharField(max_length=12)
    about = models.UUIDField()
    role = models.CharField(max_length=40, blank=True)
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)
    stands = models.BooleanField(default=False)
    due = models.DateTimeField(null=True)
    headline = models.CharField(max_length=300)
    detail = models.CharField(max_length=600, blank=True)
    state = models.CharField(max_length=60, blank=True)
    harm = models.SmallIntegerField(default=0)
    flags = models.JSONField(default=list)
    handling = models.SmallIntegerField(default=Handling.OPEN)
    team = models.ForeignKey("access.Team", to_field="number", null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["about", "-since"])]
        constraints = [
            models.UniqueConstraint(fields=["kind", "source", "about", "role"], name="one_line_a_role"),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=models.F("since")), name="until_later"
            ),
        ]
