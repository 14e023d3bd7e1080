"""Copies of the loaded demonstration, and an empty force, for the tests of this room."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from pytest_django import DjangoDbBlocker

from tests import databases
from tests.demonstration import on
from watchward.foundation.database import Embedded


@pytest.fixture(scope="module")
def demonstration(
    request: pytest.FixtureRequest, cluster: Embedded, loaded: str, django_db_blocker: DjangoDbBlocker
) -> Iterator[None]:
    """A copy of the loaded demonstration, in use for one module; what a test does there is rolled back."""
    name = databases.copy_for(f"demo_{request.module.__name__.rpartition('.')[2]}")
    cluster.clone(name, template=loaded)
    with django_db_blocker.unblock(), on(name):
        yield
    databases.drop(cluster, name)


@pytest.fixture
def empty(cluster: Embedded, migrated: str, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """A migrated database with nothing in it, in which a test commits."""
    name = databases.copy_for("demo_empty")
    cluster.clone(name, template=migrated)
    with django_db_blocker.unblock(), on(name):
        yield
    databases.drop(cluster, name)
