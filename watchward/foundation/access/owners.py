"""Who answers for a record: resolved from its team or the person it is given to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol
from uuid import UUID

from watchward.foundation.access.models import Membership, Team
from watchward.foundation.acting import Acting


@dataclass(frozen=True)
class Owed:
    """A team, and within it the person if one is named."""

    team: int | None
    account: UUID | None = None


class Owner(Protocol):
    """How to find who owes something about a record."""

    def of(self, acting: Acting, record: object) -> Owed: ...


def supervisors_of(acting: Acting, team: int | None) -> list[UUID]:
    """Return who supervises a team today, or the nearest team above it that has a supervisor."""
    while team is not None:
        found = list(
            Membership.visible_to(acting)
            .filter(team__number=team, supervises=True, until__isnull=True)
            .order_by("since", "pk")
            .values_list("account_id", flat=True)
        )
        if found:
            return found
        team = Team.visible_to(acting).filter(number=team).values_list("parent__number", flat=True).first()
    return []


@dataclass(frozen=True)
class TeamOf:
    """The team that holds the record.

    Args:
        attribute: where the record names its team.
    """

    attribute: str = "team_id"

    def of(self, _acting: Acting, record: object) -> Owed:
        return Owed(getattr(record, self.attribute))


@dataclass(frozen=True)
class TeamNamed:
    """One team of the force by its key: the control room, the hub."""

    key: str

    def of(self, acting: Acting, _record: object) -> Owed:
        return Owed(Team.visible_to(acting).filter(key=self.key).values_list("number", flat=True).first())


@dataclass(frozen=True)
class PersonOf:
    """The person to whom the record is given, within its team.

    Args:
        attribute: where the record names the account; the team alone owes it while that is empty.
        team: where the record names its team.
    """

    attribute: str
    team: str = "team_id"

    def of(self, _acting: Acting, record: object) -> Owed:
        return Owed(getattr(record, self.team), getattr(record, self.attribute))


@dataclass(frozen=True)
class SupervisorOf:
    """Whoever supervises the record's team, or the nearest team above that has a supervisor.

    Args:
        team: where the record names its team.
    """

    team: str = "team_id"

    def of(self, acting: Acting, record: object) -> Owed:
        number: int | None = getattr(record, self.team)
        found = supervisors_of(acting, number)
        return Owed(number, found[0] if found else None)
