"""By when a measure that got worse must be explained."""

from __future__ import annotations

from datetime import date

from watchward.kernel.dated import Dated, Version
from watchward.kernel.periods import WorkingDays

EXPLAINED_WITHIN = Dated(
    title="Explanation of a measure that got worse",
    chosen_by="the day on which it was noticed",
    policy=True,
    asks="within how many working days a measure that got worse is explained by its owner",
    versions=(
        Version(
            in_force=date(2016, 4, 1),
            value=WorkingDays(10),
            cite="Force performance policy (report line 94); each force sets its own",
        ),
    ),
)
