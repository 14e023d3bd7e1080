"""The words of the force: ranks, what teams are for, what people are trained in."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any, Final


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


@dataclass(frozen=True)
class PlannedArea:
    """An area with which a force starts; `districts` are codes of local authority districts."""

    key: str
    name: str
    districts: tuple[str, ...]


@dataclass(frozen=True)
class PlannedTeam:
    """A team with which a force starts; `parent` and `area` are keys, empty for none and for the whole force."""

    key: str
    name: str
    parent: str = ""
    function: str = ""
    area: str = ""
    posts: int | None = None


@dataclass(frozen=True)
class PlannedPerson:
    """Somebody with whom a force starts: their account, post, roles and teams, and the teams that they supervise."""

    username: str
    name: str
    collar_number: str
    rank: str
    post: str = ""
    area: str = ""
    roles: tuple[str, ...] = ()
    teams: tuple[str, ...] = ()
    supervises: tuple[str, ...] = ()


@dataclass(frozen=True)
class PlannedPolicy:
    """A policy that the force has confirmed: of which table, from when, what it says, and where that is written."""

    title: str
    in_force: date
    value: Any
    cite: str


@dataclass(frozen=True)
class Plan:
    """A force as it is to start.

    Args:
        name: of the force.
        since: the first day of all that is named here.
        digest: of the file that says so, SHA-256 in hexadecimal of its meaning: blanks and remarks do not count.
        where: on which line of the file a part stands, by its place such as `teams[2].parent`.
    """

    name: str
    since: date
    areas: tuple[PlannedArea, ...] = ()
    teams: tuple[PlannedTeam, ...] = ()
    people: tuple[PlannedPerson, ...] = ()
    policies: tuple[PlannedPolicy, ...] = ()
    digest: str = ""
    where: dict[str, int] = field(default_factory=dict, compare=False)

    def teams_in_order(self) -> Iterator[PlannedTeam]:
        """Yield the teams, those above before those under them; of a circle none."""
        left, done = list(self.teams), set[str]()
        while ready := [team for team in left if not team.parent or team.parent in done]:
            yield from ready
            done |= {team.key for team in ready}
            left = [team for team in left if team.key not in done]
