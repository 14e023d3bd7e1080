"""The words of the force: ranks, what teams are for, what people are trained in."""

from __future__ import annotations

from enum import StrEnum
from typing import Final


class Permission(StrEnum):
    """What roles let people do here.

    ADMINISTER: change areas, teams and who works where.
    """

    ADMINISTER = "organisation.administer"


class Rank(StrEnum):
    """Ranks of the police (Police Act 1996 s.9H and s.13), and those who work without one."""

    STAFF = "Police staff"
    SUPPORT_OFFICER = "Police community support officer"
    SPECIAL = "Special constable"
    CONSTABLE = "Constable"
    SERGEANT = "Sergeant"
    INSPECTOR = "Inspector"
    CHIEF_INSPECTOR = "Chief inspector"
    SUPERINTENDENT = "Superintendent"
    CHIEF_SUPERINTENDENT = "Chief superintendent"
    ASSISTANT_CHIEF_CONSTABLE = "Assistant chief constable"
    DEPUTY_CHIEF_CONSTABLE = "Deputy chief constable"
    CHIEF_CONSTABLE = "Chief constable"

    @property
    def short(self) -> str:
        """The rank as it stands before a name; empty for those who have none."""
        return SHORT[self]


SHORT = {
    Rank.STAFF: "",
    Rank.SUPPORT_OFFICER: "PCSO",
    Rank.SPECIAL: "SC",
    Rank.CONSTABLE: "PC",
    Rank.SERGEANT: "Sgt",
    Rank.INSPECTOR: "Insp",
    Rank.CHIEF_INSPECTOR: "Ch Insp",
    Rank.SUPERINTENDENT: "Supt",
    Rank.CHIEF_SUPERINTENDENT: "Ch Supt",
    Rank.ASSISTANT_CHIEF_CONSTABLE: "ACC",
    Rank.DEPUTY_CHIEF_CONSTABLE: "DCC",
    Rank.CHIEF_CONSTABLE: "CC",
}


class Function(StrEnum):
    """What a team is there to do."""

    CONTROL_ROOM = "Control room"
    RESPONSE = "Response"
    NEIGHBOURHOOD = "Neighbourhood"
    INVESTIGATION = "Local investigation"
    RESOLUTION = "Resolution centre"
    PUBLIC_PROTECTION = "Public protection"
    CHILD_PROTECTION = "Child protection and exploitation"
    HUB = "Harm reduction hub"
    OVERSIGHT = "Audit and performance"
    SUPPORT = "Support"


class Portfolio(StrEnum):
    """How far somebody is with an accreditation."""

    IN_PROGRESS = "in progress"
    HELD = "held"


DISTRICTS: Final = {
    "E06000021": "Stoke-on-Trent",
    "E07000192": "Cannock Chase",
    "E07000193": "East Staffordshire",
    "E07000194": "Lichfield",
    "E07000195": "Newcastle-under-Lyme",
    "E07000196": "South Staffordshire",
    "E07000197": "Stafford",
    "E07000198": "Staffordshire Moorlands",
    "E07000199": "Tamworth",
}
"""The local authority districts of the force, by code (ONS)."""
