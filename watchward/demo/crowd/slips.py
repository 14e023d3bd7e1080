"""What goes wrong when somebody is written down a second time: each kind of slip as forms and calls show it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Final

from watchward.demo.crowd.households import Household, Resident
from watchward.demo.crowd.names import Origin
from watchward.demo.crowd.streets import Address
from watchward.kernel.streams import Stream


class Slip(StrEnum):
    """One way in which a second record differs from the first."""

    NONE = "nothing differs"
    TYPING = "a typing error in a name"
    SOUND = "spelt as it sounds"
    NICKNAME = "a short name"
    MAIDEN = "the name at birth"
    INITIAL = "an initial alone"
    ORDER = "names in another order"
    PART = "a part of the name left out"
    PLAIN_LETTERS = "accents left out"
    MANS_FORM = "a woman's surname in the man's form"
    DAY_MONTH = "day and month swapped"
    DIGIT = "one digit of the date of birth"
    NO_BIRTH = "no date of birth"
    MOVED = "an earlier address"
    NO_ADDRESS = "no address"


@dataclass(frozen=True, slots=True)
class Written:
    """Somebody as one record has them.

    Args:
        forenames: as written.
        surname: as written.
        sex: F, M or empty.
        born: as written, or None.
        address: as written, or None.
        mobile: as written, or empty.
        slips: what differs from who they are.
    """

    forenames: str
    surname: str
    sex: str
    born: date | None
    address: Address | None
    mobile: str
    slips: frozenset[Slip] = frozenset()


SHORT: Final = {
    "Andrew": ("Andy", "Drew"), "Anthony": ("Tony",), "Benjamin": ("Ben",), "Catherine": ("Cath", "Kate"),
    "Charles": ("Charlie", "Chas"), "Christine": ("Chris",), "Christopher": ("Chris",), "Daniel": ("Dan", "Danny"),
    "David": ("Dave",), "Deborah": ("Debbie", "Deb"), "Edward": ("Ted", "Ed"), "Elizabeth": ("Liz", "Beth"),
    "Emily": ("Em",), "Gareth": ("Gaz",), "Gemma": ("Gem",), "James": ("Jim", "Jimmy", "Jamie"), "Janet": ("Jan",),
    "Jennifer": ("Jen", "Jenny"), "Jonathan": ("Jon",), "Joseph": ("Joe",), "Joshua": ("Josh",), "Karen": ("Kaz",),
    "Katherine": ("Kath", "Katie"), "Kenneth": ("Ken",), "Kerry": ("Kez",), "Kimberley": ("Kim",),
    "Leslie": ("Les",), "Lindsay": ("Lin",), "Lisa": ("Lis",), "Margaret": ("Maggie", "Peggy"), "Martin": ("Marty",),
    "Matthew": ("Matt",), "Melanie": ("Mel",), "Michael": ("Mick", "Mike"), "Natalie": ("Nat",), "Nicholas": ("Nick",),
    "Nicola": ("Nicky",), "Pamela": ("Pam",), "Patricia": ("Pat", "Tricia"), "Peter": ("Pete",), "Philip": ("Phil",),
    "Rebecca": ("Becky", "Becs"), "Richard": ("Rich", "Rick"), "Robert": ("Bob", "Rob"), "Ronald": ("Ron",),
    "Samantha": ("Sam",), "Samuel": ("Sam",), "Sandra": ("Sandy",), "Sarah": ("Sally",), "Shirley": ("Shirl",),
    "Stephen": ("Steve",), "Steven": ("Steve",), "Susan": ("Sue",), "Terence": ("Terry",), "Thomas": ("Tom",),
    "Timothy": ("Tim",), "Victoria": ("Vicky", "Tori"), "William": ("Bill", "Billy"),
    "Agnieszka": ("Aga",), "Aleksander": ("Olek",), "Aleksandra": ("Ola",), "Anna": ("Ania",), "Barbara": ("Basia",),
    "Elżbieta": ("Ela",), "Ewa": ("Ewka",), "Jakub": ("Kuba",), "Jan": ("Janek",), "Joanna": ("Asia",),
    "Justyna": ("Justysia",), "Katarzyna": ("Kasia",), "Magdalena": ("Magda",), "Maciej": ("Maciek",),
    "Małgorzata": ("Gosia",), "Mateusz": ("Mati",), "Michał": ("Misiek",), "Monika": ("Mona",), "Piotr": ("Piotrek",),
    "Szymon": ("Szymek",), "Tomasz": ("Tomek",), "Urszula": ("Ula",), "Zofia": ("Zosia",),
    "Abdul": ("Abs",), "Gurpreet": ("Gurps",), "Harpreet": ("Harps",), "Mohammed": ("Mo",), "Muhammad": ("Mo",),
}  # fmt: skip
"""Short names that people of the crowd are called by."""

_SOUNDS: Final = (
    ("ph", "f"), ("ck", "k"), ("ea", "ee"), ("ie", "y"), ("ey", "y"), ("sz", "sh"), ("cz", "ch"), ("w", "v"),
    ("ei", "ie"), ("oo", "u"), ("mm", "m"), ("ss", "s"), ("ll", "l"), ("tt", "t"), ("y", "i"), ("i", "y"),
    ("ai", "ay"), ("ou", "u"), ("kh", "k"), ("ah", "a"), ("q", "k"), ("zh", "j"), ("x", "sh"), ("in", "en"),
    ("son", "sen"), ("er", "ar"), ("an", "en"), ("s", "z"),
)  # fmt: skip
_ACCENTS: Final = str.maketrans("ąćęłńóśźżĄĆĘŁŃÓŚŹŻ", "acelnoszzACELNOSZZ")

_USUAL: Final[dict[Origin, dict[Slip, int]]] = {
    Origin.ENGLISH: {Slip.TYPING: 20, Slip.SOUND: 12, Slip.NICKNAME: 22, Slip.INITIAL: 6, Slip.PART: 8},
    Origin.SOUTH_ASIAN: {Slip.TYPING: 12, Slip.SOUND: 26, Slip.NICKNAME: 5, Slip.ORDER: 14, Slip.PART: 20},
    Origin.POLISH: {Slip.TYPING: 16, Slip.SOUND: 16, Slip.NICKNAME: 18, Slip.PLAIN_LETTERS: 60, Slip.MANS_FORM: 50},
    Origin.CHINESE: {Slip.TYPING: 10, Slip.SOUND: 14, Slip.ORDER: 30, Slip.PART: 16},
}
"""How often each slip befalls a name, by its origin. Invented, after what is written of such records."""

_ALWAYS: Final = {Slip.NONE: 14, Slip.MAIDEN: 14, Slip.DAY_MONTH: 6, Slip.DIGIT: 7, Slip.NO_BIRTH: 12}


def again(stream: Stream, person: Resident, household: Household) -> Written:
    """Return how somebody is written down another time: one slip, or two, or none; often an earlier address."""
    written = Written(
        person.forenames, person.surname, person.sex, person.born, household.address,
        person.mobile if stream.of("mobile").chance(0.4) else "",
    )  # fmt: skip
    likely = {**_ALWAYS, **_USUAL[person.origin]}
    asked = [stream.of("first").weighted(tuple(likely), tuple(likely.values()))]
    if stream.of("more").chance(0.3):
        asked.append(stream.of("second").weighted(tuple(likely), tuple(likely.values())))
    lives = stream.of("address").random()
    if lives < 0.22:
        asked.append(Slip.MOVED)
    elif lives < 0.40:
        asked.append(Slip.NO_ADDRESS)
    for place, slip in enumerate(asked):
        written = _with(written, slip, stream.of("slip", place), person, household)
    return written


def _with(written: Written, slip: Slip, stream: Stream, person: Resident, household: Household) -> Written:
    """Return the record with one more slip, or as it was where this slip cannot befall it."""
    changed = written
    match slip:
        case Slip.TYPING:
            if stream.chance(0.4):
                changed = replace(written, forenames=mistyped(stream, written.forenames))
            else:
                changed = replace(written, surname=mistyped(stream, written.surname))
        case Slip.SOUND:
            if stream.chance(0.5):
                changed = replace(written, forenames=as_it_sounds(stream, written.forenames))
            else:
                changed = replace(written, surname=as_it_sounds(stream, written.surname))
        case Slip.NICKNAME:
            first, _space, _rest = written.forenames.partition(" ")
            if first in SHORT:
                changed = replace(written, forenames=stream.choice(SHORT[first]))
        case Slip.MAIDEN:
            if person.birth_surname:
                changed = replace(written, surname=person.birth_surname)
        case Slip.INITIAL:
            changed = replace(written, forenames=written.forenames[:1])
        case Slip.ORDER:
            changed = replace(written, forenames=written.surname, surname=written.forenames)
        case Slip.PART:
            words = written.forenames.split()
            if len(words) > 1:
                changed = replace(written, forenames=stream.choice(words))
        case Slip.PLAIN_LETTERS:
            plain = written.forenames.translate(_ACCENTS), written.surname.translate(_ACCENTS)
            changed = replace(written, forenames=plain[0], surname=plain[1])
        case Slip.MANS_FORM:
            if person.sex == "F" and written.surname.endswith("ka"):
                changed = replace(written, surname=written.surname[:-1] + "i")
        case Slip.DAY_MONTH | Slip.DIGIT | Slip.NO_BIRTH:
            changed = replace(written, born=_birth(stream, slip, written.born))
        case Slip.MOVED:
            changed = replace(written, address=household.before or written.address)
        case Slip.NO_ADDRESS:
            changed = replace(written, address=None)
        case Slip.NONE:
            pass
    return replace(changed, slips=written.slips | {slip}) if changed != written else written


def _birth(stream: Stream, slip: Slip, born: date | None) -> date | None:
    if born is None or slip is Slip.NO_BIRTH:
        return None
    if slip is Slip.DAY_MONTH:
        return born.replace(month=born.day, day=born.month) if born.day <= 12 else born
    try:
        if stream.chance(0.5):
            return born.replace(day=born.day + stream.choice((-10, -1, 1, 10)))
        return born.replace(year=born.year + stream.choice((-10, -1, 1)))
    except ValueError:
        return born.replace(day=1 if born.day > 1 else 2)


def mistyped(stream: Stream, word: str) -> str:
    """Return a word with one slip of the fingers: two letters swapped, one left out, one doubled or a neighbour hit."""
    if len(word) < 3:
        return word
    at = stream.integer(1, len(word) - 2)
    kind = stream.integer(0, 3)
    if kind == 0:
        return word[:at] + word[at + 1] + word[at] + word[at + 2 :]
    if kind == 1:
        return word[:at] + word[at + 1 :]
    if kind == 2:
        return word[: at + 1] + word[at] + word[at + 1 :]
    near = _NEAR.get(word[at].lower(), "e")
    return word[:at] + stream.choice(near) + word[at + 1 :]


_NEAR: Final = {
    letter: "".join(row[max(0, at - 1) : at] + row[at + 1 : at + 2])
    for row in ("qwertyuiop", "asdfghjkl", "zxcvbnm")
    for at, letter in enumerate(row)
}


def as_it_sounds(stream: Stream, word: str) -> str:
    """Return a word spelt as somebody who hears it might: one sound written another way."""
    lower = word.lower()
    fits = [(written, heard) for written, heard in _SOUNDS if written in lower[1:]]
    if not fits:
        return mistyped(stream, word)
    written, heard = stream.choice(fits)
    at = lower.index(written, 1)
    return word[:at] + heard + word[at + len(written) :]
