"""An exported log verifies with no database and no Django, and says what was done to it."""

from __future__ import annotations

import json
import os
import stat
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests import factories
from tests.foundation.sealed import Sealed, busy, sergeant
from tests.settings import ROOT, TEST_HOME
from watchward.foundation.access.context import within
from watchward.foundation.audit import offline
from watchward.foundation.audit.commands import forget
from watchward.foundation.audit.exporting import export
from watchward.foundation.database import Embedded, Where
from watchward.kernel.refusals import Refused

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def force(cluster: Embedded, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Sealed:
    """A force with a log in three batches and something erased."""
    monkeypatch.setenv("WATCHWARD_HEADS", str(tmp_path / "heads"))
    monkeypatch.setenv("WATCHWARD_AUDIT_KEY", str(tmp_path / "key"))
    made = Sealed(cluster, Where.of_process(TEST_HOME))
    for _ in range(2):
        places = busy(sergeant())
        made.seal()
    officer = factories.officer("data-protection-officer")
    with within(officer):
        forget(officer, table="places_place", record=places[0], reason="They asked for it", cite="DPA 2018 s.47")
    made.seal()
    return made


@pytest.fixture
def log(force: Sealed, tmp_path: Path) -> Path:
    """The exported log."""
    path = tmp_path / "log.jsonl"
    entries, heads = export(force.where, path)
    assert (entries, heads) == (force.truth("select count(*) from audit_seal")[0][0], 3)
    return path


def run_alone(*arguments: str, at: Path) -> subprocess.CompletedProcess[str]:
    """Run the verifier with nothing of the project to be had but its three files."""
    package = at / "alone" / "watchward" / "foundation" / "audit"
    if not package.exists():
        package.mkdir(parents=True)
        for folder in (package.parent.parent, package.parent, package):
            (folder / "__init__.py").touch()
        for name in ("offline.py", "heads.py", "merkle.py"):
            (package / name).write_text((ROOT / "watchward" / "foundation" / "audit" / name).read_text())
    seen = (
        "import runpy, sys; "
        "sys.modules.update({name: None for name in ('django', 'psycopg')}); "
        f"sys.argv = ['offline', *{list(arguments)!r}]; "
        "runpy.run_module('watchward.foundation.audit.offline', run_name='__main__')"
    )
    return subprocess.run(
        [sys.executable, "-P", "-c", seen], cwd=at, env={"PATH": os.defpath, "PYTHONPATH": str(at / "alone")},
        capture_output=True, text=True, check=False,
    )  # fmt: skip


def test_it_verifies_with_three_files_and_the_noted_key(force: Sealed, log: Path, tmp_path: Path) -> None:
    """Neither Django nor a database nor the rest of the project can be imported, and it holds."""
    heads = force.place().files()[0]
    done = run_alone("verify", str(log), "--key", force.key, "--heads", str(heads), "--json", at=tmp_path)
    assert done.returncode == 0, done.stdout + done.stderr
    said = json.loads(done.stdout)
    assert (said["intact"], said["heads"], said["forgotten"]) == (True, 3, 1)
    assert said["entries"] == force.verified().entries
    assert stat.S_IMODE(log.stat().st_mode) == 0o600
    assert run_alone("verify", str(log), "--key", "00" * 32, at=tmp_path).returncode == 1
    assert run_alone("verify", str(heads), "--key", force.key, at=tmp_path).returncode == 2


def test_every_entry_is_proved_without_the_log(force: Sealed, log: Path, tmp_path: Path) -> None:
    """One entry can be handed over with the proof that it is in the log; altered, the proof does not hold."""
    for seq in (1, 5, force.verified().entries):
        proof = offline.prove(log, seq)
        assert offline.proved(proof, [force.key])
        assert not offline.proved(proof, ["00" * 32])
        entry = dict(proof["entry"])
        key = "payload" if "payload" in entry else "record"
        entry[key] = entry[key].replace(entry[key][5], "0" if entry[key][5] != "0" else "1")
        assert not offline.proved({**proof, "entry": entry}, [force.key])
    path = tmp_path / "proof.json"
    path.write_text(run_alone("prove", str(log), "5", at=tmp_path).stdout)
    assert run_alone("check", str(path), "--key", force.key, at=tmp_path).returncode == 0
    with pytest.raises(ValueError):
        offline.prove(log, 100_000)


def test_that_the_log_only_grew_is_proved(force: Sealed, log: Path, tmp_path: Path) -> None:
    """Whoever noted an earlier head learns that the later log begins with all of it."""
    for number, later in ((1, 2), (1, 3), (2, 3), (3, 3)):
        proof = offline.grown(log, number, later)
        assert offline.proved(proof, [force.key])
        if proof["proof"]:
            wrong = [*proof["proof"][:-1], "00" * 32]
            assert not offline.proved({**proof, "proof": wrong}, [force.key])
    with pytest.raises(ValueError):
        offline.grown(log, 3, 9)
    path = tmp_path / "proof.json"
    path.write_text(run_alone("grown", str(log), "1", "3", at=tmp_path).stdout)
    assert run_alone("check", str(path), "--key", force.key, at=tmp_path).returncode == 0


Lines = list[dict[str, Any]]


def _payload(lines: Lines) -> None:
    entry = next(said for said in lines if said.get("source") == "look")
    entry["payload"] = entry["payload"].replace("opened", "closed")


def _row(lines: Lines) -> None:
    entry = next(said for said in lines if said.get("row"))
    entry["row"] = entry["row"].replace("a", "b", 1)


def _removed(lines: Lines) -> None:
    del lines[4]


def _swapped(lines: Lines) -> None:
    lines[4], lines[5] = lines[5], lines[4]


def _doubled(lines: Lines) -> None:
    lines.insert(4, lines[4])


def _emptied(lines: Lines) -> None:
    entry = [said for said in lines if said.get("row")][-1]
    entry["row"] = entry["salt"] = None


def _head_gone(lines: Lines) -> None:
    lines.remove(next(said for said in lines if "head" in said))


def _tail(lines: Lines) -> None:
    del lines[-3:]


def _after_the_last_head(lines: Lines) -> None:
    lines.append(lines[2])


WAYS = (_payload, _row, _removed, _swapped, _doubled, _emptied, _head_gone, _tail, _after_the_last_head)


@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.__name__.strip("_"))
def test_a_log_that_was_altered_does_not_verify(force: Sealed, log: Path, way: Callable[[Lines], None]) -> None:
    """Whatever is done to the file, it says that it does not hold."""
    title, *rest = log.read_text().splitlines()
    lines = [json.loads(line) for line in rest]
    assert not offline.check(log, [force.key]).faults
    way(lines)
    log.write_text("\n".join([title, *(json.dumps(said) for said in lines)]) + "\n")
    assert offline.check(log, [force.key]).faults


def test_a_log_cut_at_a_head_is_seen_against_the_heads_kept_elsewhere(force: Sealed, log: Path) -> None:
    """A shorter log that ends with a signed head holds by itself; the second place knows better."""
    lines = log.read_text().splitlines(keepends=True)
    last = max(at for at, line in enumerate(lines[:-1]) if line.startswith('{"head"'))
    log.write_text("".join(lines[: last + 1]))
    # The erasure that was cut off with the end is missed as well.
    (by_itself,) = offline.check(log, [force.key]).faults
    assert "no erasure says so" in by_itself
    (_same, fault) = offline.check(log, [force.key], force.place().files()).faults
    assert "ends before head 3" in fault


def test_an_export_replaces_no_file_and_leaves_a_trace(force: Sealed, log: Path, tmp_path: Path) -> None:
    """The command line refuses a file that is there, and notes that everything was exported."""
    with pytest.raises(Refused, match="there already"):
        export(force.where, log)
    path = tmp_path / "again.jsonl"
    done = subprocess.run(
        [sys.executable, "-m", "watchward.config.cli", "audit", "export", str(path)],
        cwd=ROOT, env={**os.environ}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert path.read_text() == log.read_text()
    assert force.truth("select count(*) from audit_trace where what = 'audit.export'") == [(1,)]
