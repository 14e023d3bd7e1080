"""What is flagged on a crime for the Home Office, by date; which further flags a force keeps is its own to say."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from watchward.kernel.dated import UNSET, Dated, Version


class Flag(StrEnum):
    """What a crime may be flagged as."""

    DOMESTIC_ABUSE = "Domestic abuse"
    HATE_RACE = "Hate: race"
    HATE_RELIGION = "Hate: religion"
    HATE_ORIENTATION = "Hate: sexual orientation"
    HATE_DISABILITY = "Hate: disability"
    HATE_TRANSGENDER = "Hate: transgender"
    CHILD_SEXUAL_ABUSE = "Child sexual abuse"
    CHILD_SEXUAL_EXPLOITATION = "Child sexual exploitation"
    CYBER = "Cyber-enabled"
    CORROSIVE = "Corrosive substance"
    KNIFE = "Knife or sharp instrument"
    MODERN_SLAVERY = "Modern slavery"
    ALCOHOL = "Alcohol"
    NIGHT_TIME = "Night-time economy"

    @property
    def is_hate(self) -> bool:
        """Whether it is one of the five strands of hate crime."""
        return self.value.startswith("Hate")


_F = Flag
FLAGS: Dated[tuple[Flag, ...]] = Dated(
    title="Flags on a crime",
    chosen_by="the day the crime is recorded",
    policy=True,
    asks="which flags of the Home Office are in use",
    versions=(
        Version(
            in_force=date(2017, 4, 1),
            cite="Home Office Counting Rules, crime flags; the list changes yearly, for the force to confirm",
            value=(
                _F.DOMESTIC_ABUSE,
                _F.HATE_RACE,
                _F.HATE_RELIGION,
                _F.HATE_ORIENTATION,
                _F.HATE_DISABILITY,
                _F.HATE_TRANSGENDER,
                _F.CHILD_SEXUAL_ABUSE,
                _F.CHILD_SEXUAL_EXPLOITATION,
                _F.CYBER,
                _F.CORROSIVE,
                _F.KNIFE,
            ),
        ),
    ),
)

FURTHER_FLAGS: Dated[tuple[Flag, ...]] = Dated(
    title="Further flags on a crime",
    chosen_by="the day the crime is recorded",
    policy=True,
    asks="whether modern slavery, alcohol and the night-time economy are flagged",
    versions=(Version(in_force=date(2017, 4, 1), value=UNSET, cite="Force policy on flags, to be set by the force"),),
)


def flags_in_force(on: date) -> tuple[Flag, ...]:
    """Return the flags that may be set on a crime recorded on a day: the settled ones, and those that the force set.

    Raises:
        NotInForce: before the first day of the list.
    """
    further = FURTHER_FLAGS.value_on(on) if FURTHER_FLAGS.is_set_on(on) else ()
    return (*FLAGS.value_on(on), *further)
