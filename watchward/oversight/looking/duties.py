"""What is owed because looks were found unusual."""

from __future__ import annotations

from datetime import date

from django.db.models import QuerySet

from watchward.foundation.access.owners import TeamNamed
from watchward.foundation.acting import Acting
from watchward.foundation.duties.kinds import Due, DutyKind
from watchward.kernel.dated import Dated, Version
from watchward.kernel.periods import Days
from watchward.oversight.looking.models import Finding
from watchward.oversight.looking.vocabulary import TEAM

REVIEWED_WITHIN = Dated(
    chosen_by="the day on which the looks were found",
    versions=(
        Version(in_force=date(2018, 1, 1), value=Days(7), cite="Force policy: reviewed within a week of being found"),
    ),
    policy=True,
    title="Review of unusual looking",
)  # fmt: skip


def _findings(acting: Acting) -> QuerySet[Finding]:
    return Finding.visible_to(acting).select_related("account")


def _reviewed(acting: Acting) -> QuerySet[Finding]:
    return Finding.visible_to(acting).filter(reviewed_at__isnull=False)


def _says(finding: Finding) -> str:
    return f"{finding.account.display_name}: {', '.join(ground['reason'] for ground in finding.grounds)}"


REVIEW = DutyKind(
    key="looking.review",
    asks="Was there good reason for these looks?",
    about=Finding,
    population=_findings,
    met=_reviewed,
    due=lambda finding: Due.under(REVIEWED_WITHIN, finding.found_at),
    owed_by=TeamNamed(TEAM),
    says=_says,
    rules=(REVIEWED_WITHIN,),
    harm=lambda _finding: 2,
    verb="Review",
    url="looking:finding",
)
