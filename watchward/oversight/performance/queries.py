"""Reading signals that owe or have an explanation, and the report's figures beside the live ones."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import time, timedelta
from uuid import UUID

from django.db.models import QuerySet

from watchward.foundation.acting import Acting
from watchward.foundation.audit.models import CommandLog
from watchward.foundation.measures.counting import Asked, Figure, counting
from watchward.foundation.measures.declared import Comparison, Measure, measures
from watchward.foundation.measures.spans import Span, last_months
from watchward.foundation.measures.telling import of_words
from watchward.foundation.records import get
from watchward.kernel.periods import instant, local_day
from watchward.oversight.performance.models import Signal
from watchward.oversight.performance.rules import Reported, register

NOTICE = "oversight.performance.commands.notice"
NOTICED_AT = time(6, 0)


def signals(acting: Acting, *, keys: Iterable[str] = ()) -> QuerySet[Signal]:
    """Return the signals that were noticed, of these measures or of all, latest first."""
    rows = Signal.visible_to(acting).select_related("explained_by").order_by("-since", "-noticed_at")
    wanted = list(keys)
    return rows.filter(measure__in=wanted) if wanted else rows


def noticed_today(acting: Acting) -> bool:
    """Return whether it has been looked for signals since six this morning, by the force's clock."""
    since = instant(local_day(acting.at), NOTICED_AT)
    if since > acting.at:
        since = instant(local_day(acting.at) - timedelta(days=1), NOTICED_AT)
    done = CommandLog.objects.filter(CommandLog.policy.visible_to(acting), name=NOTICE, outcome="done")
    return done.filter(at__range=(since, acting.at)).exists()


def signal(acting: Acting, *, id_: UUID) -> Signal:
    """Return one signal.

    Raises:
        NotHere: there is none.
    """
    return get(acting, Signal, id_)


@dataclass(frozen=True)
class Beside:
    """A figure of the report beside the live one.

    Args:
        reported: the report's.
        measure: what counts it; None where nothing does yet.
        figure: what was counted; None where nothing was.
        span: the period of the live figure.
        other: for a figure of somebody else's, what was entered beside the measure, with its source.
    """

    reported: Reported
    measure: Measure | None = None
    figure: Figure | None = None
    span: Span | None = None
    other: Comparison | None = None

    @property
    def live(self) -> float | None:
        """The live figure as it is said; None where nothing counts it or there is nothing to count."""
        if self.other is not None:
            return self.other.value
        if self.measure is None or self.figure is None or self.span is None:
            return None
        return self.figure.value(self.measure, self.span)

    @property
    def counted(self) -> bool:
        """Whether it is counted from the force's own records."""
        return self.other is None and self.live is not None

    @property
    def basis(self) -> str:
        """What the live figure is of, and what the report's means where there is none."""
        if self.other is not None:
            return f"{self.other.who}, entered from {self.other.source}"
        if self.measure is None or self.figure is None:
            return self.reported.meaning
        return of_words(self.measure, self.figure)


def figures(acting: Acting) -> list[Beside]:
    """Return the report's figures beside the live ones; all that is counted for them is one statement.

    A figure without a period of its own is counted over the last twelve whole months.
    """
    year = last_months(local_day(acting.at))
    found: list[Beside] = []
    asked: list[Asked] = []
    for each in register():
        measure = measures.get(each.measure)
        span = Span(each.first, each.last) if each.first and each.last else year
        found.append(Beside(each, measure, None, span if measure else None, _entered(each, measure, span)))
        if measure is not None:
            asked.append(Asked(measure, span))
    with counting(acting) as counter:
        counted = iter(counter.several(asked))
    return [replace(each, figure=next(counted).get((), Figure())) if each.measure else each for each in found]


def _entered(reported: Reported, measure: Measure | None, span: Span) -> Comparison | None:
    """Return whose figure was entered beside the measure for just this period."""
    compared = measure.compares if measure and reported.whose else ()
    same = (one for one in compared if (one.who, one.first, one.last) == (reported.whose, span.first, span.last))
    return next(same, None)
