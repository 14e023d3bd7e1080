"""Addresses: taken apart, written one way, compared, and cut into the words by which they are found."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

# Written as BS 7666 and Royal Mail write them in full; what people and other systems write stands on the left.
STREET_WORDS: Final = {
    "st": "street", "str": "street", "rd": "road", "ave": "avenue", "av": "avenue", "aven": "avenue",
    "cl": "close", "clo": "close", "cres": "crescent", "cresc": "crescent", "crt": "court", "ct": "court",
    "dr": "drive", "drv": "drive", "gdn": "garden", "gdns": "gardens", "gr": "grove", "grv": "grove", "gro": "grove",
    "ln": "lane", "la": "lane", "pl": "place", "sq": "square", "ter": "terrace", "terr": "terrace", "trce": "terrace",
    "wy": "way", "pk": "park", "rw": "row", "wlk": "walk", "wk": "walk", "hts": "heights", "mt": "mount",
    "pde": "parade", "prom": "promenade", "vw": "view", "ri": "rise", "cft": "croft", "est": "estate",
    "hse": "house", "ho": "house", "bldg": "building", "bldgs": "buildings", "cott": "cottage", "cotts": "cottages",
    "upr": "upper", "lwr": "lower", "gt": "great", "lt": "little", "nr": "near",
}  # fmt: skip

ENDINGS: Final = frozenset(
    {
        "street", "road", "avenue", "close", "crescent", "court", "drive", "garden", "gardens", "grove", "lane",
        "place", "square", "terrace", "way", "park", "row", "walk", "heights", "mount", "parade", "promenade", "view",
        "rise", "croft", "estate", "hill", "bank", "green", "mews", "fold", "gate", "yard", "path", "meadow", "meadows",
        "end", "side", "drift", "drove", "vale", "bypass",
    }
)  # fmt: skip
"""Words that end the name of a street."""

_UNIT = re.compile(
    r"^(flat|flt|fl|apartment|apt|unit|room|rm|suite|studio)\s+(?:no\s+)?([a-z]?\d+[a-z]?|[a-z])\b[\s,]*"
)
_NUMBER = re.compile(r"^(?:no\s+)?(\d+[a-z]?(?:-\d+[a-z]?)?)\b[\s,]*")
_LETTER = re.compile(r"^([a-z])\s+(?=\S+\s+\S)")
_POSTCODE = re.compile(r"(GIR|[A-Z]{1,2}\d[A-Z\d]?)\s*(\d[A-Z]{2})")
_POSTCODE_AT_END = re.compile(r"[\s,]*\b((?:GIR|[A-Z]{1,2}\d[A-Z\d]?)\s*\d[A-Z]{2})\s*\.?$", re.IGNORECASE)
_DISTRICT_AT_END = re.compile(r"(?:^|[\s,]+)([A-Z]{1,2}\d[A-Z\d]?)(?:\s+(\d[A-Z]?)?)?$", re.IGNORECASE)


@dataclass(frozen=True)
class Parts:
    """An address line taken apart, each part in its normal form.

    Args:
        unit: the flat or room, such as `3`.
        number: the house number, such as `27` or `27a`.
        building: its name, where it has one.
        street: the street in full words.
    """

    unit: str = ""
    number: str = ""
    building: str = ""
    street: str = ""

    @property
    def normal(self) -> str:
        """The line in its one form; a building's name counts only where there is no number."""
        return "|".join((self.unit, self.number or self.building, self.street))

    @classmethod
    def of_normal(cls, normal: str) -> Parts:
        """Return the parts that a normal form holds."""
        unit, number, street = (*normal.split("|"), "", "")[:3]
        numbered = number[:1].isdigit()
        return cls(unit, number if numbered else "", "" if numbered else number, street)

    @property
    def words(self) -> tuple[str, ...]:
        """The words by which the street, or the building without one, is known: its ending is not one of them."""
        return telling_words(self.street or self.building)


@dataclass(frozen=True)
class Typed:
    """What somebody typed in one field, taken apart.

    Args:
        line: house and street as typed.
        vicinity: locality or town, as typed.
        postcode: in its normal form, empty where none was typed or it is not whole.
        district: the part of a postcode that was typed, such as `ST6` or `ST6 5`.
    """

    line: str
    vicinity: str = ""
    postcode: str = ""
    district: str = ""


def postcode(typed: str) -> str:
    """Return a postcode in its normal form, such as `ST6 5AA` (BS 7666); empty when it has not the shape of one."""
    found = _POSTCODE.fullmatch(re.sub(r"[\s.\-]+", "", typed).upper())
    return f"{found[1]} {found[2]}" if found else ""


def plain(text: str) -> str:
    """Return text in small letters without marks, with single spaces; commas and hyphens between numbers stay."""
    text = text.casefold().replace("&", " and ").replace("\u2019", "").replace("'", "")
    for written, kept in _PLAIN:
        text = written.sub(kept, text)
    return " ".join(text.split()).strip(" ,-")


_PLAIN: Final = tuple(
    (re.compile(written), kept)
    for written, kept in (
        (r"(?<=\d)\s*[-\u2010-\u2015/]\s*(?=\d)", "-"), (r"(?<!\d)-|-(?!\d)", " "), (r"[^\w,\-\s]", " "),
        (r"\s*,[\s,]*", ", "),
    )
)  # fmt: skip


def street_in_full(text: str) -> str:
    """Return the name of a street in full words: `St Johns Rd` is `saint johns road`, `Kiln St` is `kiln street`."""
    words = text.replace(",", " ").split()
    full = []
    for place, word in enumerate(words):
        if word == "st":
            full.append("street" if place and place == len(words) - 1 else "saint")
        elif place == 0 and word in ENDINGS_SHORT:
            full.append(word)
        else:
            full.append(STREET_WORDS.get(word, word))
    return " ".join(full)


ENDINGS_SHORT: Final = frozenset(word for word, whole in STREET_WORDS.items() if whole in ENDINGS)
"""Short forms that mean an ending and so never begin a name."""


def telling_words(street: str) -> tuple[str, ...]:
    """Return the words of a street that tell it from others: not its ending, not `the`."""
    words = street.split()
    kept = words[:-1] if len(words) > 1 and words[-1] in ENDINGS else words
    return tuple(word for word in kept if word != "the") or tuple(words)


def taken_apart(line: str) -> Parts:
    """Return an address line in its parts; what cannot be told apart stands as the street."""
    text = plain(line)
    unit = ""
    if found := _UNIT.match(text):
        unit, text = found[2], text[found.end() :]
    sections = [section.strip() for section in text.split(",") if section.strip()]
    building = ""
    numbered = next((place for place, section in enumerate(sections) if _NUMBER.match(section)), None)
    if numbered is None:
        if len(sections) > 1:
            building, sections = street_in_full(sections[0]), sections[1:]
        return Parts(unit, "", building, street_in_full(" ".join(sections)))
    building = street_in_full(" ".join(sections[:numbered]))
    rest = " ".join(sections[numbered:])
    if not unit and (found := _UNIT.match(rest)):
        unit, rest = found[2], rest[found.end() :]
    found = _NUMBER.match(rest)
    assert found is not None  # noqa: S101 - a section that begins with a number was picked
    number, rest = found[1], rest[found.end() :]
    if letter := _LETTER.match(rest):
        number, rest = number + letter[1], rest[letter.end() :]
    return Parts(unit, number, building, street_in_full(rest))


def typed_apart(text: str) -> Typed:
    """Return what was typed in one field: house and street, where, and the postcode or its beginning."""
    rest, whole, district = text.strip(), "", ""
    if found := _POSTCODE_AT_END.search(rest):
        whole, rest = postcode(found[1]), rest[: found.start()]
    elif found := _DISTRICT_AT_END.search(rest):
        district = " ".join(part for part in found.groups() if part).upper()
        rest = rest[: found.start()]
    rest = rest.strip(" ,")
    line, vicinity = _split_at_comma(rest) if "," in rest else _split_at_ending(rest)
    return Typed(line.strip(" ,"), vicinity.strip(" ,"), whole, district)


def _split_at_comma(text: str) -> tuple[str, str]:
    """Part house and street from locality and town: the street is the first section that holds a number and a word.

    Where none is a street, the first is the name of the place; a flat goes along with the building after it.
    """
    sections = [section.strip() for section in text.split(",")]
    for place, section in enumerate(sections):
        parts = taken_apart(section)
        ends = parts.street.split()[-1:] or [""]
        if (parts.number and parts.street) or (not parts.unit and ends[0] in ENDINGS and len(parts.street.split()) > 1):
            return ", ".join(sections[: place + 1]), ", ".join(sections[place + 1 :])
    first = taken_apart(sections[0])
    named = 2 if first.unit and not first.street else 1
    return ", ".join(sections[:named]), ", ".join(sections[named:])


def _split_at_ending(text: str) -> tuple[str, str]:
    """Part `27 kiln st burslem` after the word that ends the street; `st` before more of a name is a saint."""
    words = text.split()
    begins = next((place for place, word in enumerate(words) if not re.match(r"\d", word)), len(words))
    for place in range(len(words) - 1, begins, -1):
        word = plain(words[place])
        if STREET_WORDS.get(word, word) in ENDINGS:
            return " ".join(words[: place + 1]), " ".join(words[place + 1 :])
    return text, ""


def vicinity_words(*texts: str) -> frozenset[str]:
    """Return the names of localities and towns, each in its normal form: those of an address that share one agree."""
    return frozenset(
        part for text in texts for section in plain(text).split(",") if (part := section.strip().replace("-", " "))
    )


def same_vicinity(one: tuple[str, str], other: tuple[str, str]) -> bool:
    """Return whether two pairs of locality and town are one place to look for a street in.

    Where both name a locality, a shared post town is not enough: Burslem and Tunstall are both Stoke-on-Trent, and
    each has its High Street. Where neither names anything, nothing speaks against it.
    """
    mine, yours = vicinity_words(*one), vicinity_words(*other)
    if not mine or not yours:
        return not mine and not yours
    here, there = vicinity_words(one[0]), vicinity_words(other[0])
    if here and there:
        return bool(here & yours or there & mine)
    return bool(mine & yours)


def once_key(normal: str, postcode: str, vicinity: str) -> str:
    """Return what no two open places may share: house and street, with postcode and vicinity."""
    return "\n".join((normal, postcode, vicinity))


def tidy(line: str) -> str:
    """Return a line as an address is written: single spaces, and capitals where there were none or nothing else."""
    text = re.sub(r"\s*,\s*", ", ", re.sub(r"\s+", " ", line)).strip(" ,")
    if text and (text == text.lower() or text == text.upper()):
        text = re.sub(r"[A-Za-z][A-Za-z\u2019']*", lambda word: word[0][:1].upper() + word[0][1:].lower(), text)
        text = re.sub(r"(?<=\d)[A-Z]\b", lambda letter: letter[0].lower(), text)
    return text


@lru_cache(maxsize=20_000)
def sound(word: str) -> str:
    """Return how a word sounds, roughly: words that a caller may say alike have one code.

    Digraphs first, then letters that sound alike made one, vowels after the first letter and doubles dropped.
    """
    text = re.sub(r"[^a-z0-9]", "", plain(word))
    for written, said in _SAID:
        text = written.sub(said, text)
    if not text:
        return ""
    kept = text[0] if text[0] not in "aeiouy" else "a"
    for letter in text[1:]:
        if letter not in "aeiouyhw" and letter != kept[-1]:
            kept += letter
    return kept


_SAID: Final = tuple(
    (re.compile(written), said)
    for written, said in (
        (r"^(kn|gn)", "n"), (r"^wr", "r"), (r"^ps", "s"), (r"^wh", "w"), (r"ough", "o"), (r"augh", "o"),
        (r"igh", "i"), (r"tch", "c"), (r"sch", "sk"), (r"ph", "f"), (r"ck", "k"), (r"ch|sh", "j"), (r"th", "t"),
        (r"c(?=[eiy])", "s"), (r"c", "k"), (r"q", "k"), (r"x", "ks"), (r"z", "s"), (r"dg|g(?=[eiy])", "j"),
        (r"mb$", "m"), (r"v", "f"),
    )
)  # fmt: skip


LETTERS_SHORT: Final = 3
LETTERS_LONG: Final = 6


def beginning(word: str) -> str:
    """Return the longest beginning of what was typed of a word that is kept as a token."""
    return word[:LETTERS_LONG] if len(word) >= LETTERS_LONG else word[:LETTERS_SHORT]


def tokens_of(parts: Parts, postcode: str) -> frozenset[tuple[str, str]]:
    """Return the words by which a place is found, each with its kind.

    House number and postcode; house number with the first letters and with the sound of each telling word of the
    street; the first letters and the sound of each alone; the postcode. A place without a number has its name besides.
    """
    numbers = {parts.number, parts.number.rstrip("abcdefghijklmnopqrstuvwxyz")} - {""} if parts.number else set()
    found: set[tuple[str, str]] = set()
    code = postcode.replace(" ", "")
    if code:
        found.add(("postcode", code))
        found |= {("number postcode", f"{number} {code}") for number in numbers}
    for word in {*parts.words, *telling_words(parts.building)}:
        if not numbers:
            found |= {("named", word[:LETTERS_SHORT]), ("named", word[:LETTERS_LONG])}
        found |= {("word", word[:LETTERS_SHORT]), ("word", word[:LETTERS_LONG])}
        if heard := sound(word):
            found.add(("sound", heard))
            found |= {("number sound", f"{number} {heard}") for number in numbers}
        begins = {word[:LETTERS_SHORT], word[:LETTERS_LONG]}
        found |= {("number word", f"{number} {letters}") for number in numbers for letters in begins}
    return frozenset(found)


def tokens_asked(typed: Typed) -> tuple[tuple[tuple[str, str], ...], tuple[tuple[str, str], ...]]:
    """Return the tokens to ask for: the sure ones, with a number or a postcode, then the wide ones, without."""
    parts = taken_apart(typed.line)
    code = typed.postcode.replace(" ", "")
    # Without the word that ends a street, the last words may be a locality: they are asked for all the same.
    words = [word for word in parts.words if len(word) >= LETTERS_SHORT][:4]
    sure: list[tuple[str, str]] = []
    wide: list[tuple[str, str]] = []
    if code and parts.number:
        sure.append(("number postcode", f"{parts.number} {code}"))
    if code:
        sure.append(("postcode", code))
    for word in words:
        heard = sound(word)
        if parts.number:
            sure.append(("number word", f"{parts.number} {beginning(word)}"))
            if heard:
                sure.append(("number sound", f"{parts.number} {heard}"))
        # Another house of the street is no answer to a number: only places that have none are.
        wide.append(("named" if parts.number else "word", beginning(word)))
        if heard and len(word) > LETTERS_SHORT and not parts.number:
            wide.append(("sound", heard))
    return tuple(dict.fromkeys(sure)), tuple(dict.fromkeys(wide))
