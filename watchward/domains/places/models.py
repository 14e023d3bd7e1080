"""Places, the tokens by which they are found, the markers on them, and which wards count as urban."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from watchward.domains.places.vocabulary import MarkerKind, PositionFrom
from watchward.foundation.access.policy import KNOWN, Policy, handled_by
from watchward.foundation.markers.models import Look, Marked
from watchward.foundation.records import Guarded, Handling, Keeping, Privacy, Record

_ENDS_LATER = Q(until__isnull=True) | Q(until__gt=F("since"))


class Place(Record):
    """An address, once.

    ``once`` is the address in its one form with what tells it from the same house and street elsewhere. It is unique,
    and empty unless the place is open: a sealed place must not be given away by the refusal of another of its address.
    (A unique index over the open rows alone would say the same, but the planner takes it for a way to find open rows.)
    """

    privacy = Privacy.of(
        Keeping.WITH_RECORD,
        personal="line locality town postcode normal vicinity once lat lon easting northing handling_words",
    )

    line = models.CharField(max_length=160)
    locality = models.CharField(max_length=80, blank=True)
    town = models.CharField(max_length=80, blank=True)
    postcode = models.CharField(max_length=8, blank=True)
    normal = models.CharField(max_length=200)
    vicinity = models.CharField(max_length=160, blank=True)
    once = models.CharField(max_length=400, null=True, unique=True)
    easting = models.IntegerField(null=True)
    northing = models.IntegerField(null=True)
    lat = models.FloatField(null=True)
    lon = models.FloatField(null=True)
    position_from = models.CharField(
        max_length=12, blank=True, choices=[(known.value, known.value) for known in PositionFrom if known.value]
    )
    lsoa = models.CharField(max_length=9, blank=True)
    ward = models.CharField(max_length=9, blank=True)
    district = models.CharField(max_length=9, blank=True)
    area = models.ForeignKey("organisation.Area", null=True, on_delete=models.PROTECT, related_name="+")
    urban = models.BooleanField(null=True)
    urban_given = models.BooleanField(default=False)
    handling_words = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(handling=Handling.OPEN, once__isnull=False)
                | (~Q(handling=Handling.OPEN) & Q(once__isnull=True)),
                name="an_open_place_stands_once",
            ),
            models.CheckConstraint(
                condition=Q(easting__isnull=True, northing__isnull=True, lat__isnull=True, lon__isnull=True)
                | Q(easting__isnull=False, northing__isnull=False, lat__isnull=False, lon__isnull=False),
                name="a_position_is_whole",
            ),
        ]
        indexes = [models.Index(fields=["normal"]), models.Index(fields=["postcode"]), models.Index(fields=["lsoa"])]

    @property
    def address(self) -> str:
        """The address as people say it: house and street, and where."""
        return ", ".join(part for part in (self.line, self.locality or self.town) if part)

    @property
    def full_address(self) -> str:
        """The address as it is written on a letter, in one line."""
        return ", ".join(part for part in (self.line, self.locality, self.town, self.postcode) if part)


class PlaceToken(Guarded):
    """A token by which a place is found; derived from it, and rebuilt when it changes."""

    policy: ClassVar[Policy] = KNOWN
    privacy = Privacy.of(Keeping.WITH_RECORD)
    history: ClassVar[bool] = False

    # No constraint in the database: it would be checked row by row, seven times a place, and tokens can be built again.
    place = models.ForeignKey(Place, on_delete=models.CASCADE, related_name="tokens", db_constraint=False)
    key = models.BigIntegerField()
    handling = models.SmallIntegerField(default=Handling.OPEN)
    team = models.ForeignKey(
        "access.Team",
        to_field="number",
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        db_index=False,
        db_constraint=False,
    )

    class Meta:
        indexes = [models.Index(fields=["key"], include=["place", "handling", "team"], name="places_by_token")]


class PlaceMarker(Marked, Record):
    """What those who go to a place must know, with its grounds, until it is reviewed or ended."""

    privacy = Privacy.of(Keeping.GROUP_3, personal="words grounds source", special="")

    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="markers")
    kind = models.CharField(max_length=24, choices=[(kind.value, kind.says) for kind in MarkerKind])


class MarkerReview(Look, Guarded):
    """One look that a marker on a place owes by a day."""

    policy: ClassVar[Policy] = handled_by("marker_id")
    privacy = Privacy.of(Keeping.GROUP_3, personal="words")

    marker = models.ForeignKey(PlaceMarker, on_delete=models.PROTECT, related_name="reviews")
    handling = models.SmallIntegerField(default=Handling.OPEN)
    team = models.ForeignKey("access.Team", to_field="number", null=True, on_delete=models.PROTECT, related_name="+")

    @property
    def reference(self) -> str:
        """The reference of the marker that it is about."""
        return self.marker.reference


class WardSetting(Guarded):
    """Whether the force counts a ward as urban or rural for its response times, from a day until a day."""

    privacy = Privacy.of(Keeping.WITH_RECORD)

    ward = models.CharField(max_length=9)
    urban = models.BooleanField()
    since = models.DateField()
    until = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["ward"], condition=Q(until__isnull=True), name="a_ward_counts_one_way"),
            models.CheckConstraint(condition=_ENDS_LATER, name="ward_set_until_later"),
        ]
