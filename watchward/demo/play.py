"""Playing many stories at once, beat by beat in the order of time."""

from __future__ import annotations

import heapq
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime

from watchward.demo.calendar import moment
from watchward.demo.stage import Stage

Beats = Iterator[str]
"""A story as it is told: it says a local time such as `2019-06-28 23:14`, acts at that time, and says the next."""

Story = Callable[[Stage], Beats]


def play(stage: Stage, stories: Iterable[Story], *, until: datetime, beat: Callable[[], None] = lambda: None) -> int:
    """Play stories together up to a moment; what they have in store for later is not played.

    Args:
        stage: where they are played; its time moves on with them.
        stories: which; of two beats at one time, that of the earlier story comes first.
        until: the last moment to be played, aware UTC.
        beat: called after each beat, for a progress bar.

    Returns:
        How many beats were played.

    Raises:
        ValueError: a story goes back in time.
    """
    waiting: list[tuple[datetime, int, Beats]] = []
    for order, story in enumerate(stories):
        _say_next(waiting, story(stage), order, None)
    heapq.heapify(waiting)
    played = 0
    while waiting and waiting[0][0] <= until:
        at, order, beats = heapq.heappop(waiting)
        stage.now = at
        _say_next(waiting, beats, order, at)
        played += 1
        beat()
    return played


def _say_next(waiting: list[tuple[datetime, int, Beats]], beats: Beats, order: int, before: datetime | None) -> None:
    """Let a story act and say when it goes on."""
    said = next(beats, None)
    if said is None:
        return
    at = moment(said)
    if before is not None and at < before:
        raise ValueError(f"a story goes back in time, to {said}")
    heapq.heappush(waiting, (at, order, beats))
