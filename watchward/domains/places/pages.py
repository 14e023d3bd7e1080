"""What the pages of a place show: where it lies, what is marked there, what stands and what happened."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from watchward.domains.places.queries import Place
from watchward.domains.places.rules.geography import ward_names
from watchward.foundation.ui.parts import Hand, Line, Mark


@dataclass(frozen=True)
class PlacePage:
    """One place."""

    id: UUID
    address: str
    reference: str
    hand: Hand | None
    facts: tuple[Mark, ...]
    markers: tuple[Mark, ...]
    ended: tuple[Mark, ...]
    lines: tuple[Line, ...]
    hidden: str
    mark_url: str


def facts(place: Place) -> tuple[Mark, ...]:
    """Return where a place lies and how that is known."""
    ward = ward_names([place.ward]).get(place.ward, "")
    lies = ", ".join(part for part in (ward, place.area.name if place.area else "") if part)
    urban = {True: "urban", False: "rural", None: "nobody has said whether it is urban"}[place.urban]
    return (
        Mark("Address", place.full_address),
        Mark("Lies in", f"{lies}, {urban}" if lies else "not known", quiet=not lies),
        Mark(
            "Position",
            f"{place.easting} {place.northing}, from {'a fix' if place.position_from == 'given' else 'its postcode'}"
            if place.easting is not None else "not known",
            quiet=place.easting is None,
        ),
    )  # fmt: skip
