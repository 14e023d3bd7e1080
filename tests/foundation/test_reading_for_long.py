"""Reading a whole force takes longer than the database lets anybody else stand still within a transaction."""

from __future__ import annotations

import time

import pytest

from tests.foundation.sealed import Sealed
from watchward.foundation.audit import verifying
from watchward.foundation.audit.entries import OPTIONS
from watchward.foundation.audit.vocabulary import Findings
from watchward.foundation.backups.standing import looking

LIMIT = "-c idle_in_transaction_session_timeout=100ms"
STANDS_STILL = 0.4
"""Seconds; while the parts of a verification or the program that writes a backup read the same snapshot."""


@pytest.mark.django_db(transaction=True)
def test_a_backup_keeps_its_snapshot_for_as_long_as_it_takes(force: Sealed, monkeypatch: pytest.MonkeyPatch) -> None:
    """The connection that holds what a backup reads says nothing meanwhile, and is not ended for it."""
    monkeypatch.setenv("PGOPTIONS", LIMIT)
    with looking(force.where) as connection:
        time.sleep(STANDS_STILL)
        assert connection.execute("select 1").fetchone() == (1,)


@pytest.mark.django_db(transaction=True)
def test_a_verification_keeps_its_snapshot_as_well(force: Sealed, monkeypatch: pytest.MonkeyPatch) -> None:
    """While its parts read, the connection that all of them share the snapshot of stands still."""

    def at_length(*_given: object) -> Findings:
        time.sleep(STANDS_STILL)
        return Findings()

    monkeypatch.setattr("watchward.foundation.audit.sealer.OPTIONS", f"{OPTIONS} {LIMIT}")
    monkeypatch.setattr(verifying, "_beside", at_length)
    assert force.verified().faults == []
