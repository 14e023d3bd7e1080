"""Residents of the county whom the force knows, beyond the first town whose people have stories."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final
from uuid import UUID

import polars as pl

from watchward.demo.crowd import names
from watchward.demo.crowd.households import TODAY
from watchward.demo.crowd.names import SHARES
from watchward.demo.crowd.numbers import LANDLINES, MOBILES, STORY_LANDLINES, STORY_MOBILES
from watchward.demo.crowd.population import FIRST_SOURCE
from watchward.demo.crowd.streets import TOWNS, Address, Streets
from watchward.demo.truth import record_id
from watchward.domains.people import commands as people
from watchward.domains.places import commands as places
from watchward.domains.places import queries as known
from watchward.domains.places.commands.loading import Row
from watchward.foundation.acting import Acting
from watchward.kernel.streams import Lottery, Stream

FURTHER_ON: Final = 40 * 100
"""Houses of each town that are left to the people of the first town."""
AT_ONCE: Final = 10_000
"""Homes that are loaded at once."""

_TOGETHER: Final = Lottery((1, 2, 3, 4, 5), (31, 34, 16, 13, 6))
"""How many people live together. Invented."""
_ORIGINS: Final = Lottery(tuple(SHARES), tuple(SHARES.values()))
_TOWNS: Final = Lottery(TOWNS, tuple(town.share for town in TOWNS))


@dataclass(slots=True)
class Resident:
    """Somebody whom the force knows, and where they live.

    Args:
        id: of their record.
        name: as people say it.
        surname: of them.
        sex: F or M.
        born: their date of birth.
        home: where they live.
    """

    id: UUID
    forenames: str
    surname: str
    sex: str
    born: date
    home: Home

    @property
    def age(self) -> int:
        """Age in whole years on 1 July 2019."""
        return TODAY.year - self.born.year - ((TODAY.month, TODAY.day) < (self.born.month, self.born.day))


@dataclass(slots=True)
class Home:
    """Where residents live: the place on record, its area and whether that is a town's, once it is loaded."""

    address: Address
    residents: list[Resident]
    place: UUID | None = None
    area: UUID | None = None
    urban: bool | None = None


def homes(count: int, seed: str) -> list[Home]:
    """Return homes with so many residents altogether, or a few more.

    Args:
        count: of residents.
        seed: of the whole population.
    """
    found: list[Home] = []
    root = Stream(seed)
    stream = root.of("residents")
    streets = {town: Streets(root, town) for town in TOWNS}
    taken = dict.fromkeys(TOWNS, FURTHER_ON)
    total = 0
    while total < count:
        town = _TOWNS.draw(stream)
        home = Home(streets[town].house(taken[town]), [])
        taken[town] += 1
        _move_in(stream, home, len(found), seed)
        total += len(home.residents)
        found.append(home)
    return found


def _move_in(stream: Stream, home: Home, place: int, seed: str) -> None:
    origin = _ORIGINS.draw(stream)
    family, shared = names.surname(stream, origin), stream.chance(0.25)
    first = stream.integer(18, 88)
    for number in range(_TOGETHER.draw(stream)):
        age = first if number == 0 else max(18, first + stream.integer(-6, 6)) if number == 1 else stream.integer(0, 24)
        sex = "F" if stream.chance(0.5) else "M"
        surname = names.surname(stream, origin) if number and shared else family
        born = TODAY.replace(year=TODAY.year - age) - timedelta(days=stream.integer(1, 364))
        home.residents.append(
            Resident(record_id(f"resident {place}.{number}", seed), names.forenames(stream, origin, sex),
                     names.borne_by(surname, sex, origin), sex, born, home)
        )  # fmt: skip


def load(acting: Acting, found: list[Home], *, stand: bool, step: Callable[[], None]) -> None:
    """Load homes and residents through the bulk commands, and find where each home lies.

    Args:
        acting: the machinery, at the moment at which the records came over.
        found: the homes.
        stand: whether they are loaded already, so that only their homes are found again.
        step: called after each part.
    """
    numbers = _numbers()
    for start in range(0, len(found), AT_ONCE):
        part = found[start : start + AT_ONCE]
        rows = [
            Row(one.line, one.locality, one.town, one.postcode, one.easting, one.northing, one.urban)
            for one in (home.address for home in part)
        ]
        ids = places.load_places(acting, rows=rows).ids
        there = known.places(acting, ids={id_ for id_ in ids if id_ is not None})
        for home, id_ in zip(part, ids, strict=True):
            assert id_ is not None, home.address  # noqa: S101 - invented streets at real postcodes
            home.place, home.area, home.urban = id_, there[id_].area_id, there[id_].urban
        step()
        if not stand:
            rows_of_people = pl.DataFrame(
                [_row(one, numbers) for home in part for one in home.residents], schema=_SCHEMA, orient="row"
            )
            people.load_people(acting, rows=rows_of_people, source=FIRST_SOURCE)
        step()


_SCHEMA: Final[dict[str, type[pl.DataType]]] = {
    "record": pl.String, "forenames": pl.String, "surname": pl.String, "name": pl.String, "known_as": pl.String,
    "sex": pl.String, "date_of_birth": pl.Date, "number": pl.String, "email": pl.String, "line": pl.String,
    "town": pl.String, "postcode": pl.String,
}  # fmt: skip


def _row(one: Resident, numbers: list[str]) -> tuple[Any, ...]:
    home = one.home.address
    number = numbers.pop() if numbers and one.age >= 18 else ""
    return (
        str(one.id), one.forenames, one.surname, "", "", one.sex, one.born, number, "", home.line,
        home.locality or home.town, home.postcode,
    )  # fmt: skip


def _numbers() -> list[str]:
    """Return every number that reaches nobody and is no story's, once: there are no more for so many people."""
    all_ = [
        *(number for number in MOBILES if number not in STORY_MOBILES),
        *(number for number in LANDLINES if number not in STORY_LANDLINES),
    ]
    return [f"0{number // 1_000_000} {number % 1_000_000:06d}" for number in Stream("residents' numbers").shuffle(all_)]
