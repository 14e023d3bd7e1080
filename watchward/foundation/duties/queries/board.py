"""Reading what the people of some teams hold: counted for each of them in one statement, however many they are."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Count, Min, Q, QuerySet

from watchward.foundation.access import absences
from watchward.foundation.access.models import Absence
from watchward.foundation.acting import Acting
from watchward.foundation.duties.models import Duty, State
from watchward.foundation.duties.queries.lists import AT_RISK_WITHIN, owed, parts

SOON_AWAY = timedelta(days=60)
"""How far ahead an absence stands on the board."""


@dataclass(frozen=True)
class Held:
    """What one person holds of one team's, or the team with nobody named.

    Args:
        late: past its time.
        today: due by the end of the day.
        soon: due after that, within the days in which something can be at risk.
        beyond: due after those.
        away: in time, and due while they are away; ``away_soon`` of them within those days.
        oldest: the duty that was or is due first.
    """

    team: int | None
    person: UUID | None
    late: int
    today: int
    soon: int
    beyond: int
    away: int
    away_soon: int
    first_due: datetime
    oldest: Duty | None = None

    @property
    def at_risk(self) -> int:
        """Return how many are in time, unlikely to stay so: nobody is named, or whoever is has late ones, or is away.

        What is due today stands under today.
        """
        return self.soon if self.person is None or self.late else self.away_soon

    @property
    def later(self) -> int:
        """Return how many are in time and likely to stay so."""
        return self.soon + self.beyond - self.at_risk

    @property
    def open(self) -> int:
        """Return how many there are."""
        return self.late + self.today + self.soon + self.beyond


def held(acting: Acting, *, teams: frozenset[int]) -> list[Held]:
    """Return what the people of these teams hold, and the teams with nobody named, as far as the reader may see.

    Counted in one statement; the duty that is due first of each is read in a second one.
    """
    rows = Duty.visible_to(acting).filter(state=State.OPEN, owed_by_team_id__in=sorted(teams))
    each = parts(acting)
    within = Q(due_at__lt=acting.at + AT_RISK_WITHIN)
    gone = Absence.visible_to(acting).filter(until_at__gt=acting.at)
    away = Q(pk__in=[])
    for absence in gone.order_by("since_at"):
        away |= Q(owed_by_id=absence.account_id, due_at__gte=absence.since_at, due_at__lte=absence.until_at)
    counted = rows.values("owed_by_team_id", "owed_by_id").annotate(
        late=Count("id", filter=each["late"]),
        today=Count("id", filter=each["today"]),
        soon=Count("id", filter=each["later"] & within),
        beyond=Count("id", filter=each["later"] & ~within),
        away=Count("id", filter=away & Q(due_at__gte=acting.at)),
        away_soon=Count("id", filter=away & each["later"] & within),
        first_due=Min("due_at"),
    )
    first = rows.order_by("owed_by_team_id", "owed_by_id", "due_at", "id").distinct("owed_by_team_id", "owed_by_id")
    oldest = {(duty.owed_by_team_id, duty.owed_by_id): duty for duty in first}
    return [
        Held(
            row["owed_by_team_id"], row["owed_by_id"], row["late"], row["today"], row["soon"], row["beyond"],
            row["away"], row["away_soon"], row["first_due"], oldest.get((row["owed_by_team_id"], row["owed_by_id"])),
        )
        for row in counted.order_by()
    ]  # fmt: skip


def absent(acting: Acting) -> QuerySet[Absence]:
    """Return who is away or will be within weeks, as far as the reader may see, soonest first."""
    return absences.to_come(acting).filter(since_at__lt=acting.at + SOON_AWAY)


def by_account(rows: Iterable[Absence]) -> dict[UUID, list[Absence]]:
    """Return absences by who is away."""
    found: dict[UUID, list[Absence]] = {}
    for each in rows:
        found.setdefault(each.account_id, []).append(each)
    return found


def due_while_away(acting: Acting, *, absence: Absence) -> QuerySet[Duty]:
    """Return what is due of somebody before they are back: late, and in time; soonest first."""
    return owed(acting).filter(owed_by_id=absence.account_id, due_at__lte=absence.until_at)


def to_move(
    acting: Acting, *, teams: frozenset[int], person: UUID | None, team: int | None, until: datetime | None
) -> QuerySet[Duty]:
    """Return what may be given to others: of the reader's teams or their own, of one person, or of a team unnamed.

    Args:
        acting: the reader.
        teams: numbers of the teams that they supervise.
        person: of whom; None for what nobody is named for.
        team: of which team alone, where it is asked for.
        until: due by then alone, where it is asked for.
    """
    rows = owed(acting).filter(Q(owed_by_team_id__in=sorted(teams)) | Q(owed_by_id=acting.account))
    rows = rows.filter(owed_by_id=person) if person is not None else rows.filter(owed_by__isnull=True)
    if team is not None:
        rows = rows.filter(owed_by_team__number=team)
    return rows if until is None else rows.filter(due_at__lte=until)
