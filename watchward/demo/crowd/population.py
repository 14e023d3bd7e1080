"""The whole crowd for a seed and a scale, with who was written down more than once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Final

from watchward.demo.crowd import names
from watchward.demo.crowd.households import Household, Resident, household
from watchward.demo.crowd.numbers import Numbers
from watchward.demo.crowd.slips import Written, again
from watchward.demo.crowd.streets import TOWNS, Address, Streets
from watchward.kernel.streams import Lottery, Stream

SEED: Final = "watchward demonstration 1"
HOUSEHOLDS: Final = 1650
"""Households of the whole first town: about four thousand people."""


def town(scale: float) -> float:
    """Return how much of the first town there is at a scale of the whole force: all of it from a tenth on."""
    return min(1.0, 10 * scale)


AGAIN: Final = (0.895, 0.085, 0.02)
"""How many have no second record, one, and two. Invented."""

_TOWNS: Final = Lottery(TOWNS, tuple(town.share for town in TOWNS))
FIRST_SOURCE: Final = "Earlier system"
SOURCES: Final = ("Crime report", "Custody", "Call", "Stop search", "Collision report", "Witness statement")
"""Where the second records of people come from."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One record of one person, as it is loaded.

    Args:
        key: stable: `h17.2` for the first record of that resident, `h17.2/1` for the next.
        person: who it truly is; the same for all records of one human being.
        written: what it says.
        number: theirs, or else the household's, where this record has one.
        since: since when they live at the address; None where nobody said.
        source: where it comes from.
    """

    key: str
    person: str
    written: Written
    number: str
    since: date | None
    source: str


@dataclass(frozen=True)
class Crowd:
    """The population of one seed and scale.

    Args:
        households: in their order.
        entries: the records, first those of each resident in order, then the second ones.
    """

    households: tuple[Household, ...]
    entries: tuple[Entry, ...]

    @property
    def addresses(self) -> tuple[Address, ...]:
        """Every address once, in the order in which they first come."""
        found: dict[Address, None] = {}
        for home in self.households:
            found[home.address] = None
            if home.before is not None:
                found[home.before] = None
        return tuple(found)

    def truth(self) -> dict[str, str]:
        """Return who each record truly is: the person by the record's key."""
        return {entry.key: entry.person for entry in self.entries}


@cache
def crowd(scale: float = 1.0, seed: str = SEED) -> Crowd:
    """Return the people of the first town; a larger part of it adds households and changes nobody.

    Args:
        scale: 1 for the whole town, about four thousand people.
        seed: any words.
    """
    stream = Stream(seed)
    streets = {town: Streets(stream, town) for town in TOWNS}
    taken = dict.fromkeys(TOWNS, 0)
    numbers = Numbers(stream)
    homes = []
    for place in range(max(1, round(HOUSEHOLDS * scale))):
        choice = stream.of("where", place)
        town = _TOWNS.draw(choice)
        at, taken[town] = taken[town], taken[town] + 2  # the next one is where they lived before
        homes.append(
            household(
                stream, place, origin=names.origin(stream.of("origin", place)), address=streets[town].house(at),
                before=streets[town].house(at + 1), numbers=numbers,
            )
        )  # fmt: skip
    first = [entry for home in homes for entry in _first(home)]
    second = [entry for home in homes for person in home.residents for entry in _second(stream, home, person)]
    return Crowd(tuple(homes), tuple(first + second))


def _first(home: Household) -> list[Entry]:
    return [
        Entry(
            key=person.key,
            person=person.key,
            written=Written(person.forenames, person.surname, person.sex, person.born, home.address, person.mobile),
            number=person.mobile or (home.landline if person.age >= 18 else ""),
            since=max(home.since, person.born),
            source=FIRST_SOURCE,
        )
        for person in home.residents
    ]


def _second(seed: Stream, home: Household, person: Resident) -> list[Entry]:
    stream = seed.of("again", person.key)
    count = stream.weighted((0, 1, 2), AGAIN) if person.age >= 17 else 0
    found = []
    for number in range(1, count + 1):
        written = again(stream.of("written", number), person, home)
        source = stream.of("source", number).choice(SOURCES)
        found.append(Entry(f"{person.key}/{number}", person.key, written, written.mobile, None, source))
    return found
