"""Where incidents are: the place if it is known, else the words in which it was given."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from watchward.foundation.acting import Acting


@dataclass(frozen=True)
class Where:
    """What is known of a place.

    Args:
        urban: None where nobody knows.
        area: id of its policing area.
        easting: metres on the national grid.
        northing: metres on the national grid.
    """

    urban: bool | None = None
    area: UUID | None = None
    easting: int | None = None
    northing: int | None = None


NOWHERE = Where()


def where(acting: Acting, *, place: UUID | None) -> Where:
    """Return what is known of a place.

    Raises:
        NotHere: there is no such place.
    """
    return NOWHERE


def addresses(acting: Acting, *, places: Iterable[UUID]) -> dict[UUID, str]:
    """Return places as people say them, as far as this person may see them."""
    return {}
