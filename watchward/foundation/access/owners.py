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


@dataclass(frozen=True)
class AnotherSupervisor:
    """Whoever supervises the record's team and did not do it themselves; else the nearest team above with somebody.

    Args:
        by: where the record names the account that did it.
        team: where the record names its team.
        above: how many teams up to begin.
    """

    by: str
    team: str = "team_id"
    above: int = 0

    def of(self, acting: Acting, record: object) -> Owed:
        team: int | None = getattr(record, self.team, None)
        did_it = getattr(record, self.by, None)
        number = team
        for _ in range(self.above):
            number = _above(acting, number)
        while number is not None:
            found = [account for account in supervisors_of(acting, number) if account != did_it]
            if found:
                return Owed(team, found[0])
            number = _above(acting, number)
        return Owed(team)


def _above(acting: Acting, number: int | None) -> int | None:
    row = Team.visible_to(acting).filter(number=number).values("parent__number").first() if number is not None else None
    return row["parent__number"] if row else None
