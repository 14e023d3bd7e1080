"""The words of places: kinds of marker, how an address was found, how a position is known."""

from __future__ import annotations

from enum import StrEnum


class Permission(StrEnum):
    """What roles let people do here.

    READ: see places.
    RECORD: record an address.
    MARK: mark a place.
    APPROVE: approve what somebody else marked.
    """

    READ = "places.read"
    RECORD = "places.record"
    MARK = "places.mark"
    APPROVE = "places.approve"


class PositionFrom(StrEnum):
    """How the position of a place is known."""

    GIVEN = "given"
    POSTCODE = "its postcode"
    UNKNOWN = ""


class Marking(StrEnum):
    """A kind of marker on what is no person: it protects whoever is there, or warns whoever deals with them."""

    @property
    def protects(self) -> bool:
        """Whether it protects; the others warn."""
        raise NotImplementedError

    @property
    def word(self) -> str:
        """Whom it is for, in a word."""
        return "Protect" if self.protects else "Warning"

    @property
    def role(self) -> str:
        """The part that what is marked has in it."""
        return "marked"

    @property
    def flags(self) -> tuple[str, ...]:
        """Words for counting."""
        return (self.value,) if self.protects else ("warning", self.value)


class MarkerKind(Marking):
    """What a marker warns of or asks for at a place."""

    TREAT_AS_URGENT = "treat-as-urgent"
    OFFICER_SAFETY = "officer-safety"
    DANGEROUS_DOG = "dangerous-dog"
    WEAPONS = "weapons"
    ACCESS = "access"
    VULNERABLE_OCCUPANT = "vulnerable-occupant"
    DOMESTIC_ABUSE = "domestic-abuse"
    REFUGE = "refuge"
    HAZARD = "hazard"

    @property
    def says(self) -> str:
        """The marker as people read it."""
        return _SAYS[self]

    @property
    def protects(self) -> bool:
        """Whether it protects somebody who lives there; the others warn those who go there."""
        return self in _PROTECTS

    @property
    def weight(self) -> int:
        """How bad it is, 1 or 2, if nobody looks at it again."""
        return 2 if self.protects else 1


_SAYS = {
    MarkerKind.TREAT_AS_URGENT: "Treat calls as urgent",
    MarkerKind.OFFICER_SAFETY: "Officer safety",
    MarkerKind.DANGEROUS_DOG: "Dangerous dog",
    MarkerKind.WEAPONS: "Weapons",
    MarkerKind.ACCESS: "How to get in",
    MarkerKind.VULNERABLE_OCCUPANT: "Somebody vulnerable lives here",
    MarkerKind.DOMESTIC_ABUSE: "Domestic abuse",
    MarkerKind.REFUGE: "Refuge",
    MarkerKind.HAZARD: "Hazard",
}

_PROTECTS = frozenset(
    {MarkerKind.TREAT_AS_URGENT, MarkerKind.VULNERABLE_OCCUPANT, MarkerKind.DOMESTIC_ABUSE, MarkerKind.REFUGE}
)


class Found(StrEnum):
    """Why an address was suggested, surest first."""

    NUMBER_AND_STREET = "number and street"
    NUMBER_AND_POSTCODE = "number and postcode"
    NAME = "name and place"
    POSTCODE = "postcode"
    STREET = "street"
    SOUNDS_ALIKE = "street sounds alike"
    ELSEWHERE = "elsewhere"
