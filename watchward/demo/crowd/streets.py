"""Invented streets at real postcodes: no house that stands is any of these."""

from __future__ import annotations

import csv
import gzip
import io
from dataclasses import dataclass
from functools import cache
from typing import Final

from watchward.demo.crowd.names import DATA
from watchward.kernel.streams import Stream

IN_A_STREET: Final = 14
"""Houses of a street that somebody on record lives in; it has numbers for about twice as many."""


@dataclass(frozen=True)
class Town:
    """A real town whose postcodes the invented streets stand at.

    Args:
        locality: part of the town, or the town itself.
        town: post town.
        outward: outward codes of its postcodes.
        easting: metres, of its middle.
        northing: metres.
        radius: metres around the middle within which its postcodes are taken.
        share: how many of a hundred households live here; invented.
        urban: whether the force counts it as urban for its response times; invented.
    """

    locality: str
    town: str
    outward: tuple[str, ...]
    easting: int
    northing: int
    radius: int
    share: int
    urban: bool = True


TOWNS: Final = (
    Town("Burslem", "Stoke-on-Trent", ("ST6",), 386900, 349900, 1400, 30),
    Town("Tunstall", "Stoke-on-Trent", ("ST6",), 385800, 351500, 900, 10),
    Town("Hanley", "Stoke-on-Trent", ("ST1",), 388300, 347600, 1200, 8),
    Town("Longton", "Stoke-on-Trent", ("ST3",), 391300, 343300, 1200, 6),
    Town("Newcastle-under-Lyme", "Newcastle", ("ST5",), 384900, 346000, 1300, 8),
    Town("Leek", "Leek", ("ST13",), 398400, 356500, 1200, 5),
    Town("Stafford", "Stafford", ("ST16", "ST17"), 392200, 323200, 1400, 7),
    Town("Stone", "Stone", ("ST15",), 390300, 333900, 1100, 3),
    Town("Eccleshall", "Stafford", ("ST21",), 382900, 329200, 4500, 2, urban=False),
    Town("Cannock", "Cannock", ("WS11",), 398100, 310200, 1300, 5),
    Town("Hednesford", "Cannock", ("WS12",), 400000, 312500, 1200, 3),
    Town("Lichfield", "Lichfield", ("WS13", "WS14"), 411700, 309500, 1200, 3),
    Town("Tamworth", "Tamworth", ("B77", "B79"), 420700, 304000, 1500, 4),
    Town("Burton", "Burton-on-Trent", ("DE14", "DE15"), 424700, 323000, 1600, 4),
    Town("Uttoxeter", "Uttoxeter", ("ST14",), 409300, 333500, 3500, 1, urban=False),
    Town("Codsall", "Wolverhampton", ("WV8",), 386500, 303500, 1500, 1, urban=False),
)

STEMS: Final = (
    "Kilncroft", "Saggarfold", "Elderfold", "Marlstone Hey", "Bottleoven", "Throwers", "Biscuit Ware", "Lustre",
    "Jolleyman", "Fettlers", "Glost", "Pugmill", "Flintgrind", "Crateman", "Bonechina", "Cobalt", "Underglaze",
    "Placer", "Turnwheel", "Dipping House", "Clayhanger", "Batwasher", "Stilt", "Thimblepin", "Gilders", "Hollowware",
    "Osierbed", "Ravensholt", "Tansybrook", "Whinfell", "Dunlinmere", "Hazelshaw", "Brackenfold", "Larkmoss",
    "Curlewstone", "Teasel", "Foxearth", "Harebell", "Withyholt", "Plovers", "Bexholm", "Mallowdale", "Thornyhurst",
    "Ashlarne", "Copperyard", "Millrace End", "Lintock", "Lockmaster", "Dewmoss", "Puddlebank", "Coalmaster", "Windlow",
    "Deputy Pit", "Lampcabin", "Timberdrawer", "Banksman", "Chartermaster", "Ringfield", "Sheepwash Pool", "Jasperware",
    "Cooperage Row", "Gannister", "Kelderbeck", "Tipstaff", "Farrowby", "Quarrelwood", "Penny Lantern", "Holmwyke",
    "Hollybank End", "Swaledown", "Inglefold", "Thorncliff Rise", "Ambleforth", "Ebbersley", "Fenlow", "Cragmoss",
    "Haddersby", "Ilverton", "Jessamy", "Kettlewyn", "Lorrimore", "Mossbury", "Netherwyke", "Orbeck", "Pellingham",
)  # fmt: skip
ENDINGS: Final = (
    "Street", "Road", "Close", "Avenue", "Walk", "Place", "Grove", "Way", "Terrace", "Drive", "Lane", "Crescent",
    "Gardens", "Rise", "Court", "Fold",
)  # fmt: skip
_WEIGHT: Final = (9, 6, 6, 5, 3, 3, 4, 3, 3, 5, 4, 3, 2, 2, 2, 1)

_LARGE_USERS: Final = frozenset("WXYZ")
"""Letters with which the last two of a large user's or a box's postcode begin: nobody lives there."""


@dataclass(frozen=True, slots=True)
class Address:
    """A house or a flat of an invented street.

    Args:
        line: house and street.
        locality: part of the town; empty where that is the town.
        town: post town.
        postcode: a real one.
        easting: metres (OSGB36), near the middle of the postcode.
        northing: metres.
        urban: whether its response time is a town's.
    """

    line: str
    locality: str
    town: str
    postcode: str
    easting: int
    northing: int
    urban: bool


@dataclass(frozen=True, slots=True)
class Postcode:
    """A real postcode and its middle on the national grid, metres (OSGB36)."""

    code: str
    easting: int
    northing: int


@cache
def postcodes() -> tuple[Postcode, ...]:
    """Return the postcodes of the county whose position is exact and where people can live."""
    text = gzip.decompress((DATA / "postcodes" / "staffordshire_postcodes.csv.gz").read_bytes()).decode()
    rows = csv.reader(io.StringIO(text))
    code, quality, easting, northing = map(next(rows).index, ("pc", "pq", "e", "n"))
    return tuple(
        Postcode(_spaced(row[code]), int(row[easting]), int(row[northing]))
        for row in rows
        if row[quality] == "10" and row[code][-2] not in _LARGE_USERS
    )


def _spaced(code: str) -> str:
    bare = code.replace(" ", "")
    return f"{bare[:-3]} {bare[-3:]}"


@cache
def postcodes_of(town: Town) -> tuple[Postcode, ...]:
    """Return the postcodes around the middle of a town."""
    return tuple(
        code
        for code in postcodes()
        if code.code.split()[0] in town.outward
        and (code.easting - town.easting) ** 2 + (code.northing - town.northing) ** 2 <= town.radius**2
    )


class Streets:
    """The streets of one town, in an order that does not change when more are asked for.

    Args:
        seed: of the whole population.
        town: which.
    """

    def __init__(self, seed: Stream, town: Town) -> None:
        self.town = town
        stream = seed.of("streets", town.locality)
        self._codes = stream.of("postcodes").shuffle(postcodes_of(town))
        names, weighs = [f"{stem} {ending}" for stem in STEMS for ending in ENDINGS], stream.of("name")
        order = sorted(
            ((weighs.of(name).random() ** (1 / _WEIGHT[place % len(ENDINGS)]), name)
             for place, name in enumerate(names)),
            reverse=True,
        )  # fmt: skip
        self._names = [name for _drawn, name in order]
        self._stream = stream

    @cache  # noqa: B019 - as long as the population that is made
    def _numbers(self, street: int) -> list[int]:
        stream = self._stream.of("numbers", street)
        return stream.shuffle(range(1, 2 * IN_A_STREET + stream.integer(1, 40)))

    def house(self, place: int) -> Address:
        """Return a house of this town: the first, the second and so on, street by street.

        Args:
            place: from 0 on.
        """
        street, house = divmod(place, IN_A_STREET)
        code = self._codes[street % len(self._codes)]
        number = self._numbers(street)[house]
        wanders = self._stream.of("position", place)
        locality = self.town.locality if self.town.locality != self.town.town else ""
        return Address(
            line=f"{number} {self._names[street % len(self._names)]}",
            locality=locality,
            town=self.town.town,
            postcode=code.code,
            easting=code.easting + wanders.integer(-25, 25),
            northing=code.northing + wanders.integer(-25, 25),
            urban=self.town.urban,
        )
