"""Reading the directory of partners as it stood on a day."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet

# Named again for the pages, which show what these queries give back and know no tables.
from watchward.domains.partners.models import Agency as Agency
from watchward.domains.partners.models import Agreement as Agreement
from watchward.domains.partners.models import LawfulBasis as LawfulBasis
from watchward.domains.partners.models import Route as Route
from watchward.domains.partners.models import Service as Service
from watchward.domains.partners.models import ServiceCheck as ServiceCheck
from watchward.domains.partners.vocabulary import ForWhom, Need
from watchward.foundation.acting import Acting
from watchward.foundation.records import NotHere, get, standing


def agencies(acting: Acting, *, on: date) -> QuerySet[Agency]:
    """Return the agencies of the directory on a day, by kind and name."""
    return Agency.visible_to(acting).filter(standing(on)).order_by("kind", "name")


def agency(acting: Acting, *, id_: UUID) -> Agency:
    """Return one agency.

    Raises:
        NotHere: there is none.
    """
    return get(acting, Agency, id_)


def routes(acting: Acting, *, on: date, agency: UUID | None = None) -> QuerySet[Route]:
    """Return the ways to reach the agencies, or one, on a day: those that always answer come first."""
    rows = Route.visible_to(acting).filter(standing(on)).select_related("agency")
    rows = rows.filter(agency_id=agency) if agency is not None else rows
    return rows.order_by("-round_the_clock", "kind", "words")


def lawful_bases(acting: Acting, *, agency: UUID, on: date) -> QuerySet[LawfulBasis]:
    """Return on what law we may share with an agency on a day."""
    return LawfulBasis.visible_to(acting).filter(standing(on), agency_id=agency).order_by("law")


def agreements(acting: Acting, *, agency: UUID | None = None) -> QuerySet[Agreement]:
    """Return every agreement with the agencies, or with one, those that have ended among them; latest first."""
    rows = Agreement.visible_to(acting).select_related("agency")
    rows = rows.filter(agency_id=agency) if agency is not None else rows
    return rows.order_by("-since", "title")


def services(
    acting: Acting, *, on: date, need: Need | None = None, district: str = "", agency: UUID | None = None
) -> list[Service]:
    """Return the services that stand on a day.

    Args:
        acting: who asks.
        on: the day.
        need: what they must help with; anything when not given.
        district: code of the district where somebody lives; a service that names no district serves them all.
        agency: of this agency alone.
    """
    rows = Service.visible_to(acting).filter(standing(on), agency__in=agencies(acting, on=on)).select_related("agency")
    if need is not None:
        rows = rows.filter(needs__contains=[need.value])
    if district:
        rows = rows.filter(Q(districts=[]) | Q(districts__contains=[district]))
    if agency is not None:
        rows = rows.filter(agency_id=agency)
    return list(rows.order_by("name"))


@dataclass(frozen=True)
class Listed:
    """A service as the local directory lists it.

    Args:
        service: with its agency.
        routes: the ways to reach its agency, those that always answer first.
        checked: the last time that somebody checked it; None where nobody has.
        again: the check that is waited for; None where nobody set a day and the force has set no period.
    """

    service: Service
    routes: tuple[Route, ...]
    checked: ServiceCheck | None
    again: ServiceCheck | None

    @property
    def spoken(self) -> str:
        """All that it can be found by, in lower case."""
        service, agency = self.service, self.service.agency
        groups = [ForWhom(group).words for group in service.groups]
        reached = [f"{route.words} {route.to}" for route in self.routes]
        parts = (service.name, service.how, agency.name, agency.kind, agency.about, *service.needs, *groups, *reached)
        return " ".join(parts).lower()


def directory(
    acting: Acting, *, on: date, needs: Collection[str] = (), words: Collection[str] = (), district: str = "",
    agency: UUID | None = None,
) -> list[Listed]:  # fmt: skip
    """Return the services that stand on a day, each with how it is reached and who checked it last.

    Args:
        acting: who asks.
        on: the day.
        needs: of which each must help with one; anything where there are none.
        words: in lower case, that must all stand in what is said of it.
        district: code of the district where somebody lives.
        agency: of this agency alone.
    """
    rows = [
        row
        for row in services(acting, on=on, district=district, agency=agency)
        if not needs or set(row.needs) & set(needs)
    ]
    reached: dict[UUID, list[Route]] = {}
    for route in routes(acting, on=on, agency=agency):
        reached.setdefault(route.agency_id, []).append(route)
    last: dict[UUID, ServiceCheck] = {}
    waits: dict[UUID, ServiceCheck] = {}
    for check in checks(acting, services=[row.pk for row in rows]):
        (waits if check.done_at is None else last)[check.service_id] = check
    found = [Listed(row, tuple(reached.get(row.agency_id, ())), last.get(row.pk), waits.get(row.pk)) for row in rows]
    return [one for one in found if all(word in one.spoken for word in words)]


def checks(acting: Acting, *, services: Collection[UUID]) -> QuerySet[ServiceCheck]:
    """Return the checks of services, had and waited for, oldest first."""
    rows = ServiceCheck.visible_to(acting).filter(service_id__in=list(services)).select_related("done_by", "service")
    return rows.order_by("set_at", "pk")


def service(acting: Acting, *, id_: UUID) -> Service:
    """Return one service, with its agency.

    Raises:
        NotHere: there is none.
    """
    row = Service.visible_to(acting).select_related("agency").filter(pk=id_).first()
    if row is None:
        raise NotHere("no such service")
    return row


def checked_service(acting: Acting, *, check: UUID) -> UUID:
    """Return the service that a check is of.

    Raises:
        NotHere: there is no such check.
    """
    return get(acting, ServiceCheck, check).service_id
