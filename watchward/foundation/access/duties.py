"""What is owed because somebody opened a locked record."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import QuerySet

from watchward.foundation.access.models import Opening, Team
from watchward.foundation.access.owners import Owed, Owner, supervisors_of
from watchward.foundation.acting import Acting
from watchward.foundation.duties.kinds import Due, DutyKind, Step
from watchward.kernel.dated import Dated, Version
from watchward.kernel.periods import Days, local_day

REVIEWED_WITHIN = Dated(
    chosen_by="the day on which the record was opened",
    versions=(
        Version(in_force=date(2018, 1, 1), value=Days(1), cite="Force policy: reviewed within a day of its opening"),
    ),
    policy=True,
    title="Review of an opened locked record",
)  # fmt: skip


@dataclass(frozen=True)
class ReviewerOf:
    """Whoever supervises the team whose record was opened, and did not open it; else the nearest team above.

    Args:
        above: how many teams up to begin.
    """

    above: int = 0

    def of(self, acting: Acting, record: object) -> Owed:
        team: int | None = getattr(record, "team_id", None)
        opened_by = getattr(record, "account_id", None)
        number = team
        for _ in range(self.above):
            number = _above(acting, number)
        while number is not None:
            found = [account for account in supervisors_of(acting, number) if account != opened_by]
            if found:
                return Owed(team, found[0])
            number = _above(acting, number)
        return Owed(team)


def _above(acting: Acting, number: int | None) -> int | None:
    row = Team.visible_to(acting).filter(number=number).values("parent__number").first() if number is not None else None
    return row["parent__number"] if row else None


def _openings(acting: Acting) -> QuerySet[Opening]:
    return Opening.visible_to(acting).select_related("account")


def _reviewed(acting: Acting) -> QuerySet[Opening]:
    return Opening.visible_to(acting).filter(reviewed_at__isnull=False)


def _due(opening: Opening) -> Due:
    version = REVIEWED_WITHIN.on(local_day(opening.at))
    return Due(arose=opening.at, by=version.value.due(opening.at), cite=version.cite, since=version.in_force)


def _says(opening: Opening) -> str:
    return f"{opening.account.display_name} opened {opening.words}"


REVIEW: Owner = ReviewerOf()

OPENING_REVIEW = DutyKind(
    key="access.opening-review",
    asks="Was there good reason to open this locked record?",
    about=Opening,
    population=_openings,
    met=_reviewed,
    due=_due,
    owed_by=REVIEW,
    says=_says,
    rules=(REVIEWED_WITHIN,),
    harm=lambda _opening: 2,
    verb="Review",
    url="access:opening",
    escalates=(Step(after=timedelta(hours=24), to=ReviewerOf(above=1)),),
)
