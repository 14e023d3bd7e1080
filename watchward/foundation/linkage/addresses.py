"""Addresses taken apart: house, street and postcode, in one spelling."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from watchward.foundation.search.folding import closed_up, folded

_UK = re.compile(r"\b([a-z]{1,2}[0-9][a-z0-9]?) ?([0-9][a-z]{2})\b")
_ABROAD = re.compile(r"(?<=[a-z] )([0-9]{4,5})$")
_HOUSE = re.compile(r"^(?:(?:flat|unit|apartment|apt|room) \w+ )?(\d+[a-z]?)(?: ?[a-z])? (?=[a-z]{2})(.+)$")
_STREETS = {
    "st": "street", "rd": "road", "ave": "avenue", "av": "avenue", "cl": "close", "cres": "crescent", "ct": "court",
    "dr": "drive", "gdns": "gardens", "gr": "grove", "la": "lane", "ln": "lane", "pl": "place", "sq": "square",
    "ter": "terrace", "terr": "terrace", "wy": "way", "pk": "park", "mt": "mount", "crt": "court",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Address:
    """An address in parts, each folded; empty where it is not said.

    Args:
        house: the number with its letter, such as `27a`.
        street: with its kind written out, such as `kilncroft street`.
        postcode: without its space.
    """

    house: str = ""
    street: str = ""
    postcode: str = ""

    @property
    def outward(self) -> str:
        """Return the district of the postcode: all but its last three, or all of a short one from abroad."""
        return self.postcode[:-3] if len(self.postcode) > 5 or self.postcode[:1].isalpha() else self.postcode


@lru_cache(maxsize=65_536)
def taken_apart(text: str, postcode: str = "") -> Address:
    """Return the parts of an address.

    Args:
        text: as said, its lines parted by commas or line ends.
        postcode: where it stands by itself; otherwise one is looked for in the text.
    """
    code = closed_up(postcode)
    house = street = ""
    for piece in re.split(r"[,\n;]+", text):
        words = folded(piece)
        if not code and (found := _UK.search(words) or _ABROAD.search(words)):
            code = "".join(found.groups())
            words = f"{words[: found.start()]}{words[found.end() :]}".strip()
        if not street and (said := _HOUSE.match(words)):
            house, street = said[1], _written_out(said[2])
    if not street and text:
        first = folded(re.split(r"[,\n;]+", text)[0])
        words_of = first.split()
        if len(words_of) > 1 and (words_of[-1] in _STREETS or words_of[-1] in _STREETS.values()):
            street = _written_out(first)
        elif first.isalnum() and first[:1].isdigit() and not house:
            house = first
    return Address(house, street, code)


def _written_out(street: str) -> str:
    words = street.split()
    return " ".join([*words[:-1], _STREETS.get(words[-1], words[-1])])
