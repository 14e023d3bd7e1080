"""Streets and places at which things happen, spread over the county's small areas as its published crime is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final
from uuid import UUID

from watchward.demo.crowd.streets import ENDINGS, STEMS, postcodes
from watchward.demo.history.volumes import where
from watchward.domains.offences.vocabulary import Category
from watchward.domains.places import commands as places
from watchward.domains.places import queries as known
from watchward.domains.places.commands.loading import Row
from watchward.foundation.acting import Acting
from watchward.kernel.streams import Lottery, Stream

MOST, LEAST = 3_000, 200
"""Scenes at scale 0.1 and above, and at any scale."""

_SPOTS: Final = ("Car park", "Shops", "Bus stop", "Green", "Underpass", "Yard", "Playing field", "Club", "Surgery")


@dataclass(frozen=True, slots=True)
class Scene:
    """A place where things happen.

    Args:
        place: its id.
        words: the address.
        area: id of the policing area; None outside all.
        urban: whether its target is a town's.
    """

    place: UUID
    words: str
    area: UUID | None
    urban: bool | None


class Scenes:
    """Draws where things happen, each category where it happens in the published months.

    Args:
        found: the scenes with the small area of each.
    """

    def __init__(self, found: list[tuple[Scene, str]]) -> None:
        here: dict[str, int] = {}
        for _scene, lsoa in found:
            here[lsoa] = here.get(lsoa, 0) + 1
        self._by = {
            category: Lottery(
                [scene for scene, _lsoa in found], [(counts[lsoa] + 0.01) / here[lsoa] for _scene, lsoa in found]
            )
            for category, counts in where().items()
        }

    def draw(self, stream: Stream, category: Category) -> Scene:
        """Return where something of this category happens."""
        return self._by[category].draw(stream)


def load(acting: Acting, scale: float, seed: str) -> Scenes:
    """Record the scenes at real postcodes, and return them.

    Args:
        acting: the machinery.
        scale: 1 for the whole force.
        seed: of the whole population.
    """
    stream = Stream(seed).of("scenes")
    codes = stream.sample(postcodes(), min(MOST, max(LEAST, round(MOST * 10 * scale))))
    rows = [
        Row(f"{stream.choice(_SPOTS)}, {stream.choice(STEMS)} {stream.choice(ENDINGS)}", postcode=code.code,
            easting=code.easting, northing=code.northing)
        for code in codes
    ]  # fmt: skip
    ids = [id_ for id_ in places.load_places(acting, rows=rows).ids if id_ is not None]
    rows_there = known.places(acting, ids=ids)
    return Scenes(
        [
            (Scene(id_, rows_there[id_].address, rows_there[id_].area_id, rows_there[id_].urban), rows_there[id_].lsoa)
            for id_ in dict.fromkeys(ids)
            if rows_there[id_].lsoa
        ]
    )
