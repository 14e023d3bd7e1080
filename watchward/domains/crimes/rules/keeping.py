"""Into which review group a crime falls, which says how long it is kept."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Final

from watchward.domains.offences.vocabulary import OffenceGroup
from watchward.kernel.dated import Dated, Version

GRAVEST, SERIOUS, OTHER, MISCELLANEOUS = 1, 2, 3, 4
"""The review groups of police information, by number."""

_OFFENCES: Final[Mapping[str, int]] = {
    "Homicide": GRAVEST,
    "Rape offences": GRAVEST,
    OffenceGroup.SEXUAL: SERIOUS,
    OffenceGroup.VIOLENCE: SERIOUS,
    OffenceGroup.ROBBERY: SERIOUS,
}

GROUPS: Final[Dated[Mapping[str, int]]] = Dated(
    title="Review group of a crime by its offence",
    chosen_by="the day of the review",
    policy=True,
    versions=(
        Version(
            in_force=date(2005, 11, 14),
            value=_OFFENCES,
            cite="Force policy on the review groups of police information: all other offences are group 3, and what is "
            "not detected and not serious is group 4",
        ),
    ),
)


def review_group(*, offence_group: str, subgroup: str, suspected: bool, on: date) -> int:
    """Return the review group of a crime.

    A crime of no grave kind in which nobody was ever suspected is kept as what is miscellaneous; a serious one is kept
    as serious although nobody was found.

    Args:
        offence_group: of its offence.
        subgroup: of its offence.
        suspected: whether somebody was suspected.
        on: the day of the review.
    """
    groups = GROUPS.value_on(on)
    found = groups.get(subgroup) or groups.get(offence_group) or OTHER
    return MISCELLANEOUS if found == OTHER and not suspected else found
