"""The embedded database is made, started, killed, moved and shared without losing a committed row."""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import stat
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

import psycopg
import pytest

from watchward.foundation.database import DatabaseRefused, Embedded, folders
from watchward.foundation.database.home import ROOT, kept_secret

as_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root runs the server as another user")
on_linux = pytest.mark.skipif(sys.platform != "linux", reason="uses /proc and prctl")


def one(cluster: Embedded, query: str, name: str = "postgres") -> object:
    """Return the first value that a query gives."""
    with psycopg.connect(cluster.conninfo(name=name), autocommit=True) as connection:
        row = connection.execute(query).fetchone()
    assert row is not None
    return row[0]


def run(script: str, home: Path) -> subprocess.CompletedProcess[str]:
    """Run Python in a process of its own."""
    script = "import sys, os\nfrom pathlib import Path\nhome = Path(sys.argv[1])\n" + script
    command = [sys.executable, "-c", script, str(home)]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=120, check=False)


def test_a_fresh_home_gets_a_cluster_that_stops_and_starts_with_its_rows(home: Path) -> None:
    """From an empty folder to a server that answers; its rows are there after a stop and a start."""
    cluster = Embedded(home, durable=False)
    assert not cluster.ready()
    cluster.ensure()
    assert cluster.ready()
    with psycopg.connect(cluster.conninfo(), autocommit=True) as connection:
        connection.execute("CREATE TABLE kept AS SELECT 42 AS answer")
    cluster.stop()
    assert not cluster.ready()
    cluster.ensure()
    assert one(cluster, "SELECT answer FROM kept") == 42


def test_a_running_server_is_left_alone(quick: Embedded) -> None:
    """Ensuring a second time starts nothing."""
    before = quick.pid()
    Embedded(quick.home).ensure()
    assert quick.pid() == before


def test_the_server_is_what_we_rely_on(quick: Embedded) -> None:
    """UTF-8 sorted by code point, UTC, checksums, no TCP; a cluster for tests does not wait for the disk."""
    assert one(quick, "SHOW server_encoding") == "UTF8"
    assert one(quick, "SELECT string_agg(x, '' ORDER BY x) FROM (VALUES ('b'), ('B'), ('a'), ('é')) AS v(x)") == "Babé"
    assert one(quick, "SELECT lower('É')") == "é"
    assert one(quick, "SHOW timezone") == "UTC"
    assert one(quick, "SHOW data_checksums") == "on"
    assert one(quick, "SHOW listen_addresses") == ""
    assert one(quick, "SHOW fsync") == "off"
    assert one(quick, "SELECT uuid_extract_version(uuidv7())") == 7


def test_a_cluster_is_durable_unless_said_otherwise(home: Path) -> None:
    """A force's own cluster waits until a commit is on the disk."""
    cluster = Embedded(home)
    cluster.ensure()
    assert [one(cluster, f"SHOW {name}") for name in ("fsync", "synchronous_commit", "full_page_writes")] == ["on"] * 3


def test_killed_five_times_every_committed_row_is_there(home: Path) -> None:
    """The server is killed while rows are written; each that was acknowledged is there afterwards."""
    cluster = Embedded(home)
    cluster.ensure()
    with psycopg.connect(cluster.conninfo(), autocommit=True) as connection:
        connection.execute("CREATE TABLE kept (number bigint PRIMARY KEY)")
    acknowledged: list[int] = []

    def write() -> None:
        try:
            with psycopg.connect(cluster.conninfo(), autocommit=True) as connection:
                while True:
                    number = len(acknowledged)
                    connection.execute("INSERT INTO kept VALUES (%s) ON CONFLICT DO NOTHING", [number])
                    acknowledged.append(number)
        except psycopg.OperationalError:
            pass  # killed

    for _ in range(5):
        before = len(acknowledged)
        writer = threading.Thread(target=write)
        writer.start()
        time.sleep(0.2)
        pid = cluster.pid()
        assert pid is not None
        os.kill(pid, signal.SIGKILL)
        writer.join(10)
        assert not writer.is_alive()
        assert len(acknowledged) > before, "the writer wrote nothing, so nothing was shown"
        cluster.ensure()
        with psycopg.connect(cluster.conninfo()) as connection:
            there = {row[0] for row in connection.execute("SELECT number FROM kept")}
        assert set(acknowledged) <= there


@on_linux
def test_a_killed_server_that_nobody_buries_does_not_keep_the_next_one_out(home: Path) -> None:
    """Where process 1 does not reap, a killed server stays a zombie, and PostgreSQL would believe it alive."""
    done = run(
        """
import ctypes, signal, time
from watchward.foundation.database import Embedded
PR_SET_CHILD_SUBREAPER = 36
assert ctypes.CDLL(None).prctl(PR_SET_CHILD_SUBREAPER, 1) == 0  # orphans become ours, and we do not reap them
cluster = Embedded(home, durable=False)
cluster.ensure()
pid = cluster.pid()
os.kill(pid, signal.SIGKILL)
time.sleep(0.2)
assert Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] == "Z"
cluster.ensure()
assert cluster.ready() and cluster.pid() != pid
""",
        home,
    )
    assert done.returncode == 0, done.stderr


def test_a_pid_file_whose_number_is_now_another_program_is_forgotten(quick: Embedded) -> None:
    """After the machine restarted, the dead server's process id may be anybody's."""
    quick.stop()
    (quick.data / "postmaster.pid").write_text(f"{os.getpid()}\n{quick.data}\n0\n5432\n{quick.socket}\n\n 0 0\nready\n")
    quick.ensure()
    assert quick.ready()


def test_a_server_whose_socket_was_swept_away_is_reachable_again(quick: Embedded) -> None:
    """A tidy-up of temporary folders may remove the socket of a server that runs."""
    (quick.socket / ".s.PGSQL.5432").unlink()
    assert not quick.ready()
    quick.ensure()
    assert one(quick, "SELECT 1") == 1


def test_an_initdb_that_was_cut_short_is_begun_again(home: Path) -> None:
    """What a first start left half made does not pass for a cluster."""
    cluster = Embedded(home, durable=False)
    (cluster.folder / "data.fresh" / "base").mkdir(parents=True)
    (cluster.folder / "data.fresh" / "PG_VERSION").write_text("18\n")
    if os.geteuid() == 0:
        for path in [cluster.folder, *cluster.folder.rglob("*")]:
            os.chown(path, pwd.getpwnam("nobody").pw_uid, -1)
    cluster.ensure()
    assert cluster.ready()


def test_four_at_once_make_one_cluster_with_its_roles(home: Path) -> None:
    """Four processes that start together find one server, one database and each role once."""
    script = """
import psycopg
from watchward.foundation.database import Embedded, Where
cluster, where = Embedded(home, durable=False), Where(home, "watchward")
cluster.ensure()
cluster.provision(where.name)
for role in ("owner", "app", "worker", "auditor"):
    psycopg.connect(where.conninfo(role)).close()
print(cluster.pid())
"""
    results: list[subprocess.CompletedProcess[str]] = []
    threads = [threading.Thread(target=lambda: results.append(run(script, home))) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [done.returncode for done in results] == [0] * 4, [done.stderr for done in results]
    assert len({done.stdout for done in results}) == 1


def test_a_server_in_use_is_not_stopped_by_one_who_has_finished(quick: Embedded) -> None:
    """A command that started the server stops it only when nobody else has come to use it."""
    with psycopg.connect(quick.conninfo()):
        assert not quick.stop_if_unused()
        assert quick.ready()
    until = time.monotonic() + 5
    while not quick.stop_if_unused() and time.monotonic() < until:  # the session's end takes a moment to arrive
        time.sleep(0.05)
    assert not quick.ready()


def test_the_log_names_no_persons(quick: Embedded) -> None:
    """An error in the database leaves neither the statement nor the values in the server's log."""
    with psycopg.connect(quick.conninfo(), autocommit=True) as connection:
        connection.execute("CREATE TABLE person (name text PRIMARY KEY)")
        connection.execute("INSERT INTO person VALUES ('Ebba Quill')")
        with pytest.raises(psycopg.errors.UniqueViolation):
            connection.execute("INSERT INTO person VALUES ('Ebba Quill')")
    log = quick.log.read_text()
    assert "duplicate key" in log
    assert "Ebba" not in log


def test_a_path_too_long_for_a_socket_gets_a_short_folder_of_its_own(home: Path) -> None:
    """The socket of a deep clone lies in a short folder that only the server's user may enter."""
    deep = home / ("a-very-long-name-" * 5) / "var"
    deep.mkdir(parents=True)
    cluster = Embedded(deep, durable=False)
    try:
        assert len(str(cluster.socket)) < 60
        cluster.ensure()
        assert one(cluster, "SELECT 1") == 1
        assert stat.S_IMODE(cluster.socket.stat().st_mode) == 0o700
        assert Embedded(deep).socket == cluster.socket
    finally:
        cluster.stop("immediate")
        shutil.rmtree(cluster.socket, ignore_errors=True)


@as_root
def test_a_folder_that_somebody_else_has_put_there_is_refused(home: Path) -> None:
    """A stranger who made the socket's folder first could listen in: nothing is put there."""
    folder = home / "squatted"
    folder.mkdir()
    os.chown(folder, 4321, 4321)
    with pytest.raises(DatabaseRefused, match="does not belong to nobody"):
        folders.own_folder(folder, pwd.getpwnam("nobody"))


def test_a_user_without_a_name_is_told_so(monkeypatch: pytest.MonkeyPatch) -> None:
    """initdb needs the name of its user; a container's bare number has none."""
    monkeypatch.setattr(os, "geteuid", lambda: 4_123_456)
    with pytest.raises(DatabaseRefused, match="4123456 has no entry among the system's users"):
        folders.server_user()


@as_root
def test_root_serves_a_clone_that_nobody_else_can_reach(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Under root's own home the data and a copy of the programs lie elsewhere, and a new clone starts anew."""
    elsewhere = home / "elsewhere"
    elsewhere.mkdir()
    closed = home / "closed"
    closed.mkdir(mode=0o700)
    monkeypatch.setattr(folders, "lasting_folder", lambda: elsewhere)
    really = folders.reachable
    wheel = Path(sys.prefix)
    monkeypatch.setattr(folders, "reachable", lambda path, user: wheel not in path.parents and really(path, user))
    cluster = Embedded(closed / "var", durable=False)
    assert cluster.folder.parent == elsewhere
    cluster.ensure()
    try:
        assert cluster.programs.is_relative_to(elsewhere)
        assert one(cluster, "SELECT 1") == 1
        assert cluster.data.stat().st_uid == pwd.getpwnam("nobody").pw_uid
        assert Embedded(closed / "var").folder == cluster.folder
        assert stat.S_IMODE(closed.stat().st_mode) == 0o700, "no folder of root's may be opened for it"
        shutil.rmtree(closed / "var")
        assert Embedded(closed / "var").folder != cluster.folder
    finally:
        (closed / "var").mkdir(exist_ok=True)
        cluster.stop("immediate")


@as_root
def test_an_ordinary_user_has_a_cluster_of_its_own() -> None:
    """Without root's rights the server runs as the user itself."""
    nobody = pwd.getpwnam("nobody")
    if not folders.reachable(Path(sys.prefix) / "lib" / "x", nobody):
        pytest.skip("the ordinary user cannot reach this clone's programs")
    home = Path(tempfile.mkdtemp(prefix="ww-"))
    os.chown(home, nobody.pw_uid, nobody.pw_gid)
    try:
        done = run(
            f"""
import importlib.metadata, importlib.util, psycopg, psycopg.conninfo, psycopg.sql  # root's Python may be out of reach
from watchward.foundation.database import Embedded, Where
os.setgroups([]); os.setgid({nobody.pw_gid}); os.setuid({nobody.pw_uid}); os.chdir("/")
cluster, where = Embedded(home, durable=False), Where(home, "watchward")
cluster.ensure()
cluster.provision(where.name)
with psycopg.connect(where.conninfo("app")) as connection:
    assert connection.execute("SELECT current_user").fetchone() == ("ww_app",)
cluster.stop()
assert not where.ready()
""",
            home,
        )
        assert done.returncode == 0, done.stderr
        assert (home / "postgres" / "data").stat().st_uid == nobody.pw_uid
    finally:
        shutil.rmtree(home)


def test_a_secret_is_made_once_and_only_its_owner_reads_it(tmp_path: Path) -> None:
    """Twenty who ask at once get the same secret, and the file is closed to others."""
    found: list[str] = []
    threads = [threading.Thread(target=lambda: found.append(kept_secret(tmp_path, "django"))) for _ in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 20
    assert len(set(found)) == 1
    assert len(found[0]) >= 64
    assert stat.S_IMODE((tmp_path / "secrets" / "django").stat().st_mode) == 0o600
    assert os.listdir(tmp_path / "secrets") == ["django"]
