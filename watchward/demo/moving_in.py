"""Loading the crowd: its addresses, its people, their numbers and how they belong together."""

from __future__ import annotations

from collections.abc import Callable

from watchward.demo.crowd.population import Crowd
from watchward.domains.places import commands as places
from watchward.foundation.acting import Acting


def move_in(acting: Acting, crowd: Crowd, *, step: Callable[[], None]) -> None:
    """Load the crowd through the bulk commands.

    Args:
        acting: the force's machinery, at the moment at which the records came over.
        crowd: the population.
        step: called after each part.
    """
    loaded = places.load_places(
        acting,
        rows=[
            places.Row(one.line, one.locality, one.town, one.postcode, one.easting, one.northing, one.urban)
            for one in crowd.addresses
        ],
    )
    step()
