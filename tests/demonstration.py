"""The demonstration, loaded once for all the tests that walk about in it."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

import pytest
from django.db import connections
from pytest_django import DjangoDbBlocker

from tests import databases
from watchward.demo import load
from watchward.demo.calendar import START, moment
from watchward.foundation.database import Embedded

SCALE = 0.01


class Silent:
    """Hears how far the loading has come, and says nothing."""

    def begins(self, chapter: str, steps: int) -> None:
        """Hear that a chapter begins."""

    def step(self) -> None:
        """Hear of a step."""


@contextmanager
def on(name: str) -> Iterator[None]:
    """Use another database of the cluster, and then the process's own again."""
    settings = connections["default"].settings_dict
    own = settings["NAME"]
    connections["default"].close()
    settings["NAME"] = name
    try:
        yield
    finally:
        connections["default"].close()
        settings["NAME"] = own


def load_until(at: datetime, *, scale: float = SCALE) -> load.Loaded:
    """Load the demonstration into the database in use, its stories told up to a moment."""
    return load.load(scale=scale, until=at, tells=Silent())


@pytest.fixture(scope="session")
def loaded(cluster: Embedded, migrated: str, django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> str:
    """The template database into which the demonstration has been loaded, made anew when a source has changed."""
    package = databases.ROOT / "watchward"
    sources = [*databases.sources_of_the_schema(), *package.glob("**/*.py"), *(databases.ROOT / "data/names").iterdir()]
    state = databases.fingerprint(file for file in sources if "__pycache__" not in file.parts)

    def fill(name: str) -> None:
        begun = time.monotonic()
        with django_db_blocker.unblock(), on(name):
            load_until(moment(START))
        print(f"\nThe demonstration at scale {SCALE} was loaded in {time.monotonic() - begun:.1f} s.")

    return databases.template(cluster, "demonstration", state, fill, begin_with=migrated)
