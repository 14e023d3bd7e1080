"""One process that keeps the database and its companions alive, and stops them all together."""

from __future__ import annotations

import asyncio
import contextlib
import ctypes
import os
import signal
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from watchward.kernel.refusals import Refused

SHORTEST_WAIT, LONGEST_WAIT = 0.5, 30.0
"""Seconds before a process that has ended is started again: doubled each time."""

SETTLED = 30.0
"""Seconds of running after which a process is believed sound, and its wait is the shortest again."""

GRACE = 5.0
"""Seconds that a process is given to stop. A job's thread cannot be aborted: afterwards it is killed, and retried."""

LONGEST_LINE = 64 * 1024

PR_SET_PDEATHSIG = 1


@dataclass(frozen=True)
class Process:
    """A process to keep alive: its name in the output, its command line, and what it has in its environment besides."""

    name: str
    argv: Sequence[str]
    env: Mapping[str, str] = field(default_factory=dict)


class Database(Protocol):
    """What the supervisor asks of the database."""

    def ready(self) -> bool:
        """Say whether it answers."""

    def ensure_ready(self) -> None:
        """Start it if it is ours and wait until it answers; raise Refused if it does not."""


class Supervisor:
    """Keeps processes alive until it is told to stop.

    SIGINT, SIGTERM or SIGHUP stop all of them within seconds; a second signal kills at once. If the supervisor itself
    is killed, Linux kills its processes.
    """

    def __init__(
        self,
        processes: Sequence[Process],
        database: Database | None = None,
        *,
        say: Callable[[str], None] | None = None,
    ) -> None:
        self._processes = processes
        self._database = database
        self._say = say or _print
        self._width = max((len(name) for name in ("db", *(process.name for process in processes))), default=0)
        self._stopping = asyncio.Event()
        self._killing = asyncio.Event()
        self._announcements: list[tuple[str, tuple[str, int]]] = []

    def announce(self, words: str, *, when_answers: tuple[str, int]) -> None:
        """Say something once the address and port first answer a request over HTTP, whatever the answer."""
        self._announcements.append((words, when_answers))

    def stop(self) -> None:
        """Begin to stop everything; asked twice, kill it."""
        if self._stopping.is_set():
            self._killing.set()
        self._stopping.set()

    async def run(self) -> None:
        """Keep everything alive; return when all of it has stopped."""
        loop = asyncio.get_running_loop()
        for one in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            loop.add_signal_handler(one, self.stop)
        async with asyncio.TaskGroup() as tasks:
            for process in self._processes:
                tasks.create_task(self._keep(process))
            if self._database is not None:
                tasks.create_task(self._watch(self._database))
            for words, address in self._announcements:
                tasks.create_task(self._announce(words, address))

    def _tell(self, name: str, words: str) -> None:
        self._say(f"{name:{self._width}} | {words}")

    async def _stopped_within(self, seconds: float) -> bool:
        """Wait until it is time to stop, or for some seconds; say whether it is time."""
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(self._stopping.wait(), seconds)
        return self._stopping.is_set()

    async def _keep(self, process: Process) -> None:
        wait = SHORTEST_WAIT
        while not self._stopping.is_set():
            started = time.monotonic()
            ended = await self._run_once(process)
            if self._stopping.is_set():
                return
            if time.monotonic() - started > SETTLED:
                wait = SHORTEST_WAIT
            self._tell(process.name, f"{ended}; starting it again in {wait:g} s")
            await self._stopped_within(wait)
            wait = min(wait * 2, LONGEST_WAIT)

    async def _run_once(self, process: Process) -> str:
        """Run a process until it ends or all must stop; return in words how it ended."""
        try:
            child = await asyncio.create_subprocess_exec(
                *process.argv,
                env={**os.environ, **process.env, "PYTHONUNBUFFERED": "1"},
                stdin=asyncio.subprocess.DEVNULL,
                stdout=asyncio.subprocess.PIPE,
                stderr=asyncio.subprocess.STDOUT,
                start_new_session=True,  # a terminal's Ctrl-C comes to the supervisor alone
                preexec_fn=die_with(os.getpid()),
            )
        except OSError as failed:
            return f"could not be started ({failed})"
        assert child.stdout is not None  # noqa: S101 - asked for above
        output = asyncio.create_task(self._prefix(process.name, child.stdout))
        ended, stopping = asyncio.create_task(child.wait()), asyncio.create_task(self._stopping.wait())
        await asyncio.wait({ended, stopping}, return_when=asyncio.FIRST_COMPLETED)
        stopping.cancel()
        if not ended.done():
            with contextlib.suppress(ProcessLookupError):
                child.terminate()
            killing = asyncio.create_task(self._killing.wait())
            await asyncio.wait({ended, killing}, timeout=GRACE, return_when=asyncio.FIRST_COMPLETED)
            killing.cancel()
        _kill_group(child.pid)  # what did not stop in time, and what it may have left behind
        await ended
        await asyncio.wait({output}, timeout=1)
        output.cancel()
        code = ended.result()
        return f"ended by {signal.Signals(-code).name}" if code < 0 else f"ended with status {code}"

    async def _prefix(self, name: str, stream: asyncio.StreamReader) -> None:
        rest = b""
        while piece := await stream.read(LONGEST_LINE):
            *lines, rest = (rest + piece).split(b"\n")
            for line in lines:
                self._tell(name, line.decode(errors="replace").rstrip())
            if len(rest) > LONGEST_LINE:
                self._tell(name, rest.decode(errors="replace"))
                rest = b""
        if rest:
            self._tell(name, rest.decode(errors="replace").rstrip())

    async def _watch(self, database: Database) -> None:
        wait = SHORTEST_WAIT
        while not await self._stopped_within(1):
            try:
                if await asyncio.to_thread(database.ready):
                    continue
                self._tell("db", "does not answer; seeing to it")
                await asyncio.to_thread(database.ensure_ready)
            except Exception as failed:  # it may be lost again while it is seen to; nothing of that may end us
                words = str(failed) if isinstance(failed, Refused) else f"{type(failed).__name__} while seeing to it."
                self._tell("db", f"{words} Trying again in {wait:g} s")
                await self._stopped_within(wait)
                wait = min(wait * 2, LONGEST_WAIT)
            else:
                self._tell("db", "answers again")
                wait = SHORTEST_WAIT

    async def _announce(self, words: str, address: tuple[str, int]) -> None:
        while not await self._stopped_within(0.1):
            with contextlib.suppress(OSError, TimeoutError):
                if await asyncio.wait_for(_answers(*address), 5):
                    self._say(words)
                    return


async def _answers(host: str, port: int) -> bool:
    """Say whether a web server answers; one that has opened its port may still be starting."""
    reader, writer = await asyncio.open_connection(host, port)
    try:
        writer.write(b"HEAD / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
        return (await reader.read(5)).startswith(b"HTTP/")
    finally:
        writer.close()


def _print(line: str) -> None:
    with contextlib.suppress(OSError):  # the terminal may have gone; what is kept alive must not go with it
        print(line, flush=True)


def _kill_group(leader: int) -> None:
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(leader, signal.SIGKILL)


def die_with(parent: int) -> Callable[[], None] | None:
    """Return what a child does before it becomes its program: ask Linux to be killed when its parent dies.

    SIGKILL, because a worker busy with a job outlives a SIGTERM.
    """
    if sys.platform != "linux":
        return None
    prctl = ctypes.CDLL(None).prctl  # found before the fork: the child of a process with threads must do little

    def ask() -> None:
        prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
        if os.getppid() != parent:  # it died in between
            os._exit(1)

    return ask
