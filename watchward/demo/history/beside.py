"""Processes beside the one that loads: each brings its share of the two years over, in transactions of its own."""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from queue import SimpleQueue
from threading import Thread
from typing import BinaryIO, Final, TextIO

from django.db import connection

from watchward.demo.history.bringing import Work
from watchward.foundation.database import home_directory

COMMAND: Final = ("-m", "watchward.config.cli", "demo", "beside")
DONE: Final = "month"
"""What such a process says after each."""


class Beside:
    """One such process; it begins to start at once and ends with the one that started it."""

    def __init__(self) -> None:
        environment = {
            **os.environ, "WATCHWARD_HOME": str(home_directory()),
            "WATCHWARD_DATABASE_NAME": str(connection.settings_dict["NAME"]),
        }  # fmt: skip
        self._process = subprocess.Popen(
            [sys.executable, *COMMAND], stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=environment,
            start_new_session=True,  # Ctrl-C reaches the one that loads, and this ends with it
        )  # fmt: skip
        self._heard: SimpleQueue[str] = SimpleQueue()
        self._hears = Thread(target=self._hear, daemon=True)

    def begin(self, work: Work, parts: Sequence[int]) -> None:
        """Give it its share."""
        self._hears.start()
        if self._process.stdin is not None:
            with suppress(BrokenPipeError):  # it may have ended: what it leaves is seen when all have
                pickle.dump((work, list(parts)), self._process.stdin, pickle.HIGHEST_PROTOCOL)
                self._process.stdin.flush()

    def _hear(self) -> None:
        for _line in self._process.stdout or ():
            self._heard.put(DONE)

    def done(self) -> int:
        """Return how many months it has done since this was asked last."""
        found = self._heard.qsize()
        for _one in range(found):
            self._heard.get()
        return found

    def finish(self, step: Callable[[], None]) -> None:
        """Wait until it has ended; whether all of its share stands is for the caller to see."""
        while self._hears.is_alive():
            self._hears.join(0.2)
            for _month in range(self.done()):
                step()
        self._process.wait()

    def close(self) -> None:
        """End it, if it has not ended by itself."""
        self._process.kill()
        self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                with suppress(BrokenPipeError):
                    pipe.close()


@contextmanager
def processes(count: int) -> Iterator[list[Beside]]:
    """Start so many processes; none of them outlives this.

    Args:
        count: how many beside this one.
    """
    with ExitStack() as stack:
        found = []
        for _one in range(count):
            found.append(Beside())
            stack.callback(found[-1].close)
        yield found


def serve(given: BinaryIO, said: TextIO) -> None:
    """Do the share that another process gives, and end with it.

    Args:
        given: where it comes from; closed when that process is no more.
        said: where each month is told.
    """
    try:
        work, parts = pickle.load(given)  # noqa: S301 - by the process that started this one
    except EOFError:
        return
    Thread(target=_end_with, args=(given,), daemon=True).start()

    def step() -> None:
        said.write(f"{DONE}\n")
        said.flush()

    work.do(parts, step=step)


def _end_with(given: BinaryIO) -> None:
    """End this process at once when the other is no more: the database takes back what was not committed."""
    os.read(given.fileno(), 1)  # past the buffer, whose lock would hold up the end of this process
    os._exit(1)
