"""Every committed entry is sealed once, whatever runs beside, and a kill at any moment mends itself."""

from __future__ import annotations

import json
import os
import signal
import stat
import subprocess
import sys
import threading
import time
from pathlib import Path

import psycopg
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from tests.foundation import scene
from tests.foundation.sealed import Sealed, busy, sergeant
from tests.settings import ROOT, TEST_HOME
from watchward.domains.places.models import Place
from watchward.foundation.access.context import within
from watchward.foundation.audit import columns
from watchward.foundation.audit.heads import Head, Signed
from watchward.foundation.audit.keys import pinned, private_key
from watchward.foundation.audit.queries import tables_with_history
from watchward.foundation.audit.sealer import connected, go_on, resume, seal_once
from watchward.foundation.audit.sealing import Disagrees
from watchward.foundation.audit.second_place import Resumed, SecondPlace
from watchward.foundation.database import Embedded, Where
from watchward.foundation.records import guarded_tables
from watchward.kernel.refusals import Refused

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def force(cluster: Embedded, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Sealed:
    """A force with nothing sealed yet, and its key and heads in folders of its own."""
    monkeypatch.setenv("WATCHWARD_HEADS", str(tmp_path / "heads"))
    monkeypatch.setenv("WATCHWARD_AUDIT_KEY", str(tmp_path / "secrets" / "key"))
    return Sealed(cluster, Where.of_process(TEST_HOME))


def unsealed(force: Sealed) -> int:
    """Return how many entries have no seal."""
    ((count,),) = force.truth(
        "select (select count(*) from audit_change) + (select count(*) from audit_commandlog) "
        "+ (select count(*) from audit_trace) - (select count(*) from audit_seal)"
    )
    return int(count)


def test_everything_is_sealed_once_and_nothing_twice(force: Sealed) -> None:
    """What was committed is sealed; where nothing was, nothing is, and no head is written."""
    busy(sergeant())
    assert force.seal() > 12
    assert unsealed(force) == 0
    assert force.seal() == 0
    assert force.truth("select count(*) from audit_head") == [(1,)]
    busy(sergeant(), 1)
    assert force.seal() > 0
    assert force.verified().faults == []


def test_a_transaction_that_runs_for_long_is_neither_missed_nor_waited_for(force: Sealed) -> None:
    """It takes its numbers early and commits late; others are sealed meanwhile, and it is sealed when it is done."""
    acting = sergeant()
    begin = "select ww_begin_command(gen_random_uuid(), null, 'long', %s, 'Long', null, now(), '', '', 'cli')"
    with psycopg.connect(force.where.conninfo("app")) as long:
        long.execute("select set_config('watchward.actor', %s, true)", [str(acting.account)])
        long.execute(begin, [acting.account])
        busy(acting)
        force.seal()
        assert unsealed(force) == 0  # all that has been committed
        busy(acting, 1)
        force.seal()
        long.commit()
    assert unsealed(force) == 1
    assert force.verified().waiting == 1
    assert force.seal() == 1
    busy(acting, 1)
    force.seal()
    assert unsealed(force) == 0
    assert force.verified().faults == []


def test_two_sealers_at_once_seal_everything_once(force: Sealed) -> None:
    """One of them seals and the other waits to take its place; between them nothing is lost and nothing doubled."""
    enough, acting = threading.Event(), sergeant()
    sealers = [threading.Thread(target=go_on, args=[force.where, enough]) for _ in range(2)]
    for each in sealers:
        each.start()
    try:
        for _ in range(6):
            busy(acting, 2)
            seal_once(force.where)  # a third one, by hand
        until = time.monotonic() + 60
        while unsealed(force) and time.monotonic() < until:
            time.sleep(0.05)
    finally:
        enough.set()
        for each in sealers:
            each.join()
    assert unsealed(force) == 0
    assert force.verified().faults == []


def test_a_sealer_that_is_killed_again_and_again_leaves_a_whole_log(force: Sealed) -> None:
    """Killed at any moment, and started again: the log is whole, and both places say the same in the end."""
    acting = sergeant()
    for n in range(6):
        process = subprocess.Popen(
            [sys.executable, "-m", "watchward.config.cli", "audit", "seal"], cwd=ROOT, env={**os.environ}
        )
        try:
            until = time.monotonic() + 30
            before = force.truth("select count(*) from audit_head")
            while force.truth("select count(*) from audit_head") == before and time.monotonic() < until:
                busy(acting, 1)
            time.sleep(0.01 * n)
        finally:
            process.send_signal(signal.SIGKILL)
            process.wait()
    force.seal()
    assert unsealed(force) == 0
    found = force.verified()
    assert found.faults == []
    assert found.notes == []
    assert found.heads >= 6


@pytest.mark.soak
def test_a_hundred_kills_of_the_sealer_leave_a_whole_log(force: Sealed) -> None:
    """The same a hundred times, at moments spread over the second between two seals."""
    acting = sergeant()
    for n in range(100):
        process = subprocess.Popen(
            [sys.executable, "-m", "watchward.config.cli", "audit", "seal"], cwd=ROOT, env={**os.environ}
        )
        try:
            until = time.monotonic() + 0.5 + (n % 20) * 0.07
            while time.monotonic() < until:
                busy(acting, 1)
        finally:
            process.send_signal(signal.SIGKILL)
            process.wait()
    force.seal()
    assert unsealed(force) == 0
    assert (force.verified().faults, force.verified().notes) == ([], [])


def test_heads_that_did_not_reach_the_second_place_are_brought_there(force: Sealed) -> None:
    """Killed between the commit and the file: that is no alarm, and the next seal mends it."""
    for _ in range(3):
        busy(sergeant(), 1)
        force.seal()
    (path,) = force.place().files()
    lines = path.read_text().splitlines(keepends=True)
    path.write_text(lines[0])
    found = force.verified()
    assert found.faults == []
    assert found.notes
    assert force.seal() == 0
    assert path.read_text().splitlines(keepends=True) == lines


@pytest.mark.parametrize("kept", [1, 40, 300])
def test_a_line_that_was_cut_short_is_written_again(force: Sealed, kept: int) -> None:
    """Killed while it wrote: the rest of the line stays where it is, and the whole of it follows."""
    for _ in range(2):
        busy(sergeant(), 1)
        force.seal()
    (path,) = force.place().files()
    lines = path.read_text().splitlines(keepends=True)
    path.write_text(lines[0] + lines[1][: 2 + kept])
    assert force.verified().faults == []
    force.seal()
    assert path.read_text() == lines[0] + lines[1][: 2 + kept] + "\n" + lines[1]
    assert force.verified().faults == []
    assert force.verified().notes == []


def test_a_restored_database_goes_on_only_when_somebody_says_so(force: Sealed) -> None:
    """An older copy stands where a later one was: sealing stops, verification says what is gone, and why it goes on."""
    acting = sergeant()
    for _ in range(3):
        busy(acting, 1)
        force.seal()
    last = force.place().read().last
    force.tamper(
        "delete from audit_change where id in (select change from audit_seal where seq > "
        "(select entries from audit_head where number = 1))",
        "delete from audit_commandlog where id in (select log from audit_seal where seq > "
        "(select entries from audit_head where number = 1))",
        "delete from audit_trace where id in (select log from audit_seal where seq > "
        "(select entries from audit_head where number = 1))",
        "delete from places_place where id not in (select record from audit_change)",
        "delete from audit_seal where seq > (select entries from audit_head where number = 1)",
        "delete from audit_head where number > 1",
    )
    with pytest.raises(Disagrees):
        force.seal()
    assert ("cut", "audit_head", f"2-{last}") in force.named()
    with pytest.raises(Refused, match="why"):
        resume(force.where, because=" ")
    assert (resume(force.where, because="Restored from the backup of the night"), last) == ((3, 1), 3)
    with pytest.raises(Refused, match="agree"):
        resume(force.where, because="Once more for nothing")
    busy(acting, 1)
    force.seal()
    found = force.verified()
    assert found.faults == []
    (note,) = found.notes
    assert note.startswith("The log went on from head 1 instead of 3 at ")
    assert note.endswith(": Restored from the backup of the night")
    forged = Resumed(2, 1, "To hide something", "2026-11-23T11:00:00+00:00")
    force.place().append_statement(forged, force.key, private_key(TEST_HOME).sign(b"something else").hex())
    assert [fault.table for fault in force.verified().faults] == ["second place"]


def test_in_another_cluster_transactions_are_numbered_anew(force: Sealed) -> None:
    """After a restore elsewhere the numbers of old transactions mean nothing: what has no seal is looked for."""
    busy(sergeant(), 2)
    force.seal()
    # As if this log came from a database whose transactions had counted much further.
    head = Signed.read(force.place().files()[0].read_text()).head
    moved = Signed.by(
        private_key(TEST_HOME),
        type(head)(**{**head.__dict__, "cluster": "1-1", "snapshot": "900000000:900000000:"}),
    )
    force.tamper(
        f"update audit_head set cluster = '1-1', snapshot = '900000000:900000000:', signature = '{moved.signature}'"
    )
    for path in force.place().files():
        path.write_text(moved.line + "\n")
    busy(sergeant(), 2)
    assert force.verified().waiting == unsealed(force) > 0
    force.seal()
    busy(sergeant(), 2)
    force.seal()
    assert unsealed(force) == 0
    assert force.verified().faults == []


def test_the_sealer_reads_the_log_and_adds_seals_and_nothing_else(force: Sealed) -> None:
    """Its role may not read a record, write one, or change what it has sealed."""
    busy(sergeant(), 1)
    force.seal()
    with connected(force.where, "sealer") as sealer:
        assert sealer.execute("select count(*) > 0 from audit_change").fetchone() == (True,)
        for statement in (
            "select * from places_place",
            "update places_place set line = 'x'",
            "insert into audit_trace select * from audit_trace",
            "update audit_change set handling = 0",
            "delete from audit_commandlog",
            "update audit_seal set salt = null",
            "delete from audit_head",
            "truncate audit_seal",
            "select ww_forget(gen_random_uuid())",
        ):
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                sealer.execute(statement)


def test_who_verifies_writes_nothing(force: Sealed) -> None:
    """Its role reads every table, and changes none."""
    with connected(force.where, "auditor") as auditor:
        for table in (*tables_with_history(), "audit_change", "audit_seal", "audit_head", "audit_trace"):
            auditor.execute(f"select count(*) from {table}")
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                auditor.execute(f"delete from {table}")


def test_the_app_sees_no_seal_and_makes_none(force: Sealed) -> None:
    """To whoever is no auditor the seals are not there, and nobody else adds one."""
    busy(sergeant(), 1)
    force.seal()
    with psycopg.connect(force.where.conninfo("app"), autocommit=True) as app:
        assert app.execute("select count(*) from audit_seal").fetchone() == (0,)
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            app.execute("insert into audit_seal select * from audit_seal")


def test_the_key_is_its_owners_alone(force: Sealed) -> None:
    """Its file is closed to others, and one that is open is refused."""
    force.seal()
    path = Path(os.environ["WATCHWARD_AUDIT_KEY"])
    private = private_key(TEST_HOME)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert private_key(TEST_HOME).private_bytes_raw() == private.private_bytes_raw()
    noted = path.with_name("noted")
    noted.write_text(f"{force.key}\n")
    assert pinned(str(noted)) == pinned(force.key.upper()) == force.key
    path.chmod(0o644)
    with pytest.raises(Refused, match="chmod 600"):
        private_key(TEST_HOME)
    path.chmod(0o600)
    path.write_text("no key")
    with pytest.raises(Refused, match="holds no key"):
        private_key(TEST_HOME)
    for wrong in ("", "abc", "z" * 64):
        with pytest.raises(Refused, match="64 hexadecimal"):
            pinned(wrong)


def test_every_table_with_history_is_verified() -> None:
    """A table of records without history must say so, and then it can be built again; all others are compared."""
    assert set(tables_with_history()) == {model._meta.db_table for model in guarded_tables() if model.history}
    assert {"places_place", "people_person", "access_account", "audit_erasure"} <= set(tables_with_history())


def test_a_migrations_new_column_is_no_tampering_and_hides_none(force: Sealed) -> None:
    """Rows are written into the history again when their columns change, except those that were altered before."""
    places = busy(sergeant())
    force.seal()
    force.tamper(f"update places_place set line = 'Elsewhere' where id = '{places[1]}'")
    force.tamper("alter table places_place add column flood_zone integer not null default 3")
    with psycopg.connect(force.cluster.conninfo(name=force.where.name)) as owner, owner.cursor() as cursor:
        written = columns.settle(cursor, "places_place", least=0)
        assert columns.settle(cursor, "places_place", least=0) == 0
    assert written == len(places) - 1
    force.seal()
    assert force.named() == {("altered", "places_place", str(places[1]))}
    force.tamper(f"update places_place set flood_zone = 1 where id = '{places[2]}'")
    assert ("altered", "places_place", str(places[2])) in force.named()


def test_what_it_says_on_the_command_line(force: Sealed) -> None:
    """One object with the settled names; status 1 when something does not hold; a wrong key refused with a reason."""
    place = busy(sergeant(), 2)[1]
    force.seal()

    def run(*arguments: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "watchward.config.cli", "audit", *arguments]
        return subprocess.run(command, cwd=ROOT, env={**os.environ}, capture_output=True, text=True, check=False)

    assert run("key").stdout.strip() == force.key
    done = run("verify", "--key", force.key, "--json")
    said = json.loads(done.stdout)
    assert (done.returncode, said["intact"], said["faults"]) == (0, True, [])
    assert said["entries"] == force.truth("select count(*) from audit_seal")[0][0]
    force.tamper(f"update places_place set line = 'Elsewhere' where id = '{place}'")
    done = run("verify", "--json")
    said = json.loads(done.stdout)
    assert (done.returncode, said["intact"]) == (1, False)
    (fault,) = said["faults"]
    assert {**fault, "at": ""} == {"kind": "altered", "table": "places_place", "record": str(place), "at": ""}
    assert fault["at"]
    done = run("verify", "--key", "nonsense")
    assert done.returncode == 2
    assert "64 hexadecimal digits" in done.stderr


def test_a_place_that_was_removed_by_a_command_is_no_fault(force: Sealed) -> None:
    """A removal that went through the door is history like any other."""
    acting = sergeant()
    (place,) = busy(acting, 1)
    with within(acting):
        scene.remove_place(acting, place=place)
    force.seal()
    assert force.verified().faults == []
    assert not Place.objects.filter(pk=place).exists()


def test_the_files_of_heads_are_one_for_each_day(tmp_path: Path) -> None:
    """A clock that is put back does not put a later head in front of an earlier one."""
    private, place = Ed25519PrivateKey.generate(), SecondPlace(tmp_path / "new")
    assert place.last() is None
    heads: list[Signed] = []
    for number, day in enumerate(("2026-11-22", "2026-11-23", "2026-11-21", "2026-11-24"), 1):
        before = heads[-1].head.hash if heads else ""
        head = Head(number, number, f"{day}T09:00:00+00:00", "ab", "cd", "ef", before, "1:1:", "7-5")
        heads.append(Signed.by(private, head))
        place.append(heads[-1:], day)
        assert place.last() == heads[-1]
    assert [path.name for path in place.files()] == ["2026-11-22.jsonl", "2026-11-23.jsonl", "2026-11-24.jsonl"]
    assert list(place.read().heads.values()) == heads
    assert place.read().wrong == []
    assert {stat.S_IMODE(path.stat().st_mode) for path in place.files()} == {0o600}
