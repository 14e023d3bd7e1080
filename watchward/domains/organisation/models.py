"""Areas, what teams are for, who works there, and what they are trained in: each from a day until a day."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from watchward.domains.organisation.vocabulary import Function, Portfolio, Rank
from watchward.foundation.records import Guarded, Keeping, Privacy

_ENDS_LATER = Q(until__isnull=True) | Q(until__gt=F("since"))


def _choices(enum: type[Function] | type[Portfolio] | type[Rank]) -> list[tuple[str, str]]:
    return [(member.value, member.value) for member in enum]


class Force(Guarded):
    """The force of this home: founded once, from one file."""

    privacy = Privacy.of(Keeping.WITH_RECORD)

    only = models.BooleanField(default=True, unique=True)
    name = models.CharField(max_length=120)
    since = models.DateField()
    digest = models.CharField(max_length=64)
    founded_at = models.DateTimeField()

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(only=True), name="one_force_a_home")]

    def __str__(self) -> str:
        return self.name


class Policy(Guarded):
    """A value of the force's policy that it has confirmed, from a day; its words are read again at each start."""

    privacy = Privacy.of(Keeping.WITH_RECORD)

    title = models.CharField(max_length=120)
    in_force = models.DateField()
    value = models.JSONField()
    cite = models.CharField(max_length=200)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["title", "in_force"], name="one_edition_a_day")]


class Area(Guarded):
    """A local policing area, from a day until a day."""

    privacy = Privacy.of(Keeping.WITH_RECORD)

    key = models.SlugField()
    name = models.CharField(max_length=80)
    since = models.DateField()
    until = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["key"], condition=Q(until__isnull=True), name="one_area_a_key"),
            models.CheckConstraint(condition=_ENDS_LATER, name="area_ends_later"),
        ]

    def __str__(self) -> str:
        return self.name


class Coverage(Guarded):
    """A district that an area covers, from a day until a day; a district is in one area at a time."""

    privacy = Privacy.of(Keeping.WITH_RECORD)

    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="covers")
    district = models.CharField(max_length=9)
    since = models.DateField()
    until = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["district"], condition=Q(until__isnull=True), name="in_one_area_at_a_time"),
            models.CheckConstraint(condition=_ENDS_LATER, name="covers_until_later"),
        ]


class Establishment(Guarded):
    """What a team is for, which area it serves and how many posts it has, from a day until a day."""

    privacy = Privacy.of(Keeping.WITH_RECORD)

    team = models.ForeignKey("access.Team", to_field="number", on_delete=models.PROTECT, related_name="+")
    function = models.CharField(max_length=40, choices=_choices(Function))
    area = models.ForeignKey(Area, null=True, on_delete=models.PROTECT, related_name="+")
    posts = models.PositiveSmallIntegerField()
    since = models.DateField()
    until = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["team"], condition=Q(until__isnull=True), name="established_once"),
            models.CheckConstraint(condition=_ENDS_LATER, name="stands_until_later"),
        ]


class Officer(Guarded):
    """Somebody who works for the force: their number, rank, post and area, from a day until a day."""

    privacy = Privacy.of(Keeping.GROUP_4, personal="collar_number rank post")

    account = models.ForeignKey("access.Account", on_delete=models.PROTECT, related_name="+")
    collar_number = models.CharField(max_length=12)
    rank = models.CharField(max_length=40, choices=_choices(Rank))
    post = models.CharField(max_length=80, blank=True)
    area = models.ForeignKey(Area, null=True, on_delete=models.PROTECT, related_name="+")
    since = models.DateField()
    until = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["account"], condition=Q(until__isnull=True), name="one_post_at_a_time"),
            models.UniqueConstraint(
                fields=["collar_number"], condition=Q(until__isnull=True), name="one_officer_a_collar_number"
            ),
            models.CheckConstraint(condition=_ENDS_LATER, name="serves_until_later"),
        ]


class Training(Guarded):
    """A course that somebody passed, and until when it counts."""

    privacy = Privacy.of(Keeping.GROUP_4, personal="course")

    account = models.ForeignKey("access.Account", on_delete=models.PROTECT, related_name="+")
    course = models.SlugField()
    passed_on = models.DateField()
    expires_on = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["account", "course", "passed_on"], name="passed_once_a_day"),
            models.CheckConstraint(
                condition=Q(expires_on__isnull=True) | Q(expires_on__gt=F("passed_on")), name="training_expires_later"
            ),
        ]


class Accreditation(Guarded):
    """An accreditation that somebody holds, or the portfolio with which they work towards it."""

    privacy = Privacy.of(Keeping.GROUP_4, personal="scheme portfolio")

    account = models.ForeignKey("access.Account", on_delete=models.PROTECT, related_name="+")
    scheme = models.SlugField()
    portfolio = models.CharField(max_length=12, choices=_choices(Portfolio))
    since = models.DateField()
    expires_on = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["account", "scheme"], name="one_row_a_scheme"),
            models.CheckConstraint(
                condition=Q(expires_on__isnull=True) | Q(expires_on__gt=F("since")), name="accreditation_expires_later"
            ),
        ]
