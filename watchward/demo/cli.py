"""`watchward demo load`: the fictional population, with a progress bar."""

from __future__ import annotations

import argparse
import json
import os
import sys
import time
from datetime import datetime
from types import TracebackType
from typing import Any

DEFAULT = 0.1
MOST = 4
"""Processes that load at once; each holds the plan of the two years in its memory."""
WORTH_IT = 0.02
"""The scale from which a further process wins more than its start takes."""


def register(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the subcommands of this room."""
    demo = commands.add_parser("demo", help="the invented population and its stories")
    which = demo.add_subparsers(title="commands", metavar="COMMAND", required=True)
    load = which.add_parser("load", help="load it, or what is missing of it, and start its clock")
    load.add_argument("--scale", type=_scale, default=DEFAULT, metavar="N",
                      help=f"1 is the whole force: 83,768 crimes a year ({DEFAULT:g})")  # fmt: skip
    load.add_argument(
        "--as-of", type=_moment, default=None, metavar="TIME",
        help="the local time at which its clock starts (2019-07-01T07:45); stories are told up to then",
    )  # fmt: skip
    load.add_argument("--unless-loaded", action="store_true", help="where it is loaded, only let its clock go on")
    load.add_argument("--json", action="store_true", help="one object on standard output")
    load.set_defaults(run=_load, role="app")
    beside = which.add_parser("beside")  # started by a loading, for a share of it
    beside.set_defaults(run=_beside, role="app")


def _beside(asked: argparse.Namespace) -> int:
    from watchward.demo.history.beside import serve

    serve(sys.stdin.buffer, sys.stdout)
    return 0


def _others(scale: float) -> int:
    """Return how many processes load beside this one: one for each further processor, where that is worth a start."""
    return min(MOST, len(os.sched_getaffinity(0))) - 1 if scale >= WORTH_IT else 0


def _scale(said: str) -> float:
    scale = float(said)
    if not 0 < scale <= 100:
        raise argparse.ArgumentTypeError("a scale lies above 0 and not above 100")
    return scale


def _moment(said: str) -> datetime:
    from watchward.demo.calendar import moment

    try:
        return moment(said)
    except ValueError as wrong:
        raise argparse.ArgumentTypeError(f"write a local time such as 2019-07-01T07:45 ({wrong})") from None


def _load(asked: argparse.Namespace) -> int:
    from watchward.demo.calendar import START, moment
    from watchward.demo.chapters import is_loaded
    from watchward.foundation import acting

    begun = time.monotonic()
    until: datetime = asked.as_of or moment(START)
    if (asked.unless_loaded or asked.as_of is None) and is_loaded(until):
        _go_on(until)
        loaded = None
    else:
        from watchward.demo import load

        with _Bar() as bar:
            loaded = load.load(scale=asked.scale, until=until, tells=bar, beside=_others(asked.scale))
        acting.set_clock(until)
    told: dict[str, Any] = {
        "loaded": list(loaded.loaded) if loaded else [],
        "households": loaded.households if loaded else None,
        "people": loaded.people if loaded else None,
        "records": loaded.records if loaded else None,
        "beats": loaded.beats if loaded else None,
        "clock": acting.now().isoformat(timespec="seconds"),
        "seconds": round(time.monotonic() - begun, 1),
    }
    if asked.json:
        print(json.dumps(told))
    elif told["loaded"]:
        print(
            f"Loaded {', '.join(told['loaded'])}: {told['people']:,} people of the crowd in {told['records']:,}"
            f" records, {told['households']:,} households, {told['beats']:,} beats of stories. {told['seconds']} s."
        )
    elif not asked.unless_loaded:
        print("The demonstration is loaded already; its clock goes on.")
    return 0


def _go_on(start: datetime) -> None:
    """Let the clock go on from where it was noted last; start it where it was lost."""
    from watchward.foundation import acting
    from watchward.foundation.database import home_directory

    if (home_directory() / "clock.json").exists():
        acting.resume_clock()
    else:
        acting.set_clock(start)


class _Bar:
    """A progress bar on standard error: nothing of it reaches standard output."""

    def __init__(self) -> None:
        from rich.console import Console
        from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

        self._bar = Progress(
            TextColumn("{task.description:<12}"), BarColumn(), TextColumn("{task.percentage:>3.0f} %"),
            TimeElapsedColumn(), console=Console(file=sys.stderr),
        )  # fmt: skip
        self._task: Any = None

    def __enter__(self) -> _Bar:
        self._bar.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, problem: BaseException | None, trace: TracebackType | None
    ) -> None:
        if kind is None:
            self._finish()
        self._bar.stop()

    def _finish(self) -> None:
        if self._task is not None:
            total = self._bar.tasks[self._task].total
            self._bar.update(self._task, completed=total)

    def begins(self, chapter: str, steps: int) -> None:
        """Begin a chapter of so many steps."""
        self._finish()
        self._task = self._bar.add_task(chapter, total=steps)

    def step(self) -> None:
        """Take one step."""
        if self._task is not None:
            self._bar.advance(self._task)
