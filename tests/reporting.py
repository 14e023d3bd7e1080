"""The `report` mark: a test that says it shows a requirement must really call what it names."""

from __future__ import annotations

import inspect
import sys
import threading
from collections.abc import Iterator
from importlib import import_module
from types import CodeType, FrameType
from typing import Any

import pytest

from watchward.foundation.measures.declared import measures


def named(by: str) -> Any:
    """Return the function that a mark names, under `watchward.domains.` or `watchward.`; of a measure, its rows.

    Raises:
        LookupError: there is none.
    """
    if by in measures:
        return inspect.unwrap(measures[by].rows)
    module, _dot, name = by.rpartition(".")
    for prefix in ("watchward.domains.", "watchward."):
        try:
            found = getattr(import_module(prefix + module), name)
        except (ImportError, AttributeError):
            continue
        return inspect.unwrap(found)
    raise LookupError(f"nothing is called {by}")


@pytest.fixture(autouse=True)
def _called_what_it_names(request: pytest.FixtureRequest) -> Iterator[None]:
    """Fail a marked test that never called what it names, in its own thread or in the server's."""
    marks = list(request.node.iter_markers("report"))
    wanted: dict[CodeType, str] = {}
    for mark in marks:
        function = named(mark.kwargs["by"])
        wanted[function.__code__] = mark.kwargs["by"]
    if not wanted:
        yield
        return
    missing = dict(wanted)

    def watch(frame: FrameType, event: str, _argument: object) -> None:
        if event == "call" and frame.f_code in missing:
            del missing[frame.f_code]

    before = sys.getprofile()
    threading.setprofile(watch)
    sys.setprofile(watch)
    try:
        yield
    finally:
        sys.setprofile(before)
        threading.setprofile(None)
    if missing:
        pytest.fail(f"this test names {', '.join(missing.values())} and never called it")
