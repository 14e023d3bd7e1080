"""What is owed about the directory: that somebody checks each service again by its day."""

from __future__ import annotations

from datetime import timedelta

from django.db.models import Q, QuerySet

from watchward.domains.partners.models import Agency, Service, ServiceCheck
from watchward.domains.partners.rules import CHECK
from watchward.foundation.access.owners import PersonOf, SupervisorOf
from watchward.foundation.acting import Acting
from watchward.foundation.chronicle.kinds import Follows
from watchward.foundation.duties.kinds import Due, DutyKind, Step
from watchward.kernel.periods import day_ends, local_day


def _checks(acting: Acting) -> QuerySet[ServiceCheck]:
    """Return every check that had a day: those that were had, and those that wait while service and agency stand."""
    stands = Q(service__until__isnull=True, service__agency__until__isnull=True)
    rows = ServiceCheck.visible_to(acting).filter(due_on__isnull=False)
    return rows.filter(Q(done_at__isnull=False) | stands).select_related("service__agency")


def _due(check: ServiceCheck) -> Due:
    version = CHECK.standing_on(local_day(check.set_at))
    assert check.due_on is not None  # noqa: S101  the population holds no other
    return Due(arose=check.set_at, by=day_ends(check.due_on), cite=version.cite, since=version.in_force)


CHECKED = DutyKind(
    key="partners.service-check",
    asks="Is what the directory says of this service still right?",
    about=ServiceCheck,
    population=_checks,
    met=lambda acting: ServiceCheck.visible_to(acting).filter(done_at__isnull=False),
    due=_due,
    owed_by=PersonOf("keeper_id"),
    says=lambda check: f"{check.service.name}, {check.service.agency.name}",
    rules=(CHECK,),
    follows=(Follows(Service, "checks__pk"), Follows(Agency, "services__checks__pk")),
    escalates=(Step(timedelta(days=7), SupervisorOf("owed_by_team_id")),),
    released="The service ended before it was checked",
    verb="Check it",
    url="partners:check",
)
