"""Whether an address on record is the one that somebody is typing, and why, in words."""

from __future__ import annotations

from dataclasses import dataclass

from watchward.domains.places.rules.addresses import ENDINGS, Parts, Typed, plain, sound, taken_apart
from watchward.domains.places.vocabulary import Found


@dataclass(frozen=True, slots=True)
class Facts:
    """An address on record, as far as finding it goes.

    Args:
        parts: house and street in their normal form.
        line: house and street as they are kept.
        around: the normal form of its locality and town.
        where: its locality, else its town, as people say it.
        postcode: in its normal form.
    """

    parts: Parts
    line: str
    around: str = ""
    where: str = ""
    postcode: str = ""


@dataclass(frozen=True)
class Asked:
    """What was typed, made ready once to be compared with many."""

    typed: Typed
    parts: Parts
    words: tuple[str, ...]
    sounds: tuple[str, ...]
    where: tuple[str, ...]

    @classmethod
    def of(cls, typed: Typed) -> Asked:
        """Return what was typed, made ready."""
        parts = taken_apart(typed.line)
        words = tuple(f"{parts.building} {parts.street}".split())
        where = tuple(plain(typed.vicinity).replace(",", " ").replace("-", " ").split())
        return cls(typed, parts, words, tuple(sound(word) for word in words), where)


@dataclass(frozen=True)
class Match:
    """How an address on record answers what was typed.

    Args:
        found: what agrees.
        agrees: how many words of the place agree, for the order of equals.
        why: what agrees, or what it is not, in words.
    """

    found: Found
    agrees: int
    why: str

    @property
    def order(self) -> tuple[int, int]:
        """What sorts the surest first."""
        return (list(Found).index(self.found), -self.agrees)


@dataclass(frozen=True)
class _Words:
    """What became of the typed words against one address."""

    street: int = 0
    whole: int = 0
    alike: int = 0
    ending: bool = False
    vicinity: int = 0
    missed: int = 0


def _number_agrees(typed: str, kept: str) -> bool:
    return typed == kept or (typed.isdigit() and kept.rstrip("abcdefghijklmnopqrstuvwxyz") == typed)


def _against(asked: Asked, street: list[str], around: list[str]) -> _Words:
    """Place each typed word: in the street, in what sounds like it, in its ending, around it, or nowhere."""
    in_street = whole = alike = around_it = missed = 0
    ending = False
    last = len(asked.words) - 1
    for place, word in enumerate(asked.words):
        begins = place == last or len(word) > 2
        if word in street or (begins and any(kept.startswith(word) for kept in street)):
            in_street += word not in ENDINGS
            whole += word in street
        elif word in around or (begins and any(kept.startswith(word) for kept in around)):
            around_it += 1
        elif word in ENDINGS and place:
            ending = True
        elif len(word) > 2 and any(sound(kept) == asked.sounds[place] for kept in street):
            alike += 1
        else:
            missed += 1
    return _Words(in_street, whole, alike, ending, around_it, missed)


def compared(asked: Asked, kept: Facts) -> Match | None:
    """Return how an address on record answers what was typed; None where it does not.

    A house number that was typed must be the one on record: another house of the street is no answer.
    """
    typed, numbered = asked.typed, bool(asked.parts.number)
    if asked.parts.unit and asked.parts.unit != kept.parts.unit:
        return None
    if numbered and kept.parts.number and not _number_agrees(asked.parts.number, kept.parts.number):
        return None
    same_number = numbered and bool(kept.parts.number)
    if not numbered and not kept.parts.number and _same_name(asked, kept):
        return Match(Found.NAME, 9, str(Found.NAME))
    if typed.postcode and kept.postcode == typed.postcode and (same_number or not numbered):
        found = Found.NUMBER_AND_POSTCODE if same_number else Found.POSTCODE
        return Match(found, 9, str(found))
    return _by_street(asked, kept, same_number=same_number)


def _same_name(asked: Asked, kept: Facts) -> bool:
    """Return whether a place without a number was typed whole, and where it is: `Nettlewick Farm, Eccleshall`."""
    if not asked.parts.street or asked.parts.normal != kept.parts.normal:
        return False
    if asked.typed.postcode and kept.postcode:
        return asked.typed.postcode == kept.postcode
    around = kept.around.replace("|", " ").split()
    return bool(asked.where) and all(word in around for word in asked.where)


def _by_street(asked: Asked, kept: Facts, *, same_number: bool) -> Match | None:
    typed, around = asked.typed, kept.around.replace("|", " ").split()
    words = _against(asked, f"{kept.parts.building} {kept.parts.street}".split(), around)
    if not (words.street or words.alike) or words.missed > (words.street + words.alike):
        return None
    near = sum(1 for word in asked.where if any(name.startswith(word) for name in around))
    flat = bool(kept.parts.unit and not asked.parts.unit)
    agrees = 3 * words.street + words.whole + 2 * words.vicinity + 2 * near - words.missed - flat
    if typed.district and kept.postcode:
        agrees += 3 if kept.postcode.startswith(typed.district) else -1
    elsewhere = (
        words.ending
        or words.missed > 0
        or bool(asked.where and around and not near)
        or bool(typed.postcode and kept.postcode and typed.postcode != kept.postcode)
        or bool(typed.district and kept.postcode and not kept.postcode.startswith(typed.district))
    )
    if elsewhere:
        return Match(Found.ELSEWHERE, agrees, f"Not {_said(kept)}?")
    if words.alike:
        return Match(Found.SOUNDS_ALIKE, agrees, str(Found.SOUNDS_ALIKE))
    found = Found.NUMBER_AND_STREET if same_number else Found.STREET
    return Match(found, agrees, str(found))


def _said(kept: Facts) -> str:
    """Return street and locality of an address, as a question names them: `Kilncroft Close, Tunstall`."""
    words = kept.line.split(",")[-1].split()
    while len(words) > 1 and words[0][:1].isdigit():
        words = words[1:]
    return ", ".join(part for part in (" ".join(words), kept.where) if part)
