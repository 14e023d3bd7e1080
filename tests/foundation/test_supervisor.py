"""What is kept alive comes back when it dies, and all of it stops together."""

from __future__ import annotations

import contextlib
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from watchward.foundation.database.home import ROOT

on_linux = pytest.mark.skipif(sys.platform != "linux", reason="only Linux kills children with their parent")

HEAD = """
import asyncio, sys, time
from watchward.foundation import supervisor
from watchward.foundation.supervisor import Process, Supervisor
from watchward.kernel.refusals import Refused
supervisor.GRACE = 1.0
def python(name, script):
    return Process(name, [sys.executable, "-c", "import os, signal, sys, time\\n" + script], {"NAMED": name})
"""
SLEEPER = "print('I am', os.getpid(), os.environ['NAMED'])\\ntime.sleep(60)"


class Running:
    """A supervisor in a process of its own, and what it says."""

    def __init__(self, script: str, said: Path) -> None:
        self.said = said
        with said.open("w") as output:
            self.process = subprocess.Popen(
                [sys.executable, "-c", HEAD + script], cwd=ROOT, stdout=output, stderr=subprocess.STDOUT
            )

    def says(self, pattern: str, *, times: int = 1, within: float = 60) -> list[str]:
        """Wait until a pattern has been said so many times; return what its group matched."""
        until = time.monotonic() + within
        while time.monotonic() < until:
            found = re.findall(pattern, self.said.read_text())
            if len(found) >= times:
                return found
            time.sleep(0.02)
        raise AssertionError(f"{pattern!r} was not said {times} times:\n{self.said.read_text()}")

    def stops(self, how: signal.Signals, *, within: float) -> None:
        """Send a signal and wait for the end."""
        self.process.send_signal(how)
        assert self.process.wait(within) == 0, self.said.read_text()


Start = Callable[[str], Running]


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Start]:
    """Start supervisors that do not outlive the test."""
    started: list[Running] = []

    def begin(script: str) -> Running:
        started.append(Running(script, tmp_path / f"said-{len(started)}"))
        return started[-1]

    yield begin
    for one in started:
        if one.process.poll() is None:
            one.process.kill()
        one.process.wait()


def gone(pid: str | int, within: float = 10) -> bool:
    """Say whether a process has ended, or does within some seconds; one that only awaits burial has ended."""
    until = time.monotonic() + within
    while time.monotonic() < until:
        with contextlib.suppress(FileNotFoundError, ProcessLookupError):
            os.kill(int(pid), 0)
            if sys.platform != "linux" or Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z":
                time.sleep(0.02)
                continue
        return True
    return False


def test_a_killed_process_comes_back_and_the_others_stay(start: Start) -> None:
    """One of two is killed: it has a new process id, and its neighbour the old one."""
    running = start(f'asyncio.run(Supervisor([python("a", "{SLEEPER}"), python("worker", "{SLEEPER}")]).run())')
    first = running.says(r"a      \| I am (\d+) a\n")[0]
    other = running.says(r"worker \| I am (\d+) worker\n")[0]
    os.kill(int(first), signal.SIGKILL)
    second = running.says(r"a      \| I am (\d+) a\n", times=2)[1]
    assert second != first
    assert running.says(r"a      \| (ended by SIGKILL; starting it again in 0\.5 s)")
    assert not gone(other, within=0.1)
    running.stops(signal.SIGTERM, within=60)
    assert gone(second)
    assert gone(other)


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP], ids=lambda how: how.name)
def test_any_of_the_three_signals_stops_all(start: Start, how: signal.Signals) -> None:
    """Ctrl-C, a service manager and a closed terminal end it the same way, with status 0."""
    running = start(f'asyncio.run(Supervisor([python("a", "{SLEEPER}")]).run())')
    child = running.says(r"I am (\d+)")[0]
    running.stops(how, within=60)
    assert gone(child)


def test_each_is_asked_to_stop_and_given_the_time_it_takes(start: Start) -> None:
    """SIGTERM comes to each; none is killed while it ends its work, and all are gone before the supervisor is.

    The grace is an hour: the supervisor neither cuts it short nor waits for it once everybody has stopped.
    """
    tidy = (
        "asked = []\\nsignal.signal(signal.SIGTERM, lambda *_: asked.append(1))\\n"
        "print('ready', os.getpid(), flush=True)\\n"
        "while not asked: time.sleep(0.01)\\n"
        "print('asked', flush=True)\\ntime.sleep(1)\\nprint('done', flush=True)"
    )
    running = start(
        f'supervisor.GRACE = 3600\nasyncio.run(Supervisor([python("a", "{tidy}"), python("b", "{tidy}")]).run())'
    )
    children = running.says(r"ready (\d+)", times=2)
    running.stops(signal.SIGTERM, within=300)
    said = [line for line in running.said.read_text().splitlines() if "ready" not in line]
    for name in ("a", "b"):
        assert [line for line in said if line.startswith(name)] == [f"{name}  | asked", f"{name}  | done"]
    assert all(gone(child, within=0.1) for child in children)


def test_one_that_will_not_stop_is_killed_with_all_that_it_started(start: Start) -> None:
    """A job that cannot be aborted, and its own child, are asked first and killed once the grace is over."""
    stubborn = (
        "import subprocess\\n"
        "signal.signal(signal.SIGTERM, lambda *_: print('asked', flush=True))\\n"
        "print('grandchild', subprocess.Popen(['sleep', '600']).pid, flush=True)\\n"
        "print('child', os.getpid(), flush=True)\\n"
        "while True: time.sleep(0.05)"
    )
    running = start(f'supervisor.GRACE = 3\nasyncio.run(Supervisor([python("a", "{stubborn}")]).run())')
    child, grandchild = running.says(r" child (\d+)")[0], running.says(r"grandchild (\d+)")[0]
    begun = time.monotonic()
    running.process.send_signal(signal.SIGTERM)
    running.says(r"\| asked\n", within=60)
    assert running.process.wait(300) == 0, running.said.read_text()
    assert time.monotonic() - begun >= 3, "it was killed before its grace was over"
    assert len(running.says(r"\| asked\n")) == 1
    assert gone(child)
    assert gone(grandchild)


def test_a_second_signal_does_not_wait(start: Start) -> None:
    """Whoever asks twice means it."""
    stubborn = (
        "signal.signal(signal.SIGTERM, signal.SIG_IGN)\\nprint('child', os.getpid(), flush=True)\\ntime.sleep(60)"
    )
    running = start(f'supervisor.GRACE = 60\nasyncio.run(Supervisor([python("a", "{stubborn}")]).run())')
    child = running.says(r"child (\d+)")[0]
    running.process.send_signal(signal.SIGTERM)
    time.sleep(0.3)
    assert running.process.poll() is None
    running.stops(signal.SIGTERM, within=60)
    assert gone(child)


@on_linux
def test_killing_the_supervisor_leaves_no_orphans(start: Start) -> None:
    """Even a supervisor that could say nothing more takes its processes with it."""
    stubborn = (
        "signal.signal(signal.SIGTERM, signal.SIG_IGN)\\nprint('child', os.getpid(), flush=True)\\ntime.sleep(60)"
    )
    running = start(f'asyncio.run(Supervisor([python("a", "{stubborn}")]).run())')
    child = running.says(r"child (\d+)")[0]
    running.process.kill()
    assert gone(child)


def test_one_that_keeps_ending_is_tried_less_and_less_often(start: Start) -> None:
    """The wait doubles; a program that is not there is no reason to give up on the others."""
    running = start(
        f'asyncio.run(Supervisor([python("a", "sys.exit(3)"), Process("gone", ["/nonexistent/program"]), '
        f'python("b", "{SLEEPER}")]).run())'
    )
    assert running.says(r"a    \| ended with status 3; starting it again in ([\d.]+) s", times=3) == ["0.5", "1", "2"]
    assert running.says(r"gone \| could not be started .*; starting it again in ([\d.]+) s", times=2)[:2] == [
        "0.5",
        "1",
    ]
    assert running.says(r"b    \| I am (\d+) b\n")
    running.stops(signal.SIGTERM, within=60)


def test_output_is_passed_on_line_by_line_with_its_name(start: Start) -> None:
    """Lines without an end, very long ones, and bytes that are no text arrive all the same."""
    talker = (
        "sys.stdout.buffer.write(b'one\\\\ntwo \\\\xff\\\\n' + b'x' * 200_000 + b'\\\\nno end')\\n"
        "sys.stdout.flush()\\ntime.sleep(60)"
    )
    ender = "print('last words', end='')"
    running = start(f'asyncio.run(Supervisor([python("a", "{talker}"), python("b", "{ender}")]).run())')
    assert running.says(r"a  \| one\n")
    assert running.says("a  \\| two \N{REPLACEMENT CHARACTER}\\n")
    assert running.says(r"b  \| last words\n")
    until = time.monotonic() + 10
    while running.said.read_text().count("x") < 200_000 and time.monotonic() < until:
        time.sleep(0.05)
    assert running.said.read_text().count("x") >= 200_000
    running.stops(signal.SIGTERM, within=60)


def test_a_database_that_does_not_answer_is_seen_to(start: Start) -> None:
    """It is started again; refused at first, or lost again meanwhile, it is tried again after a wait."""
    running = start(
        f"""
class Database:
    answers, tried = False, 0
    def ready(self): return self.answers
    def ensure_ready(self):
        self.tried += 1
        if self.tried == 1: raise Refused("The disk is full.")
        if self.tried == 2: raise ConnectionRefusedError("killed again at once")
        self.answers = True
asyncio.run(Supervisor([python("a", "{SLEEPER}")], Database()).run())
"""
    )
    assert running.says(r"db \| does not answer; seeing to it", times=3)
    assert running.says(r"db \| The disk is full\. Trying again in 0\.5 s")
    assert running.says(r"db \| ConnectionRefusedError while seeing to it\. Trying again in 1 s")
    assert running.says(r"db \| answers again")
    running.stops(signal.SIGTERM, within=60)


def test_the_address_is_said_once_it_answers(start: Start) -> None:
    """An open port is not enough: it is said when a request has been answered."""
    server = (
        "import http.server, socket\\n"
        "class Page(http.server.BaseHTTPRequestHandler):\\n"
        "    def do_HEAD(self):\\n        self.send_response(404)\\n        self.end_headers()\\n"
        "opened = socket.create_server(('127.0.0.1', int(sys.argv[1])))\\n"
        "print('opened', flush=True)\\ntime.sleep(2)\\n"
        "web = http.server.HTTPServer(('127.0.0.1', 0), Page, bind_and_activate=False)\\n"
        "web.socket.close()\\nweb.socket = opened\\nweb.serve_forever()"
    )
    running = start(
        f"""
import socket
with socket.socket() as probe:
    probe.bind(("127.0.0.1", 0)); port = probe.getsockname()[1]
one = python("web", "{server}")
one = Process(one.name, [*one.argv, str(port)], one.env)
kept = Supervisor([one])
kept.announce("It is there", when_answers=("127.0.0.1", port))
asyncio.run(kept.run())
"""
    )
    running.says("opened")
    time.sleep(0.5)
    assert "It is there" not in running.said.read_text()
    assert running.says("It is there")
    running.stops(signal.SIGTERM, within=60)
