"""What is owed because somebody opened a locked record."""

from __future__ import annotations

from datetime import date, timedelta

from django.db.models import QuerySet

from watchward.foundation.access.models import Opening
from watchward.foundation.access.owners import AnotherSupervisor
from watchward.foundation.acting import Acting
from watchward.foundation.duties.kinds import Due, DutyKind, Step
from watchward.kernel.dated import Dated, Version
from watchward.kernel.periods import Days

REVIEWED_WITHIN = Dated(
    chosen_by="the day on which the record was opened",
    versions=(
        Version(in_force=date(2018, 1, 1), value=Days(1), cite="Force policy: reviewed within a day of its opening"),
    ),
    policy=True,
    title="Review of an opened locked record",
)  # fmt: skip


def _openings(acting: Acting) -> QuerySet[Opening]:
    return Opening.visible_to(acting).select_related("account")


def _reviewed(acting: Acting) -> QuerySet[Opening]:
    return Opening.visible_to(acting).filter(reviewed_at__isnull=False)


def _says(opening: Opening) -> str:
    return f"{opening.account.display_name} opened {opening.words}"


OPENING_REVIEW = DutyKind(
    key="access.opening-review",
    asks="Was there good reason to open this locked record?",
    about=Opening,
    population=_openings,
    met=_reviewed,
    due=lambda opening: Due.under(REVIEWED_WITHIN, opening.at),
    owed_by=AnotherSupervisor("account_id"),
    says=_says,
    rules=(REVIEWED_WITHIN,),
    harm=lambda _opening: 2,
    verb="Review",
    url="access:opening",
    escalates=(Step(after=timedelta(hours=24), to=AnotherSupervisor("account_id", above=1)),),
)
