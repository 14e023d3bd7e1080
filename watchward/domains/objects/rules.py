"""When a marker on a telephone number must be looked at again, and by when it is approved."""

from __future__ import annotations

from datetime import date

from watchward.kernel.dated import UNSET, Dated, Version
from watchward.kernel.periods import Days, Months

REVIEW: Dated[Months] = Dated(
    title="How long a marker on a telephone number stands before it is reviewed",
    chosen_by="the day on which the marker was put up or last reviewed",
    policy=True,
    asks="how many months a marker on a telephone number stands before it is reviewed",
    versions=(Version(in_force=date(2010, 1, 1), value=UNSET, cite="Force policy on markers, to be set by the force"),),
)
"""Numbers pass from one person to another, so that an old marker may name the wrong one: the force says how soon."""

APPROVAL: Dated[Days] = Dated(
    title="Approval of markers on telephone numbers",
    chosen_by="the day on which the marker was put up",
    policy=True,
    asks="within how many days a supervisor approves a marker on a telephone number",
    versions=(Version(in_force=date(2010, 1, 1), value=Days(3), cite="Force policy on markers: approved in 3 days"),),
)
