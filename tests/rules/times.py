"""Times written as a person reads them off a clock, with the offset said aloud, so that tests do not trust the code."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

from hypothesis import strategies as st

_SUMMER = timezone(timedelta(hours=1), "BST")


def gmt(words: str) -> datetime:
    """Return an instant in winter time from "2019-03-30 20:00"."""
    return datetime.fromisoformat(words).replace(tzinfo=UTC)


def bst(words: str) -> datetime:
    """Return an instant in summer time from "2019-06-30 20:00"."""
    return datetime.fromisoformat(words).replace(tzinfo=_SUMMER)


def instants(first: str, last: str) -> st.SearchStrategy[datetime]:
    """Return a strategy for instants in UTC between two days."""
    bounds = (datetime.fromisoformat(day) for day in (first, last))
    return st.datetimes(*bounds, timezones=st.just(UTC))
