"""From when a measure counts: before its law or its data begin, a figure says so and is not taken for a nought."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from watchward.foundation.access.policy import has_handling
from watchward.foundation.measures.counting import Counter
from watchward.foundation.measures.declared import Measure
from watchward.foundation.measures.spans import Span
from watchward.foundation.measures.telling import month
from watchward.foundation.records import Handling
from watchward.foundation.ui.words import long_day
from watchward.kernel.dated import Version
from watchward.kernel.periods import local_day


@dataclass(frozen=True)
class Beginning:
    """From when a measure counts.

    Args:
        law: first day of the law or policy that it goes by; None where it goes by none.
        cite: which law or policy that is.
        data: local day of its first row; None where there is none at all.
    """

    law: date | None
    cite: str
    data: date | None

    def says(self, span: Span) -> tuple[str, ...]:
        """Return what must be said of a period that begins before its law or its data do; nothing of any other."""
        said = []
        if self.law is not None and span.first < self.law:
            rest = "All of this period is" if span.last < self.law else "The days of this period up to then are"
            said.append(f"What it is held against begins on {long_day(self.law)} ({self.cite}). {rest} before that.")
        if self.data is None:
            said.append("Nothing has been recorded that it could count.")
        elif span.first < self.data.replace(day=1):
            rest = "so there is nothing to count in this period" if span.last < self.data else "and no earlier"
            said.append(f"Its data begin in {month(self.data)}, {rest}.")
        return tuple(said)


def held_against(measure: Measure) -> tuple[Version[Any], ...]:
    """Return the versions of the law or policy that a measure goes by and that are set, oldest first."""
    return tuple(version for version in measure.law.versions if version.is_set) if measure.law is not None else ()


def counts_from(measure: Measure) -> str:
    """Return in words from when a measure counts, with citation, as far as it is known before there are any rows."""
    if measure.law is None:
        return f"its first row; no law or policy begins on a day for it ({measure.source})"
    versions = held_against(measure)
    if not versions:
        return f"when the force has set {measure.law.asks or measure.law.title}, or its first row where that is later"
    said = [f"{long_day(version.in_force)} ({version.cite})" for version in versions]
    return f"{', anew from '.join(said)}; from its first row where that is later"


def beginning(counter: Counter, measure: Measure) -> Beginning:
    """Return from when a measure counts; one statement.

    Args:
        counter: open, so that rows count whoever asks; sealed ones are in no figure.
        measure: which.
    """
    rows = measure.rows(counter.engine)
    if has_handling(rows.model):
        rows = rows.filter(handling__lt=Handling.SEALED)
    dated = rows.filter(**{f"{measure.date}__isnull": False}).order_by(measure.date)
    first: date | datetime | None = dated.values_list(measure.date, flat=True).first()
    day = local_day(first) if isinstance(first, datetime) else first
    law = next(iter(held_against(measure)), None)
    return Beginning(law=law.in_force if law else None, cite=law.cite if law else "", data=day)
