"""A demonstration loaded once, and a copy of it for the tests of this room."""

from __future__ import annotations

import time
from collections.abc import Iterator

import pytest
from django.db import connections
from pytest_django import DjangoDbBlocker

from tests import databases
from tests.conftest_names import worker_name
from watchward.demo import load
from watchward.demo.calendar import START, moment
from watchward.foundation.database import Embedded

SCALE = 0.1


class Silent:
    """Hears how far the loading has come, and says nothing."""

    def begins(self, chapter: str, steps: int) -> None: ...
    def step(self) -> None: ...


@pytest.fixture(scope="session")
def loaded(
    cluster: Embedded, migrated: str, django_db_setup: None, django_db_blocker: DjangoDbBlocker
) -> str:
    """The template database into which the demonstration has been loaded, made anew when a source has changed."""
    package = databases.ROOT / "watchward"
    sources = [*databases.sources_of_the_schema(), *package.glob("**/*.py"), *(databases.ROOT / "data/names").iterdir()]
    state = databases.fingerprint(file for file in sources if "__pycache__" not in file.parts)

    def fill(name: str) -> None:
        begun = time.monotonic()
        with django_db_blocker.unblock(), _on(name):
            load.load(scale=SCALE, until=moment(START), tells=Silent())
        print(f"\nthe demonstration at scale {SCALE} was loaded in {time.monotonic() - begun:.1f} s")

    return databases.template(cluster, "demonstration", state, fill, begin_with=migrated)
