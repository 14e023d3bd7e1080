"""What a reader chose: the period, the group, and how it is written in an address."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from urllib.parse import urlencode

from watchward.foundation.measures.declared import Dimension, Measure
from watchward.foundation.measures.spans import Span, last_months

WITHOUT = "-"
"""What stands in an address for rows without the thing."""


@dataclass(frozen=True)
class Chosen:
    """A period and the group within which it is counted.

    Args:
        span: the period.
        only: the group by its breakdown.
        typed: what was typed for the period, where it is no period; ``wrong`` says why.
    """

    span: Span
    only: Mapping[str, str | None]
    typed: tuple[str, str]
    wrong: str = ""
    usual: bool = True

    def query(self, **more: str) -> str:
        """Return it as the end of an address, with more."""
        pairs: list[tuple[str, str]] = []
        if not self.usual:
            pairs += [("from", self.span.first.isoformat()), ("to", self.span.last.isoformat())]
        pairs += [*self.groups(), *more.items()]
        return f"?{urlencode(pairs)}" if pairs else ""

    def groups(self) -> tuple[tuple[str, str], ...]:
        """Return the chosen groups as an address has them."""
        return tuple((key, WITHOUT if group is None else group) for key, group in self.only.items())

    def within(self, dimension: Dimension, group: str | None) -> Chosen:
        """Return the same with one more group chosen."""
        return replace(self, only={**self.only, dimension.key: group})


def chosen(said: Mapping[str, str], *, today: date, breakdowns: tuple[Dimension, ...] = ()) -> Chosen:
    """Return what stands in an address; what is no day falls back to the last twelve months, and is said to.

    Args:
        said: the names and values of the address.
        today: the local day.
        breakdowns: by which a group may be chosen.
    """
    year = last_months(today)
    typed = (said.get("from", "").strip(), said.get("to", "").strip())
    only = {
        each.key: None if said[each.key] == WITHOUT else said[each.key] for each in breakdowns if said.get(each.key)
    }
    if not any(typed):
        return Chosen(year, only, (year.first.isoformat(), year.last.isoformat()))
    try:
        span = Span(
            date.fromisoformat(typed[0]) if typed[0] else year.first,
            date.fromisoformat(typed[1]) if typed[1] else year.last,
        )
        if not date(1900, 1, 1) <= span.first <= span.last <= date(2200, 1, 1):
            raise ValueError
    except ValueError:
        words = "Write days such as 2018-07-01, the first not after the last. The last twelve months are shown."
        return Chosen(year, only, typed, words)
    return Chosen(span, only, (span.first.isoformat(), span.last.isoformat()), usual=span == year)


def group_words(measure: Measure, only: Mapping[str, str | None], names: Mapping[str, Mapping[str, str]]) -> str:
    """Return the chosen groups in words: "Area: Tamworth"."""
    parts = []
    for key, group in only.items():
        dimension = measure.dimension(key)
        said = dimension.missing if group is None else names.get(key, {}).get(group, group)
        parts.append(f"{dimension.title}: {said}")
    return ", ".join(parts)
