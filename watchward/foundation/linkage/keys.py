"""Blocking keys: what two descriptions of one person are likely to share, as tokens.

Exact and phonetic keys, each narrow enough that few people hold it: names count in any order, joined and parted, by
sound and as what they are short for; day and month count swapped.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import combinations

from watchward.foundation.linkage.addresses import Address, taken_apart
from watchward.foundation.linkage.vocabulary import Asked, Known
from watchward.foundation.search.folding import closed_up, folded
from watchward.foundation.search.tokens import codes, hashed, parted, parts, token


class Key(StrEnum):
    """The kinds of key, with their names in the hash."""

    PHONE = "phone"
    NAME_BIRTH = "name-birth"
    NAME_POSTCODE = "name-postcode"
    BIRTH_DISTRICT = "birth-district"
    BIRTH = "birth"
    HOUSE_POSTCODE = "house-postcode"
    HOUSE_STREET = "house-street"
    PLACE = "place"
    PAIR = "pair"
    PAIR_YEAR = "pair-year"
    PAIR_DAY = "pair-day"
    PAIR_DISTRICT = "pair-district"
    SURNAME = "surname"


_PREFIXES = {kind: f"{kind.value}\0" for kind in Key}

WEIGHTS: dict[Key, int] = {
    Key.PHONE: 9,
    Key.PLACE: 8,
    Key.HOUSE_POSTCODE: 8,
    Key.HOUSE_STREET: 6,
    Key.NAME_BIRTH: 8,
    Key.NAME_POSTCODE: 7,
    Key.BIRTH_DISTRICT: 6,
    Key.PAIR_YEAR: 6,
    Key.PAIR_DAY: 6,
    Key.PAIR_DISTRICT: 6,
    Key.PAIR: 5,
    Key.BIRTH: 3,
    Key.SURNAME: 3,
}
"""Which holders are fetched first when many hold something; the order shown is the scorer's."""

TELLING = frozenset(
    {Key.PHONE, Key.PLACE, Key.HOUSE_POSTCODE, Key.HOUSE_STREET, Key.NAME_BIRTH, Key.NAME_POSTCODE, Key.BIRTH_DISTRICT,
     Key.PAIR_YEAR, Key.PAIR_DAY, Key.PAIR_DISTRICT, Key.PAIR}
)  # fmt: skip
"""Keys that by themselves make a person worth naming: for records whose fields may not be read."""


@dataclass(frozen=True, slots=True)
class Lookup:
    """One token to look up."""

    token: int
    kind: Key
    words: str


def _birth(born: date) -> tuple[str, str, str]:
    """Return a date of birth as its whole with day and month in order of size, its year, and its day and month."""
    low, high = sorted((born.day, born.month))
    return f"{born.year}-{low}-{high}", str(born.year), f"{low}-{high}"


def _of(
    names: list[tuple[str, ...]], pairs: set[tuple[str, str]], born: date | None, addresses: list[Address]
) -> Iterator[tuple[Key, str]]:
    """Return the kinds and texts of all keys but those of numbers, places and whole surnames."""
    sounds = {code for codes_of in names for code in codes_of}
    sorted_pairs = {f"{min(pair)}|{max(pair)}" for pair in pairs}
    for pair in sorted_pairs:
        yield Key.PAIR, pair
    if born is not None:
        whole, year, day = _birth(born)
        yield Key.BIRTH, whole
        for code in sounds:
            yield Key.NAME_BIRTH, f"{code}|{whole}"
        for pair in sorted_pairs:
            yield Key.PAIR_YEAR, f"{pair}|{year}"
            yield Key.PAIR_DAY, f"{pair}|{day}"
    for address in addresses:
        if address.house and address.street:
            yield Key.HOUSE_STREET, f"{address.house}|{address.street}"
        if not address.postcode:
            continue
        if address.house:
            yield Key.HOUSE_POSTCODE, f"{address.house}|{address.postcode}"
        for code in sounds:
            yield Key.NAME_POSTCODE, f"{code}|{address.postcode}"
        for pair in sorted_pairs:
            yield Key.PAIR_DISTRICT, f"{pair}|{address.outward}"
        if born is not None:
            yield Key.BIRTH_DISTRICT, f"{whole}|{address.outward}"


def tokens_of(known: Known) -> set[int]:
    """Return every token that a person holds, from all that is recorded of them."""
    names = [codes(name.forenames) for name in known.names] + [codes(name.surname) for name in known.names]
    pairs = {
        (forename, surname)
        for name in known.names
        for forename in parted(name.forenames)
        for surname in codes(name.surname)
    }
    addresses = [taken_apart(home.line, home.postcode) for home in known.homes]
    prefix = _PREFIXES
    found = {hashed(prefix[kind] + text) for kind, text in _of(names, pairs, known.date_of_birth, addresses)}
    found |= {token(Key.PHONE, number.number) for number in known.numbers}
    found |= {token(Key.PLACE, str(home.place)) for home in known.homes if home.place}
    found |= {token(Key.SURNAME, surname) for name in known.names if (surname := closed_up(name.surname))}
    return found


def lookups(asked: Asked) -> list[Lookup]:
    """Return the tokens to look up for what was asked, each once."""
    said = parts(asked.name)
    names = [codes(part) for part in said]
    pairs = {
        pair
        for one, other in combinations(range(len(said)), 2)
        for pair in _pairs(codes(said[one]), codes(said[other]))
    }
    if len(said) > 2:  # "Mary Ann Smith" may be recorded as Maryann Smith, "Jan van Dam" as Jan Vandam
        first, last = "".join(said[:-1]), "".join(said[1:])
        names += [codes(first), codes(last)]
        pairs |= set(_pairs(codes(first), codes(said[-1]))) | set(_pairs(codes(said[0]), codes(last)))
    address = taken_apart(asked.address) if asked.address else None
    found = [
        Lookup(token(kind, text), kind, _says(kind, asked, address))
        for kind, text in _of(names, pairs, asked.date_of_birth, [address] if address else [])
    ]
    if asked.number:
        found.append(Lookup(token(Key.PHONE, asked.number), Key.PHONE, "this number"))
    if asked.place:
        found.append(Lookup(token(Key.PLACE, str(asked.place)), Key.PLACE, "this address"))
    surnames = {closed_up(asked.name), *said} - {""}
    found += [Lookup(token(Key.SURNAME, one), Key.SURNAME, f"the surname {one.title()}") for one in sorted(surnames)]
    return list({one.token: one for one in found}.values())


def _pairs(one: tuple[str, ...], other: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    return ((first, second) for first in one for second in other)


def _says(kind: Key, asked: Asked, address: Address | None) -> str:
    match kind:
        case Key.PAIR:
            return f"the name {folded(asked.name).title()}"
        case Key.BIRTH:
            return "this date of birth"
        case Key.HOUSE_POSTCODE | Key.HOUSE_STREET:
            return "this address"
        case Key.NAME_POSTCODE:
            return f"this name in {address.postcode.upper()}" if address else "this name here"
        case Key.BIRTH_DISTRICT | Key.PAIR_DISTRICT:
            return f"this description in {address.outward.upper()}" if address else "this description here"
        case _:
            return "this name and date of birth"
