"""Reading the force as it was on a day."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet

from watchward.domains.organisation.models import Area, Coverage, Officer
from watchward.foundation.acting import Acting
from watchward.foundation.records import get
from watchward.kernel.periods import local_day


def standing(on: date) -> Q:
    """Return the filter of what stands on a day: begun by then, and not ended."""
    return Q(since__lte=on) & (Q(until__isnull=True) | Q(until__gt=on))


def areas(acting: Acting, *, on: date) -> QuerySet[Area]:
    """Return the areas that stand on a day, by name."""
    return Area.visible_to(acting).filter(standing(on)).order_by("name")


def area(acting: Acting, *, id_: UUID) -> Area:
    """Return one area.

    Raises:
        NotHere: there is none.
    """
    return get(acting, Area, id_)


def area_names(acting: Acting, *, ids: Iterable[UUID]) -> dict[UUID, str]:
    """Return the names of these areas, by id."""
    wanted = set(ids)
    return dict(Area.visible_to(acting).filter(pk__in=wanted).values_list("pk", "name")) if wanted else {}


def area_of(acting: Acting, *, district: str, on: date) -> Area | None:
    """Return the area that covers a district on a day; None where none does.

    Args:
        acting: who asks.
        district: code of a local authority district, such as E06000021.
        on: the day.
    """
    return areas_of_districts(acting, on=on).get(district)


def areas_of_districts(acting: Acting, *, on: date) -> dict[str, Area]:
    """Return the area of every district that is covered on a day, by the district's code."""
    covers = Coverage.visible_to(acting).filter(standing(on)).select_related("area")
    return {row.district: row.area for row in covers}


def officer_of(acting: Acting, *, account: UUID, on: date | None = None) -> Officer | None:
    """Return the post that somebody holds on a day, the acting day when none is given; None where they hold none."""
    day = on or local_day(acting.at)
    return Officer.visible_to(acting).filter(standing(day), account_id=account).select_related("area").first()
