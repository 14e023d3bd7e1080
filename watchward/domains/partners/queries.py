"""Reading the directory of partners as it stood on a day."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet

# Named again for the pages, which show what these queries give back and know no tables.
from watchward.domains.partners.models import Agency as Agency
from watchward.domains.partners.models import Agreement as Agreement
from watchward.domains.partners.models import LawfulBasis as LawfulBasis
from watchward.domains.partners.models import Route as Route
from watchward.domains.partners.models import Service as Service
from watchward.domains.partners.vocabulary import Need
from watchward.foundation.acting import Acting
from watchward.foundation.records import get, standing


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
