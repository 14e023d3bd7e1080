"""Homes for clusters that a test makes and breaks as it likes, and a force whose log is sealed."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.foundation.sealed import Sealed, busy, sergeant
from tests.settings import TEST_HOME
from watchward.foundation.database import Embedded, Where


@pytest.fixture
def home() -> Iterator[Path]:
    """A home that every user can reach, gone with its cluster afterwards."""
    folder = Path(tempfile.mkdtemp(prefix="ww-"))
    folder.chmod(0o755)  # pytest's own folders are closed to the user as whom root runs the server
    yield folder
    _forget(folder)


@pytest.fixture
def second_home() -> Iterator[Path]:
    """Another such home."""
    folder = Path(tempfile.mkdtemp(prefix="ww-"))
    folder.chmod(0o755)
    yield folder
    _forget(folder)


def _forget(home: Path) -> None:
    cluster = Embedded(home)
    if cluster.pid() is not None:
        cluster.stop("immediate")
    for folder in {cluster.folder, cluster.socket, home}:
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def quick(home: Path) -> Embedded:
    """A running cluster that need not survive a crash of the machine."""
    cluster = Embedded(home, durable=False)
    cluster.ensure()
    return cluster


@pytest.fixture
def force(cluster: Embedded, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Sealed:
    """A force with a log sealed in three batches, and its key and heads in folders of its own."""
    monkeypatch.setenv("WATCHWARD_HEADS", str(tmp_path / "heads"))
    monkeypatch.setenv("WATCHWARD_AUDIT_KEY", str(tmp_path / "key"))
    made = Sealed(cluster, Where.of_process(TEST_HOME))
    acting = sergeant()
    for _ in range(3):
        busy(acting)
        made.seal()
    return made
