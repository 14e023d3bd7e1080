"""Invented households: who lives together, how they belong together, where they live and lived."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from watchward.demo.crowd import names
from watchward.demo.crowd.names import Origin
from watchward.demo.crowd.numbers import Numbers
from watchward.demo.crowd.streets import Address
from watchward.kernel.streams import Lottery, Stream

TODAY: Final = date(2019, 7, 1)


class Kind(StrEnum):
    """Who lives together. The shares are invented."""

    FAMILY = "couple with children"
    COUPLE = "couple"
    LONE_PARENT = "parent alone with children"
    ALONE = "alone"
    OLD_ALONE = "alone, over 65"
    THREE_GENERATIONS = "three generations"
    SHARED = "shared house"
    STUDENTS = "student house"


KINDS: Final = Lottery(tuple(Kind), (27, 20, 10, 19, 11, 4, 6, 3))


class Tie(StrEnum):
    """What one resident is to another."""

    PARTNER = "partner"
    PARENT = "parent"
    SIBLING = "sibling"


@dataclass(frozen=True, slots=True)
class Resident:
    """Somebody of the crowd, as they are: what is on record of them may differ.

    Args:
        key: stable, such as `h17.2`: the third of household 17.
        origin: of their names.
        forenames: as registered.
        surname: used now.
        sex: F or M.
        born: their date of birth.
        birth_surname: at birth, where it differs.
        mobile: their number, where one is recorded.
    """

    key: str
    origin: Origin
    forenames: str
    surname: str
    sex: str
    born: date
    birth_surname: str = ""
    mobile: str = ""

    @property
    def age(self) -> int:
        """Age in whole years on 1 July 2019."""
        return TODAY.year - self.born.year - ((TODAY.month, TODAY.day) < (self.born.month, self.born.day))


@dataclass(frozen=True, slots=True)
class Household:
    """People who live at one address.

    Args:
        key: stable, such as `h17`.
        kind: who lives together.
        address: where.
        since: since when they live there.
        residents: everybody, adults first.
        ties: what one is to another, by their places in ``residents``: (0, "parent", 2).
        landline: their number, where one is recorded.
        before: where the adults lived until then, where that is on record.
    """

    key: str
    kind: Kind
    address: Address
    since: date
    residents: tuple[Resident, ...]
    ties: tuple[tuple[int, Tie, int], ...]
    landline: str
    before: Address | None


class _Family:
    """A household being made, its people one after the other."""

    def __init__(self, stream: Stream, key: str, numbers: Numbers, newest_home: date) -> None:
        self.stream, self.key, self.numbers, self.since = stream, key, numbers, newest_home
        self.people: list[Resident] = []
        self.ties: list[tuple[int, Tie, int]] = []

    def add(
        self, sex: str, age: int, origin: Origin, surname: str, *, birth_surname: str = "", mobile: float = 0.0
    ) -> int:
        """Add somebody of about this age; return their place."""
        stream = self.stream.of("person", len(self.people))
        given = names.forenames(stream.of("forenames"), origin, sex)
        taken = {person.forenames.split()[0] for person in self.people}
        again = 0
        while given.split()[0] in taken and again < 8:  # nearly all: a son may bear his father's name
            again += 1
            given = names.forenames(stream.of("forenames", again), origin, sex)
        born = _born(stream.of("birth"), age, origin)
        number = self.numbers.mobile() if stream.of("mobile").chance(mobile) else ""
        hers = names.borne_by(surname, sex, origin)
        before = names.borne_by(birth_surname, sex, origin) if birth_surname else ""
        self.people.append(
            Resident(f"{self.key}.{len(self.people)}", origin, given, hers, sex, born,
                     before if before != hers else "", number)
        )  # fmt: skip
        return len(self.people) - 1

    def couple(self, age: int, origin: Origin, *, married: float) -> tuple[int, int]:
        """Add two who live as partners; she may have taken his name."""
        stream = self.stream.of("couple")
        his = names.surname(stream.of("his"), origin)
        other = names.origin(stream.of("origin")) if stream.chance(0.06) else origin
        hers = names.surname(stream.of("hers"), other)
        taken = stream.chance(married)
        man = self.add("M", age + stream.integer(-3, 6), origin, his, mobile=0.30)
        woman = self.add(
            "F", age, other if not taken else origin, his if taken else hers,
            birth_surname=hers if taken else "", mobile=0.30,
        )  # fmt: skip
        self.ties.append((man, Tie.PARTNER, woman))
        return man, woman

    def children(self, parents: tuple[int, ...], count: int, youngest_parent: int) -> None:
        """Add children of these parents, born while the youngest of them was 18 to 42."""
        stream = self.stream.of("children")
        first = parents[0]
        family = self.people[first].surname
        origin = self.people[first].origin
        if self.people[first].sex == "F":
            family = family.removesuffix("a") + "i" if origin is Origin.POLISH and family.endswith("ska") else family
        places: list[int] = []
        for _child in range(count):
            age = stream.integer(0, min(17, max(0, youngest_parent - 18)))
            sex = "F" if stream.chance(0.5) else "M"
            surname = {"Kaur": "Singh", "Begum": "Ali", "Bibi": "Khan"}.get(family, family)
            place = self.add(sex, age, origin, surname, mobile=0.10 if age > 12 else 0.0)
            self.ties += [(parent, Tie.PARENT, place) for parent in parents]
            self.ties += [(sibling, Tie.SIBLING, place) for sibling in places]
            places.append(place)


def _born(stream: Stream, age: int, origin: Origin) -> date:
    """Return a date of birth for an age; one in eight elder people of South Asian names was given 1 January."""
    latest = TODAY.replace(year=TODAY.year - max(age, 0))
    born = latest - timedelta(days=stream.integer(0, 364))
    if origin is Origin.SOUTH_ASIAN and age >= 40 and stream.chance(0.12):
        return born.replace(month=1, day=1)
    return born


def household(
    seed: Stream, place: int, *, origin: Origin, address: Address, before: Address, numbers: Numbers
) -> Household:
    """Return one household.

    Args:
        seed: of the whole population.
        place: which household, from 0 on; everything but its telephone numbers follows from this and the seed alone.
        origin: of its names.
        address: where it lives.
        before: where it lived before; used for about one in five.
        numbers: shares out the telephone numbers.
    """
    stream = seed.of("household", place)
    kind = KINDS.draw(stream.of("kind"))
    since = TODAY - timedelta(days=30 + int(stream.of("since").random() ** 2 * 7000))
    if kind in (Kind.STUDENTS, Kind.SHARED):
        since = TODAY - timedelta(days=stream.of("since").integer(20, 700))
    family = _Family(stream, f"h{place}", numbers, since)
    _FILL[kind](family, stream.of("ages"), origin)
    landline = 0.55 if kind in (Kind.OLD_ALONE, Kind.COUPLE, Kind.FAMILY, Kind.THREE_GENERATIONS) else 0.12
    has_landline = stream.of("landline").chance(landline)
    return Household(
        key=family.key,
        kind=kind,
        address=address,
        since=since,
        residents=tuple(family.people),
        ties=tuple(family.ties),
        landline=numbers.landline() if has_landline else "",
        before=before if stream.of("before").chance(0.20) else None,
    )


def _family(family: _Family, stream: Stream, origin: Origin) -> None:
    age = stream.integer(22, 50)
    parents = family.couple(age, origin, married=0.65)
    family.children(parents, stream.weighted((1, 2, 3, 4), (40, 42, 14, 4)), age)


def _couple(family: _Family, stream: Stream, origin: Origin) -> None:
    family.couple(stream.integer(21, 84), origin, married=0.7)


def _lone_parent(family: _Family, stream: Stream, origin: Origin) -> None:
    age = stream.integer(19, 48)
    sex = "F" if stream.chance(0.86) else "M"
    birth = names.surname(stream.of("birth"), origin) if sex == "F" and stream.chance(0.3) else ""
    parent = family.add(sex, age, origin, names.surname(stream.of("name"), origin), birth_surname=birth, mobile=0.45)
    family.children((parent,), stream.weighted((1, 2, 3), (55, 33, 12)), age)


def _alone(family: _Family, stream: Stream, origin: Origin) -> None:
    sex = "F" if stream.chance(0.45) else "M"
    family.add(sex, stream.integer(19, 64), origin, names.surname(stream.of("name"), origin), mobile=0.35)


def _old_alone(family: _Family, stream: Stream, origin: Origin) -> None:
    sex = "F" if stream.chance(0.68) else "M"
    birth = names.surname(stream.of("birth"), origin) if sex == "F" else ""
    surname = names.surname(stream.of("name"), origin)
    family.add(sex, stream.integer(65, 96), origin, surname, birth_surname=birth, mobile=0.12)


def _three_generations(family: _Family, stream: Stream, origin: Origin) -> None:
    age = stream.integer(25, 45)
    parents = family.couple(age, origin, married=0.8)
    family.children(parents, stream.integer(1, 3), age)
    his = family.people[parents[0]].surname
    elder = family.add("F", age + stream.integer(21, 36), origin, his, mobile=0.05)
    family.ties.append((elder, Tie.PARENT, parents[0]))


def _shared(family: _Family, stream: Stream, origin: Origin) -> None:
    for place in range(stream.integer(2, 5)):
        own = origin if stream.chance(0.6) else names.origin(stream.of("origin", place))
        sex = "M" if stream.chance(0.7) else "F"
        family.add(sex, stream.integer(19, 45), own, names.surname(stream.of("name", place), own), mobile=0.30)


def _students(family: _Family, stream: Stream, origin: Origin) -> None:
    for place in range(stream.integer(3, 6)):
        own = names.origin(stream.of("origin", place)) if place else origin
        sex = "F" if stream.chance(0.5) else "M"
        family.add(sex, stream.integer(18, 22), own, names.surname(stream.of("name", place), own), mobile=0.30)


_FILL: Final = {
    Kind.FAMILY: _family,
    Kind.COUPLE: _couple,
    Kind.LONE_PARENT: _lone_parent,
    Kind.ALONE: _alone,
    Kind.OLD_ALONE: _old_alone,
    Kind.THREE_GENERATIONS: _three_generations,
    Kind.SHARED: _shared,
    Kind.STUDENTS: _students,
}
