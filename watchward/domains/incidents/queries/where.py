"""Where incidents are: what is known of a place, and how far a unit is from it in a straight line."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from math import hypot
from uuid import UUID

from watchward.domains.incidents.models import Incident, Unit
from watchward.domains.places import queries as places
from watchward.foundation.acting import Acting


@dataclass(frozen=True)
class Where:
    """What is known of a place.

    Args:
        address: as people say it.
        urban: None where nobody knows.
        area: id of its policing area.
        at: easting and northing, metres on the national grid.
    """

    address: str = ""
    urban: bool | None = None
    area: UUID | None = None
    at: tuple[int, int] | None = None

    def from_unit(self, unit: Unit) -> int | None:
        """Return how far a unit is, in metres in a straight line; None where either is not known."""
        if self.at is None or unit.easting is None or unit.northing is None:
            return None
        return round(hypot(self.at[0] - unit.easting, self.at[1] - unit.northing))


NOWHERE = Where()


def where(acting: Acting, *, place: UUID | None) -> Where:
    """Return what is known of a place.

    Raises:
        NotHere: there is no such place that they may see.
    """
    if place is None:
        return NOWHERE
    found = places.place(acting, id_=place)
    return Where(found.address, found.urban, found.area_id, _grid(found.easting, found.northing))


def where_all(acting: Acting, *, ids: Iterable[UUID | None]) -> dict[UUID, Where]:
    """Return what is known of these places; those that the person may not see are absent."""
    rows = places.places(acting, ids={id_ for id_ in ids if id_ is not None})
    return {
        id_: Where(row.address, row.urban, row.area_id, _grid(row.easting, row.northing)) for id_, row in rows.items()
    }


def _grid(easting: int | None, northing: int | None) -> tuple[int, int] | None:
    return (easting, northing) if easting is not None and northing is not None else None


def said_where(acting: Acting, *, incident: Incident, known: Where) -> str:
    """Return where an incident is, as the board says it: its address, the words given, or that nobody knows."""
    return known.address or incident.place_words or "Place not known"
