"""Rows of street-level crime as they are published, areas, and the outlines that are drawn of them."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from watchward.foundation.records import Guarded, Keeping, Privacy
from watchward.oversight.open_data.vocabulary import AreaKind


class MonthEdition(Guarded):
    """One edition of a published month, and how it differs from the one before it.

    Args of the sums: rows = same + changed + added; what stood before = same + changed + gone.
    """

    privacy = Privacy.of(Keeping.WITH_RECORD)
    append_only: ClassVar[bool] = True

    month = models.DateField()
    number = models.PositiveSmallIntegerField()
    rows = models.PositiveIntegerField()
    same = models.PositiveIntegerField()
    changed = models.PositiveIntegerField()
    added = models.PositiveIntegerField()
    gone = models.PositiveIntegerField()
    at = models.DateTimeField()
    by_name = models.CharField(max_length=120)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["month", "number"], name="one_edition_of_a_number"),
            models.CheckConstraint(
                condition=models.Q(rows=models.F("same") + models.F("changed") + models.F("added")),
                name="every_row_of_an_edition_is_accounted_for",
            ),
        ]


class StreetCrime(Guarded):
    """A published row: public data, with a position that its publisher moved and a month in place of a time.

    A row is never removed: a later edition of its month that has it no more ends it, so that the table is its own
    history.
    """

    privacy = Privacy.of(Keeping.WITH_RECORD)
    history: ClassVar[bool] = False

    crime_id = models.CharField(max_length=64, blank=True)
    month = models.DateField()
    category = models.CharField(max_length=40)
    outcome = models.CharField(max_length=80, blank=True)
    lsoa = models.CharField(max_length=9, blank=True)
    location = models.CharField(max_length=120, blank=True)
    lat = models.FloatField(null=True)
    lon = models.FloatField(null=True)
    edition = models.PositiveSmallIntegerField(default=1)
    ended = models.PositiveSmallIntegerField(null=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["month", "category"],
                include=["lsoa", "outcome"],
                condition=models.Q(ended__isnull=True),
                name="street_by_month",
            ),
            models.Index(fields=["crime_id", "month"], name="street_by_crime"),
        ]


class StreetCount(Guarded):
    """Rows of one area, month and category, counted when they are loaded; derived from them, and made anew by them.

    A month is counted whole, and anew when a later edition takes the place of the one before.
    """

    privacy = Privacy.of(Keeping.WITH_RECORD)
    history: ClassVar[bool] = False

    month = models.DateField()
    lsoa = models.CharField(max_length=9, blank=True)
    category = models.CharField(max_length=40)
    crimes = models.IntegerField()
    unable = models.IntegerField()
    open = models.IntegerField()
    with_outcome = models.IntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["month", "category", "lsoa"], name="counted_once")]


class Boundary(Guarded):
    """An area as its publisher draws it, in degrees (WGS84, GeoJSON geometry)."""

    privacy = Privacy.of(Keeping.WITH_RECORD)

    kind = models.CharField(max_length=4, choices=[(kind.value, kind.value) for kind in AreaKind])
    code = models.CharField(max_length=9, unique=True)
    name = models.CharField(max_length=80)
    district = models.CharField(max_length=9)
    shape = models.TextField()


class Outline(Guarded):
    """How an area is drawn: simplified together with its neighbours; derived from the boundaries, and made anew."""

    privacy = Privacy.of(Keeping.WITH_RECORD)
    history: ClassVar[bool] = False

    kind = models.CharField(max_length=4)
    code = models.CharField(max_length=9, unique=True)
    name = models.CharField(max_length=80)
    district = models.CharField(max_length=9)
    far = models.TextField()
    near = models.TextField()
    degrees = models.TextField()
    x = models.IntegerField()
    y = models.IntegerField()
    left = models.IntegerField()
    top = models.IntegerField()
    right = models.IntegerField()
    bottom = models.IntegerField()

    class Meta:
        indexes = [models.Index(fields=["kind", "district"], name="outlines_by_district")]
