"""A scorer of stated rules: which fields fit, how strongly, and what stands against; no figure that was not measured.

The rules:

- A **strong fit** has two strong fields, a name or a date of birth among them, and neither name nor date of birth
  against; or the reference of the record.
- **Some fit**: one strong field with another that says something; or number and address together, which fit everybody
  of a household alike; or a strong number alone.
- A **weak fit**: anything else that speaks for the person.
- Somebody whose name and date of birth both speak against is not shown, whatever else fits, unless the number or the
  address is strong: then a weak fit, since they may live together.

The weights only order the list.
"""

from __future__ import annotations

from collections.abc import Sequence

from watchward.foundation.linkage.comparisons import address, birth, name, number
from watchward.foundation.linkage.vocabulary import Asked, Evidence, Known, Score, Standing, Strength

IDENTIFYING = frozenset({"name", "date of birth"})
_ORDER = {Strength.STRONG: 0, Strength.SOME: 1, Strength.AGAINST: 2, Strength.NOT_ASKED: 3, Strength.MISSING: 4}


class StatedEvidence:
    """The scorer of the stated rules above."""

    def scores(self, asked: Asked, people: Sequence[Known]) -> Sequence[Score]:
        """Return the score of each person, in their order."""
        return [score(asked, known) for known in people]


def score(asked: Asked, known: Known) -> Score:
    """Return how well one person fits."""
    found = [name(asked, known), birth(asked, known), number(asked, known), address(asked, known)]
    if asked.reference and known.reference == asked.reference:
        found.append(Evidence(Strength.STRONG, f"Record {known.reference}", "reference", 20.0))
    strong = {one.field for one in found if one.strength is Strength.STRONG}
    some = {one.field for one in found if one.strength is Strength.SOME}
    against = {one.field for one in found if one.strength is Strength.AGAINST}
    return Score(
        standing=_standing(strong, some, against),
        weight=sum(one.weight for one in found),
        fits=_fits([one.field for one in found if one.field in strong | some]),
        household=bool(strong | some) and not (strong | some) & (IDENTIFYING | {"reference"}),
        evidence=in_order(found),
    )


def in_order(found: Sequence[Evidence]) -> tuple[Evidence, ...]:
    """Return evidence as it is shown: for, by weight; then against; then what was not asked or is missing."""
    return tuple(sorted(found, key=lambda one: (_ORDER[one.strength], -one.weight)))


def _standing(strong: set[str], some: set[str], against: set[str]) -> Standing | None:
    if "reference" in strong:
        return Standing.STRONG
    if not strong | some:
        return None
    if against >= IDENTIFYING:
        return Standing.WEAK if strong & {"number", "address"} else None
    if len(strong) >= 2 and strong & IDENTIFYING and not against & IDENTIFYING:
        return Standing.STRONG
    if against & IDENTIFYING:
        return Standing.FAIR if len(strong) >= 2 else Standing.WEAK
    if (strong and len(strong | some) >= 2) or "number" in strong:
        return Standing.FAIR
    return Standing.WEAK


def _fits(fields: list[str]) -> str:
    if not fields:
        return ""
    said = fields[0] if len(fields) == 1 else f"{', '.join(fields[:-1])} and {fields[-1]}"
    return f"Fits on {said}"
