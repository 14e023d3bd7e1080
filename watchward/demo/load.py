"""Loading the demonstration: chapter by chapter, each whole or not at all."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Final, Protocol

from django.db import connection

from watchward.demo import commands, published, setting
from watchward.demo.answers import told_of_the_year
from watchward.demo.calendar import moment, shown
from watchward.demo.chapters import CHAPTERS, KEY, finished, machinery, told_until
from watchward.demo.crowd.population import SEED, crowd, town
from watchward.demo.curious import look_around
from watchward.demo.history import answers as history
from watchward.demo.history import bringing, volumes
from watchward.demo.history.happened import END
from watchward.demo.moving_in import STEPS, move_in
from watchward.demo.play import play
from watchward.demo.stage import Stage
from watchward.demo.stories import STORIES, routine
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

ALONE: Final = 0x77_77_64_65_6D_6F
"""An advisory lock: two loadings at once would tell the same stories."""


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


def load(*, scale: float, until: datetime, tells: Tells, seed: str = SEED) -> Loaded:
    """Load what does not stand yet.

    Each chapter is one transaction with the note that it is finished: a loading that was killed goes on with the
    chapter in which it was.

    Args:
        scale: 1 for the whole force; the first town, in which the stories are told, is whole from 0.1 on.
        until: the moment up to which the stories are played.
        tells: hears how far it has come.
        seed: of the crowd.

    Raises:
        Refused: the home holds a force that is not the demonstration's, or the moment lies before the stories begin
            or before that up to which they are told already.
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

    def two_years(acting: Acting) -> None:
        tells.begins("the two years", bringing.steps(further))
        bringing.bring(
            acting, setting.cast_again(acting), scale=scale, further=further,
            year=volumes.last_year(scale, told_of_the_year(scale)), until=until, seed=seed, step=tells.step,
        )  # fmt: skip
        settle(until)

    done = [
        name
        for name, at, do, last in (
            (CHAPTERS[0], FOUNDED, force, None),
            (CHAPTERS[1], MOVED_IN, residents, None),
            (CHAPTERS[2], min(published.AT, until), open_data, None),
            (CHAPTERS[3], FIRST_STORY, stories, until),
            (CHAPTERS[4], min(END, until), two_years, until),
        )
        if _chapter(name, at, do, until=last)
    ]
    return Loaded(
        loaded=tuple(done),
        households=len(people.households),
        records=len(people.entries),
        people=humans,
        beats=beats,
    )


def _chapter(name: str, at: datetime, do: Callable[[Acting], None], *, until: datetime | None = None) -> bool:
    """Load one chapter unless it stands; return whether it was loaded now.

    Args:
        name: of the chapter.
        at: the moment at which it begins.
        do: loads it.
        until: the moment at which it ends, where that is a later one.
    """
    acting = machinery(at)
    with within(acting):
        with connection.cursor() as cursor:
            cursor.execute("select pg_advisory_xact_lock(%s)", [ALONE])
        if name in finished():
            return False
        do(acting)
        finishes = acting.at_time(until) if until is not None else acting
        commands.finish_chapter.once(finishes, KEY + name, chapter=name)
    return True


def _refuse_going_back(until: datetime) -> None:
    """Refuse a moment before the stories begin, or before what is told already: nothing is ever taken back."""
    with within(machinery(until)):
        told = told_until()
    if until < FIRST_STORY:
        raise Refused(Refusal("The demonstration begins on 2 July 2018: choose a later moment."))
    if told is not None and until < told:
        words = f"Its stories are told up to {shown(told)} already. An earlier moment needs another WATCHWARD_HOME."
        raise Refused(Refusal(words))


def settle(at: datetime) -> None:
    """Notice what passed its target and send up what is late, as of a moment; and prove that no duty is missing."""
    acting = machinery(at)
    incidents.watch(acting)
    duties.escalate(acting)
    if found := duties.prove(acting):
        raise AssertionError(f"duties were missing: {found}")
