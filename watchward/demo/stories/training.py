"""The courses that people of the force passed, as their certificates are entered."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from watchward.demo.force import COURSES
from watchward.demo.play import Beats
from watchward.demo.stage import Stage
from watchward.domains.organisation import commands as organisation

FIRST: Final = "2018-07-02 09:30"
"""When those that were passed before the records begin are entered."""


def tell(s: Stage) -> Beats:
    """Enter every course on the day after it was passed, or when the records begin."""
    for course in COURSES:
        yield max(FIRST, f"{course.passed_on + timedelta(days=1)} 09:30")
        acting = s.of("saltram")
        for username in course.people:
            organisation.enter_training(
                acting, account=s.cast.accounts[username], course=course.key, passed_on=course.passed_on,
                expires_on=course.expires_on,
            )  # fmt: skip
