"""The force's own machinery at work between the stories: what is late is noticed and goes up."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from watchward.demo.play import Beats
from watchward.demo.stage import Stage


def _times() -> Iterator[str]:
    day = datetime.fromisoformat("2019-06-01 06:00")
    while day < datetime.fromisoformat("2019-06-28 12:00"):
        yield day.isoformat(sep=" ")
        day += timedelta(days=1)
    yield from ("2019-06-29 00:15", "2019-06-29 00:30", "2019-06-29 06:00", "2019-06-30 06:00")
    at = datetime.fromisoformat("2019-07-01 06:00")
    while at < datetime.fromisoformat("2019-07-01 07:45"):
        yield at.isoformat(sep=" ")
        at += timedelta(minutes=10)


def tell(s: Stage) -> Beats:
    """Watch every morning of June, on the night of 28 June and every ten minutes of this morning."""
    for at in _times():
        yield at
        s.watches()
        if at.endswith("07:30:00"):
            s.sees_what_went_up("okafor")
