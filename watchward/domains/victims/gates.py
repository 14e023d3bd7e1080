"""What victims hang on lower commands: an outcome that rests on their decision needs it."""

from __future__ import annotations

from watchward.domains.crimes import commands as crimes
from watchward.domains.victims import queries
from watchward.foundation.commands import Gate

DECISION = Gate(
    on=crimes.give_outcome,
    why_not=lambda acting, *, crime, code, **_: queries.why_not_without_victim(acting, crime=crime, code=code),
    says="A crime takes outcome 14 or 16 only with the victim's recorded decision, in their own words",
)
