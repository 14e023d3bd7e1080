"""Homes for clusters that a test makes and breaks as it likes, and a force whose log is sealed."""

from __future__ import annotations

import shutil
import socket
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.foundation.sealed import Sealed, busy, sergeant
from tests.foundation.servers import Server, attempt
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


@pytest.fixture
def server(second_home: Path) -> Server:
    """A cluster with an administrator who makes roles and databases without being a superuser."""
    cluster = Embedded(second_home, durable=False)
    cluster.ensure()
    attempt(cluster.conninfo(), "CREATE ROLE boss LOGIN CREATEROLE CREATEDB PASSWORD 'not so secret'")
    cluster.stop()
    with (cluster.data / "pg_hba.conf").open("w") as rules:
        rules.write("local all postgres trust\nhost all all 127.0.0.1/32 scram-sha-256\n")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    # The port is the socket's name as well: beside it, the cluster's own `ready` would see nothing.
    started = cluster._run(
        *("pg_ctl", "-D", str(cluster.data), "-l", str(cluster.log), "-w", "-o"),
        *(f"-c listen_addresses=127.0.0.1 -c port={port}", "start"),
    )
    assert started.returncode == 0, cluster.log.read_text()
    return Server(port, cluster)


@pytest.fixture
def by_url(server: Server, home: Path, monkeypatch: pytest.MonkeyPatch) -> Where:
    """A process whose environment names that server."""
    monkeypatch.delenv("WATCHWARD_DATABASE_NAME", raising=False)
    monkeypatch.setenv("WATCHWARD_DATABASE_URL", server.url("boss", "not%20so%20secret", "force"))
    return Where.of_process(home)
