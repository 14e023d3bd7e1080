"""A backup is whole or not there, nobody changes it unseen, and a restore proves that everything came back."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import uuid4

import psycopg
import pytest
from psycopg import sql

from tests.foundation.sealed import Sealed, busy, sergeant
from watchward.foundation.audit.queries import tables_with_history
from watchward.foundation.audit.sealer import resume, seal_once
from watchward.foundation.audit.verifying import verify
from watchward.foundation.backups import restoring, taking
from watchward.foundation.backups.box import Spoilt
from watchward.foundation.backups.manifest import DATABASE, HOME, NAME, Manifest
from watchward.foundation.backups.standing import looking, rows_of
from watchward.foundation.database import DatabaseRefused, Embedded, Where
from watchward.kernel.refusals import Refused

pytestmark = pytest.mark.django_db(transaction=True)

PASSPHRASE = "seven grey herons on the weir"
AT = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)


@pytest.fixture(scope="module")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the first test that needs a backup leaves it for the others."""
    return tmp_path_factory.mktemp("shelf")


@pytest.fixture
def backup(shelf: Path, tmp_path: Path, request: pytest.FixtureRequest) -> Path:
    """A backup of a force whose log is sealed, and beside it the key and the heads that it had."""
    if not (shelf / "backup").exists():
        force: Sealed = request.getfixturevalue("force")
        taking.take(force.where, shelf / "backup", passphrase=PASSPHRASE, at=AT)
        shutil.copy(tmp_path / "key", shelf / "key")
    shutil.copytree(shelf / "backup", tmp_path / "backup")
    return tmp_path / "backup"


@pytest.fixture
def elsewhere(cluster: Embedded, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Where]:
    """An empty home on another machine, so to say: another database, another key file, another second place."""
    name = f"restored_{os.getpid()}_{uuid4().hex[:8]}"
    monkeypatch.setenv("WATCHWARD_HEADS", str(tmp_path / "other heads"))
    monkeypatch.setenv("WATCHWARD_AUDIT_KEY", str(tmp_path / "other key"))
    yield Where(tmp_path / "home", name, f"host={cluster.socket} port=5432 user=postgres dbname=postgres")
    with psycopg.connect(cluster.conninfo(), autocommit=True) as anybody:
        anybody.execute(sql.SQL("drop database if exists {} with (force)").format(sql.Identifier(name)))


def intact(where: Where, key: str) -> bool:
    """Return whether a verification against this key finds nothing wrong."""
    found = verify(where, keys=[key], tables=tables_with_history())
    assert found.entries > 0
    return found.intact


def test_a_restore_brings_everything_back_and_proves_it(backup: Path, elsewhere: Where) -> None:
    """Rows, guards and the sealed log are as they were, and the log verifies against the key of the first day."""
    manifest, proof = restoring.restore(elsewhere, backup, passphrase=PASSPHRASE)
    assert proof.faults == []
    assert proof.tables == len(manifest.tables) > 100
    assert proof.rows == manifest.rows > 0
    assert proof.shapes == len(manifest.shape)
    assert manifest.head is not None
    assert proof.head == manifest.head["number"] == 3
    restoring.finish(elsewhere.home)
    assert intact(elsewhere, manifest.key)
    with looking(elsewhere) as connection:
        assert rows_of(connection) == manifest.tables


def test_the_force_goes_on_sealing_after_a_restore(backup: Path, elsewhere: Where) -> None:
    """What had no seal gets one from the same key, and the log verifies with it."""
    manifest, _proof = restoring.restore(elsewhere, backup, passphrase=PASSPHRASE)
    restoring.finish(elsewhere.home)
    seal_once(elsewhere)
    assert intact(elsewhere, manifest.key)


def test_a_home_that_is_being_restored_lets_nobody_else_in(backup: Path, elsewhere: Where) -> None:
    """Until its restore is proved every other command refuses the home."""
    restoring.restore(elsewhere, backup, passphrase=PASSPHRASE)
    with pytest.raises(DatabaseRefused, match="is being restored"):
        elsewhere.ensure_ready()
    restoring.finish(elsewhere.home)
    elsewhere.ensure_ready()


Spoil = Callable[[Path], object]


def _cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-1])


def _alter(path: Path) -> None:
    whole = bytearray(path.read_bytes())
    whole[len(whole) // 2] ^= 1
    path.write_bytes(whole)


@pytest.mark.parametrize("name", [DATABASE, HOME])
@pytest.mark.parametrize(
    ("spoil", "says"),
    [(_cut, "was cut"), (_alter, "was altered"), (Path.unlink, "is not there")],
    ids=["cut", "altered", "gone"],
)
def test_a_spoilt_file_is_named_and_nothing_begins(
    backup: Path, elsewhere: Where, name: str, spoil: Spoil, says: str
) -> None:
    """One byte is enough; the home stays as it was, empty."""
    spoil(backup / name)
    with pytest.raises(Spoilt, match=f"{name} {says}"):
        restoring.check(backup, PASSPHRASE)
    with pytest.raises(Spoilt, match=f"{name} {says}"):
        restoring.restore(elsewhere, backup, passphrase=PASSPHRASE)
    assert not elsewhere.home.exists()


def test_a_file_of_another_backup_is_named(force: Sealed, tmp_path: Path, elsewhere: Where) -> None:
    """Two backups of the same force with the same passphrase cannot lend each other a file."""
    for name in ("first", "second"):
        taking.take(force.where, tmp_path / name, passphrase=PASSPHRASE, at=AT)
    (tmp_path / "first" / DATABASE).write_bytes((tmp_path / "second" / DATABASE).read_bytes())
    with pytest.raises(Spoilt, match=f"{DATABASE} was altered, or is of another backup"):
        restoring.restore(elsewhere, tmp_path / "first", passphrase=PASSPHRASE)


@pytest.mark.parametrize("word", ["tables", "migrations", "head", "key", "sha256"])
def test_an_altered_manifest_is_not_believed(backup: Path, elsewhere: Where, word: str) -> None:
    """Whoever has not the passphrase cannot say otherwise what a restore must find."""
    text = (backup / NAME).read_text()
    at = text.index(f'"{word}"')
    digit = next(
        place for place in range(at, len(text)) if text[place].isdigit() and text[place - 1] not in "0123456789"
    )
    (backup / NAME).write_text(text[:digit] + ("1" if text[digit] != "1" else "2") + text[digit + 1 :])
    with pytest.raises(Spoilt, match=NAME):
        restoring.restore(elsewhere, backup, passphrase=PASSPHRASE)


def test_another_passphrase_opens_nothing(backup: Path, elsewhere: Where) -> None:
    """It says so in words, and tries nothing."""
    with pytest.raises(Spoilt, match="not that of this backup"):
        restoring.restore(elsewhere, backup, passphrase="seven grey herons on the moor")


def test_nothing_stands_there_in_the_clear(backup: Path, shelf: Path) -> None:
    """Neither the key nor any record can be read without the passphrase, and only its owner may open the files."""
    secret = (shelf / "key").read_text().strip()
    for file in backup.iterdir():
        content = file.read_bytes()
        assert secret.encode() not in content
        assert b"Sealed Street" not in content
        assert file.stat().st_mode & 0o077 == 0
    assert backup.stat().st_mode & 0o077 == 0


def test_a_home_with_a_force_is_refused(force: Sealed, backup: Path, elsewhere: Where, tmp_path: Path) -> None:
    """Over a force that stands nothing is restored: neither over its database nor over its key."""
    over = Where(elsewhere.home, force.where.name, elsewhere.url)
    with pytest.raises(Refused, match="is not empty"):
        restoring.restore(over, backup, passphrase=PASSPHRASE)
    assert force.truth("select count(*) from places_place") == [(12,)]
    assert not (elsewhere.home / "restoring").exists()
    (tmp_path / "other key").write_text("00" * 32)
    with pytest.raises(Refused, match="other key"):
        restoring.restore(elsewhere, backup, passphrase=PASSPHRASE)


def test_a_key_that_outlived_its_home_is_no_other_force(
    backup: Path, shelf: Path, elsewhere: Where, tmp_path: Path
) -> None:
    """WATCHWARD_AUDIT_KEY may lie on a machine that was not lost: the same key is where it belongs."""
    shutil.copy(shelf / "key", tmp_path / "other key")
    _manifest, proof = restoring.restore(elsewhere, backup, passphrase=PASSPHRASE)
    assert proof.faults == []


def test_a_restore_that_was_cut_short_begins_again(
    backup: Path, elsewhere: Where, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A kill in the midst leaves no row; the home says so, and the next restore brings everything."""
    whole = restoring._pour

    def killed(content: Iterator[bytes], filling: Any) -> None:
        filling.stdin.write(next(content)[:200_000])
        filling.stdin.flush()
        raise KeyboardInterrupt

    monkeypatch.setattr(restoring, "_pour", killed)
    with pytest.raises(KeyboardInterrupt):
        restoring.restore(elsewhere, backup, passphrase=PASSPHRASE)
    with looking(elsewhere) as connection:
        assert rows_of(connection) == {}
    monkeypatch.setattr(restoring, "_pour", whole)
    _manifest, proof = restoring.restore(elsewhere, backup, passphrase=PASSPHRASE)
    assert proof.faults == []
    _manifest, again = restoring.restore(elsewhere, backup, passphrase=PASSPHRASE)  # killed before it was proved
    assert again.faults == []


def test_a_backup_that_was_cut_short_is_not_there(
    force: Sealed, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Neither a failure nor a kill leaves something that looks like a backup; what a kill left is cleared away."""
    path = tmp_path / "of today"
    left = tmp_path / ".of today.unfinished-4999999-x"
    left.mkdir()
    with monkeypatch.context() as patch:
        patch.setattr(taking, "rows_of", lambda _connection: 1 // 0)
        with pytest.raises(ZeroDivisionError):
            taking.take(force.where, path, passphrase=PASSPHRASE, at=AT)
    assert sorted(one.name for one in tmp_path.iterdir()) == ["heads", "key"]
    taking.take(force.where, path, passphrase=PASSPHRASE, at=AT)
    with pytest.raises(Refused, match="is there already"):
        taking.take(force.where, path, passphrase=PASSPHRASE, at=AT)


def test_a_backup_holds_one_moment_while_the_force_works(
    force: Sealed, tmp_path: Path, elsewhere: Where, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is written while the backup is taken is in none of it: rows, log and counts are of one snapshot."""
    counted = rows_of

    def meanwhile(connection: Any) -> dict[str, int]:
        busy(sergeant())
        force.seal()
        return counted(connection)

    monkeypatch.setattr(taking, "rows_of", meanwhile)
    with monkeypatch.context() as patch:
        patch.setenv("WATCHWARD_HEADS", str(tmp_path / "heads"))
        patch.setenv("WATCHWARD_AUDIT_KEY", str(tmp_path / "key"))
        manifest = taking.take(force.where, tmp_path / "busy", passphrase=PASSPHRASE, at=AT)
    assert manifest.tables["places_place"] == 12
    assert force.truth("select count(*) from places_place") == [(16,)]
    _manifest, proof = restoring.restore(elsewhere, tmp_path / "busy", passphrase=PASSPHRASE)
    assert proof.faults == []
    assert intact(elsewhere, manifest.key)


def test_what_was_sealed_after_the_backup_is_counted_as_lost(
    force: Sealed, elsewhere: Where, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A second place that outlived the home remembers: the log goes on with a signed statement, which is repeated."""
    backup = tmp_path / "backup"
    with monkeypatch.context() as patch:
        patch.setenv("WATCHWARD_HEADS", str(tmp_path / "heads"))
        patch.setenv("WATCHWARD_AUDIT_KEY", str(tmp_path / "key"))
        taking.take(force.where, backup, passphrase=PASSPHRASE, at=AT)
        busy(sergeant())
        force.seal()
    monkeypatch.setenv("WATCHWARD_HEADS", str(tmp_path / "heads"))
    manifest, _proof = restoring.restore(elsewhere, backup, passphrase=PASSPHRASE)
    assert restoring.lost_since(elsewhere) == 1
    resume(elsewhere, because="Restored from the backup of this morning")
    found = verify(elsewhere, keys=[manifest.key], tables=tables_with_history())
    assert found.intact
    assert any("Restored from the backup of this morning" in note for note in found.notes)


TAMPERED = {
    "delete from places_place where id = (select id from places_place limit 1)": "places_place has 11 rows, and had 12",
    "drop policy app_read on places_place": "places_place is not defined, or guarded, as it was",
    "drop trigger ww_guard on places_place": "places_place is not defined, or guarded, as it was",
    "grant insert on audit_change to ww_app": "audit_change is not defined, or guarded, as it was",
    "create or replace function ww_guard() returns trigger language plpgsql as 'begin return null; end'": (
        "function ww_guard() is not defined, or guarded, as it was"
    ),
    "delete from audit_head where number = 3": "The audit's last head is 2, not the one that the backup says",
}


@pytest.mark.parametrize("statement", TAMPERED, ids=lambda one: one[:24])
def test_the_proof_sees_what_is_not_as_it_was(backup: Path, elsewhere: Where, statement: str) -> None:
    """A row, a policy, a guard, a right, a function, a head: each that is missing or otherwise is named."""
    manifest, _proof = restoring.restore(elsewhere, backup, passphrase=PASSPHRASE)
    with looking(elsewhere, writes=True) as anybody:
        anybody.execute("set session_replication_role = replica")
        anybody.execute(statement)
    assert TAMPERED[statement] in restoring._prove(elsewhere, manifest).faults


def test_a_later_versions_backup_is_refused(backup: Path, elsewhere: Where, monkeypatch: pytest.MonkeyPatch) -> None:
    """Tables that this version does not know are not restored by guess."""
    read = Manifest.read

    def later(folder: Path, passphrase: str) -> Any:
        manifest, keys = read(folder, passphrase)
        manifest.__dict__["migrations"] = (*manifest.migrations, "places.0999_of_tomorrow")
        return manifest, keys

    monkeypatch.setattr(Manifest, "read", later)
    with pytest.raises(Refused, match=r"later version .*places\.0999_of_tomorrow"):
        restoring.restore(elsewhere, backup, passphrase=PASSPHRASE)


def test_a_short_passphrase_is_refused(force: Sealed, tmp_path: Path) -> None:
    """Fifteen characters are too few."""
    with pytest.raises(Refused, match="at least 16"):
        taking.take(force.where, tmp_path / "short", passphrase="x" * 15, at=AT)
    assert not (tmp_path / "short").exists()
