"""Writing the force: founding it, its areas, and who works where; each from a day, so that it can be seen as it was."""

from __future__ import annotations

from watchward.domains.organisation.commands.founding import found, why_not_found
from watchward.domains.organisation.commands.staff import load_staff, why_not_staff
from watchward.domains.organisation.commands.working import (
    close_area,
    end_post,
    enter_accreditation,
    enter_training,
    establish_team,
    open_area,
    post_officer,
)

__all__ = [
    "close_area",
    "end_post",
    "enter_accreditation",
    "enter_training",
    "establish_team",
    "found",
    "load_staff",
    "open_area",
    "post_officer",
    "why_not_found",
    "why_not_staff",
]
