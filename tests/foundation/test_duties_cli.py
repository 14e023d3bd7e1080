"""`watchward duties` and `watchward ledgers`: what is owed and whether it adds up, for people and for machines."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests import factories
from tests.foundation import scene
from watchward.domains.places.models import Place
from watchward.foundation import reading
from watchward.foundation.access.context import as_engine, within
from watchward.foundation.acting import SYSTEM, Acting
from watchward.foundation.audit.models import Trace
from watchward.foundation.commands import command
from watchward.foundation.duties.models import Duty
from watchward.foundation.records import Handling

ROOT = Path(__file__).resolve().parents[2]

pytestmark = pytest.mark.django_db(transaction=True)


def watchward(*arguments: str) -> subprocess.CompletedProcess[str]:
    """Run a subcommand on this test's own database, as a person would."""
    line = [sys.executable, "-m", "watchward.config.cli", *arguments]
    return subprocess.run(line, cwd=ROOT, env=dict(os.environ), capture_output=True, text=True, check=False)


def opened() -> Duty:
    """Open a locked place, whose review is owed the next day."""
    team = factories.team()
    keeper = factories.officer("sergeant", team=team, supervises=True)
    opener = factories.officer("response-officer")
    with within(keeper):
        place = scene.write_place(keeper, handling=Handling.LOCKED, team=team.number)
    with within(opener):
        reading.open_locked(opener, table=Place, record=place.pk, reason="He is at the door now")
    with within(keeper):
        return Duty.visible_to(keeper).get(kind="access.opening-review")


def test_what_is_owed() -> None:
    """One object on standard output: what is owed with its rule, due and late; the look is traced as ours."""
    duty = opened()
    done = watchward("duties", "--overdue", "--json")
    assert (done.returncode, done.stderr) == (0, "")
    (row,) = json.loads(done.stdout)["duties"]
    assert (row["id"], row["kind"], row["late"]) == (str(duty.pk), "access.opening-review", True)
    assert row["due"] == duty.due_at.isoformat()
    assert "Was there good reason to open this locked record?" in watchward("duties").stdout
    with within(factories.machinery()) as machinery, as_engine(machinery):
        traces = Trace.objects.filter(what="duties.cli", account_id=SYSTEM)
        assert [trace.records for trace in traces] == [[str(duty.pk)]] * 2


def test_ledgers_that_add_up_and_one_that_does_not() -> None:
    """Exit status 0 while all add up; 1 when a duty was dropped, and the ledger says which."""

    @command(needs=None)
    def drop(acting: Acting) -> None:
        with as_engine(acting, command=str(_current())):
            Duty.objects.all().delete()

    opened()
    fine = watchward("ledgers", "--json")
    found = {row["key"]: row for row in json.loads(fine.stdout)["ledgers"]}
    assert fine.returncode == 0
    assert found["duties.access.opening-review"] == {
        "key": "duties.access.opening-review", "population": 1, "discharged": 0, "open": 1, "released": 0,
        "balances": True,
    }  # fmt: skip
    with within(factories.machinery()) as machinery:
        drop(machinery)
    broken = watchward("ledgers")
    assert broken.returncode == 1
    assert "duties.access.opening-review: 1 = 0 done + 0 open + 0 released; DOES NOT ADD UP: 1 missing" in broken.stdout


def _current() -> object:
    from watchward.foundation.commands import current

    return current().id
