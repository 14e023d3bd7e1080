"""Databases and installations that these tests may break as they like."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest

from tests import databases
from tests.faults.filled import Filled, fill
from watchward.foundation.database import Embedded


@pytest.fixture(scope="session")
def filled(cluster: Embedded, migrated: str) -> Iterator[Filled]:
    """A copy of the migrated database in which every guarded table has rows of every handling."""
    name = f"{databases.copy_for(os.environ.get('PYTEST_XDIST_WORKER', 'alone'))}_filled"
    cluster.clone(name, template=migrated)
    made = Filled(cluster, name)
    fill(made)
    yield made
    databases.drop(cluster, name)
