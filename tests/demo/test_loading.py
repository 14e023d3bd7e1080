"""Loading: told in order, whole chapters or none, up to the moment that is asked for."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.demonstration import Silent, load_until
from watchward.config.cli import parser
from watchward.demo import load
from watchward.demo.answers import told_of_the_year
from watchward.demo.calendar import moment
from watchward.demo.chapters import CHAPTERS, PARTS, finished, is_loaded, machinery
from watchward.demo.history import answers as history
from watchward.demo.history import beside, bringing, volumes
from watchward.demo.history.answers import further
from watchward.demo.history.plan import Month
from watchward.demo.play import Beats, play
from watchward.demo.stage import Cast, Stage
from watchward.domains.contact.models import Call
from watchward.domains.contact.vocabulary import EarlierCall
from watchward.domains.crimes.models import Crime
from watchward.domains.crimes.vocabulary import EarlierCrime
from watchward.domains.incidents.models import Incident, Unit
from watchward.domains.incidents.vocabulary import EarlierIncident
from watchward.foundation.access.context import as_engine, within
from watchward.foundation.audit.models import CommandLog
from watchward.kernel.refusals import Refused

EARLY = moment("2019-01-01 00:00")
SOON = moment("2018-07-02 09:00")
TINY = 0.001


class Killed(KeyboardInterrupt):
    """Stands for a process that is killed."""


class Kills(Silent):
    """Is killed at a step of a chapter."""

    def __init__(self, chapter: str, step: int) -> None:
        self.chapter, self.left = chapter, step
        self.now = ""

    def begins(self, chapter: str, steps: int) -> None:
        """Hear that a chapter begins."""
        self.now = chapter

    def step(self) -> None:
        """Be killed at the step."""
        if self.now == self.chapter:
            self.left -= 1
            if self.left == 0:
                raise Killed


def counted() -> tuple[frozenset[str], int, int]:
    """Return the chapters that stand, how many units and how many calls there are."""
    with within(machinery(EARLY)) as acting, as_engine(acting):
        return finished(), Unit.objects.count(), Call.objects.count()


@pytest.mark.usefixtures("empty")
def test_a_loading_that_was_killed_goes_on_with_its_chapter() -> None:
    """Killed among the stories, the force and the crowd stand and no call does; killed among the two years, the stories
    stand as well; the next loading ends it, up to the moment asked for and no further."""
    with pytest.raises(Killed):
        load.load(scale=TINY, until=EARLY, tells=Kills("the stories", 3))
    assert not is_loaded(EARLY)
    chapters, units, calls = counted()
    assert chapters == set(CHAPTERS[:3])
    assert (units > 0, calls) == (True, 0)
    with pytest.raises(Killed):
        load.load(scale=TINY, until=EARLY, tells=Kills("the two years", 3))
    chapters, _units, calls = counted()
    assert chapters == set(CHAPTERS[:4])
    assert calls == 2  # by New Year the noise of August and the door of November were told, and nothing else
    again = load_until(EARLY, scale=TINY)
    assert again.loaded == CHAPTERS[4:]
    assert is_loaded(EARLY)
    chapters, _units, calls = counted()
    assert chapters == set(CHAPTERS)
    assert calls > 500
    with within(machinery(EARLY)) as acting, as_engine(acting):
        assert not Call.objects.filter(ended_at__gt=EARLY).exists()
        assert not Crime.objects.filter(outcome_recorded_at__gt=EARLY).exists()
        assert Crime.objects.filter(recorded_on__year=2018).exists()
    with pytest.raises(Refused, match="told up to 2019-01-01T00:00 already"):
        load_until(moment("2018-12-01 00:00"), scale=TINY)


@pytest.mark.usefixtures("empty")
@pytest.mark.parametrize("ends_early", [False, True], ids=["to its end", "one that ends at once"])
def test_the_two_years_stand_part_by_part_whichever_process_brought_them(
    monkeypatch: pytest.MonkeyPatch, ends_early: bool
) -> None:
    """Killed among the months, those that were brought over stand; the next loading goes on with the others, a second
    process beside it. All months stand once, also where that process ended at once; no other scale is mixed in."""
    monkeypatch.setattr(bringing, "AT_ONCE", 200)
    with pytest.raises(Killed):
        load.load(scale=TINY, until=SOON, tells=Kills("the two years", bringing.steps(further(TINY)) - 20))
    with within(machinery(SOON)):
        stand = finished(PARTS)
    assert {name.rpartition(", ")[2] for name in stand} == {"residents", "2017-07 to 2017-10"}
    with pytest.raises(Refused, match=r"stand here in part: scale 0.001 until 2018-07-02T09:00"):
        load.load(scale=2 * TINY, until=SOON, tells=Silent())
    if ends_early:
        monkeypatch.setattr(beside, "COMMAND", ("-c", "pass"))
    assert load.load(scale=TINY, until=SOON, tells=Silent(), beside=1).loaded == CHAPTERS[4:]
    year = volumes.last_year(TINY, told_of_the_year(TINY))
    planned = [bringing.cut(month, SOON) for month in history.months(TINY, year)]
    with within(machinery(SOON)) as acting, as_engine(acting):
        stands = [set(table.objects.values_list("reference", flat=True)) for table in (Call, Incident, Crime)]
        wanted = [{row.reference for month in planned for row in rows(month)} for rows in (_calls, _incidents, _crimes)]
        assert [there >= these for there, these in zip(stands, wanted, strict=True)] == [True] * 3
        assert [len(there - these) for there, these in zip(stands, wanted, strict=True)] == [0, 0, 0]
        done = CommandLog.objects.filter(name="contact.commands.bringing.bring_calls", outcome="done").count()
        assert done == len(finished(PARTS)) - 1 > len(stand)


def _calls(month: Month) -> list[EarlierCall]:
    return month.calls


def _incidents(month: Month) -> list[EarlierIncident]:
    return month.incidents


def _crimes(month: Month) -> list[EarlierCrime]:
    return month.crimes


def test_stories_are_played_in_the_order_of_time() -> None:
    """Beats of several stories come in the order of their times, up to the last moment and no later."""
    heard: list[str] = []

    def story(name: str, *times: str) -> Beats:
        for at in times:
            yield at
            heard.append(f"{name} {at[-5:]}")

    def first(_stage: Stage) -> Beats:
        return story("first", "2019-06-01 10:00", "2019-06-01 12:00", "2019-06-01 14:00")

    def second(_stage: Stage) -> Iterator[str]:
        return story("second", "2019-06-01 10:00", "2019-06-01 11:00")

    stage = Stage(Cast(), EARLY)
    played = play(stage, [first, second], until=moment("2019-06-01 12:00"))
    assert heard == ["first 10:00", "second 10:00", "second 11:00", "first 12:00"]
    assert played == 4
    assert stage.now == moment("2019-06-01 12:00")


def test_a_story_that_goes_back_in_time_is_refused() -> None:
    """What is told out of order is a slip of the author."""

    def muddled(_stage: Stage) -> Beats:
        yield "2019-06-01 10:00"
        yield "2019-06-01 09:00"

    with pytest.raises(ValueError, match="goes back in time"):
        play(Stage(Cast(), EARLY), [muddled], until=moment("2019-07-01 07:45"))


def test_times_are_those_of_stafford() -> None:
    """In summer the clock stands an hour before UTC, in winter with it; both ways of writing a time are read."""
    assert moment("2019-07-01T07:45").isoformat() == "2019-07-01T06:45:00+00:00"
    assert moment("2019-01-09 11:30") == moment("2019-01-09T11:30:00")
    assert moment("2019-01-09 11:30").isoformat() == "2019-01-09T11:30:00+00:00"
    with pytest.raises(ValueError, match="without a time zone"):
        moment("2019-07-01T07:45+01:00")


@pytest.mark.parametrize("wrong", [["--scale", "0"], ["--scale", "x"], ["--as-of", "tomorrow"]])
def test_what_cannot_be_is_refused_before_anything_is_loaded(wrong: list[str]) -> None:
    """A scale of nothing and a time that is none end with status 2."""
    with pytest.raises(SystemExit) as ended:
        parser().parse_args(["demo", "load", *wrong])
    assert ended.value.code == 2


def test_the_command_line_is_understood() -> None:
    """All of its words together."""
    asked = parser().parse_args(["demo", "load", "--scale", "0.1", "--as-of", "2019-07-01T07:45", "--json"])
    assert (asked.scale, asked.as_of, asked.json, asked.unless_loaded) == (0.1, moment("2019-07-01 07:45"), True, False)
