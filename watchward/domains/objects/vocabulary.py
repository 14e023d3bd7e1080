"""The words of telephone numbers: what kinds there are, how they are written, how they are said."""

from __future__ import annotations

import re
from enum import StrEnum
from functools import lru_cache
from typing import Final

from watchward.domains.places.vocabulary import Marking


class Permission(StrEnum):
    """What roles let people do here.

    READ: see telephone numbers.
    RECORD: record a telephone number, and whether it is shared.
    MARK: mark a telephone number.
    APPROVE: approve what somebody else marked.
    """

    READ = "objects.read"
    RECORD = "objects.record"
    MARK = "objects.mark"
    APPROVE = "objects.approve"


class MarkerKind(Marking):
    """What a marker on a telephone number tells whoever answers it."""

    TREAT_AS_URGENT = "treat-as-urgent"
    VULNERABLE_CALLER = "vulnerable-caller"
    DOMESTIC_ABUSE = "domestic-abuse"
    CANNOT_SPEAK = "cannot-speak"
    LANGUAGE = "language"
    CRISIS_PLAN = "crisis-plan"
    THREATS = "threats"
    HOAX = "hoax"
    NOT_SAFE_TO_RING = "not-safe-to-ring"

    @property
    def says(self) -> str:
        """The marker as people read it."""
        return _SAYS[self]

    @property
    def protects(self) -> bool:
        """Whether it protects whoever rings; the others warn whoever answers."""
        return self not in (MarkerKind.THREATS, MarkerKind.HOAX)

    @property
    def weight(self) -> int:
        """How bad it is, 1 or 2, if nobody looks at it again."""
        return 1 if self in (MarkerKind.LANGUAGE, MarkerKind.HOAX) else 2


_SAYS: Final = {
    MarkerKind.TREAT_AS_URGENT: "Treat calls as urgent",
    MarkerKind.VULNERABLE_CALLER: "Somebody vulnerable rings from here",
    MarkerKind.DOMESTIC_ABUSE: "Domestic abuse",
    MarkerKind.CANNOT_SPEAK: "May be unable to speak",
    MarkerKind.LANGUAGE: "Needs an interpreter",
    MarkerKind.CRISIS_PLAN: "Mental health crisis plan",
    MarkerKind.THREATS: "Threats were made from here",
    MarkerKind.HOAX: "Hoax calls",
    MarkerKind.NOT_SAFE_TO_RING: "Not safe to ring back",
}


class NumberKind(StrEnum):
    """What a number is, by its first digits (Ofcom, National Telephone Numbering Plan)."""

    MOBILE = "mobile"
    LANDLINE = "landline"
    NON_GEOGRAPHIC = "service"
    INTERNATIONAL = "abroad"


WITHHELD: Final = frozenset(
    {"withheld", "withheld number", "anonymous", "unknown", "private", "private number", "unavailable", "blocked",
     "no caller id", "caller withheld", "number withheld", "restricted", "payphone", "none", "n/a", "na", "nil"}
)  # fmt: skip
"""What exchanges and people write where there is no number."""

_EXTENSION = re.compile(r"(?:\b(?:extension|ext|extn)\b\.?|(?<=\d)\s*x|#)\s*(\d{1,6})\s*$", re.IGNORECASE)
_COUNTRY = "44"


def normal_number(typed: str) -> str:
    """Return a number in its normal form (ITU-T E.164), such as +447700900123; empty if it is no number.

    UK national and international writing, spaces, brackets, hyphens, dots and an extension are understood. An
    extension stays, as in `+441632960123x45`: behind one switchboard there are many people. Withheld and blank
    numbers, and such as nobody could dial, give the empty text.

    Args:
        typed: as written or as the exchange sent it.
    """
    text = typed.strip().replace("\u00a0", " ")
    if not text or text.casefold().strip(" .") in WITHHELD:
        return ""
    found = _EXTENSION.search(text)
    extension = f"x{found[1]}" if found else ""
    if found:
        text = text[: found.start()]
    if re.search(r"[^\d\s()+./\-\u2010-\u2015]", text):
        return ""
    text = re.sub(r"\(\s*0\s*\)", "", text) if re.match(r"\s*(\+|00)", text) else text
    digits = re.sub(r"\D", "", text)
    abroad = text.lstrip(" (").startswith("+")
    if not abroad and digits.startswith("00"):
        abroad, digits = True, digits[2:]
    if abroad and not digits.startswith(_COUNTRY):
        return f"+{digits}{extension}" if 8 <= len(digits) <= 15 and digits[0] != "0" else ""
    if abroad:
        national = digits[2:].removeprefix("0")
    elif digits.startswith("0"):
        national = digits[1:]
    elif len(digits) == 12 and digits.startswith(_COUNTRY):
        national = digits[2:]
    elif len(digits) == 10 and digits[0] in "1237":
        national = digits
    else:
        return ""
    if not is_national(national):
        return ""
    return f"+{_COUNTRY}{national}{extension}"


def is_national(national: str) -> bool:
    """Return whether these digits, without the leading 0, can be a number of the UK.

    Ten digits, or nine for a few old 01 codes and for 0500 and 0800 numbers.
    """
    if len(national) == 9:
        return national[0] == "1" or national.startswith(("500", "800"))
    return len(national) == 10 and national[0] in "1235789"


def kind_of(normal: str) -> NumberKind:
    """Return what kind of number this normal form is."""
    number = normal.split("x")[0]
    if not number.startswith("+44"):
        return NumberKind.INTERNATIONAL
    national = number[3:]
    if national.startswith("7") and not national.startswith(("70", "76")):
        return NumberKind.MOBILE
    if national[0] in "12":
        return NumberKind.LANDLINE
    return NumberKind.NON_GEOGRAPHIC


@lru_cache(maxsize=16_384)
def shown(normal: str) -> str:
    """Return a number as people write and read it aloud: 07700 900123, 020 7946 0123, 01632 960123 ext 45."""
    number, _x, extension = normal.partition("x")
    said = _spaced("0" + number[3:]) if number.startswith("+44") else number
    return f"{said} ext {extension}" if extension else said


def _spaced(national: str) -> str:
    if national.startswith("02") and len(national) == 11:
        return f"{national[:3]} {national[3:7]} {national[7:]}"
    if len(national) == 11 and re.match(r"0(3|5|8|9|11\d|1\d1)", national):
        return f"{national[:4]} {national[4:7]} {national[7:]}"
    return f"{national[:5]} {national[5:]}"
