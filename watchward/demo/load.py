"""Loading the demonstration: chapter by chapter, each whole or not at all."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final, Protocol

from watchward.demo import published, setting
from watchward.demo.answers import told_of_the_year
from watchward.demo.calendar import moment, shown
from watchward.demo.chapters import CHAPTERS, PARTS, finished, machinery, told_until
from watchward.demo.crowd.population import SEED, crowd, town
from watchward.demo.curious import look_around
from watchward.demo.history import answers as history
from watchward.demo.history import bringing, volumes
from watchward.demo.history.beside import processes
from watchward.demo.history.happened import END
from watchward.demo.moving_in import STEPS, move_in
from watchward.demo.play import play
from watchward.demo.stage import Stage
from watchward.demo.stories import STORIES, routine
from watchward.demo.whole import load_whole
from watchward.domains.incidents import commands as incidents
from watchward.foundation.access import queries as access
from watchward.foundation.access.context import within
from watchward.foundation.acting import Acting
from watchward.foundation.duties import commands as duties
from watchward.kernel.refusals import Refusal, Refused

FOUNDED: Final = moment("2016-04-01 09:00")
MOVED_IN: Final = moment("2018-07-01 02:00")
"""When the records of the crowd came over from the earlier system."""
FIRST_STORY: Final = moment("2018-07-02 09:00")


class Tells(Protocol):
    """Hears how far the loading has come."""

    def begins(self, chapter: str, steps: int) -> None: ...
    def step(self) -> None: ...


@dataclass(frozen=True)
class Loaded:
    """What a loading did.

    Args:
        loaded: the chapters that were loaded now; none where all stood before.
        households: of the crowd.
        records: of people in the crowd.
        people: human beings in the crowd.
        beats: of the stories that were played.
    """

    loaded: tuple[str, ...]
    households: int
    records: int
    people: int
    beats: int


def load(*, scale: float, until: datetime, tells: Tells, seed: str = SEED, beside: int = 0) -> Loaded:
    """Load what does not stand yet.

    Each chapter, and of the two years each part, is one transaction with the note that it is finished: a loading that
    was killed goes on with the chapter or the part in which it was.

    Args:
        scale: 1 for the whole force; the first town, in which the stories are told, is whole from 0.1 on.
        until: the moment up to which the stories are played.
        tells: hears how far it has come.
        seed: of the crowd.
        beside: how many other processes bring over a share of the two years.

    Raises:
        Refused: the home holds a force that is not the demonstration's, or the moment lies before the stories begin
            or before that up to which they are told already, or the two years were begun at another scale or moment.
    """
    _refuse_going_back(until)
    people = crowd(town(scale), seed)
    humans = len(set(people.truth().values()))
    further = history.further(scale, seed)
    beats = 0

    def force(acting: Acting) -> None:
        if access.accounts(acting).exists():
            raise Refused(Refusal("This home holds a force already. Load the demonstration into another one."))
        tells.begins("the force", 1)
        setting.found_force(acting)

    def residents(acting: Acting) -> None:
        tells.begins("the crowd", STEPS)
        move_in(acting, people, seed=seed, step=tells.step)

    def stories(acting: Acting) -> None:
        nonlocal beats
        told = [*STORIES, *routine.calls(people, town(scale))]
        tells.begins("the stories", len(told) * 8)
        stage = Stage(setting.cast_again(acting), acting.at)
        beats = play(stage, told, until=until, beat=tells.step)
        look_around(acting, stage.cast, people, seed=seed, until=until)
        settle(until)

    def open_data(acting: Acting) -> None:
        tells.begins("the open data", len(published.FILES))
        published.load(acting, step=tells.step)

    def two_years() -> bool:
        at = min(END, until)
        with within(machinery(at)):
            if CHAPTERS[4] in finished():
                return False
            _refuse_another_beginning(scale, until)
        tells.begins("the two years", bringing.steps(further))
        with processes(beside) as others:
            with within(machinery(at)) as acting:
                work = bringing.prepare(
                    acting, setting.cast_again(acting), scale=scale, further=further,
                    year=volumes.last_year(scale, told_of_the_year(scale)), until=until, seed=seed, step=tells.step,
                )  # fmt: skip
            bringing.bring(work, others, step=tells.step)
        return load_whole(CHAPTERS[4], at, lambda _acting: settle(until), until=until)

    done = [
        name
        for name, at, do, last in (
            (CHAPTERS[0], FOUNDED, force, None),
            (CHAPTERS[1], MOVED_IN, residents, None),
            (CHAPTERS[2], min(published.AT, until), open_data, None),
            (CHAPTERS[3], FIRST_STORY, stories, until),
        )
        if load_whole(name, at, do, until=last)
    ]
    if two_years():
        done.append(CHAPTERS[4])
    return Loaded(
        loaded=tuple(done),
        households=len(people.households),
        records=len(people.entries),
        people=humans,
        beats=beats,
    )


def _refuse_going_back(until: datetime) -> None:
    """Refuse a moment before the stories begin, or before what is told already: nothing is ever taken back."""
    with within(machinery(until)):
        told = told_until()
    if until < FIRST_STORY:
        raise Refused(Refusal("The demonstration begins on 2 July 2018: choose a later moment."))
    if told is not None and until < told:
        words = f"Its stories are told up to {shown(told)} already. An earlier moment needs another WATCHWARD_HOME."
        raise Refused(Refusal(words))


def _refuse_another_beginning(scale: float, until: datetime) -> None:
    """Refuse to go on with two years of which parts stand that were loaded otherwise: they would not fit together."""
    begun = {name.rpartition(", ")[0] for name in finished(PARTS)}
    if others := begun - {bringing.begins_with(scale, until).removesuffix(", ")}:
        words = (
            f"Two years stand here in part: {', '.join(sorted(others))}. Go on so, or begin in another WATCHWARD_HOME."
        )
        raise Refused(Refusal(words))


def settle(at: datetime) -> None:
    """Notice what passed its target and send up what is late, as of a moment; and prove that no duty is missing."""
    acting = machinery(at)
    incidents.watch(acting)
    duties.escalate(acting)
    if found := duties.prove(acting):
        raise AssertionError(f"duties were missing: {found}")
