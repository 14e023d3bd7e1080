"""Agencies with the ways to reach them, the bases and agreements on which we share, and their services."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from watchward.domains.partners.vocabulary import AgencyKind, RouteKind
from watchward.foundation.records import Guarded, Keeping, Privacy

_ENDS_LATER = Q(until__isnull=True) | Q(until__gt=F("since"))


class Agency(Guarded):
    """An agency that the force works with, from a day until a day."""

    privacy = Privacy.of(Keeping.GROUP_4)

    name = models.CharField(max_length=120)
    kind = models.CharField(max_length=40, choices=[(kind.value, kind.value) for kind in AgencyKind])
    about = models.CharField(max_length=300, blank=True)
    since = models.DateField()
    until = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["name"], condition=Q(until__isnull=True), name="one_agency_a_name"),
            models.CheckConstraint(condition=_ENDS_LATER, name="agency_ends_later"),
        ]

    def __str__(self) -> str:
        return self.name


class Route(Guarded):
    """A way to reach an agency: by whom it is used, and when it answers."""

    privacy = Privacy.of(Keeping.GROUP_4)

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="routes")
    kind = models.CharField(max_length=20, choices=[(kind.value, kind.value) for kind in RouteKind])
    words = models.CharField(max_length=120)
    to = models.CharField(max_length=200)
    hours = models.CharField(max_length=120, blank=True)
    round_the_clock = models.BooleanField(default=False)
    since = models.DateField()
    until = models.DateField(null=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=_ENDS_LATER, name="route_ends_later")]


class LawfulBasis(Guarded):
    """On what law we may share with an agency, what, and for what."""

    privacy = Privacy.of(Keeping.GROUP_4)

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="bases")
    law = models.CharField(max_length=200)
    covers = models.CharField(max_length=300)
    since = models.DateField()
    until = models.DateField(null=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=_ENDS_LATER, name="basis_ends_later")]


class Agreement(Guarded):
    """An agreement on sharing with an agency, with the day by which it is reviewed."""

    privacy = Privacy.of(Keeping.GROUP_4)

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="agreements")
    title = models.CharField(max_length=160)
    covers = models.CharField(max_length=300)
    since = models.DateField()
    review_on = models.DateField()
    until = models.DateField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=_ENDS_LATER, name="agreement_ends_later"),
            models.CheckConstraint(condition=Q(review_on__gt=F("since")), name="agreement_reviewed_later"),
        ]


class Service(Guarded):
    """A service for people who need help, with how they come to it and which districts it serves."""

    privacy = Privacy.of(Keeping.GROUP_4)

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="services")
    name = models.CharField(max_length=120)
    needs = models.JSONField(default=list)
    districts = models.JSONField(default=list)
    groups = models.JSONField(default=list)
    how = models.CharField(max_length=300)
    since = models.DateField()
    until = models.DateField(null=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=_ENDS_LATER, name="service_ends_later")]


class ServiceCheck(Guarded):
    """That somebody checks by a day whether what stands of a service is still right, and what came of it."""

    privacy = Privacy.of(Keeping.GROUP_4)

    service = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="checks")
    keeper = models.ForeignKey("access.Account", on_delete=models.PROTECT, related_name="+")
    team = models.ForeignKey("access.Team", to_field="number", null=True, on_delete=models.PROTECT, related_name="+")
    set_at = models.DateTimeField()
    due_on = models.DateField(null=True)
    done_at = models.DateTimeField(null=True)
    done_by = models.ForeignKey("access.Account", null=True, on_delete=models.PROTECT, related_name="+")
    words = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["service"], condition=Q(done_at__isnull=True), name="one_check_of_a_service_waits"
            ),
            models.CheckConstraint(
                condition=Q(done_at__isnull=True, done_by__isnull=True, due_on__isnull=False)
                | Q(done_at__isnull=False, done_by__isnull=False),
                name="service_checked_by_somebody",
            ),
        ]
