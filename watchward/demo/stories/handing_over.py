"""The turn of the shifts: who is away, what was handed over and taken over, and what still waits to be."""

from __future__ import annotations

from watchward.demo.play import Beats
from watchward.demo.stage import Stage
from watchward.demo.telling import Answers, Ends, Told

# fmt: off

def tell(s: Stage) -> Beats:
    """Tell of a week's course, of a night handed to the day, and of what the day was handed this morning."""
    yield "2019-06-28 15:30"
    s.is_away("zaman", "course", "2019-07-01 07:00", "2019-07-05 17:00", cover="plant", by="lowe")
    yield "2019-06-30 17:05"
    taken = s.hands_over("sharpe", to="ostrowski", most=3, by="2019-06-30 18:00",
                         words="The first rings after six only. The rest can wait for Monday.")
    yield "2019-06-30 17:20"
    s.takes_over(taken, by="ostrowski")
    yield "2019-07-01 07:32"
    s.hands_over("okafor", to="lowe", most=4, by="2019-07-01 08:30",
                 words="From the night. The woman in Tamworth has waited longest: ring her before anything else.")
    yield "2019-07-01 07:42"
    s.gives_on("okafor", to="bhatt", kind="incidents.recontact", most=1, why="Ring her back before you take a call")


TOLD = (
    Told("The turn of the shifts", tell, Answers(duties={"duties.take-over": Ends(met=1, open=1)})),
)
