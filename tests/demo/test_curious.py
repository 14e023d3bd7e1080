"""The auditor of the demonstration finds who looked at what was none of their business, and nobody else."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.db import connection

from tests.demo.acting import machinery, persona
from tests.demonstration import SCALE
from tests.foundation.sealed import Sealed
from tests.settings import TEST_HOME
from watchward.demo.crowd.population import crowd, town
from watchward.demo.curious import LOOKS
from watchward.foundation.database import Embedded, Where
from watchward.oversight.looking import queries
from watchward.oversight.looking.models import Finding
from watchward.oversight.looking.vocabulary import Reason

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demonstration")]

TOLD_BY_NOTHING = {one.username for one in LOOKS if not one.tells}
"""Who looked once at a stranger: no trace tells that from a question over the radio."""


def test_each_is_found_for_the_right_reason_and_nobody_else() -> None:
    """Two looked at a footballer, one at an actor, one next door, one again and again, and one at home."""
    there = len(crowd(town(SCALE)).households)
    planted = {one.username for one in LOOKS if one.is_there(there)}
    with machinery() as acting:
        found = {
            finding.account.username: Reason(finding.grounds[0]["reason"])
            for finding in Finding.visible_to(acting).select_related("account")
        }
    expected = {
        "yates": Reason.WELL_KNOWN, "clamp": Reason.WELL_KNOWN, "odell": Reason.WELL_KNOWN,
        "holdcroft": Reason.NEIGHBOUR, "wain": Reason.AGAIN, "gough": Reason.HOUSEHOLD,
    }  # fmt: skip
    assert found == {username: reason for username, reason in expected.items() if username in planted}
    assert planted - set(found) <= TOLD_BY_NOTHING


def test_the_auditor_sees_them_and_a_constable_does_not() -> None:
    """Findings are the audit team's alone."""
    with persona("kerr") as auditor:
        assert queries.findings(auditor).count() >= 4
    with persona("dhillon") as officer:
        assert queries.findings(officer).count() == 0


def test_the_loaded_demonstration_is_sealed_and_holds(
    cluster: Embedded, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every record, written in bulk or played by stories, agrees with its history; of one that went it is forgotten."""
    monkeypatch.setenv("WATCHWARD_HEADS", str(tmp_path / "heads"))
    monkeypatch.setenv("WATCHWARD_AUDIT_KEY", str(tmp_path / "key"))
    force = Sealed(cluster, Where(TEST_HOME, str(connection.settings_dict["NAME"])))
    assert force.seal() > 1_000
    found = force.verified()
    assert found.faults == []
    assert (found.waiting, found.forgotten) == (0, 1)
    assert found.rows > 500
