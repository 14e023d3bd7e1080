"""`watchward audit verify` from end to end: a process of its own names what was done to the log, and ends with 1."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable

import pytest

from tests.foundation import test_audit_tampering as ways
from tests.foundation.sealed import Named, Sealed
from tests.settings import ROOT

pytestmark = pytest.mark.django_db(transaction=True)

SET = (
    ways.altered_row, ways.inserted_row, ways.removed_row, ways.swapped_rows, ways.altered_payload,
    ways.swapped_changes, ways.tail_cut,
)  # fmt: skip
"""What a verification promises to name: a row that was altered, inserted, removed or swapped, and a tail cut off."""


def verify(*arguments: str) -> subprocess.CompletedProcess[str]:
    """Run the command as an inspector does."""
    return subprocess.run(
        [sys.executable, "-m", "watchward.config.cli", "audit", "verify", *arguments], cwd=ROOT, env={**os.environ},
        capture_output=True, text=True, check=False,
    )  # fmt: skip


def test_a_clean_log_ends_with_nought(force: Sealed) -> None:
    """Against the key that was noted: how much was held against what, and that nothing was done to it."""
    done = verify("--key", force.key)
    assert (done.returncode, done.stderr) == (0, "")
    said = done.stdout.splitlines()
    assert said[-2:] == ["Against the key given", "Nothing was altered, put in, taken away or cut"]
    assert f"{force.verified().entries:,} sealed entries under 3 heads" in said[-3]


@pytest.mark.parametrize("way", SET, ids=lambda way: way.__name__)
def test_what_was_done_is_named(force: Sealed, way: Callable[[Sealed], Named]) -> None:
    """The object for machines names each fault and no other, and the process ends with 1."""
    expected = way(force)
    done = verify("--json")
    assert (done.returncode, done.stderr) == (1, "")
    told = json.loads(done.stdout)
    assert told["intact"] is False
    assert {(each["kind"], each["table"], each["record"]) for each in told["faults"]} == expected


def test_what_was_done_is_said_in_words(force: Sealed) -> None:
    """A line for each fault, and how many there are."""
    ((_kind, table, record),) = ways.removed_row(force)
    done = verify()
    assert done.returncode == 1
    said = done.stdout.splitlines()
    assert said[0].startswith(f"{table} {record}: removed (")
    assert said[-1] == "1 FAULTS"


def test_another_key_is_not_believed(force: Sealed) -> None:
    """Who pins a key that never signed learns that every head is forged."""
    done = verify("--json", "--key", "ab" * 32)
    assert done.returncode == 1
    assert {each["kind"] for each in json.loads(done.stdout)["faults"]} == {"forged"}
    assert force.verified().intact
