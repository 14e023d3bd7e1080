"""`watchward backup` and `watchward restore` as a person runs them, on our own database and on somebody else's."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

import psycopg
import pytest

from tests.foundation.disposing import disposed_of, known
from tests.foundation.sealed import Sealed, busy, sergeant
from tests.foundation.servers import Server, attempt
from watchward.foundation.audit.queries import tables_with_history
from watchward.foundation.audit.verifying import verify
from watchward.foundation.backups import restoring, taking
from watchward.foundation.database import Embedded, Where
from watchward.foundation.database.home import ROOT

pytestmark = pytest.mark.django_db(transaction=True)

PASSPHRASE = "seven grey herons on the weir"
AT = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)


@pytest.fixture
def passphrase(tmp_path: Path) -> Path:
    """A file that holds a passphrase, for its owner alone."""
    path = tmp_path / "passphrase"
    path.write_text(f"{PASSPHRASE}\n")
    path.chmod(0o600)
    return path


def command(*arguments: str | Path, **environment: str) -> list[str]:
    """Return the command line of one of our commands, with its environment set by `env`."""
    given = [f"{name}={value}" for name, value in environment.items()]
    gone = [f"-u{name}" for name in ("WATCHWARD_DATABASE_NAME", "WATCHWARD_HEADS", "WATCHWARD_AUDIT_KEY")]
    unset = gone if environment else []
    return ["env", *unset, *given, sys.executable, "-m", "watchward.config.cli", *map(str, arguments)]


def run(*arguments: str | Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run one of our commands to its end."""
    return subprocess.run(
        command(*arguments, **environment), cwd=ROOT, capture_output=True, text=True, timeout=600, check=False
    )


def test_an_empty_home_has_it_all_again(force: Sealed, home: Path, tmp_path: Path, passphrase: Path) -> None:
    """Taken, checked, restored after a kill in the midst, proved, and open to every command from then on.

    The second place outlived the home: what was sealed after the backup is said to be lost, signed and for ever. What
    was disposed of after it is not brought back.
    """
    path, given = tmp_path / "backup", ("--passphrase-file", passphrase)
    person = known()
    taken = run("backup", path, *given)
    assert taken.returncode == 0, taken.stderr
    assert "head 3 over" in taken.stdout
    assert force.truth("select purpose from audit_trace where what = 'backups.taken'") == [
        ("backing up into backup, by whoever runs this home",)
    ]
    assert PASSPHRASE not in taken.stdout
    checked = run("backup", path, "--check", *given, "--json")
    assert json.loads(checked.stdout)["head"] == 3
    assert run("backup", path, *given).returncode == 2

    busy(sergeant())
    disposed_of(person)
    force.seal()
    elsewhere = {"WATCHWARD_HOME": str(home), "WATCHWARD_HEADS": str(tmp_path / "heads")}
    cut_short = subprocess.Popen(
        command("restore", path, *given, **elsewhere), cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    until = time.monotonic() + 300
    while not (home / "restoring").exists() and time.monotonic() < until:
        time.sleep(0.02)
    os.kill(cut_short.pid, signal.SIGKILL)
    cut_short.wait()
    refused = run("migrate", **elsewhere)
    assert refused.returncode == 2
    assert "`watchward restore` begins again" in refused.stderr

    restored = run("restore", path, *given, "--key", force.key, **elsewhere)
    assert restored.returncode == 0, restored.stderr + restored.stdout
    assert "ledgers: all" in restored.stdout
    assert "records hold" in restored.stdout
    assert "1 head was sealed after the backup: what was done then is not in it" in restored.stdout
    assert "Everybody signs in anew" in restored.stdout
    assert "disposed of after the backup, and now again: 1" in restored.stdout
    assert not (home / "restoring").exists()
    verified = run("audit", "verify", "--key", force.key, **elsewhere)
    assert verified.returncode == 0, verified.stdout
    assert "Restored from the backup of" in verified.stdout
    again = run("restore", path, *given, **elsewhere)
    assert (again.returncode, "is not empty" in again.stderr) == (2, True)
    assert not Embedded(home).ready()  # left as it was found
    Embedded(home).ensure()
    with psycopg.connect(Embedded(home).conninfo(name="watchward")) as anybody:
        traced = anybody.execute("select what from audit_trace where what like 'backups.%' order by at").fetchall()
        back = anybody.execute("select surname from people_person where id = %s", [person.pk]).fetchall()
        said = anybody.execute("select count(*) from audit_change where \"row\"::text like '%Wilhelmina%'").fetchall()
    assert traced == [("backups.taken",), ("backups.restored",)]
    assert (back, said) == ([("Disposed of",)], [(0,)])


def test_another_key_than_the_one_noted_is_a_fault(force: Sealed, home: Path, tmp_path: Path, passphrase: Path) -> None:
    """A whole backup of a log that somebody rebuilt with a key of their own does not pass for the force's."""
    taking.take(force.where, tmp_path / "backup", passphrase=PASSPHRASE, at=AT)
    restored = run(
        "restore", tmp_path / "backup", "--passphrase-file", passphrase, "--key", "ab" * 32, WATCHWARD_HOME=str(home)
    )
    assert restored.returncode == 1
    assert "forged" in restored.stderr
    assert "NOT RESTORED" in restored.stdout
    assert (home / "restoring").exists()


def test_an_earlier_versions_backup_is_brought_up_to_date(
    force: Sealed, home: Path, tmp_path: Path, passphrase: Path
) -> None:
    """What was proved as it was is then migrated, and the log of before still verifies."""
    behind = "app = 'organisation' and name = '0002_force_policy'"  # a last one of its room: nothing depends on it
    tables = ("organisation_force", "organisation_policy")
    force.tamper(*(f"drop table {table}" for table in tables), f"delete from django_migrations where {behind}")
    taking.take(force.where, tmp_path / "backup", passphrase=PASSPHRASE, at=AT)
    restored = run("restore", tmp_path / "backup", "--passphrase-file", passphrase, WATCHWARD_HOME=str(home))
    assert restored.returncode == 0, restored.stderr + restored.stdout
    Embedded(home).ensure()
    with psycopg.connect(Embedded(home).conninfo(name="watchward")) as anybody:
        applied = anybody.execute(f"select count(*) from django_migrations where {behind}").fetchone()
    assert applied == (1,)


def test_a_passphrase_that_others_may_read_is_refused(tmp_path: Path, passphrase: Path) -> None:
    """And so is none at all, where nobody is there to be asked."""
    passphrase.chmod(0o644)
    done = run("backup", tmp_path / "backup", "--passphrase-file", passphrase)
    assert (done.returncode, "chmod 600" in done.stderr) == (2, True)
    done = run("backup", tmp_path / "backup")
    assert (done.returncode, "--passphrase-file names a file" in done.stderr) == (2, True)
    assert not (tmp_path / "backup").exists()


def test_a_database_of_somebody_elses_is_backed_up_and_restored_without_a_superuser(
    force: Sealed, server: Server, home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its administrator may make roles and databases and no more: every row is in it all the same, policies and all."""
    taken = taking.take(force.where, tmp_path / "ours", passphrase=PASSPHRASE, at=AT)
    for name in ("WATCHWARD_HEADS", "WATCHWARD_AUDIT_KEY", "WATCHWARD_DATABASE_NAME"):
        monkeypatch.delenv(name)
    monkeypatch.setenv("WATCHWARD_DATABASE_URL", server.url("boss", "not%20so%20secret", "force"))
    theirs = Where.of_process(home)
    _manifest, proof = restoring.restore(theirs, tmp_path / "ours", passphrase=PASSPHRASE)
    assert proof.faults == []
    restoring.finish(home)
    assert verify(theirs, keys=[taken.key], tables=tables_with_history()).intact
    again = taking.take(theirs, tmp_path / "theirs", passphrase=PASSPHRASE, at=AT)
    assert again.tables == taken.tables
    assert again.shape == taken.shape
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        attempt(theirs.conninfo("app"), "insert into audit_head select * from audit_head")
