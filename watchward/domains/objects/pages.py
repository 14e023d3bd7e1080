"""What the page of a telephone number shows."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from watchward.domains.objects.queries import TelephoneNumber
from watchward.domains.objects.vocabulary import NumberKind
from watchward.foundation.ui.parts import Line, Mark
from watchward.foundation.ui.words import day_year


@dataclass(frozen=True)
class NumberPage:
    """One telephone number.

    Args:
        said: as people write it.
    """

    id: UUID
    said: str
    facts: tuple[Mark, ...]
    markers: tuple[Mark, ...]
    ended: tuple[Mark, ...]
    lines: tuple[Line, ...]
    hidden: str
    mark_url: str
    shared_url: str


_KINDS = {
    NumberKind.MOBILE: "Mobile",
    NumberKind.LANDLINE: "Landline",
    NumberKind.NON_GEOGRAPHIC: "Service number",
    NumberKind.INTERNATIONAL: "Abroad",
}


def facts(number: TelephoneNumber) -> tuple[Mark, ...]:
    """Return what a number is, and whether people who do not live together share it."""
    return (
        Mark("Kind", _KINDS[NumberKind(number.kind)], f"on record since {day_year(number.made_at)}"),
        Mark("Shared", number.shared_words if number.shared else "Nobody has said so", quiet=not number.shared),
    )
