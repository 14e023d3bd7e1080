"""The crime desk at work every morning: each report of a crime is decided within its limit and finds its team."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from watchward.demo.play import Beats
from watchward.demo.stage import Stage
from watchward.demo.stories import routine
from watchward.demo.telling import Answers, Ends

TOLD_BEFORE = 9
"""Reports in the told stories that a morning of the desk decides: the quad bike, the paint on the shutter, the mower,
the fraud, the fight at the public house, the telephone on the bus, the brick, the man who kicks the door and the
garage."""
CRIMES_BEFORE = 7
"""Of them, those that are crimes: the fraud is the national body's, and of the fight nobody said anything."""
CRIMES_BY_JUNE = 6
"""Of these, those that are recorded by 30 June 2019: the garage is the desk's on the morning after."""
TOLD_AFTER = 4
"""Reports of this morning, after the desk was there: the burglary at the farm, the bat, the arcade and the hammer."""


def _times() -> Iterator[str]:
    day = datetime.fromisoformat("2018-07-03 06:00")
    while day < datetime.fromisoformat("2019-07-01 07:45"):
        yield day.isoformat(sep=" ")
        day += timedelta(days=1)


def tell(s: Stage) -> Beats:
    """Work the desk every morning at six."""
    for at in _times():
        yield at
        for crime in s.works_the_desk("rudge"):
            s.cares(crime, by="rudge")


def answers(scale: float) -> Answers:
    """Return what must be counted because of the desk: what it decides, and what came after it."""
    ordinary = routine.crimes(scale)
    return Answers(
        duties={
            "crimes.record-incident": Ends(met=TOLD_BEFORE + ordinary, open=TOLD_AFTER),
            "crimes.allocate": Ends(met=CRIMES_BEFORE + ordinary),
            "victims.needs": Ends(met=CRIMES_BEFORE + ordinary),
            "victims.reach": Ends(met=CRIMES_BEFORE + ordinary),
            "victims.reach-again": Ends(open=CRIMES_BEFORE + ordinary),
            "victims.expect": Ends(met=CRIMES_BEFORE + ordinary),
            "victims.support": Ends(met=CRIMES_BEFORE + ordinary),
        }
    )
