"""How a report came, who had a part in a crime, and why one is not recorded or is cancelled."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from watchward.domains.incidents.vocabulary import Group, Kind
from watchward.domains.offences.vocabulary import OffenceGroup


class Route(StrEnum):
    """How a crime was reported, where it was neither a call nor an incident."""

    COUNTER = "front counter"
    ONLINE = "online"
    LETTER = "letter or mail"
    OFFICER = "to an officer"
    PROFESSIONAL = "professional, on somebody's behalf"
    OTHER_FORCE = "another force"
    CALL = "call without an incident"

    @property
    def label(self) -> str:
        """Its words."""
        return self.value[:1].upper() + self.value[1:]


class Part(StrEnum):
    """What part somebody had in a crime."""

    VICTIM = "victim"
    SUSPECT = "suspect"
    WITNESS = "witness"
    REPORTER = "reported it"


class NotRecorded(StrEnum):
    """Why no crime is recorded, in the words of the counting rules."""

    NO_CRIME = "no-crime"
    CONTRARY = "contrary"
    ELSEWHERE = "elsewhere"
    ALREADY = "already"
    UNCONFIRMED = "unconfirmed"

    @property
    def label(self) -> str:
        """Its words."""
        return {
            "no-crime": "What happened is no crime in law",
            "contrary": "Credible evidence to the contrary (additional verifiable information)",
            "elsewhere": "It happened in another force's area, which has been told",
            "already": "Part of a crime that is recorded already",
            "unconfirmed": "Reported by somebody else, and the victim cannot be found or does not confirm it",
        }[self.value]


class N100(StrEnum):
    """As what a report of rape is kept that is not recorded as a crime."""

    UNCONFIRMED = "N100/1"
    CONTRARY = "N100/2"
    ELSEWHERE = "N100/3"


class Cancel(StrEnum):
    """Why a recorded crime is cancelled, by the letter of the counting rules."""

    C1 = "C1"
    C2 = "C2"
    C3 = "C3"
    C4 = "C4"
    C5 = "C5"

    @property
    def label(self) -> str:
        """Its letter with its words."""
        said = {
            "C1": "happened in another force's area",
            "C2": "additional verifiable information shows that no crime was committed",
            "C3": "the same as, or part of, a crime that is recorded",
            "C4": "recorded in error",
            "C5": "self-defence, for an assault in the list",
        }[self.value]
        return f"{self.value}: {said}"


CRIME_KINDS = frozenset(kind for kind in Kind if kind.group is Group.CRIME)
"""Kinds of incident that report a crime: one opened or closed as such owes a recording decision."""

LIKELY = {
    Kind.VIOLENCE: OffenceGroup.VIOLENCE,
    Kind.SEXUAL: OffenceGroup.SEXUAL,
    Kind.ROBBERY: OffenceGroup.ROBBERY,
    Kind.BURGLARY: OffenceGroup.THEFT,
    Kind.THEFT: OffenceGroup.THEFT,
    Kind.VEHICLE: OffenceGroup.THEFT,
    Kind.DAMAGE: OffenceGroup.DAMAGE,
    Kind.FRAUD: OffenceGroup.FRAUD,
}
"""The group of offences that an incident's kind speaks for, to be offered first."""


@dataclass(frozen=True)
class Offence:
    """An offence of the list as it stood on a day.

    Args:
        code: Home Office code.
        words: its name in the list.
        group: its group in the tables of recorded crime.
        subgroup: the part of that group.
        weight: in the Crime Severity Score; None where the score gives it none.
    """

    code: str
    words: str
    group: str
    subgroup: str
    weight: float | None = None

    @property
    def is_rape(self) -> bool:
        """Whether it is rape, which only the registrar may cancel."""
        return self.subgroup.lower().startswith("rape")

    @property
    def is_sexual(self) -> bool:
        """Whether it is a sexual offence."""
        return self.group == OffenceGroup.SEXUAL

    @property
    def is_fraud(self) -> bool:
        """Whether it is fraud, which the national body counts."""
        return self.group == OffenceGroup.FRAUD
