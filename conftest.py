"""Every test runs as the app, on its process's own copy of a migrated database, in a cluster beside the force's."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest
from pytest_django import DjangoDbBlocker

from tests import databases
from tests.settings import TEST_HOME
from watchward.config import static
from watchward.foundation.database import Embedded

pytest_plugins = ("tests.reporting", "tests.demonstration")

WORKER = os.environ.get("PYTEST_XDIST_WORKER", "")
"""Which of xdist's processes this is; empty in the process that the person started."""


def pytest_configure(config: pytest.Config) -> None:
    """Collect the static files before any process starts to serve them."""
    if not WORKER and static.BUILT.is_dir():
        static.collect(TEST_HOME)


def pytest_unconfigure(config: pytest.Config) -> None:
    """Leave no server behind, unless another run is using it."""
    cluster = Embedded(TEST_HOME, durable=False)
    if not WORKER and cluster.pid() is not None:
        cluster.stop_if_unused()


@pytest.fixture(scope="session")
def cluster() -> Embedded:
    """The tests' own cluster: it need not survive a crash of the machine, and is fast for it."""
    embedded = Embedded(TEST_HOME, durable=False)
    embedded.ensure()
    return embedded


@pytest.fixture(scope="session")
def migrated(cluster: Embedded) -> str:
    """The template database that `watchward migrate` has made, for copies with other contents."""
    return databases.migrated(cluster)


@pytest.fixture(scope="session")
def django_db_setup(
    cluster: Embedded, migrated: str, django_test_environment: None, django_db_blocker: DjangoDbBlocker
) -> Iterator[None]:
    """Give this process its own database; after a test that commits, give it a fresh one.

    Django would flush the tables instead, which neither the app's role nor the guards allow.
    """
    from django.db import connections
    from django.test import TransactionTestCase

    databases.drop_left_behind(cluster)
    name = databases.copy_for(WORKER or "alone")
    cluster.clone(name, template=migrated)

    def begin_afresh(self: TransactionTestCase) -> None:
        connections["default"].close()
        cluster.clone(name, template=migrated)
        connections["default"].close()  # whatever was opened meanwhile, by a server's thread, was ended by the copy

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", begin_afresh)
        patch.setitem(connections["default"].settings_dict, "NAME", name)
        patch.setenv("WATCHWARD_DATABASE_NAME", name)  # for the commands that tests start as processes
        yield
    with django_db_blocker.unblock():
        connections["default"].close()
    databases.drop(cluster, name)
