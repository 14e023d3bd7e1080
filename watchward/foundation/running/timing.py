"""How long each page takes, counted by the process that answers, and read together from files that they keep.

No row is written for a look, and no address is kept: a page is named as its URL pattern names it.
"""

from __future__ import annotations

import json
import os
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from math import ceil, log
from pathlib import Path

from django.http import HttpRequest
from django.http.response import HttpResponseBase

from watchward.foundation.database import home_directory

FOLDER = "running"
EVERY = 10.0
"""Seconds between two writings of a process's file."""

STEP = 1.2
"""How much longer a look of one class is than of the class before it: a centile is right to within this."""

SHORTEST = 0.001
"""Seconds of the first class."""


@dataclass
class Page:
    """How long one page took.

    Args:
        looks: how many there were.
        failed: how many of them ended with a fault of ours.
        total: seconds of all of them.
        longest: seconds of the longest.
        classes: how many fell into each class of duration.
    """

    looks: int
    failed: int
    total: float
    longest: float
    classes: dict[int, int]

    def add(self, other: Page) -> None:
        """Count the looks of another process as well."""
        self.looks, self.failed = self.looks + other.looks, self.failed + other.failed
        self.total, self.longest = self.total + other.total, max(self.longest, other.longest)
        for class_, looks in other.classes.items():
            self.classes[class_] = self.classes.get(class_, 0) + looks

    def centile(self, share: float) -> float:
        """Return the seconds within which this share of the looks was answered, to within one class."""
        wanted, seen = share * self.looks, 0
        for class_, looks in sorted(self.classes.items()):
            seen += looks
            if seen >= wanted:
                return min(self.longest, seconds_of(class_))
        return self.longest


def class_of(seconds: float) -> int:
    """Return the class of a duration: the smallest whose end it does not pass."""
    return max(0, ceil(log(max(seconds, SHORTEST) / SHORTEST, STEP) - 1e-9))


def seconds_of(class_: int) -> float:
    """Return the end of a class: no look in it took longer."""
    return SHORTEST * STEP**class_


class Timing:
    """Counts the looks of this process."""

    def __init__(self, home: Path) -> None:
        self._path = home / FOLDER / f"{os.getpid()}.json"
        self._lock = threading.Lock()
        self._pages: dict[str, Page] = {}
        self._written = time.monotonic()

    def count(self, page: str, seconds: float, *, failed: bool) -> None:
        """Count one look, and write the file when it is time."""
        with self._lock:
            self._pages.setdefault(page, Page(0, 0, 0.0, 0.0, {})).add(
                Page(1, int(failed), seconds, seconds, {class_of(seconds): 1})
            )
            if time.monotonic() - self._written < EVERY:
                return
            self._written = time.monotonic()
            text = json.dumps({name: vars(each) for name, each in self._pages.items()})
        self._write(text)

    def _write(self, text: str) -> None:
        """Write the file whole; where it cannot be written nobody's page fails for it."""
        try:
            self._path.parent.mkdir(mode=0o700, exist_ok=True)
            fresh = self._path.with_suffix(f".{threading.get_ident()}")
            fresh.write_text(text)
            fresh.replace(self._path)
        except OSError:
            return


def timed(get_response: Callable[[HttpRequest], HttpResponseBase]) -> Callable[[HttpRequest], HttpResponseBase]:
    """Count how long each page takes, as a middleware; the outermost, so that all of it is in the figure."""
    timing = Timing(home_directory())

    def answer(request: HttpRequest) -> HttpResponseBase:
        begun = time.perf_counter()
        response = get_response(request)
        match = request.resolver_match
        if match is not None:
            timing.count(
                match.view_name or match.route, time.perf_counter() - begun, failed=response.status_code >= 500
            )
        return response

    return answer


def pages(home: Path) -> dict[str, Page]:
    """Return what the processes that live now have counted, by page.

    Args:
        home: of the installation.
    """
    found: dict[str, Page] = {}
    for name, page in _told(home / FOLDER):
        if name in found:
            found[name].add(page)
        else:
            found[name] = page
    return found


def _told(folder: Path) -> Iterator[tuple[str, Page]]:
    for path in sorted(folder.glob("*.json")):
        if not _lives(path.stem):
            path.unlink(missing_ok=True)
            continue
        try:
            said = json.loads(path.read_text())
        except (OSError, ValueError):
            continue  # it was written anew at this moment, or its process has gone
        for name, each in said.items():
            yield name, Page(**{**each, "classes": {int(class_): n for class_, n in each["classes"].items()}})


def _lives(process: str) -> bool:
    try:
        os.kill(int(process), 0)
    except (ProcessLookupError, ValueError):
        return False
    except PermissionError:
        return True
    return True
